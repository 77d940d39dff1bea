"""Figures that moved, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from nhanlucso.indicators.definitions import definition
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.periods import DECREE
from nhanlucso.reports.models import Report
from nhanlucso.reports.rules.signing import Difference, Row
from nhanlucso.web.kit.wording import figure_parts, qualified, quantity

_LEAST = 0.05  # percentage points that round to none


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that moved: before and after, each with its parts or bounds."""

    name: str
    span: str
    before: str
    before_note: str
    after: str
    after_note: str
    change: str


def changes(found: Sequence[Difference]) -> list[Change]:
    """Differences in words; the window is named where there are several."""
    windows = {tuple(one.row["window"]) for one in found}
    return [
        Change(
            name=name_of(one.row),
            span="" if len(windows) < 2 else _span(one.row),
            before=_value(one.before),
            before_note=_around(one.before),
            after=_value(one.after),
            after_note=_around(one.after),
            change=_difference(one),
        )
        for one in found
    ]


def name_of(row: Row) -> str:
    """How the indicator of a figure is called, by the definition that it was computed by."""
    try:
        return str(definition(row["indicator"], version=row["definition_version"]).name)
    except Refused:
        return str(row["indicator"])


def _span(row: Row) -> str:
    from_, to = row["window"]
    return f"{from_[8:]}/{from_[5:7]}/{from_[:4]} – {to[8:]}/{to[5:7]}/{to[:4]}"


def said(row: Row | None) -> str:
    """«93,4 % (171/183 người)»; a dash where there is none."""
    around = _around(row)
    return f"{_value(row)} ({around})" if around else _value(row)


def _value(row: Row | None) -> str:
    return "–" if row is None else qualified(row)


def _around(row: Row | None) -> str:
    if row is None:
        return ""
    parts = figure_parts(row)
    return "; ".join(filter(None, (parts.share, parts.bounds)))


def _difference(one: Difference) -> str:
    """«+2 người», «−0,4 điểm %»; nothing where the value itself stayed or is unknown."""
    change = one.change
    if not change:
        return ""
    unit = str(one.row["unit"])
    if unit != "%":
        words = quantity(abs(change), unit)
    elif abs(change) < _LEAST:
        words = _("dưới 0,1 điểm %")
    else:
        words = _("%(points)s điểm %%") % {"points": quantity(abs(change), "")}
    return f"{'+' if change > 0 else '−'}{words}"


def question_words(report: Report, period: str) -> str:
    """The query that asks pages of figures for a unit, calendar and tree of a report."""
    words = QueryDict(mutable=True)
    words.update({"unit": str(report.unit_id), "period": period, "tree": report.tree})
    if report.calendar != DECREE:
        words["calendar"] = report.calendar
    return words.urlencode()
