"""Whether a capsule states every figure that it owes: what is left out lies, too."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from nhanlucso.indicators.capsules.manifest import Manifest
from nhanlucso.kernel.language import say as _
from nhanlucso.kernel.periods import parse_period, year_to_date
from nhanlucso.orgs.rules import History

Cell = tuple[str, str, str]
"""Indicator, unit as figures name it, period as figures write it."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Figures that are owed and not stated. `unit`: its id, or its name where the capsule has no id of it; `whole`:
    nothing at all is stated of this unit in this period."""

    unit: str
    period: str
    indicators: tuple[str, ...]
    whole: bool

    @property
    def words(self) -> str:
        """What is missing, in one line."""
        if self.whole:
            words = _("%(unit)s · %(period)s: không có số liệu nào, phải có %(count)s")
        else:
            words = _("%(unit)s · %(period)s: thiếu %(names)s")
        return words % {
            "unit": self.unit,
            "period": self.period,
            "count": len(self.indicators),
            "names": ", ".join(self.indicators),
        }


def gaps(first: Manifest, history: History, codes: Collection[str], stated: Iterable[Cell]) -> list[Gap]:
    """What is missing of: every definition of the unit and of each child that it has on the tree, in the period; every
    definition of the unit in each other window. `codes`: of the definitions; `stated`: what the figures are of."""
    held: dict[tuple[str, str], set[str]] = {}
    for code, unit, period in stated:
        held.setdefault((unit, period), set()).add(code)
    found = []
    for unit, period in _owed(first, history, held):
        missing = tuple(code for code in codes if code not in held.get((unit, period), ()))
        if missing:
            found.append(Gap(unit, period, missing, whole=(unit, period) not in held))
    return found


def _owed(first: Manifest, history: History, held: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Unit and period of which all definitions are owed."""
    names = {place.number: place.id for place in first.units}
    for child in history.children(first.unit.number, first.tree):
        names.setdefault(child.unit, " ".join(word for word in (child.name, child.code) if word))
    yield from ((name, first.period) for name in names.values())
    others = dict.fromkeys(period for _unit, period in held)
    if "kind" in first.context:  # an official report tells of the year so far, too
        others |= dict.fromkeys(_year_so_far(first))
    yield from ((first.unit.id, period) for period in others if period != first.period)


def _year_so_far(first: Manifest) -> list[str]:
    text = year_to_date(parse_period(first.period), first.calendar)
    return [] if parse_period(text).window(first.calendar) == first.window else [text]
