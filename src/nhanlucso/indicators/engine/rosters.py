"""Who attended, for many windows and all units at once: one reading of the facts, one sort.

Rows are read in parts that share nothing, so two of them at a time; groups of rows whose days lie in no window are not
read. A part leaves its keys sorted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from nhanlucso.indicators.engine.placing import Placing
from nhanlucso.indicators.engine.relations import Window
from nhanlucso.indicators.engine.tally import WORKERS, Keys, Tally, every, in_ranges
from nhanlucso.indicators.engine.tree import Ints

RELATIONS = frozenset({"pairs", "trained", "days"})
_ROWS = 1 << 18  # about how many rows are worked on at a time
_NEVER = -(1 << 30)  # days; no date lies before


class _Group(NamedTuple):
    """What the footer of a file says of a group of rows. Of an empty one the days lie apart from every window."""

    rows: int
    first: date
    last: date
    has_before: bool
    person: int  # the largest number


@dataclass(frozen=True, slots=True)
class Part:
    """Neighbouring row groups of one file."""

    path: Path
    groups: tuple[int, ...]
    has_before: bool

    def columns(self, missing: int) -> tuple[Ints, Ints, Ints | None, Ints]:
        """person, day, the day before it at the same class (_NEVER: none; None: in no row), anchor (none: `missing`);
        days since 1970."""
        names = ["person", "day", "anchor", *(["before"] if self.has_before else [])]
        with pq.ParquetFile(self.path, metadata=_footer(self.path)[0]) as file:
            table = file.read_row_groups(self.groups, columns=names, use_threads=False)
        return (
            table["person"].to_numpy(),
            table["day"].cast(pa.int32()).to_numpy(),
            _numbers(table["before"].cast(pa.int32()), _NEVER) if self.has_before else None,
            _numbers(table["anchor"], missing),
        )


def _numbers(column: pa.ChunkedArray, missing: int) -> Ints:
    found: Ints = (column.fill_null(missing) if column.null_count else column).to_numpy()
    return found


def _footer(path: Path) -> tuple[pq.FileMetaData, tuple[_Group, ...]]:
    return _footer_of(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=256)  # more than the files of a build
def _footer_of(path: Path, _written: int) -> tuple[pq.FileMetaData, tuple[_Group, ...]]:
    footer = pq.read_metadata(path)
    place = {footer.schema.column(n).name: n for n in range(footer.num_columns)}
    groups = []
    for number in range(footer.num_row_groups):
        group = footer.row_group(number)
        day, before, person = (group.column(place[name]).statistics for name in ("day", "before", "person"))
        groups.append(
            _Group(group.num_rows, day.min, day.max, before.null_count < group.num_rows, person.max)
            if group.num_rows
            else _Group(0, date.max, date.min, False, 0)
        )
    return footer, tuple(groups)


def most_people(files: Sequence[Path]) -> int:
    """More than any person's number."""
    return 1 + max((group.person for path in files for group in _footer(path)[1]), default=0)


class Rosters:
    """The roster counts of several questions, each a window with the placing of its tree."""

    def __init__(self, asked: Sequence[tuple[Window, Placing]], people: int, with_days: bool) -> None:
        """`people`: more than any person's number. `with_days`: whether person-days are asked for, too. Raises
        OverflowError where numbers are too large for this way of counting."""
        self._missing = asked[0][1].missing
        self._where: dict[int, tuple[_Family, int]] = {}
        self._families = []
        for numbers in _disjoint([window for window, _ in asked]):
            family = _Family([asked[number] for number in numbers], people, with_days)
            self._families.append(family)
            self._where |= {number: (family, group) for group, number in enumerate(numbers)}

    def read(self, files: Sequence[Path]) -> None:
        """Takes in all rows of the files."""
        windows = [window for family in self._families for window in family.windows]
        with ThreadPoolExecutor(WORKERS) as workers:
            for found in workers.map(self._worked, _parts(files, windows)):
                for family, part in zip(self._families, found, strict=True):
                    family.add(part)

    def _worked(self, part: Part) -> list[_Found]:
        columns = part.columns(self._missing)
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
        self.windows = [window for window, _ in asked]
        self._placings = [placing for _, placing in asked]
        self._stride = self._placings[0].missing + 1
        self._low = _number(min(window.a for window in self.windows)) - 1
        span = _number(max(window.b for window in self.windows)) - self._low + 2
        self._apart = len(asked) * self._stride
        # By day the number of the slot times the stride; outermost and in between what lies in no window.
        self._slots = np.full(span, self._apart, dtype=np.int64)
        for slot, window in enumerate(self.windows):
            days = slice(_number(window.a) - self._low, _number(window.b) - self._low + 1)
            self._slots[days] = slot * self._stride
        self._keys = Keys(self._placings, people, self._stride)
        self._pairs = np.zeros(self._apart + self._stride, dtype=np.int64)
        self._with_days = with_days
        self._days: list[Ints] = []
        self._trained: list[Tally] = []
        self._day_sums: Ints | None = None
        self._day_bits, self._anchor_bits = span.bit_length(), self._stride.bit_length()
        if with_days and people.bit_length() + self._day_bits + self._anchor_bits > 63:
            raise OverflowError

    def found(self, person: Ints, day: Ints, before: Ints | None, anchor: Ints) -> _Found:
        slot = self._slots.take(day - self._low, mode="clip")
        days = self._day_keys(person, day, slot, anchor) if self._with_days else np.zeros(0, dtype=np.int64)
        if before is not None:  # of a person's days at a class in one window the first counts
            slot[self._slots.take(before - self._low, mode="clip") == slot] = self._apart
        slot += anchor
        pairs = np.bincount(slot, minlength=len(self._pairs))
        return _Found(self._keys.gathered(person, slot), pairs, days)

    def _day_keys(self, person: Ints, day: Ints, slot: Ints, anchor: Ints) -> Ints:
        here = np.flatnonzero((slot < self._apart) & (anchor < self._stride - 1))
        day_of = (person[here] << self._day_bits) | (day[here] - self._low)
        keys: Ints = (day_of << self._anchor_bits) | anchor[here]
        keys.sort()
        return keys

    def add(self, part: _Found) -> None:
        self._keys.add(part.keys)
        self._pairs += part.pairs
        self._days.append(part.days)

    def tally(self, group: int, relation: str) -> Tally:
        if relation == "trained":
            if not self._trained:
                (self._trained,) = self._keys.tallies([None])
            return self._trained[group]
        sums = self._pairs if relation == "pairs" else self._summed_days()
        anchors = np.arange(self._stride)
        return every(self._placings[group], anchors, sums[group * self._stride :][: self._stride])

    def _summed_days(self) -> Ints:
        """Person-days by slot and anchor. A person's day has one anchor, at however many classes."""
        if self._day_sums is None:
            self._day_sums = np.zeros(self._apart + self._stride, dtype=np.int64)
            for sums in in_ranges([self._days], self._anchor_bits + self._day_bits, self._days_of):
                self._day_sums += sums
            self._days = []
        return self._day_sums

    def _days_of(self, keys: Ints) -> Ints:
        slot = self._slots.take((keys >> self._anchor_bits) & ((1 << self._day_bits) - 1))
        return np.bincount(
            slot + (keys & ((1 << self._anchor_bits) - 1)), minlength=self._apart + self._stride
        )


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


def _parts(files: Sequence[Path], windows: Sequence[Window]) -> Iterator[Part]:
    for path in files:
        rows, has_before = 0, False
        chosen: list[int] = []
        for number, group in enumerate(_footer(path)[1]):
            if not any(group.first <= window.b and window.a <= group.last for window in windows):
                continue
            if chosen and rows + group.rows > _ROWS:
                yield Part(path, tuple(chosen), has_before)
                rows, chosen, has_before = 0, [], False
            rows, has_before = rows + group.rows, has_before or group.has_before
            chosen.append(number)
        if chosen:
            yield Part(path, tuple(chosen), has_before)


def _number(day: date) -> int:
    return day.toordinal() - date(1970, 1, 1).toordinal()
