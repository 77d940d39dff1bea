"""Addresses of the log of communications."""

from django.urls import path

from nhanlucso.web.outreach import views

urlpatterns = [
    path("", views.log, name="outreach"),
    path("danh-sach/", views.log_list, name="outreach-list"),
    path("them/", views.add, name="outreach-add"),
    path("<int:pk>/", views.change, name="outreach-change"),
    path("<int:pk>/bo/", views.remove, name="outreach-remove"),
]
