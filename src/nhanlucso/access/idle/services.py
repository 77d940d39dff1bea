"""Shutting accounts that nobody has used for 45 days."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from nhanlucso.access.enums import OffWhy, Role
from nhanlucso.access.idle.queries import unused_since
from nhanlucso.access.models import Account
from nhanlucso.access.rules import IDLE_OFF
from nhanlucso.access.signing.attempts import written
from nhanlucso.kernel.clock import local_date
from nhanlucso.kernel.scope import Scope


def shut_idle_accounts(*, by: Scope, at: datetime) -> int:
    """Shuts them, tells how many. One administrator of everything is always left: the one who was there last."""
    found = unused_since(by, Account.objects.all(), at - IDLE_OFF)
    kept = _last_administrator(by, at)
    count = 0
    for account in found.exclude(pk=kept or 0).order_by("pk"):
        with transaction.atomic():
            # Asked again in the update: it may have been used this moment.
            row = unused_since(by, Account.objects.filter(pk=account.pk), at - IDLE_OFF)
            if row.update(is_active=False, off_why=OffWhy.IDLE):
                written("account.idle", account, by.account_id, at)
                count += 1
    return count


def _last_administrator(by: Scope, at: datetime) -> int | None:
    """Who is left when all administrators of everything would be shut."""
    day = local_date(at)
    all_of_them: QuerySet[Account] = Account.objects.filter(
        is_active=True,
        assignments__role=Role.ADMINISTRATOR,
        assignments__unit__isnull=True,
        assignments__valid_from__lte=day,
        assignments__valid_to__gte=day,
    ).distinct()
    ids = set(all_of_them.values_list("pk", flat=True))
    idle = unused_since(by, all_of_them, at - IDLE_OFF).order_by("-used_at")
    gone = list(idle.values_list("pk", flat=True))
    return gone[0] if gone and ids == set(gone) else None
