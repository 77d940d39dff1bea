"""Making accounts, entrusting units to them, taking that back, lending it for a time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.access.enums import Role
from nhanlucso.access.models import Account, Assignment
from nhanlucso.access.queries import colleagues, entrustable, in_charge, visible_accounts
from nhanlucso.access.rules import LENT_AT_MOST, LIGHT, NEEDS_UNIT
from nhanlucso.audit.services import record
from nhanlucso.kernel.clock import local_date
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history


def ensure_account(
    *, username: str, full_name: str, password: str, role: str, unit: Unit | None, by: Scope, at: datetime
) -> Account:
    """The account of that name with this assignment; both are made if they are not there. An existing account
    keeps its password. Raises Refused("unit_needed")."""
    _check_unit(role, unit)
    with transaction.atomic():
        account, created = Account.objects.get_or_create(username=username, defaults={"full_name": full_name})
        if created:
            account.set_password(password)
            account.save(update_fields=["password"])
            _written("account.add", account, by, at)
        _made, entrusted = Assignment.objects.get_or_create(account=account, role=role, unit=unit)
        if entrusted:
            _written("account.entrust", account, by, at)
    return account


def check_role(*, role: str, unit: Unit | None, by: Scope, at: datetime) -> Scope:
    """What `by` may do with accounts, if it may entrust this role over this unit.

    Raises Refused("not_allowed", "unit_needed", "unit_ended", "not_entrustable").
    """
    by = by.require(Permission.MANAGE_ACCOUNTS)
    _check_unit(role, unit)
    if unit is not None and history().version(unit.pk, local_date(at)) is None:
        raise Refused("unit_ended", _("Đơn vị này không còn hiệu lực. Hãy chọn đơn vị đang mang tên mới."))
    if role not in entrustable(by, unit.pk if unit else None):
        raise Refused("not_entrustable", _("Tài khoản của bạn không giao được vai trò này ở đơn vị này."))
    return by


def entrust(
    *, account: Account, role: str, unit: Unit | None, first: date, last: date, by: Scope, at: datetime
) -> Assignment:
    """A role over a unit from day to day; what is already entrusted for all these days stays as it is.

    Raises as `check_role`; Refused("bad_span", "already_entrusted"), Account.DoesNotExist outside the scope.
    """
    by = check_role(role=role, unit=unit, by=by, at=at)
    account = visible_accounts(by).get(pk=account.pk)
    with transaction.atomic():
        made, created = _entrust(account, role, unit, first, last, None)
        if created:
            _written("account.entrust", account, by, at)
    return made


def end_assignment(*, assignment_id: int, by: Scope, at: datetime) -> None:
    """Ends what was entrusted, from today on; one that never held for a day goes. What was lent of it ends by
    itself. Ending it again changes nothing.

    Raises Refused("not_allowed", "own_assignment", "not_entrustable"), Assignment.DoesNotExist outside the scope.
    """
    by = by.require(Permission.MANAGE_ACCOUNTS)
    with transaction.atomic():
        row = Assignment.objects.select_related("account", "unit").get(
            pk=assignment_id, account__in=visible_accounts(by)
        )
        if row.account_id == by.account_id and row.delegated_by_id is None:
            raise Refused("own_assignment", _("Không tự bỏ vai trò của mình; nhờ một người quản trị khác."))
        if Role(row.role) not in entrustable(by, row.unit_id):
            raise Refused("not_entrustable", _("Vai trò này do cấp khác giao; chỉ nơi đó kết thúc được."))
        _end(row, "account.end", by, at)


def delegate(
    *, assignment_id: int, username: str, first: date, last: date, by: Scope, at: datetime
) -> Assignment:
    """Lends one of one's own assignments to another account for some days; it cannot be lent on.

    Only to who has a role of their own below the same unit: user names elsewhere stay unknown. Raises
    Refused("bad_span", "too_long", "not_lendable", "unknown_account", "already_entrusted"),
    Assignment.DoesNotExist for what is not one's own.
    """
    own = Assignment.objects.get(pk=assignment_id, account_id=by.account_id or 0, role__in=by.roles)
    if own.delegated_by_id is not None:
        raise Refused("not_lendable", _("Việc này bạn đang làm thay người khác, không giao tiếp được."))
    if own.role in LIGHT:
        raise Refused("not_lendable", _("Vai trò này chỉ ghi việc của chính mình nên không giao thay được."))
    if first < local_date(at) or last > own.valid_to or first < own.valid_from:
        raise Refused(
            "bad_span", _("Chỉ giao thay từ hôm nay, trong thời gian vai trò của bạn còn hiệu lực.")
        )
    if last - first >= LENT_AT_MOST:
        raise Refused(
            "too_long", _("Mỗi lần giao thay nhiều nhất %(days)s ngày.") % {"days": LENT_AT_MOST.days}
        )
    account = colleagues(by, own.unit_id).filter(username=username.strip()).first()
    if account is None:  # whether it exists somewhere else is nobody's business here
        raise Refused(
            "unknown_account",
            _("Không có tài khoản nào khác mang tên đăng nhập này trong phạm vi vai trò của bạn."),
        )
    with transaction.atomic():
        made, created = _entrust(account, own.role, own.unit, first, last, own.account)
        if created:
            _written("account.delegate", account, by, at)
    return made


def end_delegation(*, assignment_id: int, by: Scope, at: datetime) -> None:
    """Ends what was lent, by who lent it or who borrowed it. Raises Assignment.DoesNotExist for anyone else."""
    with transaction.atomic():
        row = Assignment.objects.select_related("account").get(pk=assignment_id, delegated_by__isnull=False)
        ours = by.account_id is not None and by.account_id in (row.account_id, row.delegated_by_id)
        if not ours or row.role not in by.roles:  # with a card one has one's light roles alone
            raise Assignment.DoesNotExist
        _end(row, "account.return", by, at)


def disable_account(*, account: Account, by: Scope, at: datetime, why: str = "") -> None:
    """Nobody signs in with it any more (`why`: of OffWhy). Raises as `require_charge`, Refused("own_account")."""
    if account.pk == by.account_id:
        raise Refused("own_account", _("Không tự khóa tài khoản của mình; nhờ một người quản trị khác."))
    _switch(account, False, "account.disable", by, at, why)


def enable_account(*, account: Account, by: Scope, at: datetime) -> None:
    """It may sign in again; its idle days count anew. Raises as `require_charge`."""
    _switch(account, True, "account.enable", by, at)


def require_charge(*, account: Account, by: Scope, at: datetime) -> Scope:
    """What `by` may do with accounts, if it is in charge of this one.

    Raises Refused("not_allowed", "not_in_charge"), Account.DoesNotExist outside the scope.
    """
    by = by.require(Permission.MANAGE_ACCOUNTS)
    if not in_charge(by, visible_accounts(by).get(pk=account.pk)):
        raise Refused(
            "not_in_charge",
            _("Tài khoản này còn có vai trò do cấp khác giao; chỉ nơi đó khóa hoặc đặt lại được."),
        )
    return by


def _check_unit(role: str, unit: Unit | None) -> None:
    if role in NEEDS_UNIT and unit is None:
        raise Refused("unit_needed", _("Vai trò này gắn với một đơn vị. Hãy chọn đơn vị."))


def _switch(account: Account, active: bool, verb: str, by: Scope, at: datetime, why: str = "") -> None:
    by = require_charge(account=account, by=by, at=at)
    with transaction.atomic():
        seen = {"seen_at": at} if active else {}
        rows = Account.objects.filter(pk=account.pk, is_active=not active)
        if rows.update(is_active=active, off_why=why, **seen):
            _written(verb, account, by, at)
    account.is_active = active


def _entrust(
    account: Account, role: str, unit: Unit | None, first: date, last: date, lender: Account | None
) -> tuple[Assignment, bool]:
    """The row for these days, and whether it is new. Called inside a transaction."""
    if first > last:
        raise Refused("bad_span", _("Ngày cuối không thể trước ngày đầu."))
    meeting = Assignment.objects.filter(
        account=account, role=role, unit=unit, valid_from__lte=last, valid_to__gte=first
    ).first()
    if meeting is None:
        return Assignment.objects.get_or_create(
            account=account,
            role=role,
            unit=unit,
            valid_from=first,
            defaults={"valid_to": last, "delegated_by": lender},
        )
    same_lender = meeting.delegated_by_id == (lender.pk if lender else None)
    if same_lender and meeting.valid_from <= first and meeting.valid_to >= last:
        return meeting, False
    raise Refused(
        "already_entrusted",
        _("%(name)s đã có vai trò này ở đơn vị này trong thời gian đó. Kết thúc trước, rồi giao lại.")
        % {"name": account.get_full_name()},
    )


def _end(row: Assignment, verb: str, by: Scope, at: datetime) -> None:
    yesterday = local_date(at) - timedelta(days=1)
    if row.valid_to <= yesterday:
        return
    if row.valid_from > yesterday:
        row.delete()
    else:
        row.valid_to = yesterday
        row.save(update_fields=["valid_to"])
    _written(verb, row.account, by, at)


def _written(verb: str, account: Account, by: Scope, at: datetime) -> None:
    record(verb=verb, object_type="account", object_id=str(account.pk), by=by.account_id, at=at)
