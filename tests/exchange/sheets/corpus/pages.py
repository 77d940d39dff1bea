"""A page being written: cells, merged blocks, fonts, and the truth of each of its rows."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Any

Cell = Any
Truth = dict[str, Any]


@dataclass(slots=True)
class Page:
    """One sheet. Rows and columns are 0-based here; `truth` is kept by 1-based row as readers count."""

    name: str = "Sheet1"
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    truth: dict[int, Truth] = field(default_factory=dict)
    faults: set[tuple[int, int]] = field(
        default_factory=set
    )  # (1-based row, 0-based column) that must be told
    dropped: set[str] = field(default_factory=set)  # reasons of sensitive columns
    hidden: bool = False
    font: str = ""
    next: int = 0

    def put(self, row: int, column: int, value: Cell, *, down: int = 0, right: int = 0) -> None:
        """Writes a cell, merged over `down` rows and `right` columns more."""
        if value not in ("", None):
            self.cells[row, column] = value
        if down or right:
            self.merges.append((row, column, row + down, column + right))

    def line(self, *values: Cell, left: int = 0) -> int:
        """Writes the next row; gives its number."""
        for place, value in enumerate(values):
            self.put(self.next, left + place, value)
        self.next += 1
        return self.next - 1

    def skip(self, rows: int = 1) -> None:
        self.next += rows

    def says(self, row: int, **truth: Any) -> None:
        """What is true of a row of the list."""
        self.truth[row + 1] = {
            key: unicodedata.normalize("NFC", value) if isinstance(value, str) else value
            for key, value in truth.items()
            if value is not None
        }

    def grid(self) -> list[list[Cell]]:
        corners = [*self.cells, *((bottom, right) for _, _, bottom, right in self.merges)]
        height = max((row for row, _ in corners), default=-1) + 1
        width = max((column for _, column in corners), default=-1) + 1
        return [[self.cells.get((row, column), "") for column in range(width)] for row in range(height)]


@dataclass(slots=True)
class Made:
    """A finished list: what to write, in which format, and of which kind it is."""

    name: str
    kind: str
    pages: list[Page]
    suffix: str = ".xlsx"
    encoding: str = ""  # legacy encoding of the texts
