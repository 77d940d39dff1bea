"""Addresses of the quality of figures."""

from django.urls import path

from nhanlucso.web.quality import accepting, views

urlpatterns = [
    path("", views.quality, name="quality"),
    path("tai/", views.overview_file, name="quality-file"),
    path("kiem-tra/", accepting.check, name="quality-check"),
    path("chap-nhan/<int:pk>/bo/", accepting.reopen, name="quality-reopen"),
    path("<str:code>/", views.rule, name="quality-rule"),
    path("<str:code>/danh-sach/", views.rule_file, name="quality-rule-file"),
    path("<str:code>/nguong/", accepting.limits, name="quality-limits"),
    path("<str:code>/chap-nhan/", accepting.accept, name="quality-accept"),
]
