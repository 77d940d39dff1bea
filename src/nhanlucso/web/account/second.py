"""One's own second step: an app, keys of devices, codes on paper. Asked for the password before anything changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from nhanlucso.access.models import Account
from nhanlucso.access.steps import passkeys
from nhanlucso.access.steps.codes import app_address, new_secret
from nhanlucso.access.steps.queries import must_have_second_step, own_second_step
from nhanlucso.access.steps.services import (
    keep_passkey,
    new_paper_codes,
    remove_app,
    remove_passkey,
    set_up_app,
)
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.sealing import Undecipherable, decrypt, encrypt
from nhanlucso.web.account.entering import ASKED, site_of
from nhanlucso.web.account.forms import AppForm, NewPasskeyForm
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import everyone
from nhanlucso.web.kit.filling import attempt
from nhanlucso.web.kit.keeping import CARD, STEPPED, is_proved
from nhanlucso.web.kit.qr import qr

_SECRET, _PAPER = "app-secret", "paper-codes"  # in the session, sealed
_View = Callable[..., HttpResponse]


def proved(view: _View) -> _View:
    """Only for who showed a short while ago who they are."""

    @wraps(view)
    def opened(request: HttpRequest, *given: int, **named: int) -> HttpResponse:
        if CARD in request.session:
            raise Refused("no_password", _("Tài khoản này vào bằng thẻ và mã PIN."))
        if is_proved(request, now()):
            return view(request, *given, **named)
        there = request.path if request.method == "GET" else reverse("second")
        return redirect(f"{reverse('unlock')}?{urlencode({'next': there})}")

    return opened


@everyone("one's own ways of signing in")
@proved
@never_cache
def second(request: HttpRequest) -> HttpResponse:
    """What there is, and what can be added."""
    scope = scope_of(request)
    context = {
        "title": _("Đăng nhập hai bước"),
        "crumbs": [(_("Tài khoản"), reverse("account"))],
        "held": own_second_step(scope),
        "must": must_have_second_step(scope),
    }
    return render(request, "account/second.html", context)


@everyone("one's own app")
@proved
@never_cache
def app(request: HttpRequest) -> HttpResponse:
    """Ties an app: its QR code, then its first code."""
    account, secret = _account(request), _secret(request)
    form = AppForm(request.POST or None)
    made = None
    if form.is_valid():
        code = form.cleaned_data["code"]
        made = attempt(
            form,
            lambda: set_up_app(account=account, secret=secret, code=code, by=scope_of(request), at=now()),
        )
    if made is not None:
        request.session.pop(_SECRET, None)
        messages.success(request, _("Đã gắn ứng dụng. Từ lần sau, đăng nhập thêm một mã của ứng dụng."))
        return _set_up(request, made)
    address = app_address(secret, account.username, _("Nhân lực số"))
    context = {
        "title": _("Gắn ứng dụng tạo mã"),
        "crumbs": _crumbs(),
        "form": form,
        "code": qr(address, _("Mã QR để quét bằng ứng dụng")),
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
    }
    return render(request, "account/app.html", context)


@everyone("one's own keys")
@proved
@never_cache
def passkey(request: HttpRequest) -> HttpResponse:
    """Makes a key on this device."""
    account, scope = _account(request), scope_of(request)
    form = NewPasskeyForm(request.POST or None, initial={"name": _("Máy này")})
    asked = request.session.pop(ASKED, None) if form.is_bound else None

    def keep() -> list[str]:
        key = passkeys.made(site_of(request), asked, form.cleaned_data["answer"])
        return keep_passkey(
            account=account,
            handle=key.handle,
            public=key.public,
            name=form.cleaned_data["name"],
            by=scope,
            at=now(),
        )

    made = attempt(form, keep) if form.is_valid() else None
    if made is not None:
        messages.success(request, _("Đã lưu khóa của thiết bị này."))
        return _set_up(request, made)
    held = list(own_second_step(scope).passkeys)
    options, request.session[ASKED] = passkeys.ask_for_new(site_of(request), account, held)
    context = {"title": _("Thêm khóa thiết bị"), "crumbs": _crumbs(), "form": form, "options": options}
    return render(request, "account/new_passkey.html", context)


@everyone("one's own codes on paper")
@proved
@never_cache
def paper(request: HttpRequest) -> HttpResponse:
    """The codes on paper, until their owner says that they are put away; new ones by POST."""
    if request.method == "POST" and "kept" in request.POST:
        request.session.pop(_PAPER, None)
        messages.success(request, _("Từ nay mỗi mã dự phòng dùng được một lần khi không có điện thoại."))
        return redirect("second")
    if request.method == "POST":
        made = new_paper_codes(account=_account(request), by=scope_of(request), at=now())
        return _show_paper(request, made)
    codes = _unsealed(request, _PAPER).split()
    if not codes:
        return redirect("second")
    context = {"title": _("Mã dự phòng"), "crumbs": _crumbs(), "codes": codes}
    return render(request, "account/paper_codes.html", context)


@everyone("one's own app")
@require_POST
@proved
def app_off(request: HttpRequest) -> HttpResponse:
    """Unties the app."""
    remove_app(account=_account(request), by=scope_of(request), at=now())
    messages.success(request, _("Đã bỏ ứng dụng tạo mã."))
    return redirect("second")


@everyone("one's own keys")
@require_POST
@proved
def passkey_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Forgets a key."""
    remove_passkey(key_id=pk, by=scope_of(request), at=now())
    messages.success(request, _("Đã bỏ khóa."))
    return redirect("second")


def _set_up(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """This session has proved itself with what was just set up."""
    request.session[STEPPED] = True
    return _show_paper(request, codes) if codes else redirect("second")


def _show_paper(request: HttpRequest, codes: list[str]) -> HttpResponse:
    request.session[_PAPER] = encrypt(" ".join(codes))
    return redirect("second-paper")


def _secret(request: HttpRequest) -> str:
    """The secret that an app is offered; the same until the app shows a right code."""
    held = _unsealed(request, _SECRET)
    if not held:
        held = new_secret()
        request.session[_SECRET] = encrypt(held)
    return held


def _unsealed(request: HttpRequest, name: str) -> str:
    try:
        return decrypt(request.session.get(name, ""))
    except Undecipherable:
        return ""


def _account(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)
    return request.user


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Tài khoản"), reverse("account")), (_("Đăng nhập hai bước"), reverse("second"))]
