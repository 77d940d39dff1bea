"""Addresses of signing in and out, of one's own account, and of links with a secret."""

from django.urls import path

from nhanlucso.web.account import devices, entering, links, second, sso, views
from nhanlucso.web.kit.doors import everyone

urlpatterns = [
    path("", views.account, name="account"),
    path("vao/", everyone("visitors sign in")(views.SignIn.as_view()), name="sign-in"),
    path("vao/ma/", entering.second_step, name="second-step"),
    path("vao/khoa/", entering.by_passkey, name="by-passkey"),
    path("vao/tinh/", sso.sso, name="sso"),
    path("vao/tinh/ve/", sso.sso_back, name="sso-back"),
    path("nhap-lai/", entering.unlock, name="unlock"),
    path("hai-buoc/", second.second, name="second"),
    path("hai-buoc/ung-dung/", second.app, name="second-app"),
    path("hai-buoc/ung-dung/bo/", second.app_off, name="second-app-off"),
    path("hai-buoc/khoa/", second.passkey, name="second-passkey"),
    path("hai-buoc/khoa/<int:pk>/bo/", second.passkey_off, name="second-passkey-off"),
    path("hai-buoc/ma/", second.paper, name="second-paper"),
    path("thiet-bi/", devices.devices, name="devices"),
    path("thiet-bi/<int:pk>/ra/", devices.device_out, name="device-out"),
    path("thiet-bi/khac/ra/", devices.others_out, name="others-out"),
    path("ra/", everyone("whoever is signed in")(sso.SignOut.as_view()), name="sign-out"),
    path("mat-khau/", views.password, name="password"),
    path("ma-pin/", views.pin, name="pin"),
    path("lam-thay/<int:pk>/", views.lend, name="lend"),
    path("lam-thay/<int:pk>/ket-thuc/", views.give_back, name="give-back"),
    path("moi/<str:secret>/", links.invited, name="invited"),
    path("the/<str:secret>/", links.card, name="card"),
    path("dat-lai/<str:secret>/", links.reset, name="reset"),
]
