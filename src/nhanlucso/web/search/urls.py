"""Address of the search."""

from django.urls import path

from nhanlucso.web.search.views import search

urlpatterns = [path("", search, name="search")]
