"""Signing in with password or card, what that takes, and new ones. Five failures in a row lock for a while."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from nhanlucso.access.enums import OffWhy, Role
from nhanlucso.access.invites.queries import reset_link_of
from nhanlucso.access.invites.services import check_password_strength, check_pin
from nhanlucso.access.models import Account, ResetLink, SignInCard
from nhanlucso.access.queries import in_charge, scope_of
from nhanlucso.access.rules import IDLE_OFF, LIGHT, LOCK_AFTER, RESET_LASTS
from nhanlucso.access.secret import hash_of
from nhanlucso.access.services import require_charge
from nhanlucso.access.signing.attempts import (
    attempts_at,
    claim,
    half_proved,
    locked_now,
    proved,
    signed_in,
    written,
)
from nhanlucso.access.signing.queries import card_of
from nhanlucso.access.steps.queries import has_second_step
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope


def sign_in(*, username: str, password: str, by: Scope, at: datetime) -> Account:
    """The account of this name and password. `by` is a visitor. Where the account has a second step, whoever asks
    is not signed in before that is taken, too (`steps.services.check_code`).

    Raises Refused("wrong", "disabled", "locked"); failures are counted also when many come at once.
    """
    username = username.strip()
    named = Account.objects.filter(username=username)
    account = named.first() or Account.objects.filter(username=username.lower()).first()
    if account is None:
        make_password(password)  # so that an unknown name takes as long as a known one
        raise _wrong()
    attempts = _right_password(account, password, _wrong(), at)
    check_open(account=account, by=by, at=at)
    if has_second_step(account):
        half_proved(attempts)
    else:
        signed_in(attempts, account, at)
    return account


def check_open(*, account: Account, by: Scope, at: datetime) -> None:
    """Raises Refused("disabled") for an account that nobody signs in with any more."""
    if account.is_active:
        return
    if account.off_why == OffWhy.IDLE:
        words = _("Tài khoản này đã bị khóa vì %(days)s ngày không dùng. Nhờ người quản trị mở lại.")
        raise Refused("disabled", words % {"days": IDLE_OFF.days})
    raise Refused("disabled", _("Tài khoản này đã bị khóa. Liên hệ người quản trị của tỉnh."))


def prove_again(*, account: Account, password: str, by: Scope, at: datetime) -> None:
    """Whoever is signed in shows that it is still them. Raises Refused("not_own", "wrong", "locked")."""
    if account.pk != by.account_id:
        raise Refused("not_own", _("Chỉ mở lại được tài khoản của chính mình."))
    attempts = _right_password(account, password, Refused("wrong", _("Mật khẩu không đúng.")), at)
    with transaction.atomic():
        proved(attempts)
        written("account.unlock", account, account.pk, at)


def sign_in_with_card(*, secret: str, pin: str, by: Scope, at: datetime) -> SignInCard:
    """The card of this secret, opened by its PIN. `by` is a visitor.

    Raises Refused("no_card", "wrong", "locked").
    """
    card = card_of(secret)
    if card is None:
        raise Refused("no_card", _("Thẻ này không còn dùng được. Xin người quản trị một thẻ mới."))
    _check_card(card, pin, at)
    return card


def change_password(*, account: Account, old: str, new: str, by: Scope, at: datetime) -> None:
    """A new password of one's own. Raises Refused("not_own", "wrong", "locked", "weak_password")."""
    if account.pk != by.account_id:
        raise Refused("not_own", _("Chỉ đổi được mật khẩu của chính mình."))
    attempts = _right_password(account, old, Refused("wrong", _("Mật khẩu đang dùng không đúng.")), at)
    check_password_strength(password=new, account=account, by=by, at=at)
    with transaction.atomic():
        proved(attempts)
        _store_password(account, new, by.account_id, at)


def change_pin(*, old: str, new: str, by: Scope, at: datetime) -> None:
    """A new PIN for one's own card. Raises Refused("no_card", "wrong", "locked", "bad_pin", "easy_pin")."""
    card = SignInCard.objects.filter(account_id=by.account_id or 0).select_related("account").first()
    if card is None:
        raise Refused("no_card", _("Tài khoản này chưa có thẻ."))
    _check_card(card, old, at)
    check_pin(pin=new, by=by, at=at)
    with transaction.atomic():
        SignInCard.objects.filter(pk=card.pk).update(pin=make_password(new))
        written("account.pin", card.account, by.account_id, at)


def make_card(*, account: Account, secret: str, pin: str, by: Scope, at: datetime) -> SignInCard:
    """A new card for somebody with a light role; the old one, and whoever is signed in with it, is out. The same
    secret makes no second one.

    Raises as `access.services.require_charge`; Refused("no_light_role", "bad_pin").
    """
    by = require_charge(account=account, by=by, at=at)
    check_pin(pin=pin, by=by, at=at)
    if not account.assignments.filter(role__in=LIGHT, valid_to__gte=today()).exists():
        words = _("Thẻ chỉ dành cho vai trò %(roles)s.")
        roles = ", ".join(str(role.label) for role in Role if role in LIGHT)
        raise Refused("no_light_role", words % {"roles": roles})
    with transaction.atomic():
        new = {"secret_hash": hash_of(secret), "pin": make_password(pin), "made_at": at}
        card, created = SignInCard.objects.get_or_create(account=account, defaults=new)
        if not created and card.secret_hash == new["secret_hash"]:
            return card
        if not created:
            SignInCard.objects.filter(pk=card.pk).update(**new, failures=0, locked_until=None)
        written("account.card", account, by.account_id, at)
    return SignInCard.objects.get(pk=card.pk)


def make_reset_link(*, account: Account, secret: str, by: Scope, at: datetime) -> ResetLink:
    """A link to a new password; earlier ones that were not used open nothing any more, a lock is taken off. The
    same secret makes no second one. Raises as `access.services.require_charge`."""
    by = require_charge(account=account, by=by, at=at)
    with transaction.atomic():
        made, created = ResetLink.objects.get_or_create(
            secret_hash=hash_of(secret),
            defaults={
                "account": account,
                "made_by_id": by.account_id,
                "made_at": at,
                "expires_at": at + RESET_LASTS,
            },
        )
        if created:
            account.reset_links.filter(used_at__isnull=True).exclude(pk=made.pk).delete()
            Account.objects.filter(pk=account.pk).update(failures=0, locked_until=None)
            written("account.reset", account, by.account_id, at)
    return made


def usable_reset_link(*, secret: str, by: Scope, at: datetime) -> ResetLink:
    """The link, if it still opens: only as long as whoever made it is in charge of the account, which may have been
    entrusted with more meanwhile. Raises Refused("link_over")."""
    found = reset_link_of(secret)
    if (
        found is None
        or found.used_at
        or found.expires_at <= at
        or not found.account.is_active
        or not _maker_in_charge(found)
    ):
        raise Refused(
            "link_over", _("Liên kết này đã dùng hoặc hết hạn. Xin người quản trị một liên kết mới.")
        )
    return found


def _maker_in_charge(link: ResetLink) -> bool:
    if link.made_by is None:
        return True
    maker = scope_of(link.made_by)
    return maker.may(Permission.MANAGE_ACCOUNTS) and in_charge(maker, link.account)


def reset_password(*, secret: str, password: str, by: Scope, at: datetime) -> Account:
    """The new password that a link lets one choose, once. Raises Refused("link_over", "weak_password")."""
    found = usable_reset_link(secret=secret, by=by, at=at)
    account = found.account
    check_password_strength(password=password, account=account, by=by, at=at)
    with transaction.atomic():
        if not ResetLink.objects.filter(pk=found.pk, used_at__isnull=True).update(used_at=at):
            raise Refused("link_over", _("Liên kết này vừa được dùng."))
        _store_password(account, password, account.pk, at)
    return account


def _wrong() -> Refused:
    return Refused(
        "wrong", _("Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt.")
    )


def _right_password(account: Account, password: str, wrong: Refused, at: datetime) -> QuerySet[Account]:
    """Counts the attempt and says where it is counted. Raises `wrong`, or Refused("locked") from the last one on."""
    attempts = attempts_at(account)
    claim(attempts, account, at)
    if not account.check_password(password):
        raise locked_now(attempts, account, at) or wrong
    return attempts


def _check_card(card: SignInCard, pin: str, at: datetime) -> None:
    attempts = SignInCard.objects.filter(pk=card.pk)
    claim(attempts, card, at)
    if not check_password(pin, card.pin):
        refusal = locked_now(attempts, card, at)
        left = LOCK_AFTER - attempts.values_list("failures", flat=True).get()
        raise refusal or Refused("wrong", _("Mã PIN không đúng. Còn %(left)s lần thử.") % {"left": left})
    signed_in(attempts, card.account, at)


def _store_password(account: Account, password: str, by: int | None, at: datetime) -> None:
    account.set_password(password)
    account.save(update_fields=["password"])
    written("account.password", account, by, at)
