"""The rows of people, wherever they lie: tables once more, in the order of persons, as they lie in memory.

A table of a build is read by place and time; these copies beside it answer what a few people did. A file is mapped, not
read: who asks for a hundred people touches the rows of a hundred people.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nhanlucso.indicators.engine.placing import Flags
from nhanlucso.indicators.engine.tree import Ints

SUFFIX = ".arrow"
TABLES: dict[str, tuple[str, ...]] = {  # with the columns that nothing asks of people
    "persons": (),
    "posts": (),
    "attended": ("post",),
    "progress": (),
    "results": (),
}
_SCANNED = 40  # looking a person up costs as much as looking at so many rows
_LARGEST = np.iinfo(np.int32).max


def beside(path: Path) -> Path:
    """The copy that belongs to a file of a table."""
    return path.with_suffix(SUFFIX)


def write(table: pa.Table, path: Path, left_out: Sequence[str]) -> None:
    """Writes the copy of one file of a table."""
    table = table.drop_columns([name for name in left_out if name in table.column_names])
    order = np.argsort(table["person"].to_numpy(), kind="stable")
    narrow = pa.table({name: _narrow(table[name]) for name in table.column_names}).take(pa.array(order))
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, narrow.schema) as file:
        file.write_table(narrow.combine_chunks())


def _narrow(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Numbers in half the width where they fit."""
    if column.type != pa.int64():
        return column
    ends = pc.min_max(column)
    low, high = ends["min"].as_py(), ends["max"].as_py()
    fits = low is None or (low >= -_LARGEST and high <= _LARGEST)
    return column.cast(pa.int32()) if fits else column


class ByPerson:
    """The copies of one table, mapped into memory."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.parts = [pa.ipc.open_file(pa.memory_map(str(path))).read_all() for path in paths]
        self._people = [_plain(part["person"]) for part in self.parts]
        self.most = max((int(people[-1]) for people in self._people if len(people)), default=-1)

    def whole(self) -> pa.Table:
        """All rows."""
        return pa.concat_tables(self.parts, promote_options="permissive")

    def rows(self, people: Ints) -> pa.Table:
        """All rows of people, given in order."""
        asked = np.zeros(self.most + 2, dtype=np.bool_)
        asked[people[people <= self.most]] = True
        found = [
            part.take(pa.array(_places(held, people, asked)))
            for part, held in zip(self.parts, self._people, strict=True)
        ]
        return pa.concat_tables(found, promote_options="permissive").combine_chunks()

    def people_at(self, asked: Flags) -> Ints:
        """The people, in order, with a row at an asked anchor."""
        found = [
            held[asked.take(_plain(part["anchor"]))]
            for part, held in zip(self.parts, self._people, strict=True)
        ]
        return np.unique(np.concatenate(found).astype(np.int64))


def _places(held: Ints, people: Ints, asked: Flags) -> Ints:
    if len(people) * _SCANNED > len(held):
        return np.flatnonzero(asked.take(held))
    people = people.astype(held.dtype)
    first, last = np.searchsorted(held, people), np.searchsorted(held, people, side="right")
    count = last - first
    step = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    places: Ints = np.repeat(first, count) + step
    return places


def _plain(column: pa.ChunkedArray) -> Ints:
    found: Ints = column.to_numpy()
    return found
