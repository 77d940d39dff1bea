"""Signing in with the account of the province: there, and back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from nhanlucso.access.enums import Way
from nhanlucso.access.queries import NOBODY
from nhanlucso.access.sso import provider
from nhanlucso.access.sso.services import sign_in_with_sso
from nhanlucso.access.steps.queries import has_second_step
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.web.account.entering import BY_SSO, enter, inside, take_in
from nhanlucso.web.kit.doors import everyone

_ASKED = "sso"


@everyone("visitors sign in")
@login_not_required
@require_POST
@never_cache
def sso(request: HttpRequest) -> HttpResponse:
    """To the provider, with what it is asked."""
    if not provider.is_configured():
        raise Http404
    asked = provider.new_question()
    try:
        there = provider.address(asked, _back(request))
    except Refused as refusal:
        return _refused(request, refusal)
    request.session[_ASKED] = {**asdict(asked), "next": inside(request, request.POST.get("next", ""))}
    response = HttpResponse(status=302)
    response["Location"] = there
    return response


@everyone("whoever comes back from the provider")
@login_not_required
@require_GET
@never_cache
def sso_back(request: HttpRequest) -> HttpResponse:
    """Back with a code; each question is answered once."""
    held = request.session.pop(_ASKED, None)
    if not provider.is_configured() or held is None:
        return redirect("sign-in")
    there = held.pop("next")
    asked, given = provider.Asked(**held), request.GET
    try:
        if not constant_time_compare(given.get("state", ""), asked.state) or "code" not in given:
            raise Refused(
                "sso_refused", _("Chưa đăng nhập: bạn đã bỏ qua ở trang của tỉnh, hoặc trang đã mở quá lâu.")
            )
        claims = provider.claims(asked, given["code"], _back(request))
        account = sign_in_with_sso(claims=claims, by=NOBODY, at=now())
    except Refused as refusal:
        return _refused(request, refusal)
    if has_second_step(account) and not claims.strong:
        return enter(request, account, Way.PASSWORD, there)
    take_in(request, account, Way.SSO, stepped=claims.strong)
    return redirect(there)


class SignOut(LogoutView):
    """Django's own view; whoever came by the provider is signed out there, too, so that the next person at this
    machine does not come in by pressing one button."""

    def post(self, request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        by_provider = request.session.get(BY_SSO, False) and provider.is_configured()
        back = request.build_absolute_uri(reverse("sign-in"))
        response = super().post(request, *given, **named)
        if by_provider and (there := provider.leaving(back)):
            response["Location"] = there
        return response


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("sso-back"))


def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    context = {"title": _("Chưa đăng nhập được"), "refusal": refusal}
    return render(request, "account/over.html", context, status=403)
