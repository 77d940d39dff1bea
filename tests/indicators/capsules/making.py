"""Capsules of what the database holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from nhanlucso.indicators.capsules import write_capsule
from nhanlucso.indicators.queries import Ask, ask, figures, open_store, pick
from nhanlucso.indicators.rules import Figure
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.orgs.queries import history

AT = datetime(2026, 1, 15, 8, tzinfo=UTC)


def capsule_of(
    unit: int,
    period: str,
    calendar: str = "decree",
    tree: str = "then",
    context: Mapping[str, str] | None = None,
) -> bytes:
    """The capsule of a unit and its children, as a submission makes it."""
    asked = ask(period, calendar, tree)
    units = [unit, *sorted(version.unit for version in history().children(unit, asked.tree))]
    found = figures(SYSTEM, asked, pick(None), units)
    return capsule_with(
        asked, unit, [figure for of in units for figure in found[of]], period, calendar, context
    )


def capsule_with(
    asked: Ask,
    unit: int,
    found: Sequence[Figure],
    period: str,
    calendar: str = "decree",
    context: Mapping[str, str] | None = None,
) -> bytes:
    """The capsule of these figures."""
    return write_capsule(
        store=open_store()[0],
        asked=asked,
        unit=unit,
        figures=found,
        period=period,
        calendar=calendar,
        context=context or {"revision": "1"},
        at=AT,
    )
