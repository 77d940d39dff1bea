"""Figures that moved, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from nhanlucso.indicators.catalogue import INDICATORS
from nhanlucso.kernel.periods import DECREE
from nhanlucso.reports.models import Report
from nhanlucso.reports.rules.signing import Difference, Row
from nhanlucso.web.kit.wording import figure_parts, qualified, quantity


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that moved."""

    name: str
    span: str
    before: str
    after: str
    change: str


def changes(found: Sequence[Difference]) -> list[Change]:
    """Differences in words; the window is named where there are several."""
    windows = {tuple(one.row["window"]) for one in found}
    return [
        Change(
            name=name_of(one.row),
            span="" if len(windows) < 2 else _span(one.row),
            before=said(one.before),
            after=said(one.after),
            change=_difference(one),
        )
        for one in found
    ]


def name_of(row: Row) -> str:
    """How the indicator of a figure is called."""
    indicator = INDICATORS.get(row["indicator"])
    return str(indicator.name) if indicator else str(row["indicator"])


def _span(row: Row) -> str:
    from_, to = row["window"]
    return f"{from_[8:]}/{from_[5:7]}/{from_[:4]} – {to[8:]}/{to[5:7]}/{to[:4]}"


def said(row: Row | None) -> str:
    """«93,4 % (171/183 người)»; a dash where there is none."""
    if row is None:
        return "–"
    parts = figure_parts(row)
    around = "; ".join(filter(None, (parts.share, parts.bounds)))
    return f"{qualified(row)} ({around})" if around else qualified(row)


def _difference(one: Difference) -> str:
    """«+2 người», «−0,4 điểm %»; nothing where the value itself stayed or is unknown."""
    change = one.change
    if not change:
        return ""
    unit = str(one.row["unit"])
    words = (
        _("%(points)s điểm %%") % {"points": quantity(abs(change), "")}
        if unit == "%"
        else quantity(abs(change), unit)
    )
    return f"{'+' if change > 0 else '−'}{words}"


def question_words(report: Report, period: str) -> str:
    """The query that asks pages of figures for a unit, calendar and tree of a report."""
    words = QueryDict(mutable=True)
    words.update({"unit": str(report.unit_id), "period": period, "tree": report.tree})
    if report.calendar != DECREE:
        words["calendar"] = report.calendar
    return words.urlencode()
