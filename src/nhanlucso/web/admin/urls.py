"""Addresses of administration."""

from django.urls import path

from nhanlucso.web.admin import account, identity, inviting, person, privacy, review, trail, views

urlpatterns = [
    path("", views.accounts, name="admin"),
    path("tep/", views.accounts_file, name="admin-file"),
    path("<int:pk>/", account.account, name="admin-account"),
    path("<int:pk>/giao/", account.give, name="admin-give"),
    path("<int:pk>/vai-tro/<int:assignment>/ket-thuc/", account.end, name="admin-end"),
    path("<int:pk>/nguoi/", person.person, name="admin-person"),
    path("<int:pk>/tai-khoan-tinh/", identity.identity, name="admin-identity"),
    path("<int:pk>/khoa/", account.disable, name="admin-disable"),
    path("<int:pk>/mo-khoa/", account.enable, name="admin-enable"),
    path("<int:pk>/the/", account.card, name="admin-card"),
    path("<int:pk>/dat-lai/", account.reset, name="admin-reset"),
    path("moi/", inviting.invites, name="admin-invites"),
    path("moi/tep/", inviting.invites_file, name="admin-invites-file"),
    path("moi/them/", inviting.new, name="admin-invite"),
    path("moi/<int:pk>/rut/", inviting.withdraw, name="admin-withdraw"),
    path("<int:pk>/go-buoc-hai/", account.step_off, name="admin-step-off"),
    path("ra-soat/", review.review, name="admin-review"),
    path("ra-soat/tep/", review.review_file, name="admin-review-file"),
    path("ra-soat/<int:pk>/", review.decide, name="admin-review-decide"),
    path("vai-tro/", views.roles, name="admin-roles"),
    path("vai-tro/tep/", views.roles_file, name="admin-roles-file"),
    path("du-lieu/", privacy.registers, name="admin-data"),
    path("du-lieu/tep/", privacy.registers_file, name="admin-data-file"),
    path("su-co/", privacy.breach_list, name="admin-breaches"),
    path("su-co/tep/", privacy.breach_file, name="admin-breach-file"),
    path("su-co/them/", privacy.breach_add, name="admin-breach-add"),
    path("su-co/<int:pk>/", privacy.breach_change, name="admin-breach"),
    path("nhat-ky/", trail.trail, name="admin-trail"),
    path("nhat-ky/tep/", trail.trail_file, name="admin-trail-file"),
]
