"""The accounts and roles that a directory sees."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from nhanlucso.access.enums import OffWhy
from nhanlucso.access.models import Account, Assignment
from nhanlucso.access.queries import visible_accounts
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import reach


def provisioned(scope: Scope) -> QuerySet[Account]:
    """The accounts in reach that the directory has not removed, each with `held`: its own roles of today."""
    held = Prefetch("assignments", roles_today(scope), to_attr="held")
    return visible_accounts(scope).exclude(off_why=OffWhy.REMOVED).prefetch_related(held).order_by("pk")


def roles_today(scope: Scope) -> QuerySet[Assignment]:
    """The roles of today in reach; not those lent for a time, which are no matter of the directory."""
    scope, day = scope.to(Permission.MANAGE_ACCOUNTS), today()
    rows = Assignment.objects.filter(valid_from__lte=day, valid_to__gte=day, delegated_by__isnull=True)
    if not scope.everything:
        rows = rows.filter(reach(scope).rows("unit"))
    return rows.select_related("unit").order_by("role", "unit", "pk")
