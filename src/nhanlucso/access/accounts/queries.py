"""The list of accounts that somebody administers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from nhanlucso.access.idle.queries import unused_since
from nhanlucso.access.models import Account, Assignment
from nhanlucso.access.queries import visible_accounts
from nhanlucso.access.rules import IDLE_WARN
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import fold
from nhanlucso.orgs.queries import reach_below

ACTIVE, OFF, LOCKED, IDLE, UNUSED = "active", "off", "locked", "idle", "unused"
STATES = (ACTIVE, OFF, LOCKED, IDLE, UNUSED)


@dataclass(frozen=True, slots=True)
class AccountsAsked:
    """Which accounts: part of a name, a role held today, below a unit, a state. IDLE: active, entrusted with
    nothing today. UNUSED: nobody has signed in for so long that it will be shut soon."""

    words: str = ""
    role: str = ""
    unit: int | None = None
    state: str = ""


def account_list(scope: Scope, asked: AccountsAsked, at: datetime) -> QuerySet[Account]:
    """The accounts asked for, each with `held`: its assignments of today."""
    scope = scope.to(Permission.MANAGE_ACCOUNTS)
    day = today()
    current = Assignment.objects.filter(valid_from__lte=day, valid_to__gte=day)
    rows = visible_accounts(scope)
    if asked.words.strip():
        rows = rows.filter(name_folded__contains=fold(asked.words))
    if asked.role or asked.unit is not None:
        wanted = current.filter(account=OuterRef("pk"))
        if asked.role:
            wanted = wanted.filter(role=asked.role)
        if asked.unit is not None:
            wanted = wanted.filter(reach_below(scope, asked.unit, day).rows("unit"))
        rows = rows.filter(Exists(wanted))
    if asked.state == UNUSED:
        rows = unused_since(scope, rows, at - IDLE_WARN)
    rows = _of_state(rows, asked.state, current, at)
    held = Prefetch("assignments", current.order_by("pk"), to_attr="held")
    return rows.prefetch_related(held).select_related("card").order_by("name_key", "pk")


def _of_state(
    rows: QuerySet[Account], state: str, current: QuerySet[Assignment], at: datetime
) -> QuerySet[Account]:
    if state == OFF:
        return rows.filter(is_active=False)
    if state == ACTIVE:
        return rows.filter(is_active=True)
    if state == LOCKED:
        return rows.filter(Q(locked_until__gt=at) | Q(card__locked_until__gt=at))
    if state == IDLE:
        return rows.filter(~Exists(current.filter(account=OuterRef("pk"))), is_active=True)
    return rows
