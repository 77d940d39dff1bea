"""Who attended in a window, for a unit so large that most rows are of it: by person marked, not sorted."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa

from nhanlucso.indicators.engine.by_person import ByPerson
from nhanlucso.indicators.engine.placing import Flags, Placing
from nhanlucso.indicators.engine.relations import Window
from nhanlucso.indicators.engine.tally import Tally
from nhanlucso.indicators.engine.tree import Ints

_BEGINNING = date(1970, 1, 1)


class Presence:
    """Each person's first day at each class in a window, where it is of a unit: what «pairs» counts."""

    def __init__(self, attended: ByPerson, window: Window) -> None:
        self._people = attended.most + 1
        self._parts = [_first_days(part, window) for part in attended.parts]

    def anywhere(self) -> Flags:
        """By person, whether there is any such day."""
        found = np.zeros(self._people, dtype=np.bool_)
        for people, _ in self._parts:
            found[people] = True
        return found

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


def _first_days(part: pa.Table, window: Window) -> tuple[Ints, Ints]:
    """The people and anchors of the rows of a part that count."""
    low, high = ((day - _BEGINNING).days for day in (window.a, window.b))
    day = part["day"].cast(pa.int32()).to_numpy()
    counts = (day - low).view(np.uint32) <= high - low
    for name in ("before", "anchor"):
        if part[name].null_count:
            known = part[name].is_valid().to_numpy()
            counts &= known if name == "anchor" else ~known | (_numbers(part[name], low) < low)
    rows = np.flatnonzero(counts)
    return part["person"].to_numpy()[rows], _numbers(part["anchor"], 0)[rows]


def _numbers(column: pa.ChunkedArray, missing: int) -> Ints:
    plain = column.cast(pa.int32()) if pa.types.is_date(column.type) else column
    found: Ints = (plain.fill_null(missing) if plain.null_count else plain).to_numpy()
    return found


def _at(placing: Placing, unit: int, counts: list[int]) -> Tally:
    place = placing.tree.positions[unit]
    value, undecided = (np.zeros(placing.tree.size, dtype=np.int64) for _ in range(2))
    value[place], undecided[place] = counts
    return value, undecided
