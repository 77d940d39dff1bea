"""Cells as a file holds them, before anyone asks what they mean."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

WIDEST = 16_384
MOST_COVERED = 2_000_000

Value = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged block of cells, 0-based, both ends included. Its value stands in the top left cell."""

    top: int
    left: int
    bottom: int
    right: int


def sound_merges(merges: Sequence[Merge], height: int) -> Sequence[Merge]:
    """The blocks as far as a sheet of so many rows reaches; none where they cover it many times over."""
    cut = [
        Merge(m.top, m.left, min(m.bottom, height - 1), min(m.right, m.left + WIDEST))
        for m in merges
        if m.top < height
    ]
    area = sum((m.bottom - m.top + 1) * (m.right - m.left + 1) for m in cut)
    return cut if area <= MOST_COVERED else ()


@dataclass(slots=True)
class Grid:
    """One sheet. `rows[0]` is row 1 of the sheet; rows may differ in length; an empty cell is "" or None.

    `fonts` names the font of those cells (row, column; 0-based) that are written in a font of a legacy encoding;
    `decoded` are the legacy encodings that texts have been brought from. Of a table in a document, `above` are the
    lines of text since the list before it, from top to bottom; `parts` are the tables that it was put together from,
    where a list goes on in the next table: the name of each and its first row (0-based) in `rows`.
    """

    name: str
    rows: list[list[Value]]
    merges: Sequence[Merge] = ()
    fonts: Mapping[tuple[int, int], str] = field(default_factory=dict)
    decoded: frozenset[str] = frozenset()
    above: Sequence[str] = ()
    parts: Sequence[tuple[str, int]] = ()

    def place(self, row: int) -> tuple[str, int]:
        """The sheet that a row (1-based) of these rows stands in, and its number there. Row 0 is the whole sheet."""
        number = bisect_right(self.parts, row - 1, key=lambda part: part[1])
        if row < 1 or number == 0:
            return self.name, row
        name, first = self.parts[number - 1]
        return name, row - first
