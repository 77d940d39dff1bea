"""Addresses of the JSON interface."""

from django.urls import include, path

from nhanlucso.web.api.views import figures, indicators

urlpatterns = [
    path("figures", figures, name="api-figures"),
    path("indicators", indicators, name="api-indicators"),
    path("v1/", include("nhanlucso.web.api.v1.urls")),
]
