"""Addresses of the teams."""

from django.urls import path

from nhanlucso.web.teams import assists, changing, members, views

urlpatterns = [
    path("", views.teams, name="teams"),
    path("danh-sach/", views.teams_list, name="teams-list"),
    path("cua-toi/", views.mine, name="my-teams"),
    path("lap/", changing.add, name="team-add"),
    path("lap-nhieu/", changing.add_many, name="teams-add"),
    path("<int:pk>/", views.team, name="team"),
    path("<int:pk>/danh-sach/", views.team_log_list, name="team-log-list"),
    path("<int:pk>/sua/", changing.change, name="team-change"),
    path("<int:pk>/ket-thuc/", changing.end, name="team-end"),
    path("<int:pk>/ghi/", assists.log, name="team-log"),
    path("<int:pk>/thanh-vien/them/", members.add, name="seat-add"),
    path("thanh-vien/<int:pk>/", members.change, name="seat-change"),
    path("thanh-vien/<int:pk>/bo/", members.remove, name="seat-remove"),
    path("luot/<int:pk>/", assists.change, name="assist-change"),
    path("luot/<int:pk>/bo/", assists.remove, name="assist-remove"),
]
