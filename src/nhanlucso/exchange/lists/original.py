"""The sheet as it is, for looking beside what was read of it: rows as texts, what must not be shown left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from nhanlucso.exchange.lists.rules import Key
from nhanlucso.exchange.sheets.grids import Grid, Value
from nhanlucso.exchange.sheets.headings import Heading, find_headings
from nhanlucso.exchange.sheets.meanings import Field
from nhanlucso.exchange.sheets.reading import SheetReading
from nhanlucso.exchange.sheets.values import as_text
from nhanlucso.kernel.stopping import steadily
from nhanlucso.people.identity import masked

WIDEST = 40  # columns shown; a sheet with more is told to have more
SAMPLES = 3
_LONGEST = 200  # letters of a cell
_APART = 3  # empty rows shown where there are more
HEAD, LISTED, OTHER = "head", "row", ""


@dataclass(slots=True)
class Original:
    """Goes once through the sheets of a file: `rows` yields them, and gathers meanwhile the first values of each
    heading, how wide each sheet is, and which sheets there are."""

    grids: Sequence[Grid]
    reading: SheetReading
    corrections: Mapping[str, str]
    samples: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    widths: dict[str, int] = field(default_factory=dict)

    def rows(self, read: Mapping[Key, dict[str, object]]) -> Iterator[list[object]]:
        """[sheet, row from 1, "head" | "row" | "", cells, what was read of it or None] of every sheet with a list."""
        listed = {place.sheet for place in self.reading.tables}
        for grid in self.grids:
            if grid.name in listed:
                yield from self._sheet(grid, read)

    def _sheet(self, grid: Grid, read: Mapping[Key, dict[str, object]]) -> Iterator[list[object]]:
        blocks = _Blocks(find_headings(grid, self.corrections))
        self.widths[grid.name] = max((len(row) for row in grid.rows), default=0)
        empty = 0
        for number, row in enumerate(steadily(grid.rows)):
            heading = blocks.of(number)
            in_head = heading is not None and number < heading.body
            cells = [shown(cell) for cell in row[:WIDEST]]
            found = read.get(grid.place(number + 1))
            if heading is not None and not in_head:
                if found is not None or not read:  # names of groups are no values
                    self._sample(grid.name, heading, cells)
                blocks.hide(heading, cells)
            while cells and not cells[-1]:
                cells.pop()
            empty = 0 if cells else empty + 1
            if empty <= _APART:
                kind = HEAD if in_head else LISTED if found is not None else OTHER
                yield [grid.name, number + 1, kind, cells, found]

    def _sample(self, sheet: str, heading: Heading, cells: list[str]) -> None:
        for column in heading.columns:
            values = self.samples[sheet, column.header]
            if len(values) < SAMPLES and column.index < len(cells) and cells[column.index]:
                secret = column.meaning.field is Field.NATIONAL_ID
                values.append(masked(cells[column.index]) if secret else cells[column.index])


class _Blocks:
    """Which heading a row stands under, and the cells under it that are hidden."""

    def __init__(self, headings: list[Heading]) -> None:
        self._headings = headings
        self._at = 0

    def of(self, row: int) -> Heading | None:
        """The heading of a row; rows are asked for in their order."""
        while self._at < len(self._headings) and self._headings[self._at].top <= row:
            self._at += 1
        return self._headings[self._at - 1] if self._at else None

    def hide(self, heading: Heading, cells: list[str]) -> None:
        """Blanks sensitive cells and masks identity numbers."""
        for column in heading.columns:
            if column.index < len(cells) and cells[column.index]:
                if column.meaning.sensitive:
                    cells[column.index] = "•••"
                elif column.meaning.field is Field.NATIONAL_ID:
                    cells[column.index] = masked(cells[column.index])


def shown(value: Value) -> str:
    """A cell as a page shows it."""
    text = " ".join(as_text(value).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
