"""From a sheet to tables: which column stands for which field, where several claim one, and what the title adds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from nhanlucso.exchange.sheets.grids import Grid
from nhanlucso.exchange.sheets.headings import (
    NO_CORRECTIONS,
    Column,
    Corrections,
    Heading,
    find_headings,
)
from nhanlucso.exchange.sheets.marks import HalfDay
from nhanlucso.exchange.sheets.meanings import Field
from nhanlucso.exchange.sheets.problems import Problem
from nhanlucso.exchange.sheets.rows import Table
from nhanlucso.exchange.sheets.tables import Layout, Person, Walk, looks_like_unit
from nhanlucso.exchange.sheets.values import as_text, is_name

STAFF, ATTENDANCE, RESULTS, HEADCOUNTS = "staff", "attendance", "results", "headcounts"
_YEAR_IN_TITLE = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_COURSE_IN_TITLE = re.compile(
    r"^\s*(?:tên )?(?:khóa học|khoá học|khóa|khoá|chuyên đề|môn học)\s*:\s*(\S.*)$", re.IGNORECASE
)
_SAMPLE = 50


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sensitive column: it was not read."""

    sheet: str
    header: str
    reason: str

    def as_json(self) -> dict[str, object]:
        return {"sheet": self.sheet, "header": self.header, "reason": self.reason}


@dataclass(slots=True)
class Understood:
    """What a sheet holds: its tables, the sensitive columns left out, the columns as understood, the problems."""

    tables: list[Table] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    columns: list[tuple[str, str, str]] = field(default_factory=list)  # sheet, header, field
    problems: list[Problem] = field(default_factory=list)


def understand(grid: Grid, corrections: Corrections = NO_CORRECTIONS) -> Understood:
    """All tables of a sheet; `corrections` say what some headings mean."""
    found = Understood()
    headings = find_headings(grid, corrections)
    group, before = "", None
    for position, heading in enumerate(headings):
        end = headings[position + 1].top if position + 1 < len(headings) else len(grid.rows)
        repeated = before is not None and before.signature == heading.signature
        chooser = _Chooser(grid, heading, found, silent=repeated)
        chooser.choose()
        walk = Walk(chooser.layout(), group if repeated else "")
        people = []
        for item in walk.people(grid, heading, end):
            if isinstance(item, Person):
                people.append((item.row, item.group))
            else:
                found.problems.append(
                    Problem(grid.name, item.row + 1, "row_not_understood", {"value": item.text})
                )
        found.tables.append(chooser.table(people, end))
        group, before = walk.group, heading
    return found


def kind_of(tables: list[Table]) -> str:
    """The kind of list that most people stand on."""
    weight = {STAFF: 0, ATTENDANCE: 0, RESULTS: 0}
    lists = [table for table in tables if not table.counts]
    if not any(table.people for table in lists) and len(lists) < len(tables):
        return HEADCOUNTS
    for table in lists:
        weight[_kind(table)] += 1 + len(table.people)
    return max(weight, key=lambda kind: weight[kind])


def _kind(table: Table) -> str:
    if table.days:
        return ATTENDANCE
    fields = table.fields.keys()
    if Field.PROGRESS in fields or Field.SCORE in fields:
        return RESULTS
    about_course = Field.COURSE in fields or bool(table.course)
    if about_course and fields & {Field.STATE, Field.COMPLETED_AT, Field.ENROLLED_AT}:
        return RESULTS
    return RESULTS if {Field.STATE, Field.COMPLETED_AT} <= fields else STAFF


class _Chooser:
    """Gives each field its columns and each half day its own."""

    def __init__(self, grid: Grid, heading: Heading, found: Understood, *, silent: bool) -> None:
        self.grid, self.heading, self.found, self.silent = grid, heading, found, silent
        self.fields: dict[Field, tuple[Column, ...]] = {}
        self.days: dict[str, Column] = {}
        self.title = [
            as_text(cell) for row in grid.rows[max(0, heading.top - 12) : heading.top] for cell in row if cell
        ]
        if heading.top <= 12:
            self.title[:0] = map(as_text, grid.above)

    def choose(self) -> None:
        for column in self.heading.columns:
            if column.meaning.sensitive:
                self._drop(column)
            elif column.meaning.field is Field.MARK:
                self._take_day(column)
            elif column.meaning.field is not None:
                self._take(column.meaning.field, column)
        self._settle_names()
        if not self.silent:
            for field_, columns in self.fields.items():
                self.found.columns += [(self.grid.name, column.header, field_.value) for column in columns]
            self.found.columns += [(self.grid.name, c.header, f"marks {key}") for key, c in self.days.items()]
            self._tell_unread()

    def _tell_unread(self) -> None:
        """Columns with a heading that nothing was made of."""
        read = {column.index for columns in self.fields.values() for column in columns}
        read |= {column.index for column in self.days.values()}
        self.found.columns += [
            (self.grid.name, column.header, "")
            for column in self.heading.columns
            if column.path and column.index not in read and not column.meaning.sensitive
        ]

    def _drop(self, column: Column) -> None:
        dropped = Dropped(self.grid.name, column.header, column.meaning.sensitive)
        if dropped not in self.found.dropped:
            self.found.dropped.append(dropped)

    def _take(self, wanted: Field, column: Column) -> None:
        taken = self.fields.get(wanted)
        if not taken or wanted is Field.NOTE:
            self.fields[wanted] = (column,)
        elif column.merged_with is not None and wanted in (Field.FULL_NAME, Field.FAMILY_NAME):
            self.fields[wanted] = (*taken, column)
        elif column.merged_with is None and wanted is not Field.SERIAL:
            better = column.meaning.exact and not taken[0].meaning.exact
            kept, left = (column, taken[0]) if better else (taken[0], column)
            self.fields[wanted] = (kept,)
            self._note("column_twice", left, read=kept.header)

    def _take_day(self, column: Column) -> None:
        day = column.half_day
        if day is not None and day.lacks_year:
            day = self._with_year(day, column)
        if day is None:
            self._note("mark_without_date", column)
        elif day.key in self.days:
            self._note("date_twice", column)
        else:
            self.days[day.key] = column

    def _with_year(self, day: HalfDay, column: Column) -> HalfDay | None:
        years = {year for text in self.title for year in _YEAR_IN_TITLE.findall(text)}
        if len(years) != 1:
            return None
        year = years.pop()
        self._note("year_from_title", column, read=year)
        return replace(day, day=f"{year}-{day.day}")

    def _settle_names(self) -> None:
        """«Tên» alone is the whole name; a heading over two columns where merges are not told takes the next one."""
        fields = self.fields
        if Field.GIVEN_NAME in fields and Field.FAMILY_NAME not in fields:
            given = fields.pop(Field.GIVEN_NAME)
            fields.setdefault(Field.FULL_NAME, given)
        if Field.FULL_NAME in fields and Field.GIVEN_NAME in fields:
            fields.pop(Field.GIVEN_NAME), fields.pop(Field.FAMILY_NAME)
        for name in (Field.FULL_NAME, Field.FAMILY_NAME):
            if name in fields and Field.GIVEN_NAME not in fields and len(fields[name]) == 1:
                fields[name] += self._unnamed_next(fields[name][0])

    def _unnamed_next(self, column: Column) -> tuple[Column, ...]:
        """The column right of a name without a heading of its own, if it holds given names."""
        after = next((c for c in self.heading.columns if c.index == column.index + 1), None)
        if after is None or after.path:
            return ()
        rows = self.grid.rows[self.heading.body : self.heading.body + _SAMPLE]
        pairs = [
            (as_text(row[column.index]), as_text(row[after.index]))
            for row in rows
            if after.index < len(row) and is_name(as_text(row[column.index]))
        ]
        given = sum(1 for _, text in pairs if is_name(text) and " " not in text)
        return (after,) if pairs and 10 * given >= 7 * len(pairs) else ()

    def _note(self, code: str, at: Column, **told: object) -> None:
        if not self.silent:
            told["column"] = at.header
            self.found.problems.append(Problem(self.grid.name, self.heading.bottom + 1, code, told, at.index))

    # -- outcome ---------------------------------------------------------------------------------------------

    def _counted(self) -> int | None:
        """The column of numbers, in a table of head counts."""
        named = {Field.FULL_NAME, Field.FAMILY_NAME, Field.GIVEN_NAME, Field.EMAIL} & self.fields.keys()
        counts = self.fields.get(Field.COUNT)
        return counts[0].index if counts and not named else None

    def layout(self) -> Layout:
        apart = {Field.SERIAL, Field.NOTE, Field.FULL_NAME, Field.FAMILY_NAME, Field.GIVEN_NAME}
        names = [
            column.index
            for name in (Field.FULL_NAME, Field.FAMILY_NAME, Field.GIVEN_NAME)
            for column in self.fields.get(name, ())
        ]
        known = [c.index for f, columns in self.fields.items() if f not in apart for c in columns]
        serial = self.fields.get(Field.SERIAL)
        mail = self.fields.get(Field.EMAIL)
        return Layout(
            serial=serial[0].index if serial else None,
            names=tuple(names),
            known=(*known, *(column.index for column in self.days.values())),
            key=mail[0].index if mail and not names else None,
            has_unit=Field.UNIT in self.fields,
            counts=self._counted(),
        )

    def table(self, people: list[tuple[int, str]], end: int) -> Table:
        no_unit = Field.UNIT not in self.fields and not any(group for _, group in people)
        return Table(
            grid=self.grid,
            fields=self.fields,
            days=self.days,
            people=people,
            unit=self.grid.name if no_unit and looks_like_unit(self.grid.name) else "",
            course=next(self._courses(), "") if Field.COURSE not in self.fields else "",
            unit_blocks=self._unit_blocks(),
            top=self.heading.top,
            body=self.heading.body,
            last=end - 1,
            signature=tuple(
                ("marks",) if column.meaning.field is Field.MARK else column.path
                for column in self.heading.columns
            ),
        )

    def _courses(self) -> Iterator[str]:
        for text in self.title:
            if found := _COURSE_IN_TITLE.match(text):
                yield found[1].strip()

    def _unit_blocks(self) -> dict[int, str]:
        """Units that stand once in a merged block for several rows."""
        blocks: dict[int, str] = {}
        for column in self.fields.get(Field.UNIT, ()):
            for merge in self.grid.merges:
                if merge.left == merge.right == column.index and merge.top >= self.heading.body:
                    row = self.grid.rows[merge.top] if merge.top < len(self.grid.rows) else []
                    text = as_text(row[merge.left]) if merge.left < len(row) else ""
                    blocks.update(dict.fromkeys(range(merge.top, merge.bottom + 1), text) if text else {})
        return blocks
