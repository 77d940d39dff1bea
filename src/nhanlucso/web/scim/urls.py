"""Addresses of SCIM 2.0."""

from django.urls import path

from nhanlucso.web.scim import views

urlpatterns = [
    path("ServiceProviderConfig", views.service, name="scim"),
    path("ResourceTypes", views.described, {"kind": "ResourceTypes"}, name="scim-types"),
    path("ResourceTypes/<str:uid>", views.described, {"kind": "ResourceTypes"}, name="scim-type"),
    path("Schemas", views.described, {"kind": "Schemas"}, name="scim-schemas"),
    path("Schemas/<str:uid>", views.described, {"kind": "Schemas"}, name="scim-schema"),
    path("Users", views.users, name="scim-users"),
    path("Users/<int:pk>", views.user, name="scim-user"),
    path("Groups", views.groups, name="scim-groups"),
    path("Groups/<str:uid>", views.groups, name="scim-group"),
    path("<path:rest>", views.nothing, name="scim-nothing"),
]
