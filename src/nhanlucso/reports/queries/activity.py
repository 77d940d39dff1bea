"""Communications by channel and help by field."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Sum

from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history, require_reach
from nhanlucso.outreach.models import OutreachItem
from nhanlucso.reports.placing import Placing
from nhanlucso.teams.enums import Outcome
from nhanlucso.teams.models import Assist

Window = tuple[date, date]


def outreach_channels(scope: Scope, unit: int, window: Window, tree: date) -> dict[str, int]:
    """Items of the window by channel, of units that lie wholly inside. Raises Unit.DoesNotExist outside the scope."""
    require_reach(scope, unit)
    placing = Placing(history(), unit, tree)
    rows = (
        OutreachItem.objects.filter(date__range=window, count__isnull=False)
        .values_list("unit", "date", "channel")
        .annotate(items=Sum("count"))
        .order_by()
    )
    found: dict[str, int] = defaultdict(int)
    for held, day, channel, items in rows:
        if placing.child(held, day) is not None:
            found[channel] += items
    return dict(found)


def assist_fields(scope: Scope, unit: int, window: Window, tree: date) -> dict[str, int]:
    """Successful help of the window by field of service, of teams that lie wholly inside.

    Raises Unit.DoesNotExist outside the scope.
    """
    require_reach(scope, unit)
    placing = Placing(history(), unit, tree)
    rows = (
        Assist.objects.filter(
            date__range=window, people__isnull=False, outcome__in=(Outcome.ALONE, Outcome.HELPED)
        )
        .values_list("team__unit", "team__valid_from", "field")
        .annotate(helped=Sum("people"))
        .order_by()
    )
    found: dict[str, int] = defaultdict(int)
    for held, since, field, helped in rows:
        if placing.child(held, since) is not None:
            found[field] += helped
    return dict(found)
