"""Cells as a file holds them, before anyone asks what they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

Value = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged block of cells, 0-based, both ends included. Its value stands in the top left cell."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Grid:
    """One sheet. `rows[0]` is row 1 of the sheet; rows may differ in length; an empty cell is "" or None.

    `fonts` names the font of those cells (row, column; 0-based) that are written in a font of a legacy encoding;
    `decoded` are the legacy encodings that texts have been brought from.
    """

    name: str
    rows: list[list[Value]]
    merges: Sequence[Merge] = ()
    fonts: Mapping[tuple[int, int], str] = field(default_factory=dict)
    decoded: frozenset[str] = frozenset()
