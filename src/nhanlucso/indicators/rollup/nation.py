"""One body of facts from many extracts: numbers moved apart, trees under one root."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from nhanlucso.indicators.engine import build
from nhanlucso.indicators.engine.opening import Pieces
from nhanlucso.indicators.engine.store import Store
from nhanlucso.indicators.rollup.extracts import Extract
from nhanlucso.indicators.rollup.format import COLUMNS, FACTS, NUMBERED, POSTS_EACH, Kind, schema
from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.orgs.rules import ChangeRow, History, Version

COUNTRY = 1
COUNTRY_ID = "country"

Shifts = dict[Kind, int]
"""What is added to the numbers of an extract, by kind."""


@dataclass(frozen=True)
class Nation:
    """Extracts side by side. Units: the country, below it one for each source, below that the roots of its tree."""

    extracts: Sequence[Extract]

    def whole_of(self, place: int) -> int:
        """The unit that stands for all of a source, by its place."""
        return COUNTRY + 1 + place

    @cached_property
    def shifts(self) -> list[Shifts]:
        """By source. No two sources have a number in common afterwards; all numbers stay dense."""
        found: list[Shifts] = []
        next_free = dict.fromkeys(NUMBERED, 0) | {Kind.UNIT: COUNTRY + 1 + len(self.extracts)}
        for extract in self.extracts:
            found.append({**next_free, Kind.POST: next_free[Kind.PERSON] * POSTS_EACH})
            for kind in NUMBERED:
                next_free[kind] += extract.page.numbers[kind.value]
        return found

    @cached_property
    def history(self) -> History:
        """Units and their changes of the whole country."""
        versions = [Version(COUNTRY, EVER, ALWAYS, None, "country", "", COUNTRY_ID)]
        changes: list[ChangeRow] = []
        for place, (extract, shifts) in enumerate(zip(self.extracts, self.shifts, strict=True)):
            top, by = self.whole_of(place), shifts[Kind.UNIT]
            versions.append(Version(top, EVER, ALWAYS, COUNTRY, "country", "", extract.source))
            theirs, changed = extract.rows
            versions += [
                v._replace(unit=v.unit + by, parent=top if v.parent is None else v.parent + by)
                for v in theirs
            ]
            changes += [
                c._replace(
                    origin=extract.source, from_unit=_moved(c.from_unit, by), to_unit=_moved(c.to_unit, by)
                )
                for c in changed
            ]
        return History(versions, changes)

    @cached_property
    def ids(self) -> dict[int, str]:
        """What units are called: «country», a source, «source:ID»."""
        found = {COUNTRY: COUNTRY_ID}
        for place, (extract, shifts) in enumerate(zip(self.extracts, self.shifts, strict=True)):
            found[self.whole_of(place)] = extract.source
            by = shifts[Kind.UNIT]
            found |= {unit + by: f"{extract.source}:{name}" for unit, name in extract.units.items()}
        return found

    def as_of(self, unit: int) -> str:
        """The time of the facts behind a unit's figures: of the country that of the oldest extract."""
        moments = [extract.page.as_of for extract in self.extracts]
        return min(moments) if unit == COUNTRY else moments[self.place_of(unit)]

    def place_of(self, unit: int) -> int:
        """The place of the source that a unit below the country is of."""
        if unit < self.whole_of(len(self.extracts)):
            return unit - COUNTRY - 1
        starts = [shifts[Kind.UNIT] for shifts in self.shifts]
        return max(place for place, start in enumerate(starts) if start <= unit)

    def assembled(self, folder: Path) -> Store:
        """Writes all facts as one build into an empty folder and opens it. Raises Refused("extract_damaged")."""
        for place, (extract, shifts) in enumerate(zip(self.extracts, self.shifts, strict=True)):
            for name in FACTS:
                build.written(moved(name, extract.table(name), shifts), build.part_file(folder, name, place))
        return Store(folder, self.history, FACTS)

    def pieces(self) -> Pieces:
        """The same for an engine that reads the extracts by itself."""
        return {
            name: [
                ([extract.address(name)], pa.schema(list(schema(name).items())), moving(name, shifts))
                for extract, shifts in zip(self.extracts, self.shifts, strict=True)
            ]
            for name in FACTS
        }


def moved(name: str, found: pa.Table, shifts: Shifts) -> pa.Table:
    """A table of an extract with its numbers moved; what names nothing stays as it is."""
    columns = {}
    for column, kind in COLUMNS[name].items():
        values = found[column]
        if kind in NUMBERED:
            values = pc.if_else(pc.greater_equal(values, 0), pc.add(values, shifts[kind]), values)
        columns[column] = values
    return pa.table(columns)


def moving(name: str, shifts: Shifts) -> list[str]:
    """The same as expressions of SQL, one for each column."""
    return [
        f"CASE WHEN {column} >= 0 THEN {column} + {shifts[kind]}L ELSE {column} END AS {column}"
        if kind in NUMBERED
        else column
        for column, kind in COLUMNS[name].items()
    ]


def _moved(unit: int | None, by: int) -> int | None:
    return None if unit is None else unit + by
