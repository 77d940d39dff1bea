"""Addresses of the plans."""

from django.urls import path

from nhanlucso.web.plans import (
    activities,
    boards,
    cascading,
    copying,
    documents,
    programmes,
    targets,
    views,
)

urlpatterns = [
    path("", views.plans, name="plans"),
    path("tai/", views.plans_export, name="plans-export"),
    path("them/", documents.plan_add, name="plan-add"),
    path("<int:pk>/", documents.plan, name="plan"),
    path("<int:pk>/sua/", documents.plan_change, name="plan-change"),
    path("<int:pk>/xoa/", documents.plan_remove, name="plan-remove"),
    path("<int:pk>/nam-sau/", copying.plan_copy, name="plan-copy"),
    path("<int:pk>/van-ban/them/", documents.directive_add, name="directive-add"),
    path("van-ban/<int:pk>/sua/", documents.directive_change, name="directive-change"),
    path("van-ban/<int:pk>/xoa/", documents.directive_remove, name="directive-remove"),
    path("<int:pk>/chi-tieu/them/", targets.target_add, name="target-add"),
    path("chi-tieu/<int:pk>/sua/", targets.target_change, name="target-change"),
    path("chi-tieu/<int:pk>/xoa/", targets.target_remove, name="target-remove"),
    path("chi-tieu/<int:pk>/giao/", cascading.target_cascade, name="target-cascade"),
    path("<int:pk>/nhiem-vu/them/", activities.activity_add, name="activity-add"),
    path("nhiem-vu/<int:pk>/", activities.activity, name="activity"),
    path("nhiem-vu/<int:pk>/sua/", activities.activity_change, name="activity-change"),
    path("nhiem-vu/<int:pk>/don-vi/", activities.activity_units, name="activity-units"),
    path("nhiem-vu/<int:pk>/xoa/", activities.activity_remove, name="activity-remove"),
    path("ban-chi-dao/them/", boards.board_add, name="board-add"),
    path("ban-chi-dao/<int:pk>/", boards.steering, name="steering"),
    path("ban-chi-dao/<int:pk>/sua/", boards.board_change, name="board-change"),
    path("ban-chi-dao/<int:pk>/xoa/", boards.board_remove, name="board-remove"),
    path("ban-chi-dao/<int:pk>/thanh-vien/them/", boards.seat_add, name="board-seat-add"),
    path("ban-chi-dao/thanh-vien/<int:pk>/sua/", boards.seat_change, name="board-seat-change"),
    path("ban-chi-dao/thanh-vien/<int:pk>/xoa/", boards.seat_remove, name="board-seat-remove"),
    path("de-an/", programmes.programme_list, name="programmes"),
    path("de-an/tai/", programmes.programmes_export, name="programmes-export"),
    path("de-an/them/", programmes.programme_add, name="programme-add"),
    path("de-an/<int:pk>/sua/", programmes.programme_change, name="programme-change"),
    path("de-an/<int:pk>/xoa/", programmes.programme_remove, name="programme-remove"),
]
