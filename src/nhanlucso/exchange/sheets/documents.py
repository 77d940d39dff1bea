"""Documents that hold tables among text (Word, HTML): tables in order, the text above each, lists that go on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nhanlucso.exchange.sheets.grids import Grid, Merge, Value
from nhanlucso.exchange.sheets.headings import find_headings
from nhanlucso.exchange.sheets.packages import too_large

MOST_FILLED = 4_000_000  # cells of all tables together, with the empty ones to the left of filled ones
MOST_COLUMNS = 4_096
MOST_TABLES = 20_000
LONGEST_TEXT = 32_767  # of one cell, as in a workbook; what is longer is no value of a list
_MOST_LINES, _LONGEST_LINE = 40, 500
_BLOCK_ROWS, _BLOCK_COLUMNS = 6, 3
_NO_ROW: list[Value] = []


@dataclass(slots=True)
class Budget:
    """How many cells may still be kept, and how many steps may be made in search of a free one."""

    cells: int = MOST_FILLED
    steps: int = 2 * MOST_FILLED

    def spend(self, cells: int = 0, steps: int = 0) -> None:
        """Raises Refused("too_large") once nothing is left."""
        self.cells -= cells
        self.steps -= steps
        if self.cells < 0 or self.steps < 0:
            raise too_large()


@dataclass(slots=True, eq=False)
class Canvas:
    """A table being laid out. Empty cells and rows cost next to nothing."""

    budget: Budget
    rows: list[list[Value]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    fonts: dict[tuple[int, int], str] = field(default_factory=dict)
    width: int = 0  # columns, counted by the cells, empty or not

    def add_row(self) -> int:
        """A new row at the end; its number."""
        self.rows.append(_NO_ROW)
        return len(self.rows) - 1

    def put(self, row: int, column: int, value: Value, font: str = "") -> None:
        if value in ("", None) or column >= MOST_COLUMNS:
            return
        cells = self.rows[row]
        if cells is _NO_ROW:
            cells = self.rows[row] = []
        missing = column + 1 - len(cells)
        if missing > 0:
            self.budget.spend(cells=missing)
            cells.extend([""] * missing)
        cells[column] = value
        if font:
            self.fonts[row, column] = font

    def merge(self, merge: Merge) -> None:
        if (merge.bottom, merge.right) != (merge.top, merge.left):
            self.budget.spend(cells=1)
            self.merges.append(merge)


def document_grids(blocks: Iterable[str | Canvas]) -> Iterator[Grid]:
    """The tables of a document, named "Table 1", "Table 2" … in the order in which they begin.

    A table that follows another of as many columns with no word between is the same list on the next page. What is
    no list – the agency and the national title side by side – is text above the next table. Raises
    Refused("too_large").
    """
    above: list[str] = []
    before: Grid | None = None
    width, number = 0, 0
    for block in blocks:
        if isinstance(block, str):
            if block.strip():
                if before is not None:
                    yield before
                    above, before = _left_by(before, width), None
                above.append(block.strip()[:_LONGEST_LINE])
            continue
        number += 1
        if number > MOST_TABLES:
            raise too_large()
        name = f"Table {number}"
        if before is not None and block.width == width:
            _join(before, name, block)
            continue
        if before is not None:
            yield before
            above = _left_by(before, width)
        before = Grid(name, block.rows, block.merges, block.fonts, above=above[-_MOST_LINES:])
        width = block.width
    if before is not None:
        yield before


def _join(before: Grid, name: str, block: Canvas) -> None:
    first = len(before.rows)
    before.parts = [*(before.parts or [(before.name, 0)]), (name, first)]
    before.rows += block.rows
    before.merges = [
        *before.merges,
        *(Merge(m.top + first, m.left, m.bottom + first, m.right) for m in block.merges),
    ]
    before.fonts = {
        **before.fonts,
        **{(row + first, column): font for (row, column), font in block.fonts.items()},
    }


def _left_by(grid: Grid, width: int) -> list[str]:
    """The lines above that a table leaves for the next one: its own, if it is a block of titles and no list."""
    is_list = len(grid.rows) > _BLOCK_ROWS or width > _BLOCK_COLUMNS or bool(find_headings(grid))
    if is_list:
        return []
    own = [line for row in grid.rows for cell in row if isinstance(cell, str) for line in cell.split("\n")]
    return [*grid.above, *(line.strip()[:_LONGEST_LINE] for line in own if line.strip())]
