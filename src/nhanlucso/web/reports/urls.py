"""Addresses of the reports."""

from django.urls import path

from nhanlucso.web.reports import views

urlpatterns = [
    path("", views.reports, name="reports"),
    path("tai/", views.download, name="report-download"),
    path("lap/", views.begin, name="report-begin"),
    path("danh-sach/", views.report_list, name="report-list"),
    path("<int:report_id>/", views.report, name="report"),
    path("<int:report_id>/trinh/", views.submit, name="report-submit"),
    path("<int:report_id>/duyet/", views.decide, name="report-decide"),
    path("<int:report_id>/<int:number>/<slug:form>/", views.stored_file, name="report-file"),
]
