"""Addresses of the people."""

from django.urls import path

from nhanlucso.web.people import changing, inviting, merging, revealing, rights, views

urlpatterns = [
    path("", views.people, name="people"),
    path("trung/", merging.duplicates, name="people-duplicates"),
    path("trung/tep/", merging.duplicates_file, name="people-duplicates-file"),
    path("trung/<int:one>/<int:other>/", merging.pair, name="people-pair"),
    path("trung/<int:one>/<int:other>/gop/", merging.merge_pair, name="people-merge"),
    path("trung/<int:one>/<int:other>/hai-nguoi/", merging.two_people, name="people-distinct"),
    path("them/", changing.add, name="person-add"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/xem-du/", revealing.show_whole, name="person-reveal"),
    path("<int:pk>/quyen/", rights.rights, name="person-rights"),
    path("<int:pk>/quyen/lam/", rights.act, name="person-rights-act"),
    path("<int:pk>/ban-sao/", rights.copy, name="person-copy"),
    path("ban-sao-cua-toi/", rights.own_copy, name="own-copy"),
    path("<int:pk>/sua/", changing.change, name="person-change"),
    path("<int:pk>/them-vi-tri/", changing.add_new_post, name="post-add"),
    path("<int:pk>/tach/", merging.split, name="person-unmerge"),
    path("<int:pk>/moi/", inviting.invite_person, name="person-invite"),
    path("tep/", views.people_file, name="people-file"),
    path("vi-tri/<int:pk>/sua/", changing.change_held, name="post-change"),
    path("vi-tri/<int:pk>/ket-thuc/", changing.end, name="post-end"),
]
