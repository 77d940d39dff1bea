"""Addresses of signing in and out, and of one's own account."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from nhanlucso.web.account.views import SignIn, account

urlpatterns = [
    path("", account, name="account"),
    path("vao/", SignIn.as_view(), name="sign-in"),
    path("ra/", LogoutView.as_view(), name="sign-out"),
]
