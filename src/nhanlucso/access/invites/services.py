"""Inviting somebody to an account by a link with a secret, and taking the invitation up, once."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from nhanlucso.access.enums import Role
from nhanlucso.access.invites.queries import invite_of, visible_invites
from nhanlucso.access.models import Account, Assignment, Invite, SignInCard
from nhanlucso.access.queries import entrustable, scope_of
from nhanlucso.access.rules import (
    INVITE_LASTS,
    LIGHT,
    pin_is_easy,
    pin_is_written_right,
    username_is_written_right,
)
from nhanlucso.access.secret import hash_of
from nhanlucso.access.services import check_role
from nhanlucso.audit.services import record
from nhanlucso.kernel.clock import ALWAYS, local_date
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean
from nhanlucso.orgs.models import Unit


def invite(
    *, role: str, unit: Unit | None, full_name: str, secret: str, by: Scope, at: datetime
) -> tuple[Invite, bool]:
    """An invitation to one role over a unit, and whether it is new: the same secret makes no second one.

    Raises as `access.services.check_role`.
    """
    by = check_role(role=role, unit=unit, by=by, at=at)
    with transaction.atomic():
        made, created = Invite.objects.get_or_create(
            secret_hash=hash_of(secret),
            defaults={
                "role": role,
                "unit": unit,
                "full_name": clean(full_name),
                "made_by_id": by.account_id,
                "made_at": at,
                "expires_at": at + INVITE_LASTS,
            },
        )
        if created:
            _written("account.invite", made, by.account_id, at)
    return made, created


def withdraw_invite(*, invite_id: int, by: Scope, at: datetime) -> None:
    """The link opens nothing any more. Raises Refused("not_allowed", "invite_used"), Invite.DoesNotExist."""
    found = visible_invites(by.require(Permission.MANAGE_ACCOUNTS)).get(pk=invite_id)
    with transaction.atomic():
        open_ = Invite.objects.filter(pk=found.pk, used_by__isnull=True)
        if not open_.exists():
            raise Refused("invite_used", _("Lời mời này đã được nhận. Muốn dừng thì khóa tài khoản."))
        if open_.filter(withdrawn_at__isnull=True).update(withdrawn_at=at):
            _written("account.withdraw", found, by.account_id, at)


def accept_invite(
    *, secret: str, full_name: str, username: str, password: str, by: Scope, at: datetime
) -> Account:
    """The account that an invitation to a full role makes. `by` is a visitor.

    Raises Refused("invite_unknown", "invite_over", "name_missing", "bad_username", "username_taken",
    "weak_password", "wants_pin").
    """
    found = usable_invite(secret=secret, by=by, at=at)
    if found.role in LIGHT:
        raise Refused("wants_pin", _("Vai trò này vào bằng thẻ và mã PIN."))
    username = username.strip().lower()
    if not username_is_written_right(username):
        raise Refused(
            "bad_username",
            _("Tên đăng nhập gồm 3 đến 30 chữ không dấu, số, dấu chấm hoặc gạch; ví dụ: vang.a.sung."),
        )
    if Account.objects.filter(username__iexact=username).exists():
        raise _taken()
    account = Account(username=username, full_name=_name(found, full_name))
    check_password_strength(password=password, account=account, by=by, at=at)
    account.set_password(password)
    with transaction.atomic():
        _take(found, account, at)
    return account


def accept_light_invite(*, secret: str, full_name: str, pin: str, by: Scope, at: datetime) -> Account:
    """The account that an invitation to a light role makes, with a card: from now on the same link, with the
    PIN, signs in. `by` is a visitor.

    Raises Refused("invite_unknown", "invite_over", "name_missing", "bad_pin", "easy_pin", "wants_password").
    """
    found = usable_invite(secret=secret, by=by, at=at)
    if found.role not in LIGHT:
        raise Refused("wants_password", _("Vai trò này vào bằng tên đăng nhập và mật khẩu."))
    check_pin(pin=pin, by=by, at=at)
    account = Account(username=f"the-{uuid4().hex[:12]}", full_name=_name(found, full_name))
    account.set_unusable_password()
    with transaction.atomic():
        _take(found, account, at)
        SignInCard.objects.create(
            account=account, secret_hash=hash_of(secret), pin=make_password(pin), made_at=at
        )
    return account


def usable_invite(*, secret: str, by: Scope, at: datetime) -> Invite:
    """The invitation of a link, if it can still be taken: also only as long as whoever made it could make it again.

    Raises Refused("invite_unknown", "invite_over").
    """
    found = invite_of(secret)
    if found is None:
        raise Refused(
            "invite_unknown", _("Liên kết này không mở lời mời nào. Kiểm tra xem có chép đủ không.")
        )
    if found.used_by_id is not None:
        raise Refused("invite_over", _("Lời mời này đã được dùng. Nếu là bạn, hãy đăng nhập."))
    maker = found.made_by
    stands = maker is None or Role(found.role) in entrustable(scope_of(maker), found.unit_id)
    if found.withdrawn_at is not None or not stands:
        raise Refused("invite_over", _("Lời mời này đã được rút lại. Hỏi người đã mời bạn."))
    if found.expires_at <= at:
        raise Refused("invite_over", _("Lời mời này đã hết hạn. Xin người đã mời một liên kết mới."))
    return found


def check_password_strength(*, password: str, account: Account, by: Scope, at: datetime) -> None:
    """Raises Refused("weak_password") with what is wrong."""
    try:
        validate_password(password, account)
    except ValidationError as problem:
        raise Refused("weak_password", " ".join(map(_strength_words, problem.error_list))) from None


def _strength_words(error: ValidationError) -> str:
    """Django says this one in English whatever the language."""
    if error.code == "password_too_short":
        return _("Mật khẩu quá ngắn: cần ít nhất %(min_length)s ký tự.") % dict(error.params or {})
    return error.messages[0]


def check_pin(*, pin: str, by: Scope, at: datetime) -> None:
    """Raises Refused("bad_pin", "easy_pin")."""
    if not pin_is_written_right(pin):
        raise Refused("bad_pin", _("Mã PIN gồm đúng 6 chữ số."))
    if pin_is_easy(pin):
        raise Refused("easy_pin", _("Mã PIN này dễ đoán. Chọn số khác, không lặp và không liền nhau."))


def _name(found: Invite, given: str) -> str:
    name = clean(found.full_name) or clean(given)
    if not name:
        raise Refused("name_missing", _("Chưa có họ và tên."))
    return name


def _take(found: Invite, account: Account, at: datetime) -> None:
    """Stores the account with its assignment. The one update that marks the invitation decides a race."""
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError:
        raise _taken() from None
    free = Invite.objects.filter(
        pk=found.pk, used_by__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at
    )
    if not free.update(used_by=account, used_at=at):
        raise Refused("invite_over", _("Lời mời này vừa được dùng hoặc rút lại."))
    Assignment.objects.create(
        account=account, role=Role(found.role), unit=found.unit, valid_from=local_date(at), valid_to=ALWAYS
    )
    record(verb="account.accept", object_type="account", object_id=str(account.pk), by=account.pk, at=at)


def _taken() -> Refused:
    return Refused("username_taken", _("Tên đăng nhập này đã có người dùng. Chọn tên khác."))


def _written(verb: str, made: Invite, by: int | None, at: datetime) -> None:
    record(verb=verb, object_type="invite", object_id=str(made.pk), by=by, at=at)
