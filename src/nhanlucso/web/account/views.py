"""Signing in; one's own account."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nhanlucso.access.queries import assignments
from nhanlucso.orgs.queries import history
from nhanlucso.web.account.forms import SignInForm
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import everyone


class SignIn(LoginView):
    """Django's own view with our form and page."""

    form_class = SignInForm
    template_name = "account/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **extra: Any) -> dict[str, Any]:
        return super().get_context_data(title=_("Đăng nhập"), **extra)


@everyone("one's own account")
def account(request: HttpRequest) -> HttpResponse:
    """Who is signed in, and what is entrusted to them."""
    context = {
        "title": request.user.get_full_name(),  # type: ignore[union-attr]
        "assignments": assignments(scope_of(request)),
        "names": history().names(),
    }
    return render(request, "account/page.html", context)
