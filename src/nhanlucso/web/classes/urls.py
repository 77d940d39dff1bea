"""Addresses of the room of classes."""

from django.urls import include, path

from nhanlucso.web.classes import changing, documents, inviting, making, views

urlpatterns = [
    path("", views.classes, name="classes"),
    path("tai/", views.classes_list, name="classes-list"),
    path("lich/", views.class_calendar, name="class-calendar"),
    path("them/", making.add, name="class-add"),
    path("<int:class_id>/", views.training_class, name="training-class"),
    path("<int:class_id>/sua/", making.change, name="class-change"),
    path("<int:class_id>/xoa/", changing.class_remove, name="class-remove"),
    path("<int:class_id>/buoi/them/", changing.session_add, name="session-add"),
    path("<int:class_id>/buoi/<int:session_id>/", changing.session_change, name="session-change"),
    path("<int:class_id>/buoi/<int:session_id>/bo/", changing.session_remove, name="session-remove"),
    path("<int:class_id>/buoi/<int:session_id>/ky/", documents.sign_sheet, name="sign-sheet"),
    path("<int:class_id>/so-nguoi/them/", changing.count_add, name="count-add"),
    path("<int:class_id>/so-nguoi/<int:count_id>/", changing.count_change, name="count-change"),
    path("<int:class_id>/so-nguoi/<int:count_id>/bo/", changing.count_remove, name="count-remove"),
    path("<int:class_id>/moi/", inviting.inviting, name="inviting"),
    path("<int:class_id>/moi/bo/", inviting.uninviting, name="uninviting"),
    path("<int:class_id>/danh-sach-moi/", documents.invitations, name="class-invitations"),
    path("<int:class_id>/ket-qua/", documents.results, name="class-results"),
    path("", include("nhanlucso.web.classes.attending.urls")),
]
