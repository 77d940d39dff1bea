"""Published values for a form, and what the page says of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from nhanlucso.forms.queries.filling import Published
from nhanlucso.indicators.queries import Ask, ask
from nhanlucso.kernel.clock import local_date
from nhanlucso.kernel.periods import Period
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history
from nhanlucso.reports.queries.closed import closed_figures
from nhanlucso.reports.queries.published import published
from nhanlucso.web.kit.asking import Question
from nhanlucso.web.kit.wording import day

LIVE = "hien-thoi"
"""What an address says (`so=`) where the values of today are wanted in place of the published ones."""


@dataclass(frozen=True, slots=True)
class Closed:
    """Whether the report of the unit and period is published (`words` say which revision), and whether its values are
    the ones shown."""

    words: str
    shown: bool


def closed(scope: Scope, asked: Question, wanted: str) -> Closed | None:
    """None where nothing is published."""
    held = published(scope, asked.unit.pk, asked.period.text, asked.calendar, asked.asked)
    if held is None:
        return None
    said = {"number": held.revision.number, "day": day(local_date(held.at))}
    return Closed(_("bản %(number)s, duyệt ngày %(day)s") % said, wanted != LIVE)


def published_values(scope: Scope, asked: Question) -> Published:
    """Where a form takes published values from."""

    def of(
        period: Period, window: tuple[date, date], units: Collection[int]
    ) -> Mapping[tuple[int, str], Mapping[str, Any]]:
        own = asked.asked if period == asked.period else _earlier(period, asked)
        if own is None:
            return {}
        return closed_figures(scope, asked.unit.pk, period, asked.calendar, own, window=window, units=units)

    return of


def _earlier(period: Period, asked: Question) -> Ask | None:
    """Another period on its own tree; None where units have changed since: what was published then is of other
    units than the form speaks of."""
    then = period.window(asked.calendar)[1]
    if any(then < way_out.date <= asked.asked.tree for way_out in history().exits.values()):
        return None
    return ask(period.text, asked.calendar)
