"""Who reaches what, and who may entrust what to others."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from nhanlucso.access.enums import Role
from nhanlucso.access.models import Account, Assignment
from nhanlucso.access.rules import ALLOWED, ENTRUSTS, NEVER_LENT
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import SYSTEM, Grant, Scope, granted
from nhanlucso.orgs.queries import reach

NOBODY = Scope(account_id=None, roles=frozenset(), unit_ids=frozenset())


def scope_of(account: Account | AnonymousUser, roles: frozenset[Role] = frozenset(Role)) -> Scope:
    """The scope of an account by its assignments of today, of these roles alone; visitors reach nothing.

    The person behind the account is not known on this floor. Public: it makes scopes.
    """
    if not isinstance(account, Account) or not account.is_active:
        return NOBODY
    rows = Assignment.objects.filter(_in_force(today()), account=account, role__in=roles)
    return granted(
        account.pk,
        [
            Grant(role, ALLOWED[Role(role)] - (NEVER_LENT if lender else frozenset()), unit)
            for role, unit, lender in rows.values_list("role", "unit_id", "delegated_by")
        ],
    )


def _in_force(day: date) -> Q:
    """Assignments that hold on a day; lent ones only while their lender has the same."""
    of_day = Q(valid_from__lte=day, valid_to__gte=day)
    own = Assignment.objects.filter(
        of_day, account=OuterRef("delegated_by"), role=OuterRef("role"), delegated_by__isnull=True
    )
    lender_has_it = Exists(own.filter(unit=OuterRef("unit"))) | (
        Q(unit__isnull=True) & Exists(own.filter(unit__isnull=True))
    )
    return of_day & (Q(delegated_by__isnull=True) | (Q(delegated_by__is_active=True) & lender_has_it))


def assignments(scope: Scope) -> list[Assignment]:
    """What is entrusted today to the account of the scope."""
    found = Assignment.objects.filter(_in_force(today()), account_id=scope.account_id or 0)
    return list(found.select_related("unit", "delegated_by").order_by("pk"))


def lent(scope: Scope) -> list[Assignment]:
    """What the account of the scope has lent to others, today or later."""
    found = Assignment.objects.filter(delegated_by=scope.account_id or 0, valid_to__gte=today())
    return list(found.select_related("account").order_by("valid_from", "pk"))


def assignments_of(scope: Scope, account: Account) -> list[Assignment]:
    """Everything that was ever entrusted to an account in reach, the newest first."""
    found = visible_accounts(scope).get(pk=account.pk).assignments.select_related("delegated_by")
    return list(found.order_by("-valid_to", "-valid_from", "-pk"))


def entrusted_units(permission: Permission) -> frozenset[int]:
    """The units that somebody may do this for today, entrusted with the very unit. Public: it names nobody."""
    roles = [role for role, allowed in ALLOWED.items() if permission in allowed]
    rows = Assignment.objects.filter(
        _in_force(today()), role__in=roles, unit__isnull=False, account__is_active=True
    )
    return frozenset(unit for unit in rows.values_list("unit", flat=True).distinct() if unit is not None)


def entrusted_everywhere(permission: Permission) -> bool:
    """Whether somebody may do this today for the whole installation. Public: it names nobody."""
    roles = [role for role, allowed in ALLOWED.items() if permission in allowed]
    rows = Assignment.objects.filter(_in_force(today()), role__in=roles, unit__isnull=True)
    return rows.filter(account__is_active=True).exists()


def visible_accounts(scope: Scope, permission: Permission = Permission.MANAGE_ACCOUNTS) -> QuerySet[Account]:
    """The accounts that were ever entrusted with a unit inside the scope; all for who reaches everything."""
    scope = scope.to(permission)
    if scope.everything:
        return Account.objects.all()
    inside = Assignment.objects.filter(reach(scope).rows("unit"), account=OuterRef("pk"))
    return Account.objects.filter(Exists(inside))


def entrustable(scope: Scope, unit_id: int | None) -> frozenset[Role]:
    """The roles that the account of the scope may entrust to others over a unit (None: over everything)."""
    found: frozenset[Role] = frozenset()
    for grant in _grants(scope.to(Permission.MANAGE_ACCOUNTS)):
        if grant.unit_id is None or (unit_id is not None and _is_below(unit_id, grant.unit_id)):
            found |= frozenset(Role) if grant.role in SYSTEM.roles else ENTRUSTS.get(Role(grant.role), found)
    return found


def _grants(scope: Scope) -> Iterator[Grant]:
    """What a scope was made of; one without grants holds all its roles over all its units."""
    if scope.grants:
        yield from scope.grants
    else:
        for role in scope.roles:
            for unit in (None,) if scope.everything else scope.unit_ids:
                yield Grant(role, scope.permissions, unit)


def _is_below(unit_id: int, top: int) -> bool:
    return reach(Scope(None, frozenset(), frozenset({top}))).holds(unit_id)


def in_charge(scope: Scope, account: Account) -> bool:
    """Whether the scope may decide how the account signs in: only who could have entrusted all that it holds, or
    a new password would be a way to more than one has oneself. An account without a role today is in the charge of
    who could have entrusted all that it ever held: it may be given a role again."""
    current = account.assignments.filter(valid_to__gte=today())
    held = current if current.exists() else account.assignments.all()
    return all(Role(role) in entrustable(scope, unit) for role, unit in held.values_list("role", "unit_id"))


def colleagues(scope: Scope, unit_id: int | None) -> QuerySet[Account]:
    """Other accounts that have a role of their own, today or later, over a unit or what lies below it (None: all)."""
    others = Account.objects.filter(is_active=True).exclude(pk=scope.account_id or 0)
    if unit_id is None:
        return others
    below = reach(Scope(None, frozenset(), frozenset({unit_id}))).rows("unit")
    held = Assignment.objects.filter(
        below, account=OuterRef("pk"), delegated_by__isnull=True, valid_to__gte=today()
    )
    return others.filter(Exists(held))


def account_names(scope: Scope, ids: Collection[int]) -> dict[int, str]:
    """How accounts are called, for who may read the log or manages accounts; nothing for others."""
    if not (scope.may(Permission.READ_AUDIT) or scope.may(Permission.MANAGE_ACCOUNTS)):
        return {}
    return {account.pk: account.get_full_name() for account in Account.objects.filter(pk__in=list(ids))}
