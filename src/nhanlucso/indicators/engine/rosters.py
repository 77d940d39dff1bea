"""Who attended, for many windows and all units at once: one reading of the facts, one sort.

Rows are read in parts that share nothing, so two of them at a time. A part leaves its keys sorted, each once, which is
far less than its rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from nhanlucso.indicators.engine.placing import Placing
from nhanlucso.indicators.engine.relations import Window
from nhanlucso.indicators.engine.tally import Keys, Tally, every, sorted_once
from nhanlucso.indicators.engine.tree import Ints

RELATIONS = frozenset({"pairs", "trained", "days"})
_ROWS = 1 << 20  # about how many rows are worked on at a time
_WORKERS = 2
_NEVER = -(1 << 30)  # days; no date lies before


@dataclass(frozen=True, slots=True)
class Part:
    """Neighbouring row groups of one file."""

    path: Path
    groups: tuple[int, ...]

    def columns(self) -> tuple[Ints, Ints, Ints | None, Ints]:
        """person, day, the day before it at the same class (_NEVER: none; None: in no row), anchor (-1: none); days
        since 1970."""
        names = ["person", "day", "before", "anchor"]
        with pq.ParquetFile(self.path) as file:
            table = file.read_row_groups(self.groups, columns=names, use_threads=False)
        return (
            _numbers(table["person"], 0),
            _numbers(table["day"].cast(pa.int32()), _NEVER),
            _numbers(table["before"].cast(pa.int32()), _NEVER) if _known(table["before"]) else None,
            _numbers(table["anchor"], -1),
        )


def _known(column: pa.ChunkedArray) -> bool:
    return bool(column.null_count < len(column))


def _numbers(column: pa.ChunkedArray, missing: int) -> Ints:
    found: Ints = column.fill_null(missing).to_numpy()
    return found


class Rosters:
    """The roster counts of several questions, each a window with the placing of its tree."""

    def __init__(self, asked: Sequence[tuple[Window, Placing]], people: int, with_days: bool) -> None:
        """`people`: more than any person's number. `with_days`: whether person-days are asked for, too. Raises
        OverflowError where numbers are too large for this way of counting."""
        self._where: dict[int, tuple[_Family, int]] = {}
        self._families = []
        for numbers in _disjoint([window for window, _ in asked]):
            family = _Family([asked[number] for number in numbers], people, with_days)
            self._families.append(family)
            self._where |= {number: (family, group) for group, number in enumerate(numbers)}

    def read(self, files: Sequence[Path]) -> None:
        """Takes in all rows of the files."""
        with ThreadPoolExecutor(_WORKERS) as workers:
            for found in workers.map(self._worked, _parts(files)):
                for family, part in zip(self._families, found, strict=True):
                    family.add(part)

    def _worked(self, part: Part) -> list[_Found]:
        columns = part.columns()
        return [family.found(*columns) for family in self._families]

    def tally(self, number: int, relation: str) -> Tally:
        """What was asked as number so many: pairs of person and class, distinct persons (trained), person-days."""
        family, group = self._where[number]
        return family.tally(group, relation)


@dataclass(frozen=True, slots=True)
class _Found:
    keys: tuple[Ints, Ints]
    pairs: Ints
    days: Ints


class _Family:
    """Windows that do not overlap: a day lies in one of them at most, its *slot*."""

    def __init__(self, asked: Sequence[tuple[Window, Placing]], people: int, with_days: bool) -> None:
        self._placings = [placing for _, placing in asked]
        self._stride = self._placings[0].missing + 1
        self._low = _number(min(window.a for window, _ in asked)) - 1
        span = _number(max(window.b for window, _ in asked)) - self._low + 2
        self._slots = np.full(span, -1, dtype=np.int32)  # outermost: what lies in no window
        for slot, (window, _) in enumerate(asked):
            self._slots[_number(window.a) - self._low : _number(window.b) - self._low + 1] = slot
        self._keys = Keys(self._placings, people)
        self._pairs = np.zeros(len(asked) * self._stride, dtype=np.int64)
        self._with_days = with_days
        self._days: list[Ints] = []
        self._day_bits, self._anchor_bits = span.bit_length(), self._stride.bit_length()
        if with_days and people.bit_length() + self._day_bits + self._anchor_bits > 63:
            raise OverflowError

    def found(self, person: Ints, day: Ints, before: Ints | None, anchor: Ints) -> _Found:
        step = np.clip(day - self._low, 0, len(self._slots) - 1)
        slot = self._slots[step]
        here = np.flatnonzero((slot >= 0) & (anchor >= 0))
        days = np.zeros(0, dtype=np.int64)
        if self._with_days:
            day_of = (person[here] << self._day_bits) | step[here]
            days = sorted_once((day_of << self._anchor_bits) | anchor[here])
        first = here
        if (
            before is not None
        ):  # of a person's days at a class in one window, that before which none lies in it
            earlier = np.clip(before[here] - self._low, 0, len(self._slots) - 1)
            first = here[self._slots[earlier] != slot[here]]
        slot, anchor = slot[first], anchor[first]
        pairs = np.bincount(slot * self._stride + anchor, minlength=len(self._pairs))
        return _Found(self._keys.gathered(slot, person[first], anchor), pairs, days)

    def add(self, part: _Found) -> None:
        self._keys.add(part.keys)
        self._pairs += part.pairs
        self._days.append(part.days)

    def tally(self, group: int, relation: str) -> Tally:
        placing = self._placings[group]
        if relation == "trained":
            return self._keys.tallies(group, [None])[0]
        sums = self._pairs if relation == "pairs" else self._day_sums()
        anchors = np.arange(self._stride)
        return every(placing, anchors, sums[group * self._stride :][: self._stride])

    def _day_sums(self) -> Ints:
        """Person-days by slot and anchor. A person's day has one anchor, at however many classes."""
        keys = sorted_once(*self._days)
        self._days = [keys]
        anchor = keys & ((1 << self._anchor_bits) - 1)
        slot = self._slots[(keys >> self._anchor_bits) & ((1 << self._day_bits) - 1)]
        return np.bincount(slot * self._stride + anchor, minlength=len(self._pairs))


def _disjoint(windows: Sequence[Window]) -> list[list[int]]:
    """The numbers of the windows in as few lists as lie apart from each other, taken in order of their beginning."""
    lists: list[list[int]] = []
    for number in sorted(range(len(windows)), key=lambda n: windows[n].a):
        fits = (one for one in lists if windows[one[-1]].b < windows[number].a)
        if (found := next(fits, None)) is not None:
            found.append(number)
        else:
            lists.append([number])
    return lists


def _parts(files: Sequence[Path]) -> Iterator[Part]:
    for path in files:
        with pq.ParquetFile(path) as file:
            sizes = [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)]
        groups: list[int] = []
        rows = 0
        for number, size in enumerate(sizes):
            if groups and rows + size > _ROWS:
                yield Part(path, tuple(groups))
                groups, rows = [], 0
            groups.append(number)
            rows += size
        if groups:
            yield Part(path, tuple(groups))


def _number(day: date) -> int:
    return day.toordinal() - date(1970, 1, 1).toordinal()
