"""Addresses of signing in and out, of one's own account, and of links with a secret."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from nhanlucso.web.account import links, views
from nhanlucso.web.kit.doors import everyone

urlpatterns = [
    path("", views.account, name="account"),
    path("vao/", everyone("visitors sign in")(views.SignIn.as_view()), name="sign-in"),
    path("ra/", everyone("whoever is signed in")(LogoutView.as_view()), name="sign-out"),
    path("mat-khau/", views.password, name="password"),
    path("ma-pin/", views.pin, name="pin"),
    path("lam-thay/<int:pk>/", views.lend, name="lend"),
    path("lam-thay/<int:pk>/ket-thuc/", views.give_back, name="give-back"),
    path("moi/<str:secret>/", links.invited, name="invited"),
    path("the/<str:secret>/", links.card, name="card"),
    path("dat-lai/<str:secret>/", links.reset, name="reset"),
]
