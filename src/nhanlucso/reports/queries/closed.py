"""Published figures of several units at once, for papers that are filled with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from nhanlucso.indicators.queries import Ask
from nhanlucso.kernel.periods import Period
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import references
from nhanlucso.reports.enums import Verb
from nhanlucso.reports.freezing import frozen_of
from nhanlucso.reports.models import ReportStep
from nhanlucso.reports.queries.published import Published, published
from nhanlucso.reports.queries.signing import visible_reports

Row = Mapping[str, Any]


def closed_figures(
    scope: Scope,
    unit: int,
    period: Period,
    calendar: str,
    asked: Ask,
    *,
    window: tuple[date, date],
    units: Collection[int],
) -> dict[tuple[int, str], Row]:
    """The published figures of some units for a window, by unit and code, in the shape of the exchange contract: as the
    report of `unit` for the period gives them for itself and its children; for other units as their own reports do.
    `window`: that of the period, or of the year so far."""
    days = [day.isoformat() for day in window]
    found: dict[tuple[int, str], Row] = {}
    held = published(scope, unit, period.text, calendar, asked)
    if held is not None:
        found |= _own(held.revision.figures, unit, days)
        found |= _children(held, unit, days, set(units) - {unit})
    others = set(units) - {of for of, _code in found}
    for of, figures in _reports(scope, others, period, calendar, asked).items():
        found |= _own(figures, of, days)
    return {key: row for key, row in found.items() if key[0] in units}


def _own(figures: list[Row], unit: int, days: list[str]) -> dict[tuple[int, str], Row]:
    return {(unit, row["indicator"]): row for row in figures if row["window"] == days}


def _children(
    held: Published, unit: int, days: list[str], units: Collection[int]
) -> dict[tuple[int, str], Row]:
    """What the report says of the units below; it says it of the period alone."""
    if not units or (file := frozen_of(held.revision)) is None:
        return {}
    names = {reference: of for of, reference in references(sorted(units)).items()}
    return {
        (names[row["unit_id"]], row["indicator"]): row
        for row in file.figures
        if row["window"] == days and row["unit_id"] in names and names[row["unit_id"]] != unit
    }


def _reports(
    scope: Scope, units: Collection[int], period: Period, calendar: str, asked: Ask
) -> dict[int, list[Row]]:
    """The figures of the last approved revision of each unit's report, in one query."""
    tree = "then" if asked.tree == asked.window.b else asked.tree.isoformat()
    steps = ReportStep.objects.filter(
        verb=Verb.APPROVE,
        report__in=visible_reports(scope).filter(
            unit__in=units, period=period.text, calendar=calendar, tree=tree
        ),
    ).order_by("pk")
    return {
        unit: figures for unit, figures in steps.values_list("report__unit", "revision__figures") if figures
    }
