"""Addresses of the import page."""

from django.urls import path

from nhanlucso.web.imports.views import apply, imports

urlpatterns = [
    path("", imports, name="imports"),
    path("ghi/<uuid:job_id>/", apply, name="import-apply"),
]
