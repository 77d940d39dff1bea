"""The part of the history of units that figures of one unit need, with small numbers for units."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from nhanlucso.kernel.clock import ALWAYS, EVER, day_of
from nhanlucso.orgs.rules import ChangeRow, History, Version

_MOST_WAYS = 10_000  # ways in which one unit may come to be others


def villages_within(history: History, below: Collection[int], day: date, tree: date) -> set[int]:
    """Villages valid on a day that are, or may be, in some units on the tree of another."""
    return {
        v.unit
        for versions in history.versions.values()
        for v in versions
        if v.kind == "village" and v.valid_from <= day <= v.valid_to
        if not history.carry(v.unit, day, tree).isdisjoint(below)
    }


def needed(history: History, units: Iterable[int]) -> set[int]:
    """The units with everything that stood above them and everything that they became, and so on."""
    successors: dict[int, set[int]] = {}
    for (unit, _position), way_out in history.exits.items():
        successors.setdefault(unit, set()).update(way_out.successors)
    found: set[int] = set()
    pending = set(units)
    while pending:
        unit = pending.pop()
        found.add(unit)
        above = {v.parent for v in history.versions.get(unit, ()) if v.parent is not None}
        pending |= (above | successors.get(unit, set())) - found
    return found


def as_data(history: History, numbers: Mapping[int, int]) -> dict[str, Any]:
    """Versions and changes of the numbered units as JSON values; open ends are null.

    versions: [unit, valid_from, valid_to, parent, kind, name, code]; changes: [event, date, from, to], events in the
    order in which they are applied, `to` null for a unit that ended without an heir.
    """
    versions = [
        [
            numbers[v.unit], _open(v.valid_from, EVER), _open(v.valid_to, ALWAYS),
            None if v.parent is None else numbers[v.parent], v.kind, v.name, v.code,
        ]
        for unit in sorted(numbers, key=numbers.__getitem__)
        for v in history.versions.get(unit, ())
    ]  # fmt: skip
    ways = sorted(
        (position, numbers[unit], way) for (unit, position), way in history.exits.items() if unit in numbers
    )
    events = {
        position: place for place, position in enumerate(sorted({position for position, *_ in ways}), 1)
    }
    changes = [
        [events[position], way.date.isoformat(), unit, to]
        for position, unit, way in ways
        for to in _heirs(numbers, way.successors)
    ]
    return {"versions": versions, "changes": changes}


def from_data(data: Any) -> History:
    """The history again. Raises ValueError, TypeError, KeyError for what is none."""
    history = History(*rows_of(data))
    require_bounded(history)
    return history


def rows_of(data: Any) -> tuple[list[Version], list[ChangeRow]]:
    """Versions and changes again. Raises as `from_data`."""
    versions = [
        Version(
            int(unit), _day(start, EVER), _day(end, ALWAYS), _unit(parent), str(kind), str(name), str(code)
        )
        for unit, start, end, parent, kind, name, code in data["versions"]
    ]
    changes = [
        ChangeRow(_day(day, EVER), f"{int(event):09d}", "", int(source), _unit(to))
        for event, day, source, to in data["changes"]
    ]
    return versions, changes


def require_bounded(history: History) -> None:
    """Raises ValueError where carrying a unit would lead through more ways than any reform makes."""
    ways: dict[tuple[int, int], int] = {}
    for unit, position in sorted(history.exits, key=lambda key: -key[1]):
        total = 0
        for heir in history.exits[unit, position].successors:
            total += ways.get((heir, history.next_exit(heir, position)), 1)
        if total > _MOST_WAYS:
            raise ValueError(unit)
        ways[unit, position] = total


def _unit(value: Any) -> int | None:
    return None if value is None else int(value)


def _open(day: date, end: date) -> str | None:
    return None if day == end else day.isoformat()


def _day(text: Any, end: date) -> date:
    if text is None:
        return end
    day = day_of(text)
    if day is None:
        raise ValueError(text)
    return day


def _heirs(numbers: Mapping[int, int], successors: Collection[int]) -> list[int | None]:
    return [*sorted(numbers[heir] for heir in successors)] or [None]
