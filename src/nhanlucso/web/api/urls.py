"""Addresses of the JSON interface."""

from django.urls import path

from nhanlucso.web.api.lists import job, lists
from nhanlucso.web.api.views import figures, indicators

urlpatterns = [
    path("figures", figures, name="api-figures"),
    path("indicators", indicators, name="api-indicators"),
    path("v1/lists", lists, name="api-lists"),
    path("v1/jobs/<uuid:job_id>", job, name="api-job"),
]
