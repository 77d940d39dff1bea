"""The cells of a table by field, and what is told of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from nhanlucso.exchange.sheets.dates import read_date
from nhanlucso.exchange.sheets.grids import Value
from nhanlucso.exchange.sheets.meanings import Field
from nhanlucso.exchange.sheets.paths import Column
from nhanlucso.exchange.sheets.problems import Problem
from nhanlucso.exchange.sheets.rows import Table
from nhanlucso.exchange.sheets.values import Read, as_text, says_nothing

T = TypeVar("T")

_DITTO = frozenset(
    [
        '"',
        "''",
        "nt",
        "-nt-",
        "như trên",
        "- nt -",
        "//",
        "-//-",
        '-"-',
        '" "',
        "n.t",
        "-như trên-",
        "”",
        "“",
        "ntr",
    ]
)
_REPEATABLE = (Field.TITLE, Field.UNIT, Field.COURSE, Field.CATEGORY)
_WHOLE_DAY = len("2024-01-31")


class Cells:
    """Reads the cells of a table; problems go to `problems` with row and column."""

    def __init__(self, table: Table, problems: list[Problem]) -> None:
        self.table = table
        self.problems = problems
        self.fields: dict[Field, tuple[Column, ...]] = dict(table.fields)
        self.month_first: dict[Field, bool] = {}
        self.above: dict[Field, str] = {}

    def column_values(self, found: Field) -> list[Value]:
        """The values of all rows in the first column of a field."""
        if not (columns := self.fields.get(found, ())):
            return []
        rows, place = self.table.grid.rows, columns[0].index
        cells = (rows[row] for row, _ in self.table.people)
        return [row[place] if place < len(row) else None for row in cells]

    def value(self, row: int, column: Column) -> Value:
        cells = self.table.grid.rows[row]
        return cells[column.index] if column.index < len(cells) else None

    def text(self, number: int, found: Field) -> str | None:
        """A text; a ditto mark is the text above."""
        for column in self.fields.get(found, ()):
            value = self.value(number, column)
            text = as_text(value)
            if not text and isinstance(value, str) and value.strip():
                self.note(number, "error_value", at=column, value=value.strip())
            if text.casefold() in _DITTO and found in _REPEATABLE:
                return self.above.get(found)
            if text and not says_nothing(text):
                self.above[found] = text
                return text
        return None

    def date(self, number: int, found: Field, pivot: int = 49) -> str | None:
        """An ISO date; of births also a year."""
        for column in self.fields.get(found, ()):
            value = self.value(number, column)
            read = read_date(value, month_first=self.month_first.get(found, False), pivot=pivot)
            self.tell(number, column, read.note, read.text)
            if read.text:
                of_birth = found in (Field.BIRTH, Field.MALE, Field.FEMALE)
                return read.text if of_birth or len(read.text) == _WHOLE_DAY else None
        return None

    def read(self, number: int, found: Field, reader: Callable[[Value], Read[T]]) -> T | None:
        """What a reader makes of the first column of a field that says something."""
        for column in self.fields.get(found, ()):
            read = reader(self.value(number, column))
            self.tell(number, column, read.note, read.value)
            if read.value is not None:
                return read.value
        return None

    def tell(self, number: int, column: Column, note: str, read: object) -> None:
        """Notes the problem of a cell, if there is one."""
        if note:
            value = as_text(self.value(number, column))
            self.note(number, note, at=column, value=value, read=read)

    def note(self, number: int, code: str, *, at: Column | None = None, **told: object) -> None:
        """`number` is the 0-based row, -1 for the sheet."""
        if at is not None:
            told["column"] = at.header
        place = -1 if at is None else at.index
        self.problems.append(Problem(self.table.grid.name, number + 1, code, told, place))
