"""Reading the log of communications. It is seen with the teams: who may look at teams, may look here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum

from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history, reach, reach_below
from nhanlucso.outreach.enums import Channel
from nhanlucso.outreach.models import OutreachItem


@dataclass(frozen=True, slots=True)
class OutreachAsked:
    """Entries of a unit between two days, the unit as it stands on the day `tree`; `channel`: of one alone."""

    unit: int
    first: date
    last: date
    tree: date
    channel: str = ""


@dataclass(frozen=True, slots=True)
class ChannelTotal:
    """A channel with its entries, and the items («tin») in them."""

    channel: str
    entries: int
    items: int


def outreach_log(scope: Scope, asked: OutreachAsked) -> QuerySet[OutreachItem]:
    """The entries asked for, the latest first. Raises Unit.DoesNotExist outside the scope."""
    scope = scope.to(Permission.SEE_TEAMS)
    if not reach(scope).holds(asked.unit):
        raise Unit.DoesNotExist
    rows = OutreachItem.objects.filter(
        reach_below(scope, asked.unit, asked.tree).rows("unit", "date"),
        date__gte=asked.first,
        date__lte=asked.last,
    )
    if asked.channel:
        rows = rows.filter(channel=asked.channel)
    return rows.order_by("-date", "-pk")


def channel_totals(scope: Scope, asked: OutreachAsked) -> list[ChannelTotal]:
    """What the log adds up to by channel, in the order of the channels; those without an entry are left out."""
    sums = outreach_log(scope, asked).order_by().values_list("channel")
    found = {
        channel: ChannelTotal(channel, entries, items or 0)
        for channel, entries, items in sums.annotate(entries=Count("pk"), items=Sum("count"))
    }
    return [found[channel] for channel in (*Channel.values, "") if channel in found]


def writable_item(scope: Scope, pk: int) -> OutreachItem:
    """The entry, if the scope may change it. Raises OutreachItem.DoesNotExist."""
    return _writable(scope).get(pk=pk)


def latest_item(scope: Scope, unit: int) -> OutreachItem | None:
    """The last entry of a unit, or of one that it was formed from, that the scope may write: what is often logged
    again."""
    past, day = history(), today()
    same = [
        old
        for old, since in past.inside_since(frozenset({unit}), day).items()
        if past.carry(old, max(since, past.versions[old][-1].valid_from), day) == {unit}
    ]
    return _writable(scope).filter(unit__in=same).order_by("-date", "-pk").first()


def _writable(scope: Scope) -> QuerySet[OutreachItem]:
    # There is no permission of its own: who keeps the teams keeps this log.
    return OutreachItem.objects.filter(reach(scope.to(Permission.EDIT_TEAMS)).rows("unit", "date"))
