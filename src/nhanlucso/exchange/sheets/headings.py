"""Where the headings of a table stand, and what each of its columns is.

A heading block is one to three rows: the row that names the people, rows that its merged cells reach down to, a row
of days or groups above it, sub-headings below it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from types import MappingProxyType

from nhanlucso.exchange.sheets.byvalues import by_values
from nhanlucso.exchange.sheets.grids import Grid, Merge, Value
from nhanlucso.exchange.sheets.marks import half_day, half_of
from nhanlucso.exchange.sheets.meanings import NOTHING, Field, Meaning, meaning
from nhanlucso.exchange.sheets.packages import too_large
from nhanlucso.exchange.sheets.paths import Column, beside, is_day_number, path_meaning
from nhanlucso.exchange.sheets.values import as_text
from nhanlucso.kernel.text import fold

_DATA = re.compile(r"\d{7}|^\d+(\.0)?$|@")
_NUMBERED = re.compile(r"\(?\s*(\d{1,2}|[A-Za-z])\s*\)?(\s*=.*)?")
_TITLE_WORDS = re.compile(
    r"(cong hoa|doc lap|danh sach|bang |bieu |phu luc|tong hop|ket qua|kem theo|\(|dang cong san|uy ban|ubnd|so:)"
)
_LEARNING = {Field.SCORE, Field.PROGRESS, Field.STATE, Field.COURSE}
_NAMES = {Field.FULL_NAME, Field.FAMILY_NAME, Field.GIVEN_NAME}
_COUNTED = {Field.UNIT, Field.COURSE, Field.AUDIENCE}
_OF_NO_WEIGHT = {None, Field.OTHER, Field.NOTE}
_VALUES_TOO = {Field.MALE, Field.FEMALE}  # headings that are values of other columns as well
DEEPEST = 3
MOST_HEADINGS, MOST_COLUMNS = 5_000, 100_000  # of a sheet: repeated on each page of a list, and their columns

Corrections = Mapping[str, str]  # heading of a column -> name of a field, or empty: do not read it
NO_CORRECTIONS: Corrections = MappingProxyType({})


@dataclass(slots=True)
class Heading:
    """A block of heading rows: 0-based, `bottom` included. The body begins at `body`."""

    top: int
    bottom: int
    body: int
    columns: list[Column] = field(default_factory=list)

    @property
    def signature(self) -> tuple[tuple[str, ...], ...]:
        return tuple(column.path for column in self.columns)


class Merges:
    """The merged blocks of a sheet by the row that they begin in."""

    def __init__(self, merges: tuple[Merge, ...]) -> None:
        self._by_row: dict[int, list[Merge]] = {}
        for merge in merges:
            for row in range(merge.top, min(merge.bottom, merge.top + DEEPEST) + 1):
                self._by_row.setdefault(row, []).append(merge)

    def at(self, row: int, column: int) -> Merge | None:
        for merge in self._by_row.get(row, ()):
            if merge.left <= column <= merge.right and merge.top <= row <= merge.bottom:
                return merge
        return None


def find_headings(grid: Grid, corrections: Corrections = NO_CORRECTIONS) -> list[Heading]:
    """All heading blocks of a sheet, from top to bottom; `corrections` say what some headings mean.

    Raises Refused("too_large") for more of them than any list has pages.
    """
    merges = Merges(tuple(grid.merges))
    found: list[Heading] = []
    columns = 0
    for number, row in enumerate(grid.rows):
        if found and number < found[-1].body:
            continue
        if not _is_data(row) and _heads_a_list(row, corrections):
            above = found[-1].body if found else 0
            heading = _block(grid, merges, number, above)
            heading.columns = [_corrected(column, corrections) for column in heading.columns]
            found.append(heading)
            columns += len(heading.columns)
            if len(found) > MOST_HEADINGS or columns > MOST_COLUMNS:
                raise too_large()
    return found


def _is_data(row: list[Value]) -> bool:
    """Whether a row is one of values: it begins with a number, or has a long number or an address of mail."""
    for cell in row:
        if cell == "" or cell is None:
            continue
        if not isinstance(cell, str) or _DATA.search(cell.strip()):
            return True
        break
    return any(isinstance(cell, str) and _DATA.search(cell) and len(cell) > 3 for cell in row)


def _corrected(column: Column, corrections: Corrections) -> Column:
    """What people say of a column goes before what its heading seems to say; a sensitive one stays unread."""
    said = corrections.get(column.header)
    if said is None or column.meaning.sensitive:
        return column
    return replace(column, meaning=Meaning(Field(said), exact=True) if said else NOTHING)


def _heads_a_list(row: list[Value], corrections: Corrections) -> bool:
    """Whether a row has the headings of a list: of people, a name and something else, or a learner's mail and result;
    or of head counts, units and numbers."""
    texts = [text for cell in row if isinstance(cell, str) and (text := as_text(cell))]
    meanings = [meaning(text) for text in texts if text not in corrections]
    meanings += [Meaning(Field(corrections[text]), exact=True) for text in texts if corrections.get(text)]
    fields = {known.field for known in meanings if known}
    if fields & _NAMES:
        return _names_people(row, meanings)
    if Field.EMAIL in fields and fields & _LEARNING:
        return True
    return Field.COUNT in fields and bool(fields & _COUNTED)


def _names_people(row: list[Value], meanings: list[Meaning]) -> bool:
    fields = {m.field for m in meanings if m} - _OF_NO_WEIGHT
    others = sum(1 for m in meanings if m.sensitive or m.field in (Field.OTHER, Field.NOTE))
    days = any(half_day([cell]) for cell in row if cell not in ("", None))
    known = len(fields) + days
    if all(m.weak for m in meanings if m.field in _NAMES):
        known -= len(fields & _VALUES_TOO)
        return known >= 3 or (known >= 2 and Field.SERIAL in fields)
    if fields & {Field.FULL_NAME, Field.FAMILY_NAME} or Field.SERIAL in fields:
        alone = known == 1 and len(meanings) == 1 and any(m.exact for m in meanings)
        return known + min(others, 1) >= 2 or alone
    return known >= 2  # «Tên» alone


def _block(grid: Grid, merges: Merges, number: int, above: int) -> Heading:
    row = grid.rows[number]
    anchors = [
        index
        for index, cell in enumerate(row)
        if isinstance(cell, str) and meaning(cell).field in _NAMES | {Field.SERIAL, Field.EMAIL}
    ]
    bottom = number
    for index in range(len(row)):
        merge = merges.at(number, index)
        if merge and merge.top == number:
            bottom = max(bottom, min(merge.bottom, number + DEEPEST - 1))
    while bottom < number + DEEPEST - 1 and _continues(grid, bottom + 1, anchors):
        bottom += 1
    top = number
    while top > max(above, bottom - DEEPEST + 1) and _stands_over(grid, merges, top - 1, anchors):
        top -= 1
    body = bottom + 1
    while body < len(grid.rows) and _is_numbering(grid.rows[body]):
        body += 1
    heading = Heading(top, bottom, body)
    heading.columns = _columns(grid, merges, heading)
    return heading


def _continues(grid: Grid, number: int, anchors: list[int]) -> bool:
    """Whether a row holds sub-headings only: nothing under the names and serials but the parts of a name."""
    if number >= len(grid.rows):
        return False
    for index in anchors:
        text = _text(grid, number, index)
        split = meaning(text).field in (Field.FAMILY_NAME, Field.GIVEN_NAME)
        if text and not split:
            return False
    cells = [cell for cell in grid.rows[number] if cell not in ("", None)]
    if _are_day_numbers(cells):
        return True
    if not cells or any(_is_value(cell) for cell in cells):
        return False
    known = sum(1 for cell in cells if _is_heading(cell))
    return 2 * known >= len(cells)


def _is_value(cell: Value) -> bool:
    """Whether a cell cannot be a heading: a number, or a text with a long one."""
    if isinstance(cell, str):
        return _DATA.search(cell) is not None
    return half_day([cell]) is None


def _are_day_numbers(cells: list[Value]) -> bool:
    """1, 2, 3 … over the days of a month."""
    days = [int(as_text(cell)) if is_day_number(cell) else 0 for cell in cells]
    return len(days) >= 3 and all(days) and all(a < b for a, b in pairwise(days))


def _stands_over(grid: Grid, merges: Merges, number: int, anchors: list[int]) -> bool:
    """Whether the row above holds days or groups of columns, and no title."""
    if any(_text(grid, number, index) or merges.at(number, index) for index in anchors):
        return False
    cells = [(index, cell) for index, cell in enumerate(grid.rows[number]) if cell not in ("", None)]
    first = min(anchors, default=0)
    return bool(cells) and all(
        index > first and (_is_heading(cell) or _is_group(cell, merges.at(number, index)))
        for index, cell in cells
    )


def _is_heading(cell: Value) -> bool:
    if half_day([cell]) is not None:
        return True
    return isinstance(cell, str) and (
        bool(meaning(cell)) or bool(half_of(cell)) or fold(cell).strip(" .") in ("so", "ngay", "thang", "nam")
    )


def _is_group(cell: Value, merge: Merge | None) -> bool:
    """Whether a merged cell can be the common heading of the columns below it."""
    text = fold(as_text(cell))
    return merge is not None and merge.right > merge.left and len(text) <= 50 and not _TITLE_WORDS.match(text)


def _is_numbering(row: list[Value]) -> bool:
    """A row that only numbers the columns: (1) (2) (3), A B 1 2."""
    texts = [as_text(cell) for cell in row if cell not in ("", None)]
    numbered = all(_NUMBERED.fullmatch(text) for text in texts)
    return len(texts) >= 3 and numbered and len(set(texts)) == len(texts)


def _text(grid: Grid, number: int, index: int) -> str:
    row = grid.rows[number]
    return as_text(row[index]) if index < len(row) else ""


def _columns(grid: Grid, merges: Merges, heading: Heading) -> list[Column]:
    width = max(len(grid.rows[number]) for number in range(heading.top, heading.bottom + 1))
    columns = []
    for index in range(width):
        cells, origin = _path(grid, merges, heading, index)
        path = tuple(text for text in dict.fromkeys(as_text(cell) for cell in cells) if text)
        found, day = path_meaning(path, cells)
        columns.append(Column(index, path, found, day, origin))
    return by_values(grid, heading.body, beside(columns))


def _path(grid: Grid, merges: Merges, heading: Heading, index: int) -> tuple[list[Value], int | None]:
    """The heading cells over a column, merged ones filled in, and the column that the lowest was merged from."""
    cells: list[Value] = []
    origin: int | None = None
    for number in range(heading.top, heading.bottom + 1):
        merge = merges.at(number, index)
        row = grid.rows[merge.top if merge else number]
        column = merge.left if merge else index
        value = row[column] if column < len(row) else ""
        if value in ("", None) and number < heading.bottom and not merge:
            value = _spread(grid, merges, number, index)
        if value not in ("", None):
            origin = column if merge and column < index else None
        cells.append(value)
    return cells, origin


def _spread(grid: Grid, merges: Merges, number: int, index: int) -> Value:
    """The group heading to the left that spreads over this column, where merges are not told (CSV, ODS)."""
    if not _text(grid, number + 1, index):
        return ""
    for left in range(index - 1, -1, -1):
        if not _text(grid, number + 1, left):
            return ""
        if _text(grid, number, left):
            return "" if merges.at(number, left) else grid.rows[number][left]
    return ""
