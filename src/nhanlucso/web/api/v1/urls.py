"""Addresses of version 1: its operations, and the document that tells of them."""

from django.urls import path

from nhanlucso.web.api.v1 import addresses, reading

urlpatterns = [
    path("", reading.page, name="api-v1"),
    path("openapi.json", reading.openapi, name="api-v1-openapi"),
    *addresses.urlpatterns,
    path("<path:rest>", reading.nothing, name="api-v1-nothing"),
]
