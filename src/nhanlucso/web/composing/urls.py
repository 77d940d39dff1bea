"""Addresses of own indicators."""

from django.urls import path

from nhanlucso.web.composing import views

urlpatterns = [
    path("", views.page, name="own-indicators"),
    path("tep/", views.export, name="own-indicators-file"),
    path("lap/", views.compose, name="own-compose"),
    path("ban/<slug:slug>/", views.one, name="own-indicator"),
    path("ban/<slug:slug>/sua/", views.compose, name="own-change"),
    path("ban/<slug:slug>/cong-bo/", views.publishing, name="own-publish"),
    path("ban/<slug:slug>/bao-cao/", views.reporting, name="own-report"),
    path("ban/<slug:slug>/thoi-dung/", views.retiring, name="own-retire"),
    path("ban/<slug:slug>/bo-nhap/", views.dropping, name="own-drop"),
]
