"""Addresses of the room of classes."""

from django.urls import include, path

from nhanlucso.web.classes import views

urlpatterns = [
    path("", views.classes, name="classes"),
    path("<int:class_id>/", views.training_class, name="training-class"),
    path("<int:class_id>/danh-sach-moi/xlsx/", views.invitations_xlsx, name="invitations-xlsx"),
    path("", include("nhanlucso.web.classes.attending.urls")),
]
