"""Who is there and who attended, for a unit so large that most rows are of it: people marked, nothing sorted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from nhanlucso.indicators.engine.by_person import ByPerson
from nhanlucso.indicators.engine.placing import Placing
from nhanlucso.indicators.engine.relations import Window
from nhanlucso.indicators.engine.tally import Tally
from nhanlucso.indicators.engine.tree import Ints

_BEGINNING = date(1970, 1, 1)
_NOWHERE = -1


class Presence:
    """Each person's first day at each class in a window, where it is of a unit: what «pairs» counts."""

    def __init__(self, attended: ByPerson, window: Window) -> None:
        self._people = attended.most + 1
        self._parts = [_first_days(part, window) for part in attended.parts]

    @property
    def people(self) -> Ints:
        """Who has such a day anywhere, in no order and more than once."""
        return np.concatenate([people for people, _ in self._parts])

    def tally(self, relation: str, placing: Placing, unit: int) -> Tally:
        """The tally of pairs or of people trained (`rosters`), right for one unit alone."""
        surely, perhaps = placing.inside(unit)
        pairs = [0, 0]
        here, maybe = (np.zeros(self._people, dtype=np.bool_) for _ in range(2))
        for people, anchors in self._parts:
            sure = surely.take(anchors)
            here[people[sure]] = True
            pairs[0] += int(np.count_nonzero(sure))
            if placing.has_open:
                may = perhaps.take(anchors)
                maybe[people[may]] = True
                pairs[1] += int(np.count_nonzero(may))
        trained = [int(np.count_nonzero(here)), int(np.count_nonzero(maybe & ~here))]
        return _at(placing, unit, trained if relation == "trained" else pairs)


@dataclass(frozen=True)
class FirstPosts:
    """People, each once, and the anchor of the first of their posts that meet a condition."""

    people: Ints
    anchors: Ints

    def tally(self, placing: Placing, unit: int) -> Tally:
        """How many people are placed in a unit; right for it alone."""
        return _at(
            placing,
            unit,
            [int(np.count_nonzero(inside.take(self.anchors))) for inside in placing.inside(unit)],
        )

    def surely_in(self, placing: Placing, unit: int) -> Ints:
        """The people who surely are of a unit."""
        return self.people[placing.inside(unit)[0].take(self.anchors)]


def _first_days(part: pa.Table, window: Window) -> tuple[Ints, Ints]:
    """The people and anchors of the rows of a part that count."""
    low, high = ((day - _BEGINNING).days for day in (window.a, window.b))
    day = part["day"].cast(pa.int32()).to_numpy()
    rows = np.flatnonzero((day - low).view(np.uint32) <= high - low)
    before, anchor = part["before"], part["anchor"]
    if before.null_count < len(before):  # of several days of the window the first counts
        rows = rows[_numbers(before.cast(pa.int32()), low - 1)[rows] < low]
    if anchor.null_count:
        rows = rows[_numbers(anchor, _NOWHERE)[rows] != _NOWHERE]
    return part["person"].to_numpy()[rows], _numbers(anchor, _NOWHERE)[rows]


def _numbers(column: pa.ChunkedArray, missing: int) -> Ints:
    found: Ints = (column.fill_null(missing) if column.null_count else column).to_numpy()
    return found


def count_without(people: Ints, others: Ints) -> int:
    """How many people are not among others."""
    among = np.zeros(1 + max(people.max(initial=0), others.max(initial=0)), dtype=np.bool_)
    among[others] = True
    return len(people) - int(np.count_nonzero(among.take(people)))


def _at(placing: Placing, unit: int, counts: list[int]) -> Tally:
    place = placing.tree.positions[unit]
    value, undecided = (np.zeros(placing.tree.size, dtype=np.int64) for _ in range(2))
    value[place], undecided[place] = counts
    return value, undecided
