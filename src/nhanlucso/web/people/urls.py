"""Addresses of the people."""

from django.urls import path

from nhanlucso.web.people import changing, inviting, views

urlpatterns = [
    path("", views.people, name="people"),
    path("co-the-trung/", views.duplicates, name="people-duplicates"),
    path("them/", changing.add, name="person-add"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/sua/", changing.change, name="person-change"),
    path("<int:pk>/them-vi-tri/", changing.add_new_post, name="post-add"),
    path("<int:pk>/moi/", inviting.invite_person, name="person-invite"),
    path("tep/", views.people_file, name="people-file"),
    path("vi-tri/<int:pk>/ket-thuc/", changing.end, name="post-end"),
]
