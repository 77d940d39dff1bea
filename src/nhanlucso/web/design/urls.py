"""Addresses of the page of patterns."""

from django.urls import path

from nhanlucso.web.design.views import design

urlpatterns = [path("", design, name="design")]
