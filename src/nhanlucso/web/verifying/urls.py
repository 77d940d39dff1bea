"""Addresses of verifying."""

from django.urls import path

from nhanlucso.web.verifying import views

urlpatterns = [path("", views.verify, name="verify")]
