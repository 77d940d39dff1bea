"""A workbook of the same cells as a file of another format, with the comments."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import IO, Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from nhanlucso.exchange.sheets.commenting.notes import Notes, Place, listed
from nhanlucso.exchange.sheets.decoding import decode
from nhanlucso.exchange.sheets.grids import Grid, Value
from nhanlucso.kernel.language import say as _
from nhanlucso.kernel.text import clean

FILL = "FFF2CC"
_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CELL_LIMIT = 32_767
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_HELD = 400_000  # cells that are kept in memory; beyond, rows are written as they come, without merged cells
_LARGEST_MERGE = 5_000  # cells
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_FIRST_DAY = date(1900, 3, 1)


def write_anew(grids: Sequence[Grid], out: IO[bytes], notes: Notes, name: str) -> None:
    """Writes the cells of all sheets, in Unicode, with their comments and the sheet of all problems."""
    small = sum(len(row) for grid in grids for row in grid.rows) <= _HELD
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": small,
            "constant_memory": not small,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    writer = _Writer(book)
    taken: set[str] = {_("Ghi chú").casefold()}
    for grid in grids:
        sheet = book.add_worksheet(_sheet_name(grid.name, taken))
        writer.sheet(sheet, decode(grid), notes.cells.get(grid.name, {}), merged=small)
    opening = _("Tệp này giữ các ô của «%(name)s»; định dạng, hình, công thức và macro không còn.")
    last = book.add_worksheet(_("Ghi chú"))
    last.set_column(0, 2, 14)
    last.set_column(3, 3, 100)
    for number, row in enumerate(listed(notes, opening % {"name": clean(name)})):
        for column, text in enumerate(row):
            writer.cell(last, (number, column), text, marked=False)
    book.close()


class _Writer:
    """Writes cells with as few looks as needed."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def sheet(self, sheet: Worksheet, grid: Grid, notes: dict[Place, str], *, merged: bool) -> None:
        taken: set[Place] = set()
        for merge in grid.merges if merged else ():
            area = (merge.top, merge.left, merge.bottom, merge.right)
            places = _places(area)
            if len(places) > 1 and not taken & places:
                taken |= places
                sheet.merge_range(*area, "", self._format())
        for number, row in enumerate(grid.rows[:_MOST_ROWS]):
            for column, value in enumerate(row[:_MOST_COLUMNS]):
                place = (number, column)
                self.cell(sheet, place, value, marked=place in notes)
            for at in sorted(column for line, column in notes if line == number and column >= len(row)):
                self.cell(sheet, (number, at), "", marked=True)
        for (number, column), words in notes.items():
            sheet.write_comment(number, column, words, {"x_scale": 2, "y_scale": 1.2})

    def cell(self, sheet: Worksheet, place: Place, value: Value, *, marked: bool) -> None:
        look: dict[str, object] = {"bg_color": f"#{FILL}"} if marked else {}
        if value in ("", None):
            if marked:
                sheet.write_blank(*place, None, self._format(**look))
        elif isinstance(value, bool):
            sheet.write_boolean(*place, value, self._format(**look))
        elif isinstance(value, int | float) and math.isfinite(value):
            sheet.write_number(*place, value, self._format(**look))
        elif (
            isinstance(value, date) and (value.date() if isinstance(value, datetime) else value) >= _FIRST_DAY
        ):
            shown = (
                "dd/mm/yyyy hh:mm"
                if isinstance(value, datetime) and value.time() != datetime.min.time()
                else "dd/mm/yyyy"
            )
            sheet.write_datetime(*place, value, self._format(**look, num_format=shown))
        else:
            words = str(value)[:_CELL_LIMIT]
            quoted = {"quote_prefix": True} if words.startswith(_LIKE_FORMULA) else {}
            sheet.write_string(*place, words, self._format(**look, **quoted))

    def _format(self, **look: object) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(look)
        return self._formats[key]


def _places(area: tuple[int, int, int, int]) -> set[Place]:
    """The cells of a merged block; none of one too large to be a heading or a group."""
    if (area[2] - area[0] + 1) * (area[3] - area[1] + 1) > _LARGEST_MERGE:
        return set()
    return {(row, column) for row in range(area[0], area[2] + 1) for column in range(area[1], area[3] + 1)}


def _sheet_name(name: str, taken: set[str]) -> str:
    """The name as a spreadsheet allows it, each once."""
    bare = _FORBIDDEN.sub(" ", clean(name)).strip()[:_LONGEST_NAME].strip() or "Sheet"
    found, number = bare, 2
    while found.casefold() in taken or found.casefold() == "history":
        tail = f" ({number})"
        found, number = bare[: _LONGEST_NAME - len(tail)] + tail, number + 1
    taken.add(found.casefold())
    return found
