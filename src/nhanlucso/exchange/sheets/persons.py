"""From a table to rows: the values of each person, cleaned, and what could not be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from nhanlucso.exchange.sheets import values
from nhanlucso.exchange.sheets.cells import Cells
from nhanlucso.exchange.sheets.dates import is_month_first, read_date
from nhanlucso.exchange.sheets.grids import Value
from nhanlucso.exchange.sheets.groups import split_title_and_unit
from nhanlucso.exchange.sheets.marks import ENGLISH, TICKS, marks_are_english, read_mark, ticks_are_v
from nhanlucso.exchange.sheets.meanings import Field
from nhanlucso.exchange.sheets.paths import Column
from nhanlucso.exchange.sheets.problems import Problem
from nhanlucso.exchange.sheets.rows import KEYS, SheetRow, Table
from nhanlucso.exchange.sheets.values import as_text, says_nothing
from nhanlucso.kernel.text import fold

BIRTH_PIVOT = 12  # nobody on a list of adults was born in 2013 or later: 13 is 1913
_OF_LEARNING = {"progress", "score", "passed", "completed_at"}
_OF_COUNTS = {"count", "qualifier", "audience", "date"}
_NAMES = (Field.FULL_NAME, Field.FAMILY_NAME, Field.GIVEN_NAME)
_ONE_IS_WOMAN = re.compile(r"\b1 ?[:=-]? ?(la )?nu\b|\bnu ?(la )?[:=-]? ?1\b")
_ONE_IS_MAN = re.compile(r"\b1 ?[:=-]? ?(la )?nam\b|\bnam ?(la )?[:=-]? ?1\b")
_FEW = 3  # so many values are needed to doubt a heading


class RowReader(Cells):
    """Reads the people of one table."""

    def __init__(self, table: Table, problems: list[Problem], *, learning: bool) -> None:
        super().__init__(table, problems)
        self.learning = learning
        self._check_headings()
        self.has = self._keys()
        self.month_first = {
            found: is_month_first(self.column_values(found))
            for found in (Field.BIRTH, Field.COMPLETED_AT, Field.ENROLLED_AT)
            if found in self.fields
        }
        names = list(self.column_values(Field.FULL_NAME))
        self.honorifics = 2 * sum(map(values.has_honorific, names)) > len(names)
        progress = [values.read_number(value).value for value in self.column_values(Field.PROGRESS)]
        self.whole_progress = any(read is not None and read > 1 for read in progress)
        self.carried = self._carried_units()
        self.sex_numbers = self._sex_numbers()
        self._find_sex_columns()
        self._find_ticks()

    # -- what the columns hold -------------------------------------------------------------------------------

    def _keys(self) -> frozenset[str]:
        table = self.table
        keys = {found.value for found in self.fields if found.value in KEYS}
        if Field.FAMILY_NAME in self.fields or Field.GIVEN_NAME in self.fields:
            keys.add("full_name")
        if table.unit or any(group for _, group in table.people):
            keys.add("unit")
        if table.course:
            keys.add("course")
        if table.days:
            keys.add("marks")
        if Field.TITLE_UNIT in self.fields:
            keys |= {"title", "unit"}
        if Field.BIRTH_YEAR in self.fields:
            keys.add("birth_date")
        return frozenset(keys - _OF_COUNTS - (set() if self.learning else _OF_LEARNING))

    def _check_headings(self) -> None:
        """Leaves out columns whose values are nothing of what their headings say."""
        for found, fits in (
            (Field.UNIT, _is_worded),
            (Field.TITLE, _is_worded),
            (Field.NATIONAL_ID, _has_digits),
            (Field.EMAIL, lambda text: "@" in text),
        ):
            if found in self.fields and self._fits_nowhere(found, fits):
                column = self.fields.pop(found)[0]
                self.note(self.table.body - 1, "not_of_its_heading", at=column)

    def _fits_nowhere(self, found: Field, fits: Callable[[str], bool]) -> bool:
        seen = 0
        for value in self.column_values(found):
            if text := as_text(value):
                if fits(text):
                    return False
                seen += 1
        return seen >= _FEW

    def _carried_units(self) -> bool:
        """Whether units are typed once and left blank below: each in the first of its rows only."""
        if not any(value in ("", None) for value in self.column_values(Field.UNIT)):
            return False
        texts = [as_text(value) for value in self.column_values(Field.UNIT)]
        typed = [text for text in texts if text]
        again = any(a and a == b for a, b in pairwise(texts))
        grouped = any(group for _, group in self.table.people)
        carried = bool(texts and texts[0]) and not again and not grouped and 2 * len(typed) <= len(texts)
        if carried:
            self.note(self.table.body - 1, "unit_carried_down", at=self.fields[Field.UNIT][0])
        return carried

    def _sex_numbers(self) -> dict[str, str]:
        """What 0, 1 and 2 say in a column of sexes; told once."""
        texts = {text for value in self.column_values(Field.SEX) if (text := as_text(value))}
        if not texts or not texts <= {"0", "1", "2"}:
            return {}
        column = self.fields[Field.SEX][0]
        header = fold(column.header)
        if _ONE_IS_WOMAN.search(header):
            return {"1": "f", "0": "m", "2": "m"}
        if not _ONE_IS_MAN.search(header):
            self.note(self.table.body - 1, "sex_by_number", at=column)
        return {"1": "m", "0": "f", "2": "f"}

    def _find_sex_columns(self) -> None:
        """Whether the columns Nam and Nữ hold births or ticks."""
        cells = [v for f in (Field.MALE, Field.FEMALE) for v in self.column_values(f) if not says_nothing(v)]
        ticks = sum(
            1
            for cell in cells
            if as_text(cell).casefold() in TICKS or as_text(cell) in ("0", "1", "Nam", "Nữ", "v", "V")
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
            key: [self.value(row, column) for row, _ in self.table.people]
            for key, column in self.table.days.items()
        }
        everything = [cell for column in cells.values() for cell in column]
        self.v_is_tick = ticks_are_v(cell for cell in everything if as_text(cell))
        self.english = marks_are_english(cell for cell in everything if as_text(cell))
        self.days = {}
        for key, column in self.table.days.items():
            if any(as_text(cell) for cell in cells[key]):
                self.days[key] = column
            elif cells[key]:
                self.note(-1, "empty_mark_column", at=column)
        if self.v_is_tick and self.days:
            self.note(-1, "tick_v", at=next(iter(self.days.values())))
        if self.english and self.days:
            self.note(-1, "marks_in_english", at=next(iter(self.days.values())))

    # -- rows ------------------------------------------------------------------------------------------------

    def rows(self) -> list[SheetRow]:
        """All rows, from top to bottom; they are filled field by field."""
        sheet, table = self.table.grid.name, self.table
        rows = [SheetRow(sheet, number + 1, self.has) for number in self.numbers]
        self._read_identity(rows)
        self._read_names(rows)
        _fill(rows, "title", self.texts(Field.TITLE))
        _fill(rows, "category", self.texts(Field.CATEGORY))
        _fill(rows, "unit", self._units())
        if Field.TITLE_UNIT in self.fields:
            self._split_titles(rows)
        for row, (_, group) in zip(rows, table.people, strict=True):
            row.unit = row.unit or group or table.unit or None
        _fill(rows, "course", (text or table.course or None for text in self.texts(Field.COURSE)))
        if self.learning:
            self._read_results(rows)
        for key, column in self.days.items():
            for row, value in zip(rows, self.values_of(column, self.numbers), strict=True):
                self._read_mark(row, key, column, value)
        return rows

    def _units(self) -> Iterator[str | None]:
        """The unit that each row names, or the one above it where units are carried down."""
        above = None
        for text in self.texts(Field.UNIT):
            above = text or (above if self.carried else None)
            yield above

    def _read_names(self, rows: Sequence[SheetRow]) -> None:
        columns = [column for found in _NAMES for column in self.fields.get(found, ())]
        parts = [map(as_text, self.values_of(column, self.numbers)) for column in columns]
        for row, texts in zip(
            rows, zip(*parts, strict=True), strict=False
        ):  # without columns of names there are none
            whole = " ".join(filter(None, texts))
            name, more = values.split_name(whole)
            row.full_name = values.read_name(name, honorifics=self.honorifics) or None
            if more:
                self._read_more(row, more)
                self.note(row.row - 1, "name_and_more", at=columns[0], value=whole, read=row.full_name)

    def _read_more(self, row: SheetRow, more: str) -> None:
        """A birth or a phone number written behind the name goes where it belongs, if no column has it."""
        day = read_date(more, pivot=BIRTH_PIVOT)
        phone = values.read_phone(more).value
        if day.text and "birth_date" not in self.has:
            row.birth_date = day.text
            row.has |= {"birth_date"}
        elif phone and "phone" not in self.has:
            row.phone = phone
            row.has |= {"phone"}

    def _read_identity(self, rows: Sequence[SheetRow]) -> None:
        _fill(rows, "birth_date", self.dates(Field.BIRTH, pivot=BIRTH_PIVOT))
        if Field.BIRTH_YEAR in self.fields:
            for row in rows:
                row.birth_date = row.birth_date or self._birth_of_parts(row.row - 1)
        _fill(rows, "sex", self.readings(Field.SEX, self._sex))
        _fill(rows, "phone", self.readings(Field.PHONE, values.read_phone))
        _fill(rows, "national_id", self.readings(Field.NATIONAL_ID, values.read_national_id))
        _fill(rows, "email", self.readings(Field.EMAIL, values.read_email))
        if self.births_by_sex or self.ticked_sex:
            self._read_sex_columns(rows)

    def _sex(self, value: Value) -> values.Read[str]:
        known = self.sex_numbers.get(as_text(value))
        return values.Read(known) if known else values.read_sex(value)

    def _birth_of_parts(self, number: int) -> str | None:
        """Day, month and year in columns of their own; where day or month is missing the year alone."""
        columns = self.fields.get(Field.BIRTH_YEAR, ())
        if not columns or not (year := as_text(self.value(number, columns[0]))):
            return None
        parts = (
            as_text(self.value(number, column)).lstrip("0")
            for found in (Field.BIRTH_DAY, Field.BIRTH_MONTH)
            for column in self.fields.get(found, ())
        )
        known = [part for part in parts if part]
        text = "/".join([*known, year]) if len(known) == 2 else year
        read = read_date(text, pivot=BIRTH_PIVOT)
        if read.note:
            self.note(number, read.note, at=columns[0], value=text, read=read.text)
        return read.text or None

    def _read_sex_columns(self, rows: Sequence[SheetRow]) -> None:
        marked: dict[Field, list[SheetRow]] = {Field.MALE: [], Field.FEMALE: []}
        for row in rows:
            found = [
                sex for sex in marked for column in self.fields.get(sex, ()) if self._is_marked(row, column)
            ]
            if len(found) > 1:
                self.note(row.row - 1, "two_sexes")
            elif found:
                marked[found[0]].append(row)
            elif self.ticked_sex and Field.MALE not in self.fields:
                row.sex = "m"  # one column «Nữ» with ticks: no tick is a man
            elif self.ticked_sex and Field.FEMALE not in self.fields:
                row.sex = "f"
        for sex, those in marked.items():
            _fill(those, "sex", ["m" if sex is Field.MALE else "f"] * len(those))
            if self.births_by_sex:
                numbers = [row.row - 1 for row in those]
                _fill(those, "birth_date", self.dates(sex, numbers, pivot=BIRTH_PIVOT))

    def _is_marked(self, row: SheetRow, column: Column) -> bool:
        value = self.value(row.row - 1, column)
        return not says_nothing(value) and not (self.ticked_sex and as_text(value) == "0")

    def _split_titles(self, rows: Sequence[SheetRow]) -> None:
        """Titles and units that stand in one cell."""
        column = self.fields[Field.TITLE_UNIT][0]
        for row, value in zip(rows, self.values_of(column, self.numbers), strict=True):
            if says_nothing(value):
                continue
            split = split_title_and_unit(value if isinstance(value, str) else as_text(value))
            row.title, row.unit = split.title or None, split.unit or None
            if split.unit and not split.sure:
                self.note(row.row - 1, "unit_in_title", at=column, value=as_text(value), read=split.unit)

    def _read_results(self, rows: Sequence[SheetRow]) -> None:
        _fill(rows, "passed", self.readings(Field.STATE, values.read_state))
        _fill(rows, "score", self.readings(Field.SCORE, values.read_number))
        for column in self.fields.get(Field.PROGRESS, ()):
            for row, value in zip(rows, self.values_of(column, self.numbers), strict=True):
                read = values.read_progress(value, passed=row.passed, whole=self.whole_progress)
                row.progress = read.value
                self.tell(row.row - 1, column, read.note, None)
        _fill(rows, "completed_at", self.dates(Field.COMPLETED_AT))
        _fill(rows, "enrolled_at", self.dates(Field.ENROLLED_AT))

    def _read_mark(self, row: SheetRow, key: str, column: Column, value: Value) -> None:
        status = ENGLISH.get(as_text(value).casefold()) if self.english else None
        if status is None:
            status = read_mark(value, v_is_tick=self.v_is_tick)
        if status is None:
            self.note(row.row - 1, "unknown_mark", at=column, value=as_text(value))
        elif status:
            row.marks[key] = status


def _fill(rows: Sequence[SheetRow], name: str, said: Iterable[object]) -> None:
    """Gives the rows what a field says in each."""
    for row, value in zip(rows, said, strict=True):
        setattr(row, name, value)


def _is_worded(text: str) -> bool:
    return len(text) > 1 and text.casefold() not in TICKS


def _has_digits(text: str) -> bool:
    return sum(map(str.isdigit, text)) >= 4
