"""The cells of a table by field, and what is told of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
        self.numbers = [number for number, _ in table.people]
        self.fields: dict[Field, tuple[Column, ...]] = dict(table.fields)
        self.month_first: dict[Field, bool] = {}
        self.above: dict[Field, str] = {}
        self._plain: set[str] = set()  # texts that were seen to be neither a ditto mark nor nothing

    def column_values(self, found: Field) -> list[Value]:
        """The values of all rows in the first column of a field."""
        columns = self.fields.get(found, ())
        return self.values_of(columns[0], self.numbers) if columns else []

    def values_of(self, column: Column, numbers: Sequence[int]) -> list[Value]:
        """The values of these rows in a column."""
        rows, place = self.table.grid.rows, column.index
        return [row[place] if place < len(row) else None for row in map(rows.__getitem__, numbers)]

    def value(self, row: int, column: Column) -> Value:
        cells = self.table.grid.rows[row]
        return cells[column.index] if column.index < len(cells) else None

    def texts(self, found: Field) -> list[str | None]:
        """The text of each row; a ditto mark is the text above."""
        if found not in self.fields:
            return [None] * len(self.numbers)
        return [self._text(number, found) for number in self.numbers]

    def _text(self, number: int, found: Field) -> str | None:
        for column in self.fields[found]:
            value = self.value(number, column)
            text = as_text(value)
            if text in self._plain:
                self.above[found] = text
                return text
            if not text and isinstance(value, str) and value.strip():
                self.note(number, "error_value", at=column, value=value.strip())
            if text.casefold() in _DITTO and found in _REPEATABLE:
                return self.above.get(found)
            if text and not says_nothing(text):
                self._plain.add(text)
                self.above[found] = text
                return text
        return None

    def dates(
        self, found: Field, numbers: Sequence[int] | None = None, *, pivot: int = 49
    ) -> list[str | None]:
        """An ISO date, of births also a year, of each of these rows (None: of all)."""
        month_first = self.month_first.get(found, False)

        def reader(value: Value) -> Read[str]:
            read = read_date(value, month_first=month_first, pivot=pivot)
            return Read(read.text, read.note)

        read = self.readings(found, reader, numbers)
        if found in (Field.BIRTH, Field.MALE, Field.FEMALE):
            return read
        return [text if text and len(text) == _WHOLE_DAY else None for text in read]

    def readings(
        self, found: Field, reader: Callable[[Value], Read[T]], numbers: Sequence[int] | None = None
    ) -> list[T | None]:
        """What a reader makes, in each of these rows (None: in all), of the first column of a field that says
        something; equal texts are read once."""
        numbers = self.numbers if numbers is None else numbers
        said: list[T | None] = [None] * len(numbers)
        for column in self.fields.get(found, ()):
            kept: dict[str, Read[T]] = {}
            for place, value in enumerate(self.values_of(column, numbers)):
                if value is None or value == "" or said[place] is not None:
                    continue
                read = kept.get(value) if isinstance(value, str) else None
                if read is None:
                    read = reader(value)
                    if isinstance(value, str):
                        kept[value] = read
                if read.note:
                    self.tell(numbers[place], column, read.note, read.value)
                if read.value != "":
                    said[place] = read.value
        return said

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
