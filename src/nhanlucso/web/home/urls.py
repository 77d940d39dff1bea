"""Addresses of the home page and of the choice what to record."""

from django.urls import path

from nhanlucso.web.home.views import home, record

urlpatterns = [path("", home, name="home"), path("ghi/", record, name="record")]
