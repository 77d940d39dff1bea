"""Where the headings of a table stand, and what each of its columns is.

A heading block is one to three rows: the row that names the people, rows that its merged cells reach down to, a row
of days or groups above it, sub-headings below it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from nhanlucso.exchange.sheets.grids import Grid, Merge, Value
from nhanlucso.exchange.sheets.marks import HalfDay, half_day, half_of
from nhanlucso.exchange.sheets.meanings import NOTHING, Field, Meaning, meaning
from nhanlucso.exchange.sheets.values import as_text

_LIKELY = re.compile(
    r"\s*(s\.?\s?t\.?\s?t|t\.?t\b|số t|h[oọ]\W*(v[aà]|t[eê]n|,|đệm|lót|&|$)|t[eê]n|full|name|"
    r"display|học viên|e-?mail|first|last|sur|người|đơn vị|cơ quan|xã|địa phương|số|unit)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\(?\s*(\d{1,2}|[A-Za-z])\s*\)?")
_ISSUE_OF_ID = re.compile(r"^(ngày|nơi) cấp", re.IGNORECASE)
_LEARNING = {Field.SCORE, Field.PROGRESS, Field.STATE, Field.COURSE}
_NAMES = {Field.FULL_NAME, Field.FAMILY_NAME, Field.GIVEN_NAME}
_TOP_DECIDES = {Field.PHONE, Field.EMAIL, Field.BIRTH, Field.NATIONAL_ID, Field.SEX}
_COUNTED = {Field.UNIT, Field.COURSE, Field.AUDIENCE}
DEEPEST = 3

Corrections = Mapping[str, str]  # heading of a column -> name of a field, or empty: do not read it
NO_CORRECTIONS: Corrections = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its headings from top to bottom, and what they mean."""

    index: int
    path: tuple[str, ...]
    meaning: Meaning = NOTHING
    half_day: HalfDay | None = None
    merged_with: int | None = None  # the first column of a heading merged over several

    @property
    def header(self) -> str:
        return " / ".join(self.path)


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
    """All heading blocks of a sheet, from top to bottom; `corrections` say what some headings mean."""
    merges = Merges(tuple(grid.merges))
    found: list[Heading] = []
    for number, row in enumerate(grid.rows):
        if found and number < found[-1].body:
            continue
        likely = any(
            isinstance(cell, str) and (_LIKELY.match(cell) or as_text(cell) in corrections) for cell in row
        )
        if likely and _heads_a_list(row, corrections):
            above = found[-1].body if found else 0
            heading = _block(grid, merges, number, above)
            heading.columns = [_corrected(column, corrections) for column in heading.columns]
            found.append(heading)
    return found


def _corrected(column: Column, corrections: Corrections) -> Column:
    """What people say of a column goes before what its heading seems to say; a sensitive one stays unread."""
    said = corrections.get(column.header)
    if said is None or column.meaning.sensitive:
        return column
    return replace(column, meaning=Meaning(Field(said), exact=True) if said else NOTHING)


def _heads_a_list(row: list[Value], corrections: Corrections) -> bool:
    """Whether a row has the headings of a list of people: a name and something else, or a learner's mail and result;
    or those of head counts: units and numbers."""
    texts = [as_text(cell) for cell in row if isinstance(cell, str) and cell]
    meanings = [meaning(text) for text in texts if text not in corrections]
    meanings += [Meaning(Field(corrections[text]), exact=True) for text in texts if corrections.get(text)]
    fields = {known.field for known in meanings if known}
    halves = any(half_day([cell]) for cell in row if cell not in ("", None))
    known = len(fields - {None}) + any(m.sensitive for m in meanings) + halves
    if fields & _NAMES:
        alone = known == 1 and len(meanings) == 1 and any(m.exact for m in meanings)
        return known >= 2 or alone
    if Field.EMAIL in fields and fields & _LEARNING:
        return True
    return Field.COUNT in fields and bool(fields & _COUNTED)


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
    if number - 1 >= above and _stands_over(grid, merges, number - 1, anchors):
        top = number - 1
    body = bottom + 1
    if body < len(grid.rows) and _is_numbering(grid.rows[body]):
        body += 1
    heading = Heading(top, bottom, body)
    heading.columns = _columns(grid, merges, heading)
    return heading


def _continues(grid: Grid, number: int, anchors: list[int]) -> bool:
    """Whether a row without name and serial holds sub-headings only."""
    if number >= len(grid.rows) or any(_text(grid, number, index) for index in anchors):
        return False
    cells = [cell for cell in grid.rows[number] if cell not in ("", None)]
    return bool(cells) and all(_is_heading(cell) for cell in cells)


def _stands_over(grid: Grid, merges: Merges, number: int, anchors: list[int]) -> bool:
    """Whether the row above holds days or groups of columns, and no title."""
    if any(_text(grid, number, index) or merges.at(number, index) for index in anchors):
        return False
    cells = [(index, cell) for index, cell in enumerate(grid.rows[number]) if cell not in ("", None)]
    first = min(anchors, default=0)
    return bool(cells) and all(
        index > first and (_is_heading(cell) or _is_wide(merges.at(number, index))) for index, cell in cells
    )


def _is_heading(cell: Value) -> bool:
    if half_day([cell]) is not None:
        return True
    return isinstance(cell, str) and (bool(meaning(cell)) or bool(half_of(cell)))


def _is_wide(merge: Merge | None) -> bool:
    return merge is not None and merge.right > merge.left


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
    return columns


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
            value = _spread(grid, heading, number, index)
        if value not in ("", None):
            origin = column if merge and column < index else None
        cells.append(value)
    return cells, origin


def _spread(grid: Grid, heading: Heading, number: int, index: int) -> Value:
    """The group heading to the left that spreads over this column, where merges are not told (CSV, ODS)."""
    if not _text(grid, number + 1, index):
        return ""
    for left in range(index - 1, -1, -1):
        if not _text(grid, number + 1, left):
            return ""
        if _text(grid, number, left):
            return grid.rows[number][left]
    return ""


def path_meaning(path: tuple[str, ...], cells: list[Value]) -> tuple[Meaning, HalfDay | None]:
    """What the headings over a column say together: the lowest first, unless the upper one decides."""
    if not path:
        return NOTHING, None
    meanings = [meaning(text) for text in path]
    low, high = meanings[-1], meanings[0]
    if sensitive := next((m for m in meanings if m.sensitive and not (m is high and low.exact)), None):
        return sensitive, None
    if len(path) > 1 and high.field in _TOP_DECIDES:
        if _ISSUE_OF_ID.match(path[-1]):
            return NOTHING, None
        if not (high.field in (Field.BIRTH, Field.SEX) and low.field in (Field.MALE, Field.FEMALE)):
            return high, None
        return low, None
    if low.exact and low.field:
        return low, None
    if day := half_day(cells):
        return Meaning(Field.MARK), day
    if low or high:
        return (low or high), None
    if any(half_of(text) for text in path):
        return Meaning(Field.MARK), None
    return meaning(" ".join(path)), None
