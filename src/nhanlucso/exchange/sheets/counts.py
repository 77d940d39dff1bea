"""Head counts: tables of units and numbers of people, without names."""

from __future__ import annotations

import re

from nhanlucso.exchange.sheets.dates import read_date
from nhanlucso.exchange.sheets.grids import Value
from nhanlucso.exchange.sheets.meanings import Field
from nhanlucso.exchange.sheets.paths import Column
from nhanlucso.exchange.sheets.problems import Problem
from nhanlucso.exchange.sheets.rows import SheetRow, Table
from nhanlucso.exchange.sheets.values import Read, as_text, says_nothing
from nhanlucso.kernel.text import fold

EXACT = "exact"
MOST = 10_000_000
_QUALIFIERS = {
    "nearly": r"gan|ngot|xap xi duoi|sap xi",
    "about": r"khoang|chung|uoc|uoc tinh|uoc khoang|xap xi|tren duoi|do|~|≈|±|\+/-|about|approx\.?|circa",
    "over": r"tren|hon|qua|it nhat|toi thieu|tu|>=?|≥|over|more than|at least",
    "under": r"duoi|chua den|chua toi|khong qua|toi da|<=?|≤|under|less than|at most",
}
_PATTERNS = [
    (name, re.compile(rf"(?:so luong |tong so |co )?(?:{words})\s*(?=\d)"))
    for name, words in _QUALIFIERS.items()
]
_PEOPLE = re.compile(
    r"\s*(luot )?(nguoi|dong chi|d/c|dai bieu|hoc vien|can bo|cbcc|cbccvc|luot|ng|thanh vien|people|persons)?"
    r"( (tham gia|tham du|du))?\.?$"
)
_NUMBER = re.compile(r"\d{1,3}([.,\s]\d{3})+|\d{1,8}")


def read_count(value: Value) -> Read[tuple[int, str]]:
    """A number of people and how exactly it is known; thousands may be set apart by points, commas or spaces."""
    if says_nothing(value):
        return Read(None)
    if isinstance(value, int | float) and not isinstance(value, bool):
        whole = float(value).is_integer() and 0 <= value <= MOST
        return Read((int(value), EXACT)) if whole else Read(None, "bad_count")
    text = fold(as_text(value)).strip(" .:;")
    for name, pattern in _PATTERNS:
        if found := pattern.match(text):
            return _number(text[found.end() :], name)
    return _number(text, EXACT)


def _number(text: str, qualifier: str) -> Read[tuple[int, str]]:
    found = _NUMBER.match(text)
    if found is None or not _PEOPLE.fullmatch(text[found.end() :]):
        return Read(None, "bad_count")
    return Read((int(re.sub(r"[.,\s]", "", found[0])), qualifier))


class CountReader:
    """Reads the units and numbers of one table of head counts."""

    def __init__(self, table: Table, problems: list[Problem]) -> None:
        self.table, self.problems = table, problems
        kept = (Field.UNIT, Field.COURSE, Field.COUNT, Field.AUDIENCE, Field.HELD_ON)
        keys = {found.value for found in table.fields if found in kept}
        named = {"unit"} if table.unit or any(group for _, group in table.people) else set()
        self.has = frozenset(keys | named | {"qualifier"} | ({"course"} if table.course else set()))

    def rows(self) -> list[SheetRow]:
        return [self._row(number, group) for number, group in self.table.people]

    def _row(self, number: int, group: str) -> SheetRow:
        row = SheetRow(self.table.grid.name, number + 1, self.has)
        row.unit = self._text(number, Field.UNIT) or group or self.table.unit or None
        row.course = self._text(number, Field.COURSE) or self.table.course or None
        row.audience = self._text(number, Field.AUDIENCE)
        for column, value in self._cells(number, Field.COUNT):
            read = read_count(value)
            if read.note:
                self._note(number, read.note, column, value)
            if read.value is not None:
                row.count, row.qualifier = read.value
        for column, value in self._cells(number, Field.HELD_ON):
            day = read_date(value)
            if day.note:
                self._note(number, day.note, column, value)
            row.date = day.text if len(day.text) == len("2024-01-31") else None
        return row

    def _cells(self, number: int, wanted: Field) -> list[tuple[Column, Value]]:
        cells = self.table.grid.rows[number]
        columns = self.table.fields.get(wanted, ())[:1]
        return [(column, cells[column.index] if column.index < len(cells) else None) for column in columns]

    def _text(self, number: int, wanted: Field) -> str | None:
        return next((as_text(value) for _, value in self._cells(number, wanted)), "") or None

    def _note(self, number: int, code: str, column: Column, value: Value) -> None:
        told = {"value": as_text(value), "column": column.header, "read": None}
        self.problems.append(Problem(self.table.grid.name, number + 1, code, told, column.index))
