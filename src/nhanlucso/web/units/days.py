"""The day that a page of units is asked of, and the days that are offered beside the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from nhanlucso.kernel.clock import today
from nhanlucso.web.kit.wording import day as day_words

_REFORM = date(2025, 7, 1)  # the day after which hardly any code, name or border means what it did


@dataclass(frozen=True, slots=True)
class OfferedDay:
    """A day with its words; `current`: it is the one that is shown."""

    label: str
    day: date
    current: bool


def day_of(request: HttpRequest) -> date:
    """The day of the address; today if there is none or it does not exist."""
    try:
        return parse_date(request.GET.get("on", "")) or today()
    except ValueError:
        return today()


def offered_days(on: date) -> list[OfferedDay]:
    """Today, and the days around the reorganisation of the country's units."""
    before = date(2025, 6, 30)
    offered = (
        (_("Hôm nay"), today()),
        (_("%(day)s: trước sắp xếp") % {"day": day_words(before)}, before),
        (_("%(day)s: sau sắp xếp") % {"day": day_words(_REFORM)}, _REFORM),
    )
    return [OfferedDay(label, day, day == on) for label, day in offered]
