"""Accounts as the directory of a province says they are: made, changed, shut, given roles."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from nhanlucso.access.devices.services import sign_out_others
from nhanlucso.access.enums import OffWhy, Role
from nhanlucso.access.models import Account, Assignment
from nhanlucso.access.provisioning.queries import provisioned, roles_today
from nhanlucso.access.provisioning.rules import AccountData, may_be_given, name_is_written_right, role_parts
from nhanlucso.access.services import (
    check_role,
    disable_account,
    enable_account,
    end_assignment,
    entrust,
    require_charge,
)
from nhanlucso.access.signing.attempts import written
from nhanlucso.kernel.clock import ALWAYS, local_date, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import reach, resolve_unit


def provision_account(*, data: AccountData, roles: Collection[str], by: Scope, at: datetime) -> Account:
    """A new account, without a password: its person signs in through the province, or asks for a link.

    roles: «officer:xa-phu-nhuan». Raises Refused("not_allowed", "bad_username", "taken", "role_needed", "bad_role"),
    and as `access.services.entrust`.
    """
    by = by.require(Permission.MANAGE_ACCOUNTS)
    _check(data, None)
    if not roles and not by.everything:
        raise Refused("role_needed", _("Tài khoản mới cần ít nhất một vai trò ở đơn vị trong phạm vi."))
    with transaction.atomic():
        account = Account(username=data.username, date_joined=at, seen_at=at)
        account.set_unusable_password()
        _store(account, data)
        written("account.add", account, by.account_id, at)
        for role, unit in _read_roles(roles, by):
            _entrust(account, role, unit, by, at)
        if not data.active:
            disable_account(account=account, by=by, at=at)
    return _again(account, by)


def change_account(
    *, account: Account, data: AccountData, roles: Collection[str] | None, by: Scope, at: datetime
) -> Account:
    """The account as it is said to be; `roles` None: as they are. What is so already changes nothing.

    Shut, all its sessions end at once. Raises as `provision_account` and `access.services.disable_account`;
    Refused("last_administrator"), Account.DoesNotExist outside the scope.
    """
    by = require_charge(account=account, by=by, at=at)
    _check(data, account)
    with transaction.atomic():
        if _store(account, data):
            written("account.change", account, by.account_id, at)
        if roles is not None:
            _set_roles(account, roles, by, at)
        if data.active and not account.is_active:
            enable_account(account=account, by=by, at=at)
        elif not data.active and account.is_active:
            shut_account(account=account, by=by, at=at)
    return _again(account, by)


def shut_account(*, account: Account, by: Scope, at: datetime, removed: bool = False) -> None:
    """Nobody signs in with it any more, whoever was signed in is out; `removed`: the directory does not know it any
    more. Raises as `access.services.disable_account`, Refused("last_administrator")."""
    by = require_charge(account=account, by=by, at=at)
    with transaction.atomic():
        _check_not_last(account)
        why = OffWhy.REMOVED if removed else ""
        disable_account(account=account, by=by, at=at, why=why)
        if removed:  # also where it was shut before
            Account.objects.filter(pk=account.pk).update(off_why=why)
        sign_out_others(account=account, session_key="", by=by, at=at)


def _check(data: AccountData, account: Account | None) -> None:
    if not name_is_written_right(data.username):
        raise Refused(
            "bad_username",
            _("Tên đăng nhập có 3 đến 150 ký tự: chữ thường không dấu, số, dấu chấm, gạch, @, +."),
        )
    others = Account.objects.exclude(pk=account.pk) if account else Account.objects.all()
    if others.filter(username__iexact=data.username).exists():
        raise Refused("taken", _("Đã có tài khoản mang tên đăng nhập này."))
    for column in ("external_id", "employee_code"):
        value = getattr(data, column)
        if value and others.filter(**{column: value}).exists():
            raise Refused("taken", _("Mã «%(code)s» đã thuộc tài khoản khác.") % {"code": value})


def _store(account: Account, data: AccountData) -> bool:
    """Whether anything became otherwise."""
    told = {
        "username": data.username,
        "full_name": clean(data.full_name)[:200],
        "email": data.email[:254],
        "external_id": data.external_id[:200],
        "employee_code": data.employee_code[:60],
        "language": data.language[:5],
    }
    if account.pk and all(getattr(account, name) == value for name, value in told.items()):
        return False
    for name, value in told.items():
        setattr(account, name, value)
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError:  # somebody was faster
        raise Refused("taken", _("Đã có tài khoản mang tên đăng nhập hoặc mã này.")) from None
    return True


def _read_roles(texts: Collection[str], by: Scope) -> list[tuple[str, Unit | None]]:
    """Raises Refused("bad_role") for roles that are none, that no program gives, or units out of reach."""
    found: list[tuple[str, Unit | None]] = []
    for text in dict.fromkeys(texts):
        role, reference = role_parts(text)
        if not may_be_given(role):
            raise Refused("bad_role", _("Chương trình không giao được vai trò «%(role)s».") % {"role": text})
        unit = resolve_unit(reference) if reference else None
        if unit is not None and not reach(by).holds(unit.pk):
            raise Refused("unknown_unit", _("Không có đơn vị «%(unit)s».") % {"unit": reference})
        found.append((role, unit))
    return found


def _set_roles(account: Account, texts: Collection[str], by: Scope, at: datetime) -> None:
    """Gives what is missing and ends what is not named; roles that no program gives stay."""
    held = {(row.role, row.unit_id): row for row in roles_today(by).filter(account=account)}
    kept = {key for key in held if not may_be_given(key[0])}
    named = [text for text in texts if role_parts(text)[0] not in {role for role, _unit in kept}]
    wanted = {(role, unit.pk if unit else None): unit for role, unit in _read_roles(named, by)}
    for key, unit in wanted.items():
        if key not in held:
            _entrust(account, key[0], unit, by, at)
    for key, row in held.items():
        if key not in wanted and key not in kept:
            end_assignment(assignment_id=row.pk, by=by, at=at)


def _entrust(account: Account, role: str, unit: Unit | None, by: Scope, at: datetime) -> None:
    first = local_date(at)
    if Assignment.objects.filter(account=account).exists():
        entrust(account=account, role=role, unit=unit, first=first, last=ALWAYS, by=by, at=at)
        return
    # An account without any role lies in nobody's reach yet but that of who made it.
    _first_role(account, role, unit, by, at)


def _first_role(account: Account, role: str, unit: Unit | None, by: Scope, at: datetime) -> None:
    check_role(role=role, unit=unit, by=by, at=at)
    Assignment.objects.create(account=account, role=role, unit=unit, valid_from=local_date(at))
    written("account.entrust", account, by.account_id, at)


def _check_not_last(account: Account) -> None:
    """Somebody must be left who runs the whole installation."""
    day = today()
    runs = Assignment.objects.filter(
        role=Role.ADMINISTRATOR, unit__isnull=True, valid_from__lte=day, valid_to__gte=day,
        delegated_by__isnull=True, account__is_active=True,
    )  # fmt: skip
    if runs.filter(account=account).exists() and not runs.exclude(account=account).exists():
        raise Refused("last_administrator", _("Đây là người quản trị duy nhất còn lại; không khóa được."))


def _again(account: Account, by: Scope) -> Account:
    """As it is stored now. Whoever took away its last role in reach still sees what became of it."""
    found = provisioned(by).filter(pk=account.pk).first()
    if found is None:
        found = Account.objects.get(pk=account.pk)
        found.held = []  # type: ignore[attr-defined]
    return found
