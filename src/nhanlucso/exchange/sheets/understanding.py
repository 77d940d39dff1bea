"""From a sheet to tables: headings, columns, people, and what titles, groups and merged blocks add."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from nhanlucso.exchange.sheets.choosing import Chooser
from nhanlucso.exchange.sheets.grids import Grid, Value
from nhanlucso.exchange.sheets.groups import Groups
from nhanlucso.exchange.sheets.headings import NO_CORRECTIONS, Corrections, Heading, find_headings
from nhanlucso.exchange.sheets.meanings import Field
from nhanlucso.exchange.sheets.packages import too_long
from nhanlucso.exchange.sheets.paths import Column
from nhanlucso.exchange.sheets.problems import Problem
from nhanlucso.exchange.sheets.rows import Table
from nhanlucso.exchange.sheets.tables import Person, Walk
from nhanlucso.exchange.sheets.titles import Title, unit_of_sheet
from nhanlucso.exchange.sheets.values import as_text
from nhanlucso.kernel.stopping import steadily

STAFF, ATTENDANCE, RESULTS, HEADCOUNTS = "staff", "attendance", "results", "headcounts"
MOST_LISTED = 200_000  # people below one heading: three times the staff of a large province
_IN_BLOCKS = (Field.UNIT, Field.TITLE, Field.COURSE, Field.CATEGORY, Field.TITLE_UNIT, Field.AUDIENCE)


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


@dataclass(slots=True)
class _Draft:
    """A table with the people found so far; headings repeated at page breaks go on with it."""

    heading: Heading
    chooser: Chooser
    title: Title
    groups: Groups
    people: list[Person] = field(default_factory=list)
    end: int = 0


def understand(grid: Grid, corrections: Corrections = NO_CORRECTIONS) -> Understood:
    """All tables of a sheet; `corrections` say what some headings mean. Raises Refused("too_large")."""
    grid = replace(grid, rows=[*grid.rows])
    found = Understood()
    drafts: list[_Draft] = []
    headings = find_headings(grid, corrections)
    last = -1
    for position, heading in enumerate(headings):
        end = headings[position + 1].top if position + 1 < len(headings) else len(grid.rows)
        if not drafts or drafts[-1].heading.signature != heading.signature:
            title = Title.above(grid, last + 1, heading.top)
            drafts.append(_Draft(heading, _chosen(grid, heading, title, found), title, Groups()))
        draft = drafts[-1]
        draft.end = end
        _fill_blocks(grid, heading, end, draft.chooser)
        people = _people(grid, heading, end, Walk(draft.chooser.layout(), draft.groups), found)
        draft.people += people
        last = people[-1].row if people else heading.bottom
    found.tables = [_table(grid, draft) for draft in drafts]
    return found


def _chosen(grid: Grid, heading: Heading, title: Title, found: Understood) -> Chooser:
    def tell(code: str, at: Column, **told: object) -> None:
        told["column"] = at.header
        found.problems.append(Problem(grid.name, heading.bottom + 1, code, told, at.index))

    chooser = Chooser(grid, heading, title, tell)
    for column in chooser.sensitive:
        dropped = Dropped(grid.name, column.header, column.meaning.sensitive)
        if dropped not in found.dropped:
            found.dropped.append(dropped)
    found.columns += chooser.listed()
    return chooser


def _people(grid: Grid, heading: Heading, end: int, walk: Walk, found: Understood) -> list[Person]:
    people = []
    for number, item in enumerate(steadily(walk.people(grid, heading, end))):
        if number > MOST_LISTED:
            raise too_long(MOST_LISTED)
        if isinstance(item, Person):
            people.append(item)
        else:
            found.problems.append(
                Problem(grid.name, item.row + 1, "row_not_understood", {"value": item.text})
            )
    return people


def _table(grid: Grid, draft: _Draft) -> Table:
    heading, chooser, people, title = draft.heading, draft.chooser, draft.people, draft.title
    named = Field.UNIT in chooser.fields or Field.TITLE_UNIT in chooser.fields
    grouped = any(person.group for person in people)
    above = "" if named or grouped else title.unit or unit_of_sheet(grid.name)
    blocks = not (named or grouped or above)  # a block is a unit only where nothing else is
    return Table(
        grid=grid,
        fields=chooser.fields,
        days=chooser.days,
        people=[(person.row, person.group or (person.block if blocks else "")) for person in people],
        unit=above,
        course=title.course if Field.COURSE not in chooser.fields else "",
        undated=bool(chooser.undated),
        top=heading.top,
        body=heading.body,
        last=draft.end - 1,
        signature=tuple(
            ("marks",) if column.meaning.field is Field.MARK else column.path for column in heading.columns
        ),
    )


def _fill_blocks(grid: Grid, heading: Heading, end: int, chooser: Chooser) -> None:
    """Gives merged blocks their value in each of their rows, and marks merged over days in each of their columns."""
    down = {column.index for found in _IN_BLOCKS for column in chooser.fields.get(found, ())}
    across = {column.index for column in chooser.days.values()}
    for merge in grid.merges:
        if not heading.body <= merge.top < end:
            continue
        tall = merge.left == merge.right and merge.left in down
        wide = merge.top == merge.bottom and merge.right > merge.left and merge.left in across
        value = grid.rows[merge.top][merge.left] if merge.left < len(grid.rows[merge.top]) else ""
        if not (tall or wide) or not as_text(value):
            continue
        for row in range(merge.top, min(merge.bottom, end - 1) + 1):
            for column in range(merge.left, merge.right + 1):
                _set(grid.rows, row, column, value)


def _set(rows: list[list[Value]], row: int, column: int, value: Value) -> None:
    """Puts a value in a row of its own: the sheet that was opened stays as it is."""
    cells = rows[row]
    rows[row] = [*cells[:column], *[""] * (column - len(cells)), value, *cells[column + 1 :]]


def kind_of(tables: list[Table]) -> str:
    """The kind of list that most people stand on; head counts only where there are no people."""
    weight = {STAFF: 0, ATTENDANCE: 0, RESULTS: 0}
    lists = [table for table in tables if not table.counts]
    if not any(table.people for table in lists) and len(lists) < len(tables):
        return HEADCOUNTS
    for table in lists:
        weight[_kind(table)] += 1 + len(table.people)
    return max(weight, key=lambda kind: weight[kind])


def _kind(table: Table) -> str:
    if table.days or table.undated:
        return ATTENDANCE
    fields = table.fields.keys()
    if Field.PROGRESS in fields or Field.SCORE in fields:
        return RESULTS
    about_course = Field.COURSE in fields or bool(table.course)
    if about_course and fields & {Field.STATE, Field.COMPLETED_AT, Field.ENROLLED_AT}:
        return RESULTS
    return RESULTS if {Field.STATE, Field.COMPLETED_AT} <= fields else STAFF
