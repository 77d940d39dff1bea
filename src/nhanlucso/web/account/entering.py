"""Whoever has shown who they are comes in: at once, or after the second step. The pages of that step."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from nhanlucso.access.devices.services import note_device
from nhanlucso.access.enums import Way
from nhanlucso.access.models import Account, Passkey
from nhanlucso.access.queries import NOBODY
from nhanlucso.access.secret import hash_of
from nhanlucso.access.steps import passkeys
from nhanlucso.access.steps.queries import has_second_step, passkey_of, passkeys_of
from nhanlucso.access.steps.services import check_code, use_passkey
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.web.account.forms import CodeForm, PasskeyForm
from nhanlucso.web.kit.doors import everyone
from nhanlucso.web.kit.filling import attempt, done
from nhanlucso.web.kit.keeping import CARD, STEPPED, UNLOCK, UnlockForm, begin, can_prove, is_proved, prove

BY_SSO = "by-sso"  # in the session: came by the sign-in service of the province
HALF, ASKED = "half", "asked"  # in the session: who gave the password; what the device was asked
_HALF_LASTS = 600  # seconds between the two steps


def enter(request: HttpRequest, account: Account, way: Way, there: str = "/") -> HttpResponse:
    """Signs in and goes there; by a password alone only where the account has no second step."""
    if way == Way.PASSWORD and has_second_step(account):
        request.session[HALF] = {"account": account.pk, "at": int(now().timestamp()), "next": there}
        return redirect("second-step")
    take_in(request, account, way)
    return redirect(there)


def take_in(
    request: HttpRequest, account: Account, way: Way, secret: str = "", stepped: bool = False
) -> None:
    """A new session with its marks; by a card for its light roles alone (`secret`: of the card)."""
    login(request, account)
    for mark in (CARD, HALF, ASKED, STEPPED, BY_SSO):
        request.session.pop(mark, None)
    if secret:
        request.session[CARD] = hash_of(secret)
    if way == Way.SSO:
        request.session[BY_SSO] = True
    if stepped or way == Way.PASSKEY:
        request.session[STEPPED] = True
    begin(request, now())
    request.session.set_expiry(_lasts(way))
    request.session.save()
    key = request.session.session_key
    assert key is not None
    agent = request.headers.get("User-Agent", "")
    note_device(account=account, session_key=key, way=way, user_agent=agent, by=NOBODY, at=now())


def _lasts(way: Way) -> int:
    return settings.CARD_DAYS * 86_400 if way == Way.CARD else settings.SESSION_HOURS * 3_600


@everyone("whoever gave the right password")
@login_not_required
@never_cache
def second_step(request: HttpRequest) -> HttpResponse:
    """The code of the app, a code on paper, or a key of a device."""
    account = _half(request)
    if account is None:
        return redirect("sign-in")
    keys = passkeys_of(account)
    answered = "answer" in request.POST
    code = CodeForm(None if answered else request.POST or None)
    key = PasskeyForm(request.POST if answered else None)
    if key.is_valid() and _by_key(request, key, account):
        return _in(request, account)
    if code.is_valid() and done(code, lambda: _by_code(account, code)):
        return _in(request, account)
    context = {
        "title": _("Bước xác nhận thứ hai"),
        "form": key if key.errors else code,
        "code": code,
        "app": hasattr(account, "code_app"),
        "keys": bool(keys),
        "options": _ask(request, keys) if keys else "",
    }
    return render(request, "account/second_step.html", context)


@everyone("whoever holds a key of a device")
@login_not_required
@never_cache
def by_passkey(request: HttpRequest) -> HttpResponse:
    """Signs in with a key of this device, without a name or password."""
    form = PasskeyForm(request.POST or None)
    there = inside(request, request.GET.get("next", ""))
    key = _known(request, form) if form.is_valid() else None
    if key is not None:
        take_in(request, key.account, Way.PASSKEY)
        return redirect(there)
    context = {"title": _("Đăng nhập bằng khóa thiết bị"), "form": form, "options": _ask(request, [])}
    return render(request, "account/passkey.html", context)


@everyone("whoever is signed in and was away")
@never_cache
def unlock(request: HttpRequest) -> HttpResponse:
    """The password once more, and back to where one was."""
    there = inside(request, request.GET.get("next", ""))
    if is_proved(request, now()) and request.method == "GET":
        return redirect(there)
    form = UnlockForm(request.POST or None)
    if form.is_bound and prove(request, form, now()):
        return redirect(there)
    context = {
        "title": _("Nhập lại mật khẩu"),
        "form": form,
        "field": form[UNLOCK],
        "can": can_prove(request),
    }
    return render(request, "kit/unlock.html", context)


def site_of(request: HttpRequest) -> passkeys.Site:
    """What keys are made for: this address."""
    origin = f"{request.scheme}://{request.get_host()}"
    return passkeys.Site(urlsplit(origin).hostname or "", origin, _("Nhân lực số"))


def _ask(request: HttpRequest, keys: list[Passkey]) -> str:
    options, request.session[ASKED] = passkeys.ask_for_proof(site_of(request), keys)
    return options


def _known(request: HttpRequest, form: PasskeyForm, account: Account | None = None) -> Passkey | None:
    """The key that signed what was asked; each question is answered once."""
    answer, asked = form.cleaned_data["answer"], request.session.pop(ASKED, None)

    def checked() -> Passkey:
        key = passkey_of(passkeys.handle_of(answer))
        if key is None or (account is not None and key.account_id != account.pk):
            raise Refused("unknown_key", _("Khóa này không thuộc tài khoản nào ở đây. Dùng cách khác."))
        counter = passkeys.proof(site_of(request), asked, key, answer)
        use_passkey(key=key, counter=counter, by=NOBODY, at=now())
        return key

    return attempt(form, checked)


def _by_key(request: HttpRequest, form: PasskeyForm, account: Account) -> bool:
    return _known(request, form, account) is not None


def _by_code(account: Account, form: CodeForm) -> None:
    check_code(account=account, code=form.cleaned_data["code"], by=NOBODY, at=now())


def _in(request: HttpRequest, account: Account) -> HttpResponse:
    there = request.session.get(HALF, {}).get("next", "/")
    take_in(request, account, Way.PASSWORD, stepped=True)
    return redirect(there)


def _half(request: HttpRequest) -> Account | None:
    """Who gave the password a short while ago and is still to take the second step."""
    held: dict[str, Any] = request.session.get(HALF, {})
    if now().timestamp() - held.get("at", 0) > _HALF_LASTS:
        return None
    return Account.objects.filter(pk=held["account"], is_active=True).first()


def inside(request: HttpRequest, address: str) -> str:
    """An address of this place, else the first page."""
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if address and safe else "/"
