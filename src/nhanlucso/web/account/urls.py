"""Addresses of signing in and out, and of one's own account."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from nhanlucso.web.account.views import SignIn, account
from nhanlucso.web.kit.doors import everyone

urlpatterns = [
    path("", account, name="account"),
    path("vao/", everyone("visitors sign in")(SignIn.as_view()), name="sign-in"),
    path("ra/", everyone("whoever is signed in")(LogoutView.as_view()), name="sign-out"),
]
