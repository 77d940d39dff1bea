"""How long somebody stays signed in: at most so many hours, locked after so many idle minutes, and not without the
second step where that must be.

Whoever was away shows again that it is them and goes on where they were: what they had sent is on the page that asks
for the password, and goes on with it. A device that signed in by a card is not locked: it only adds its own records.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from django import forms
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhanlucso.access.devices.services import forget_device, see_device
from nhanlucso.access.models import Account
from nhanlucso.access.signing.services import prove_again
from nhanlucso.access.steps.queries import has_second_step, must_have_second_step
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.disk import trouble_of
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.web.kit.filling import done

CARD = "card"  # in the session: the hash of the secret of the card that somebody signed in with
BEGUN, SEEN, PROVED = "begun", "seen", "proved"  # times, seconds since 1970; PROVED: showed who they are
STEPPED = "stepped"  # the second step was taken
UNLOCK = "unlock-password"
_SAVE_EVERY = 60  # seconds
_PROOF_LASTS = 600
_ALWAYS_OPEN = frozenset({"sign-in", "sign-out", "unlock", "set_language"})
_SET_UP = frozenset({"second", "second-app", "second-passkey", "second-paper"})


class UnlockForm(forms.Form):
    """The password, once more."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields[UNLOCK] = forms.CharField(
            label=gettext_lazy("Mật khẩu"),
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
            error_messages={"required": gettext_lazy("Hãy nhập mật khẩu.")},
        )


class KeepingMiddleware:
    """Stands after the scope. Sessions without marks were not made by signing in here: in earnest they end."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, arguments: Any, named: Any
    ) -> HttpResponse | None:
        """Runs after the check of the form's token, so that nobody else's form is ever carried on."""
        name = request.resolver_match.url_name if request.resolver_match else ""
        if not request.user.is_authenticated or name in _ALWAYS_OPEN:
            return None
        if BEGUN not in request.session:
            return _ended(request) if settings.HTTPS else None
        at = now()
        if _is_over(request, at):
            return _ended(request)
        if _is_idle(request, at):
            return unlocking(request, at)
        _seen(request, at)
        return None if CARD in request.session else _step_missing(request, name or "")


def begin(request: HttpRequest, at: datetime) -> None:
    """Marks the session of somebody who has just signed in."""
    for mark in (BEGUN, SEEN, PROVED):
        request.session[mark] = int(at.timestamp())


def is_proved(request: HttpRequest, at: datetime) -> bool:
    """Whether somebody showed a short while ago who they are: asked before the ways of signing in are changed."""
    return _since(request, PROVED, at) <= _PROOF_LASTS


def prove(request: HttpRequest, form: UnlockForm, at: datetime) -> bool:
    """Takes the password; a refusal stands on the form."""
    account, scope = request.user, _scope(request)
    assert isinstance(account, Account)
    if not form.is_valid() or not done(
        form,
        lambda: prove_again(account=account, password=form.cleaned_data[UNLOCK], by=scope, at=at),
    ):
        return False
    request.session[SEEN] = request.session[PROVED] = int(at.timestamp())
    return True


def unlocking(request: HttpRequest, at: datetime) -> HttpResponse | None:
    """The page that asks for the password; None where it has just been given, and the request goes on."""
    if request.path.startswith("/api/"):
        refusal = Refused("idle", _("Đã tạm khóa vì lâu không dùng. Mở trang này rồi nhập lại mật khẩu."))
        return JsonResponse(refusal.as_json(), status=401)
    if request.method in ("GET", "HEAD"):
        return _to_unlock(request)
    form = UnlockForm(request.POST if UNLOCK in request.POST else None)
    if form.is_bound and prove(request, form, at):
        kept = request.POST.copy()
        del kept[UNLOCK]
        request.POST = kept  # type: ignore[assignment]
        return None
    return _unlock_page(request, form)


def _to_unlock(request: HttpRequest) -> HttpResponse:
    htmx = request.headers.get("HX-Request") == "true"
    shown = urlsplit(request.headers.get("HX-Current-URL", "")) if htmx else None
    there = shown._replace(scheme="", netloc="").geturl() if shown else request.get_full_path()
    address = f"{reverse('unlock')}?{urlencode({'next': there})}"
    if htmx:
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def _unlock_page(request: HttpRequest, form: UnlockForm) -> HttpResponse:
    """What was sent stands in hidden fields; a file cannot."""
    hidden = ("csrfmiddlewaretoken", UNLOCK)
    context = {
        "title": _("Nhập lại mật khẩu"),
        "form": form,
        "field": form[UNLOCK],
        "kept": [
            (name, value) for name, values in request.POST.lists() if name not in hidden for value in values
        ],
        "files": bool(request.FILES),
        "action": request.get_full_path(),
        "can": can_prove(request),
    }
    response = render(request, "kit/unlock.html", context)
    response["HX-Retarget"], response["HX-Reswap"] = "body", "innerHTML"
    return response


def can_prove(request: HttpRequest) -> bool:
    """Whether a password shows who they are; else they sign in again."""
    return isinstance(request.user, Account) and request.user.has_usable_password()


def _ended(request: HttpRequest) -> HttpResponse:
    if key := request.session.session_key:
        forget_device(session_key=key, by=_scope(request), at=now())
    logout(request)
    if request.path.startswith("/api/"):
        refusal = Refused("signed_out", _("Phiên đăng nhập đã hết. Đăng nhập lại."))
        return JsonResponse(refusal.as_json(), status=401)
    there = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
    response = redirect_to_login(there, reverse("sign-in"))
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": response["Location"]})
    return response


def _is_over(request: HttpRequest, at: datetime) -> bool:
    begun = datetime.fromtimestamp(request.session[BEGUN], UTC)
    lasts = (
        timedelta(days=settings.CARD_DAYS)
        if CARD in request.session
        else timedelta(hours=settings.SESSION_HOURS)
    )
    return at - begun > lasts


def _is_idle(request: HttpRequest, at: datetime) -> bool:
    if CARD in request.session:
        return False
    manages = _scope(request).may(Permission.MANAGE_ACCOUNTS)
    minutes = settings.IDLE_MINUTES_ACCOUNTS if manages else settings.IDLE_MINUTES
    return _since(request, SEEN, at) > minutes * 60


def _since(request: HttpRequest, mark: str, at: datetime) -> float:
    """Seconds since then."""
    return at.timestamp() - float(request.session.get(mark, 0))


def _seen(request: HttpRequest, at: datetime) -> None:
    if _since(request, SEEN, at) < _SAVE_EVERY:
        return
    if key := request.session.session_key:
        try:
            see_device(session_key=key, by=_scope(request), at=at)
        except DatabaseError as problem:
            if trouble_of(problem) is None:
                raise
            return  # who reads on a full disk is not noted
    request.session[SEEN] = int(at.timestamp())


def _step_missing(request: HttpRequest, name: str) -> HttpResponse | None:
    """Until the second step is set up, whoever must have one reaches only the pages that do so."""
    if name in _SET_UP or request.session.get(STEPPED) or not must_have_second_step(_scope(request)):
        return None
    account = request.user
    assert isinstance(account, Account)
    if has_second_step(account):  # set up elsewhere meanwhile, and not taken here
        return _ended(request)
    if request.path.startswith("/api/"):
        refusal = Refused("second_step", _("Tài khoản này phải đặt bước xác nhận thứ hai trước."))
        return JsonResponse(refusal.as_json(), status=403)
    return redirect("second")


def _scope(request: HttpRequest) -> Scope:
    scope: Scope = request.scope  # type: ignore[attr-defined]
    return scope
