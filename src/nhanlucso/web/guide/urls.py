"""Addresses of the guide."""

from django.urls import path

from nhanlucso.web.guide import views

urlpatterns = [
    path("", views.guide, name="guide"),
    path("mau/<slug:name>/", views.sample, name="guide-sample"),
    path("lam-quen/xong/", views.tour_done, name="tour-done"),
    path("<slug:slug>/", views.page, name="guide-page"),
]
