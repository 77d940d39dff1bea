"""Which cell bears which comment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from nhanlucso.exchange.sheets.decoding import decode
from nhanlucso.exchange.sheets.grids import Grid, Value
from nhanlucso.exchange.sheets.meanings import Field
from nhanlucso.exchange.sheets.problems import Problem
from nhanlucso.exchange.sheets.understanding import understand
from nhanlucso.kernel.language import say as _
from nhanlucso.kernel.text import clean

Place = tuple[int, int]  # row and column, 0-based

MOST_COMMENTS = 2_000  # a spreadsheet with more opens slowly, and nobody points at so many
MOST_LISTED = 20_000
LONGEST = 2_000  # characters of one comment
_NAMES = (Field.FULL_NAME, Field.FAMILY_NAME, Field.EMAIL)


@dataclass(frozen=True, slots=True)
class Line:
    """A problem as it stands in the list of all: sheet, 1-based row ("" the sheet as a whole), cell, words."""

    sheet: str
    row: str
    cell: str
    words: str


@dataclass(slots=True)
class Notes:
    """Comments by sheet and cell, and the list of all problems; `left` are those that neither has room for."""

    cells: dict[str, dict[Place, str]] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    left: int = 0


def placed(grids: Iterable[Grid], problems: Sequence[Problem]) -> Notes:
    """Gives each problem its cell: the faulty one, else that with the name of its row, else the first of its sheet."""
    known = list(grids)
    by_name = {grid.name: grid for grid in known}
    rooms: dict[str, _Room] = {}
    notes = Notes(left=max(0, len(problems) - MOST_LISTED))
    count = 0
    for problem in problems[:MOST_LISTED]:
        grid = by_name.get(problem.sheet) or (known[0] if len(known) == 1 else None)
        words = clean(problem.message)
        if grid is None:
            notes.lines.append(Line(problem.sheet, "", "", words))
            continue
        if grid.name not in rooms:
            rooms[grid.name] = _Room(grid)
        place = rooms[grid.name].place(problem)
        row = str(problem.row) if problem.row > 0 else ""
        notes.lines.append(Line(problem.sheet, row, reference(place), words))
        cells = notes.cells.setdefault(grid.name, {})
        if place in cells:
            cells[place] = f"{cells[place]}\n{words}"[:LONGEST]
        elif count < MOST_COMMENTS:
            cells[place] = words[:LONGEST]
            count += 1
    return notes


class _Room:
    """The cells of a sheet that comments may go to."""

    def __init__(self, grid: Grid) -> None:
        self.rows = grid.rows
        self._names: dict[int, int] = {}
        for table in understand(decode(grid)).tables:
            columns = [column.index for found in _NAMES for column in table.fields.get(found, ())]
            if columns:
                self._names.update((person[0], columns[0]) for person in table.people)

    def place(self, problem: Problem) -> Place:
        row = problem.row - 1
        if row < 0:
            return self._first()
        if problem.column >= 0:
            return row, problem.column
        if row in self._names:
            return row, self._names[row]
        return row, _first_filled(self.rows[row] if row < len(self.rows) else [])

    def _first(self) -> Place:
        """The first cell of the sheet that says something."""
        for row, cells in enumerate(self.rows):
            if any(cell not in ("", None) for cell in cells):
                return row, _first_filled(cells)
        return 0, 0


def _first_filled(cells: Sequence[Value]) -> int:
    return next((column for column, cell in enumerate(cells) if cell not in ("", None)), 0)


def reference(place: Place) -> str:
    """«B5» for (4, 1)."""
    row, column = place
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def listed(notes: Notes, opening: str = "") -> list[tuple[str, str, str, str]]:
    """The sheet of all problems as rows of texts: a head, a line each, what there was no room for."""
    rows = [(opening, "", "", "")] if opening else []
    rows.append((_("Trang tính"), _("Dòng"), _("Ô"), _("Cần xem")))
    rows += [(line.sheet, line.row, line.cell, line.words) for line in notes.lines]
    if notes.left:
        rows.append(("", "", "", _("Và %(count)s chỗ nữa không ghi ở đây.") % {"count": notes.left}))
    return rows
