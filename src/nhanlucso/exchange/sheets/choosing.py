"""Gives each field its columns and each half day its own; tells where several claim one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from nhanlucso.exchange.sheets.grids import Grid
from nhanlucso.exchange.sheets.groups import is_like_a_person, looks_like_unit
from nhanlucso.exchange.sheets.headings import Heading
from nhanlucso.exchange.sheets.marks import HalfDay
from nhanlucso.exchange.sheets.meanings import Field, Meaning
from nhanlucso.exchange.sheets.paths import Column
from nhanlucso.exchange.sheets.tables import Layout
from nhanlucso.exchange.sheets.titles import Title
from nhanlucso.exchange.sheets.values import as_text, is_name
from nhanlucso.kernel.text import fold

_SAMPLE = 50
_LESS_WANTED = re.compile(
    r"\b(co quan|co dinh|ban|nha rieng|nguoi than|gia dinh|truoc|cu|sau sap nhap|khac|phu|du phong|fax|quan ly)\b"
)
_MORE_WANTED = re.compile(r"\b(di dong|ca nhan|hien nay|hien tai|cong vu|tong|cuoi khoa|zalo)\b")
_NAMES = (Field.FULL_NAME, Field.FAMILY_NAME, Field.GIVEN_NAME)
_ONE_DAY = ("diem danh", "co mat", "tham gia", "tham du")
_SESSION = re.compile(r"\b(buoi|ca|tiet|lan|phien)\b")
Tell = Callable[..., None]  # code, column, what is told


class Chooser:
    """The columns of one heading block by field. `tell` is called with code, column and details of a doubt."""

    def __init__(self, grid: Grid, heading: Heading, title: Title, tell: Tell) -> None:
        self.grid, self.heading, self.title, self.tell = grid, heading, title, tell
        self.fields: dict[Field, tuple[Column, ...]] = {}
        self.days: dict[str, Column] = {}
        self.undated: list[Column] = []
        self.sensitive: list[Column] = []
        self._choose()

    def _choose(self) -> None:
        for column in self.heading.columns:
            if column.meaning.sensitive:
                self.sensitive.append(column)
            elif column.meaning.field is Field.MARK:
                self._take_day(column)
            elif column.meaning.field not in (None, Field.OTHER):
                self._take(column.meaning.field or Field.OTHER, column)
        self._settle_names()
        self._unnamed_units()
        if not self.days and not self.undated:
            self._one_day()
        if Field.TITLE_UNIT in self.fields and (Field.TITLE in self.fields or Field.UNIT in self.fields):
            wanted = Field.UNIT if Field.TITLE in self.fields else Field.TITLE
            columns = self.fields.pop(Field.TITLE_UNIT)
            self.fields.setdefault(wanted, columns)

    def _take(self, wanted: Field, column: Column) -> None:
        taken = self.fields.get(wanted)
        if not taken:
            self.fields[wanted] = (column,)
        elif wanted is Field.NOTE or (
            column.merged_with is not None and wanted in (Field.FULL_NAME, Field.FAMILY_NAME)
        ):
            self.fields[wanted] = (*taken, column)
        elif column.merged_with is None and wanted is not Field.SERIAL:
            better = _worth(column) > _worth(taken[0])
            kept, left = (column, taken[0]) if better else (taken[0], column)
            self.fields[wanted] = (kept,)
            beside = self._people_in(left) if wanted is Field.FULL_NAME else 0
            if beside:
                self.tell("table_beside", left, value=beside)
            else:
                self.tell("column_twice", left, read=kept.header)

    def _people_in(self, column: Column) -> int:
        """How many names stand in a second column of the same heading: those of a table beside this one."""
        names = [c for c in self.heading.columns if c.path == column.path]
        rows = self.grid.rows[self.heading.body :]
        cells = (as_text(row[column.index]) for row in rows if column.index < len(row))
        return sum(is_name(cell) and " " in cell for cell in cells) if len(names) > 1 else 0

    # -- days --------------------------------------------------------------------------------------------------

    def _take_day(self, column: Column) -> None:
        day = self._whole_day(column)
        if day is None:
            self.undated.append(column)
            self.tell("mark_without_date", column)
        elif day.key in self.days:
            self._take_again(day, column)
        else:
            self.days[day.key] = column

    def _whole_day(self, column: Column) -> HalfDay | None:
        """The day of a column, with what only the title tells of it."""
        day = column.half_day
        if day is None or len(day.day) == len("2024-01-31"):
            return day
        told = {"": self.title.day, "DD": self.title.month, "MM-DD": self.title.year}
        shape = {0: "", 2: "DD", 5: "MM-DD"}[len(day.day)]
        above = told[shape]()
        if not above:
            return None
        code = {"": "day_from_title", "DD": "month_from_title", "MM-DD": "year_from_title"}[shape]
        self.tell(code, column, read=above)
        return replace(day, day="-".join(filter(None, (above, day.day))))

    def _take_again(self, day: HalfDay, column: Column) -> None:
        """Two columns for one day without halves are its morning and its afternoon; more are one too many."""
        first = self.days[day.key]
        if day.half or f"{day.day} pm" in self.days or not _SESSION.search(fold(column.header)):
            self.tell("date_twice", column)
            return
        self.days = {(f"{key} am" if key == day.key else key): taken for key, taken in self.days.items()} | {
            f"{day.day} pm": column
        }
        self.tell("halves_by_order", column, read=first.header)

    def _one_day(self) -> None:
        """A single column «Điểm danh» where the title names the day."""
        day = self.title.day()
        columns = [c for c in self.heading.columns if c.path and fold(c.path[-1]).strip(" .:") in _ONE_DAY]
        if day and len(columns) == 1:
            self.days[day] = replace(columns[0], meaning=Meaning(Field.MARK))
            self.tell("day_from_title", columns[0], read=day)

    # -- names -------------------------------------------------------------------------------------------------

    def _settle_names(self) -> None:
        """«Tên» alone is the whole name; a heading over two columns where merges are not told takes the next one."""
        fields = self.fields
        if Field.GIVEN_NAME in fields and Field.FAMILY_NAME not in fields:
            given = fields.pop(Field.GIVEN_NAME)
            fields.setdefault(Field.FULL_NAME, given)
        if Field.FULL_NAME in fields and Field.GIVEN_NAME in fields:
            fields.pop(Field.GIVEN_NAME), fields.pop(Field.FAMILY_NAME)
        elif Field.FULL_NAME in fields and Field.FAMILY_NAME in fields:
            fields.pop(Field.FAMILY_NAME)
        for name in (Field.FULL_NAME, Field.FAMILY_NAME):
            if name in fields and Field.GIVEN_NAME not in fields and len(fields[name]) == 1:
                fields[name] += self._unnamed_next(fields[name][0])

    def _unnamed_next(self, column: Column) -> tuple[Column, ...]:
        """The column right of a name without a heading of its own, if it holds given names."""
        after = next((c for c in self.heading.columns if c.index == column.index + 1), None)
        if after is not None and after.path:
            return ()
        place = column.index + 1
        rows = self.grid.rows[self.heading.body : self.heading.body + _SAMPLE]
        pairs = [
            (as_text(row[column.index]), as_text(row[place]))
            for row in rows
            if place < len(row) and is_name(as_text(row[column.index]))
        ]
        given = sum(1 for _, text in pairs if is_name(text) and " " not in text)
        found = (after or Column(place, ()),)
        return found if pairs and 10 * given >= 7 * len(pairs) else ()

    def _unnamed_units(self) -> None:
        """A column without a heading that holds nothing but units."""
        if Field.UNIT in self.fields or Field.TITLE_UNIT in self.fields or Field.FULL_NAME not in self.fields:
            return
        for column in self.heading.columns:
            if column.path or column in self.fields[Field.FULL_NAME]:
                continue
            rows = self.grid.rows[self.heading.body : self.heading.body + _SAMPLE]
            cells = [row[column.index] for row in rows if column.index < len(row)]
            texts = [text for cell in cells if (text := as_text(cell))]
            if texts and all(looks_like_unit(t) and not is_like_a_person(t) for t in texts):
                self.fields[Field.UNIT] = (column,)
                return

    # -- outcome -----------------------------------------------------------------------------------------------

    def listed(self) -> list[tuple[str, str, str]]:
        """Sheet, heading and field of each column with a heading, sensitive ones apart."""
        read = {column.index: found.value for found, columns in self.fields.items() for column in columns}
        read |= {column.index: f"marks {key}" for key, column in self.days.items()}
        return [
            (self.grid.name, column.header, read.get(column.index, ""))
            for column in self.heading.columns
            if column.path and not column.meaning.sensitive
        ]

    def layout(self) -> Layout:
        """What tells persons from other rows."""
        apart = {Field.SERIAL, Field.NOTE, *_NAMES}
        names = [column.index for name in _NAMES for column in self.fields.get(name, ())]
        known = [c.index for f, columns in self.fields.items() if f not in apart for c in columns]
        counts = self.fields.get(Field.COUNT) if not names and Field.EMAIL not in self.fields else None
        return Layout(
            serial=self._first(Field.SERIAL),
            names=tuple(names),
            known=(*known, *(column.index for column in self.days.values())),
            key=self._first(Field.EMAIL),
            has_unit=Field.UNIT in self.fields,
            counts=counts[0].index if counts else None,
            unit=self._first(Field.UNIT),
        )

    def _first(self, wanted: Field) -> int | None:
        columns = self.fields.get(wanted)
        return columns[0].index if columns else None


def _worth(column: Column) -> tuple[int, int, int]:
    """How much a column is wanted for its field: «Di động» before «Cố định», known words before likenesses."""
    header = fold(column.header)
    words = bool(_MORE_WANTED.search(header)) - bool(_LESS_WANTED.search(fold(column.path[-1])))
    return words, int(column.meaning.exact), -column.meaning.rank
