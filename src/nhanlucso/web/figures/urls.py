"""Addresses of the room of figures."""

from django.urls import path

from nhanlucso.web.figures import inviting, views

urlpatterns = [
    path("", views.figures, name="figures"),
    path("<str:code>/", views.figure, name="figure"),
    path("<str:code>/anh.png", views.picture, name="figure-picture"),
    path("<str:code>/ho-chieu/", views.passport, name="passport"),
    path("<str:code>/ho-chieu/xlsx/", views.passport_xlsx, name="passport-xlsx"),
    path("<str:code>/moi/", inviting.invite_missing, name="invite-missing"),
]
