"""Pages behind a link or QR code with a secret: an invitation, a card, a new password. Visitors open them on a
phone; they need no script."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from nhanlucso.access.enums import Way
from nhanlucso.access.invites.services import usable_invite
from nhanlucso.access.models import Account, Invite, SignInCard
from nhanlucso.access.queries import NOBODY
from nhanlucso.access.rules import LIGHT
from nhanlucso.access.signing.queries import card_of
from nhanlucso.access.signing.services import reset_password, sign_in_with_card, usable_reset_link
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.orgs.queries import history
from nhanlucso.people.accounts.services import accept_invite, accept_light_invite
from nhanlucso.web.account.entering import enter, take_in
from nhanlucso.web.account.forms import AcceptForm, CardForm, NewPasswordForm, NewPinForm
from nhanlucso.web.kit.doors import everyone
from nhanlucso.web.kit.filling import attempt

OPEN = "who holds the secret was given it"


@everyone(OPEN)
@login_not_required
@never_cache
def invited(request: HttpRequest, secret: str) -> HttpResponse:
    """Takes up an invitation; where that made a card, the same link signs in from then on."""
    try:
        found = usable_invite(secret=secret, by=NOBODY, at=now())
    except Refused as refusal:
        return redirect("card", secret) if card_of(secret) else _over(request, refusal)
    light = found.role in LIGHT
    form = (NewPinForm if light else AcceptForm)(request.POST or None, bool(found.full_name))
    account = _accepted(form, secret, light) if form.is_valid() else None
    if account is not None:
        take_in(request, account, Way.CARD if light else Way.PASSWORD, secret if light else "")
        messages.success(request, _kept(light))
        return redirect("home")
    context = {"title": _title(found), "form": form, "invite": found, "light": light, "unit": _unit(found)}
    return render(request, "account/invited.html", context)


@everyone(OPEN)
@login_not_required
@never_cache
def card(request: HttpRequest, secret: str) -> HttpResponse:
    """Signs in with a card and its PIN."""
    found = card_of(secret)
    if found is None:
        return _over(
            request, Refused("no_card", _("Thẻ này không còn dùng được. Xin người quản trị một thẻ mới."))
        )
    form = CardForm(request.POST or None)
    opened = _opened(form, secret) if form.is_valid() else None
    if opened:
        take_in(request, opened.account, Way.CARD, secret)
        return redirect("home")
    return render(request, "account/card.html", {"title": found.account.get_full_name(), "form": form})


@everyone(OPEN)
@login_not_required
@never_cache
def reset(request: HttpRequest, secret: str) -> HttpResponse:
    """Chooses a new password, once."""
    try:
        found = usable_reset_link(secret=secret, by=NOBODY, at=now())
    except Refused as refusal:
        return _over(request, refusal)
    form = NewPasswordForm(request.POST or None)
    account = _reset(form, secret) if form.is_valid() else None
    if account:
        messages.success(request, _("Đã đặt mật khẩu mới."))
        return enter(request, account, Way.PASSWORD)
    context = {"title": _("Đặt mật khẩu mới"), "form": form, "held": found.account}
    return render(request, "account/reset.html", context)


def _accepted(form: Any, secret: str, light: bool) -> Account | None:
    known = {"full_name": "", **form.cleaned_data}
    take: Any = accept_light_invite if light else accept_invite
    return attempt(form, lambda: take(secret=secret, by=NOBODY, at=now(), **known))


def _opened(form: CardForm, secret: str) -> SignInCard | None:
    pin = form.cleaned_data["pin"]
    return attempt(form, lambda: sign_in_with_card(secret=secret, pin=pin, by=NOBODY, at=now()))


def _reset(form: NewPasswordForm, secret: str) -> Account | None:
    new = form.cleaned_data["password"]
    return attempt(form, lambda: reset_password(secret=secret, password=new, by=NOBODY, at=now()))


def _title(found: Invite) -> str:
    return _("Chào %(name)s") % {"name": found.full_name} if found.full_name else _("Lời mời lập tài khoản")


def _unit(found: Invite) -> str:
    return history().names().get(found.unit_id, "") if found.unit_id else _("toàn hệ thống")


def _kept(light: bool) -> str:
    if light:
        return _("Đã lập tài khoản. Giữ lại mã QR này: lần sau quét và nhập mã PIN là vào được.")
    return _("Đã lập tài khoản. Lần sau đăng nhập bằng tên và mật khẩu vừa chọn.")


def _over(request: HttpRequest, refusal: Refused) -> HttpResponse:
    context = {"title": _("Liên kết không dùng được"), "refusal": refusal}
    return render(request, "account/over.html", context, status=404)
