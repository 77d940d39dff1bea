"""Addresses of the reports."""

from django.urls import path

from nhanlucso.web.reports.views import download, reports

urlpatterns = [path("", reports, name="reports"), path("tai/", download, name="report-download")]
