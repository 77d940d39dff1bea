"""The half-yearly review: which accounts somebody looks through, how far they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, DateTimeField, Exists, Max, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from nhanlucso.access.enums import Role, Verdict
from nhanlucso.access.models import Account, AccountReview, Assignment
from nhanlucso.access.queries import visible_accounts
from nhanlucso.access.rules import ENTRUSTS
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import reach


@dataclass(frozen=True, slots=True)
class ReviewProgress:
    """How many accounts were looked at in a half-year, of how many; how many of them were ended."""

    done: int
    total: int
    ended: int


def accounts_to_review(scope: Scope, half: str) -> QuerySet[Account]:
    """The accounts that the scope may decide on: those that may sign in, and those that this half-year's review
    ended. Each has `held` (what it is entrusted with today), `reviewed` (a list of at most one) and `used_at`; the
    ones nobody looked at yet come first, of these the longest unused."""
    scope = scope.to(Permission.MANAGE_ACCOUNTS)
    day = today()
    current = Assignment.objects.filter(valid_from__lte=day, valid_to__gte=day)
    marks = AccountReview.objects.filter(half=half)
    of_account = marks.filter(account=OuterRef("pk"))
    rows = _in_charge(scope, visible_accounts(scope), current)
    return (
        rows.annotate(
            seen=Exists(of_account),
            used_at=Coalesce("seen_at", "last_login", "date_joined", output_field=DateTimeField()),
        )
        .filter(Exists(of_account) | Q(is_active=True))
        .prefetch_related(
            Prefetch("assignments", current.order_by("pk"), to_attr="held"),
            Prefetch("reviews", marks.select_related("by"), to_attr="reviewed"),
        )
        .order_by("seen", "used_at", "pk")
    )


def review_progress(scope: Scope, half: str) -> ReviewProgress:
    """How far the review of these accounts is."""
    rows = accounts_to_review(scope, half).order_by().prefetch_related(None)
    marks = AccountReview.objects.filter(account=OuterRef("pk"), half=half)
    return ReviewProgress(
        done=rows.filter(Exists(marks)).count(),
        total=rows.count(),
        ended=rows.filter(Exists(marks.filter(verdict=Verdict.ENDED))).count(),
    )


def past_reviews(scope: Scope) -> list[tuple[str, int, datetime]]:
    """(half-year, how many accounts were looked at, when last), the newest first, of the accounts in reach."""
    from_reach = visible_accounts(scope.to(Permission.MANAGE_ACCOUNTS)).values("pk")
    rows = AccountReview.objects.filter(account__in=from_reach).values("half")
    counted = rows.annotate(count=Count("pk"), last=Max("at")).order_by("-half")
    return [(row["half"], row["count"], row["last"]) for row in counted]


def _in_charge(scope: Scope, rows: QuerySet[Account], current: QuerySet[Assignment]) -> QuerySet[Account]:
    """Without those that hold more than the scope could have entrusted; the service looks at each again."""
    if scope.everything:
        return rows
    ours = {role for held in scope.roles for role in ENTRUSTS.get(Role(held), ())}
    beyond = current.filter(account=OuterRef("pk")).exclude(reach(scope).rows("unit"), role__in=ours)
    return rows.filter(~Exists(beyond))
