"""Addresses of the twin report."""

from django.urls import path

from nhanlucso.web.twin import views

urlpatterns = [
    path("", views.page, name="twin"),
    path("tep/", views.export, name="twin-file"),
]
