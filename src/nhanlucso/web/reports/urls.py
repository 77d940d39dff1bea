"""Addresses of the reports."""

from django.urls import path

from nhanlucso.web.reports import differences, steps, views

urlpatterns = [
    path("", views.reports, name="reports"),
    path("tai/", views.download, name="report-download"),
    path("lap/", views.begin, name="report-begin"),
    path("danh-sach/", views.report_list, name="report-list"),
    path("<int:report_id>/", views.report, name="report"),
    path("<int:report_id>/kiem-tra/", steps.check, name="report-check"),
    path("<int:report_id>/trinh/", steps.submit, name="report-submit"),
    path("<int:report_id>/duyet/", steps.decide, name="report-decide"),
    path("<int:report_id>/tiep-nhan/", steps.answer, name="report-answer"),
    path("<int:report_id>/dinh-chinh/", steps.correct, name="report-correct"),
    path("<int:report_id>/bo-dinh-chinh/", steps.drop, name="report-drop"),
    path("<int:report_id>/sai-khac/", differences.differences_page, name="report-differences"),
    path("<int:report_id>/sai-khac/tai/", differences.differences_list, name="report-differences-list"),
    path("<int:report_id>/<int:number>/sai-khac/", differences.differences_page, name="report-note"),
    path("<int:report_id>/<int:number>/<slug:form>/", views.stored_file, name="report-file"),
]
