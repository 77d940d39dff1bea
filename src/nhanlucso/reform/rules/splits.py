"""Splits of a history, and what is left open by them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from nhanlucso.orgs.rules import NO_EXIT, Exit, History, Version


@dataclass(frozen=True, slots=True)
class Split:
    """A unit that ended by becoming several on `day`, as it was called on its last day.

    `family`: the unit and those below it that await a place: what happened in them lies between the heirs.
    `waiting`: those that stood directly below it and await a place; `adrift`: those that are there still, below
    nothing; `placed`: those that have a place by now.
    """

    unit: int
    day: date
    name: str
    kind: str
    heirs: tuple[int, ...]
    family: frozenset[int]
    waiting: tuple[Version, ...]
    adrift: tuple[Version, ...]
    placed: tuple[Version, ...]

    @property
    def last(self) -> date:
        """The last day before."""
        return self.day - timedelta(days=1)

    @property
    def homeless(self) -> tuple[Version, ...]:
        """What awaits a place, in whichever way."""
        return self.waiting + self.adrift


def splits(past: History) -> Iterator[Split]:
    """All units that ended by a split, what waits below them counted to them."""
    for unit, position in past.exits:
        way_out = past.exits[unit, position]
        if len(way_out.successors) > 1 and unit not in way_out.successors and past.last_version(unit):
            found = _split(past, unit, way_out)
            if found is not None:
                yield found


def split_of(past: History, unit: int) -> Split | None:
    """The split that a unit ended by; None if there is none, or it only waits below one that was split."""
    return next((found for found in splits(past) if found.unit == unit), None)


def _split(past: History, unit: int, way_out: Exit) -> Split | None:
    last = way_out.date - timedelta(days=1)
    version = past.last_version(unit)
    if version is None or version.valid_to != last or _waits(past, version, way_out):
        return None
    below = past.children(unit, last)
    family = {unit} | {u for u in past.subtree(unit, last) if _goes(past, u, way_out)}
    there = {v.unit: v for v in past.children(unit, way_out.date)}
    placed = [now for v in below if v.unit not in there and (now := past.version(v.unit, way_out.date))]
    return Split(
        unit=unit,
        day=way_out.date,
        name=version.name,
        kind=version.kind,
        heirs=way_out.successors,
        family=frozenset(family),
        waiting=tuple(v for v in below if v.unit in family),
        adrift=tuple(there.values()),
        placed=tuple(placed),
    )


def _waits(past: History, version: Version, way_out: Exit) -> bool:
    """Whether a unit only awaits a place because what it stood below was split the same way on the same day."""
    return version.parent is not None and _goes(past, version.parent, way_out)


def _goes(past: History, unit: int, way_out: Exit) -> bool:
    position = past.first_exit(unit, way_out.date - timedelta(days=1))
    return position != NO_EXIT and past.exits[unit, position] == way_out


def below(past: History, top: int, on: date, inside: frozenset[int]) -> list[Version]:
    """What stands below a unit on a day among these units, the unit aside."""
    found: list[Version] = []
    pending = [top]
    while pending:
        for version in past.children(pending.pop(), on):
            if version.unit in inside:
                found.append(version)
                pending.append(version.unit)
    return found


def way_of(past: History, heir: int, day: date) -> list[tuple[date, int]] | None:
    """An heir from a day on, and what it became since, each with its first day: what is put below it goes with it.

    None where it became several or nothing: then nobody has said where what stands below it went.
    """
    way, unit, position = [(day, heir)], heir, past.first_exit(heir, day)
    while position != NO_EXIT:
        way_out = past.exits[unit, position]
        if unit not in way_out.successors:
            if len(way_out.successors) != 1:
                return None
            unit = way_out.successors[0]
            way.append((way_out.date, unit))
        position = past.next_exit(unit, position)
    return way


def subject_of(unit: int, heir: int) -> str:
    """What an act of assigning was done to."""
    return f"{unit}>{heir}"
