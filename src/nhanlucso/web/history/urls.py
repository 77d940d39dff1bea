"""Addresses of histories."""

from django.urls import path

from nhanlucso.web.history import views

urlpatterns = [path("<slug:kind>/<int:pk>/", views.record_history, name="history")]
