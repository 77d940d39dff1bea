"""Addresses of the results."""

from django.urls import path

from nhanlucso.web.results import catalogue, correcting, recording, views

urlpatterns = [
    path("", views.results, name="results"),
    path("danh-sach/", views.results_file, name="results-file"),
    path("ghi/", recording.record, name="results-record"),
    path("<int:pk>/sua/", correcting.change, name="result-change"),
    path("<int:pk>/xoa/", correcting.remove, name="result-remove"),
    path("khoa-hoc/", catalogue.courses, name="courses"),
    path("khoa-hoc/them/", catalogue.add, name="course-add"),
    path("khoa-hoc/<int:pk>/", catalogue.change, name="course-change"),
]
