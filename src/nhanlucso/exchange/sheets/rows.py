"""From a table to rows: the values of each person, cleaned, and what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from nhanlucso.exchange.sheets import values
from nhanlucso.exchange.sheets.dates import ReadDate, is_month_first, read_date
from nhanlucso.exchange.sheets.grids import Grid, Value
from nhanlucso.exchange.sheets.headings import Column
from nhanlucso.exchange.sheets.marks import TICKS, read_mark, ticks_are_v
from nhanlucso.exchange.sheets.meanings import Field
from nhanlucso.exchange.sheets.problems import Problem
from nhanlucso.exchange.sheets.values import Read, as_text, says_nothing

T = TypeVar("T")

BIRTH_PIVOT = 12  # nobody on a list of adults was born in 2013 or later: 13 is 1913
_DITTO = frozenset(
    ['"', "''", "nt", "-nt-", "như trên", "- nt -", "//", "-//-", '-"-', '" "', "n.t", "-như trên-"]
)
_REPEATABLE = (Field.TITLE, Field.UNIT, Field.COURSE, Field.CATEGORY)

# The keys of a row as printed, in their order.
KEYS = (
    *("full_name", "birth_date", "sex", "title", "unit", "phone", "national_id", "email"),
    *("course", "progress", "score", "passed", "completed_at", "marks"),
    *("count", "qualifier", "audience", "date"),
)


@dataclass(slots=True)
class SheetRow:
    """One person of one table, or one unit with a head count. `row` is 1-based in the sheet; `has` are its keys.

    `birth_date` is an ISO date or a year; `progress` is in per cent, `score` in the scale of the sheet. `category`
    and `enrolled_at` are read for the import and not printed. `count`, `qualifier` (exact, about, over, nearly,
    under), `audience` and `date` (ISO) are of head counts alone.
    """

    sheet: str
    row: int
    has: frozenset[str]
    full_name: str | None = None
    birth_date: str | None = None
    sex: str | None = None
    title: str | None = None
    unit: str | None = None
    phone: str | None = None
    national_id: str | None = None
    email: str | None = None
    course: str | None = None
    progress: float | None = None
    score: float | None = None
    passed: bool | None = None
    completed_at: str | None = None
    marks: dict[str, str] = field(default_factory=dict)
    count: int | None = None
    qualifier: str | None = None
    audience: str | None = None
    date: str | None = None
    category: str | None = None
    enrolled_at: str | None = None

    def as_json(self) -> dict[str, object]:
        printed = {key: getattr(self, key) for key in KEYS if key in self.has}
        return {"sheet": self.sheet, "row": self.row, **printed}


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose columns are understood: the columns of each field, and the rows (0-based) with their group."""

    grid: Grid
    fields: Mapping[Field, tuple[Column, ...]]
    days: Mapping[str, Column]  # key of a half day -> its column
    people: Sequence[tuple[int, str]]
    unit: str = ""  # what the name of the sheet says
    course: str = ""  # what the title says
    unit_blocks: Mapping[int, str] = field(default_factory=dict)  # row -> unit of a merged block
    top: int = 0  # the first row of the headings
    body: int = 0  # the first row below them
    last: int = 0  # the last row before the next table or the end of the sheet
    signature: tuple[tuple[str, ...], ...] = ()  # the headings of all columns

    @property
    def counts(self) -> bool:
        """Whether its rows are numbers of people, not people."""
        names = (Field.FULL_NAME, Field.FAMILY_NAME, Field.GIVEN_NAME, Field.EMAIL)
        return Field.COUNT in self.fields and not any(name in self.fields for name in names)


class RowReader:
    """Reads the people of one table."""

    def __init__(self, table: Table, problems: list[Problem], *, learning: bool) -> None:
        self.table = table
        self.problems = problems
        self.learning = learning
        self.has = self._keys()
        self.month_first = {
            found: is_month_first(self._column_values(found))
            for found in (Field.BIRTH, Field.COMPLETED_AT, Field.ENROLLED_AT)
            if found in table.fields
        }
        names = list(self._column_values(Field.FULL_NAME))
        self.honorifics = 2 * sum(map(values.has_honorific, names)) > len(names)
        self.above: dict[Field, str] = {}
        self._find_sex_columns()
        self._find_ticks()

    # -- what the columns hold -------------------------------------------------------------------------------

    def _keys(self) -> frozenset[str]:
        table = self.table
        keys = {found.value for found in table.fields if found.value in KEYS}
        if Field.FAMILY_NAME in table.fields or Field.GIVEN_NAME in table.fields:
            keys.add("full_name")
        if table.unit or any(group for _, group in table.people):
            keys.add("unit")
        if table.course:
            keys.add("course")
        if table.days:
            keys.add("marks")
        if not self.learning:
            keys -= {"progress", "score", "passed", "completed_at"}
        return frozenset(keys)

    def _column_values(self, found: Field) -> list[Value]:
        columns = self.table.fields.get(found, ())
        return [self._value(row, column) for row, _ in self.table.people for column in columns[:1]]

    def _value(self, row: int, column: Column) -> Value:
        cells = self.table.grid.rows[row]
        return cells[column.index] if column.index < len(cells) else None

    def _find_sex_columns(self) -> None:
        """Whether the columns Nam and Nữ hold births or ticks."""
        cells = [v for f in (Field.MALE, Field.FEMALE) for v in self._column_values(f) if not says_nothing(v)]
        ticks = sum(
            1 for cell in cells if as_text(cell).casefold() in TICKS or as_text(cell) in ("1", "Nam", "Nữ")
        )
        self.births_by_sex = bool(cells) and 2 * ticks < len(cells)
        self.ticked_sex = bool(cells) and not self.births_by_sex
        extra = {"sex"} if cells else set()
        if self.births_by_sex:
            extra.add("birth_date")
        self.has |= extra

    def _find_ticks(self) -> None:
        """Reads columns of marks as wholes: untouched ones are no absences, small v may be a tick."""
        cells = {
            key: [self._value(row, column) for row, _ in self.table.people]
            for key, column in self.table.days.items()
        }
        everything = [cell for column in cells.values() for cell in column]
        self.v_is_tick = ticks_are_v(cell for cell in everything if as_text(cell))
        self.days = {}
        for key, column in self.table.days.items():
            if any(as_text(cell) for cell in cells[key]):
                self.days[key] = column
            elif cells[key]:
                self._note(-1, "empty_mark_column", at=column)
        if self.v_is_tick and self.days:
            self._note(-1, "tick_v", at=next(iter(self.days.values())))

    # -- rows ------------------------------------------------------------------------------------------------

    def rows(self) -> list[SheetRow]:
        return [self._row(number, group) for number, group in self.table.people]

    def _row(self, number: int, group: str) -> SheetRow:
        row = SheetRow(self.table.grid.name, number + 1, self.has)
        row.full_name = self._full_name(number)
        self._read_identity(row, number)
        row.title = self._text(number, Field.TITLE)
        row.category = self._text(number, Field.CATEGORY)
        row.unit = (
            self.table.unit_blocks.get(number)
            or self._text(number, Field.UNIT)
            or group
            or self.table.unit
            or None
        )
        row.course = self._text(number, Field.COURSE) or self.table.course or None
        if self.learning:
            self._read_result(row, number)
        for key, column in self.days.items():
            self._read_mark(row, number, key, column)
        return row

    def _full_name(self, number: int) -> str | None:
        parts = [
            as_text(self._value(number, column))
            for found in (Field.FULL_NAME, Field.FAMILY_NAME, Field.GIVEN_NAME)
            for column in self.table.fields.get(found, ())
        ]
        return values.read_name(" ".join(filter(None, parts)), honorifics=self.honorifics) or None

    def _read_identity(self, row: SheetRow, number: int) -> None:
        row.birth_date = self._date(number, Field.BIRTH, BIRTH_PIVOT)
        row.sex = self._read(number, Field.SEX, values.read_sex)
        row.phone = self._read(number, Field.PHONE, values.read_phone)
        row.national_id = self._read(number, Field.NATIONAL_ID, values.read_national_id)
        row.email = self._read(number, Field.EMAIL, values.read_email)
        if self.births_by_sex or self.ticked_sex:
            self._read_sex_columns(row, number)

    def _read_sex_columns(self, row: SheetRow, number: int) -> None:
        marked = [
            (sex, found)
            for sex, found in (("m", Field.MALE), ("f", Field.FEMALE))
            for column in self.table.fields.get(found, ())
            if not says_nothing(self._value(number, column))
        ]
        if len(marked) > 1:
            self._note(number, "two_sexes")
            return
        if marked:
            row.sex = marked[0][0]
            if self.births_by_sex:
                row.birth_date = self._date(number, marked[0][1], BIRTH_PIVOT)
        elif self.ticked_sex and Field.MALE not in self.table.fields:
            row.sex = "m"  # one column «Nữ» with ticks: no tick is a man
        elif self.ticked_sex and Field.FEMALE not in self.table.fields:
            row.sex = "f"

    def _read_result(self, row: SheetRow, number: int) -> None:
        row.passed = self._read(number, Field.STATE, values.read_state)
        row.score = self._read(number, Field.SCORE, values.read_number)
        for column in self.table.fields.get(Field.PROGRESS, ()):
            read = values.read_progress(self._value(number, column), passed=row.passed)
            row.progress = read.value
            self._tell(number, column, read.note, None)
        row.completed_at = self._date(number, Field.COMPLETED_AT)
        row.enrolled_at = self._date(number, Field.ENROLLED_AT)

    def _read_mark(self, row: SheetRow, number: int, key: str, column: Column) -> None:
        value = self._value(number, column)
        status = read_mark(value, v_is_tick=self.v_is_tick)
        if status is None:
            self._note(number, "unknown_mark", at=column, value=as_text(value))
        elif status:
            row.marks[key] = status

    # -- cells -----------------------------------------------------------------------------------------------

    def _text(self, number: int, found: Field) -> str | None:
        for column in self.table.fields.get(found, ()):
            value = self._value(number, column)
            text = as_text(value)
            if not text and isinstance(value, str) and value.strip():
                self._note(number, "error_value", at=column, value=value.strip())
            if text.casefold() in _DITTO and found in _REPEATABLE:
                return self.above.get(found)
            if text and not says_nothing(text):
                self.above[found] = text
                return text
        return None

    def _date(self, number: int, found: Field, pivot: int = 49) -> str | None:
        for column in self.table.fields.get(found, ()):
            value = self._value(number, column)
            read: ReadDate = read_date(value, month_first=self.month_first.get(found, False), pivot=pivot)
            self._tell(number, column, read.note, read.text)
            if read.text:
                return (
                    read.text
                    if found in (Field.BIRTH, Field.MALE, Field.FEMALE) or len(read.text) == 10
                    else None
                )
        return None

    def _read(self, number: int, found: Field, reader: Callable[[Value], Read[T]]) -> T | None:
        for column in self.table.fields.get(found, ()):
            read = reader(self._value(number, column))
            self._tell(number, column, read.note, read.value)
            if read.value is not None:
                return read.value
        return None

    def _tell(self, number: int, column: Column, note: str, read: object) -> None:
        if note:
            value = as_text(self._value(number, column))
            self._note(number, note, at=column, value=value, read=read)

    def _note(self, number: int, code: str, *, at: Column | None = None, **told: object) -> None:
        if at is not None:
            told["column"] = at.header
        place = -1 if at is None else at.index
        self.problems.append(Problem(self.table.grid.name, number + 1, code, told, place))
