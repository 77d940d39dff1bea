"""Who reaches what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.contrib.auth.models import AnonymousUser

from nhanlucso.access.enums import Role
from nhanlucso.access.models import Account, Assignment
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.scope import Scope

WRITERS = frozenset({Role.ADMINISTRATOR, Role.OFFICER})
NOBODY = Scope(account_id=None, roles=frozenset(), unit_ids=frozenset())


def scope_of(account: Account | AnonymousUser) -> Scope:
    """The scope of an account by its assignments of today; visitors reach nothing. Public: it makes scopes."""
    if not isinstance(account, Account) or not account.is_active:
        return NOBODY
    day = today()
    rows = list(
        Assignment.objects.filter(account=account, valid_from__lte=day, valid_to__gte=day).values_list(
            "role", "unit_id"
        )
    )
    writing = [row for row in rows if row[0] in WRITERS]
    whole = _scope(account, rows)
    return replace(whole, written=_scope(account, writing)) if 0 < len(writing) < len(rows) else whole


def _scope(account: Account, rows: Sequence[tuple[str, int | None]]) -> Scope:
    return Scope(
        account_id=account.pk,
        roles=frozenset(str(role) for role, _ in rows),
        unit_ids=frozenset(unit for _, unit in rows if unit is not None),
        everything=any(unit is None for _, unit in rows),
        can_write=any(role in WRITERS for role, _ in rows),
    )


def assignments(scope: Scope) -> list[Assignment]:
    """What is entrusted today to the account of the scope."""
    day = today()
    return list(
        Assignment.objects.filter(account_id=scope.account_id or 0, valid_from__lte=day, valid_to__gte=day)
        .select_related("unit")
        .order_by("pk")
    )
