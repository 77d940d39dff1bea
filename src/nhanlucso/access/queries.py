"""Who reaches what."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from nhanlucso.access.enums import Role
from nhanlucso.access.models import Account, Assignment
from nhanlucso.access.rules import ALLOWED
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.scope import Grant, Scope, granted

NOBODY = Scope(account_id=None, roles=frozenset(), unit_ids=frozenset())


def scope_of(account: Account | AnonymousUser, roles: frozenset[Role] = frozenset(Role)) -> Scope:
    """The scope of an account by its assignments of today, of these roles alone; visitors reach nothing.

    The person behind the account is not known on this floor. Public: it makes scopes.
    """
    if not isinstance(account, Account) or not account.is_active:
        return NOBODY
    day = today()
    rows = Assignment.objects.filter(account=account, valid_from__lte=day, valid_to__gte=day, role__in=roles)
    return granted(
        account.pk,
        [Grant(role, ALLOWED[Role(role)], unit) for role, unit in rows.values_list("role", "unit_id")],
    )


def assignments(scope: Scope) -> list[Assignment]:
    """What is entrusted today to the account of the scope."""
    day = today()
    return list(
        Assignment.objects.filter(account_id=scope.account_id or 0, valid_from__lte=day, valid_to__gte=day)
        .select_related("unit", "delegated_by")
        .order_by("pk")
    )
