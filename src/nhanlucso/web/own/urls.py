"""The address of one's own record."""

from django.urls import path

from nhanlucso.web.own import views

urlpatterns = [path("", views.own, name="own")]
