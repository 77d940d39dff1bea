"""The log as far as somebody may read it: what the accounts inside a scope did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from nhanlucso.access.models import Account, Assignment
from nhanlucso.access.queries import visible_accounts
from nhanlucso.audit.models import Event
from nhanlucso.kernel.clock import ZONE
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import fold
from nhanlucso.orgs.queries import reach


@dataclass(frozen=True, slots=True)
class EventsAsked:
    """Which acts: of one account, of accounts with these words in their names, of days (both included)."""

    account: int | None = None
    words: str = ""
    first: date | None = None
    last: date | None = None


def events(scope: Scope, asked: EventsAsked) -> QuerySet[Event]:
    """The acts of the accounts all of whose units lie inside the scope, the newest first; for who reads the log of
    everything also those of the command line."""
    scope = scope.to(Permission.READ_AUDIT)
    rows = Event.objects.all()
    if not scope.everything:
        rows = rows.filter(account_id__in=_accounts_inside(scope).values("pk"))
    if asked.account is not None:
        rows = rows.filter(account_id=asked.account)
    if asked.words.strip():
        named = Account.objects.filter(name_folded__contains=fold(asked.words))
        rows = rows.filter(account_id__in=named.values("pk"))
    if asked.first is not None:
        rows = rows.filter(at__gte=_begin(asked.first))
    if asked.last is not None and asked.last < date.max:
        rows = rows.filter(at__lt=_begin(asked.last + timedelta(days=1)))
    return rows.order_by("-at", "-pk")


def _accounts_inside(scope: Scope) -> QuerySet[Account]:
    outside = Assignment.objects.filter(account=OuterRef("pk")).exclude(reach(scope).rows("unit"))
    return visible_accounts(scope, Permission.READ_AUDIT).filter(~Exists(outside))


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE)
