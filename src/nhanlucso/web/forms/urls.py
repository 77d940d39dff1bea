"""Addresses of the forms that superiors send."""

from django.urls import path

from nhanlucso.web.forms import views

urlpatterns = [
    path("", views.forms, name="forms"),
    path("<int:form_id>/", views.form, name="form"),
    path("<int:form_id>/o/", views.blank, name="form-blank"),
    path("<int:form_id>/de-xuat/", views.take_proposals, name="form-accept"),
    path("<int:form_id>/ten/", views.rename, name="form-rename"),
    path("<int:form_id>/bo/", views.remove, name="form-remove"),
    path("<int:form_id>/goc/", views.original, name="form-original"),
    path("<int:form_id>/dien/", views.filled_in, name="form-fill"),
    path("<int:form_id>/tep/", views.download, name="form-file"),
    path("<int:form_id>/nguon/", views.sources, name="form-sources"),
]
