"""Addresses for the machines of the operator."""

from django.urls import path

from nhanlucso.web.health.views import live, metrics, ready

urlpatterns = [
    path("health/live", live, name="health-live"),
    path("health/ready", ready, name="health-ready"),
    path("metrics", metrics, name="metrics"),
]
