"""Reading a spreadsheet: a file in, rows out; no database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nhanlucso.exchange.sheets.collecting import uncollected
from nhanlucso.exchange.sheets.counts import CountReader
from nhanlucso.exchange.sheets.decoding import decode
from nhanlucso.exchange.sheets.grids import Grid
from nhanlucso.exchange.sheets.headings import NO_CORRECTIONS
from nhanlucso.exchange.sheets.meanings import Field
from nhanlucso.exchange.sheets.opening import open_grids
from nhanlucso.exchange.sheets.packages import not_a_table
from nhanlucso.exchange.sheets.persons import RowReader
from nhanlucso.exchange.sheets.problems import Problem
from nhanlucso.exchange.sheets.rows import SheetRow, Table
from nhanlucso.exchange.sheets.understanding import (
    ATTENDANCE,
    HEADCOUNTS,
    RESULTS,
    STAFF,
    Dropped,
    Understood,
    kind_of,
    understand,
)
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.language import say as _
from nhanlucso.kernel.stopping import go_on

AUTO = "auto"
KINDS = (AUTO, STAFF, ATTENDANCE, RESULTS, HEADCOUNTS)


@dataclass(frozen=True, slots=True)
class TablePlace:
    """Where a table stands in its sheet; rows 1-based: the first of the headings, the first below them, the last."""

    sheet: str
    heading_top: int
    body: int
    last: int


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What a file says. Row 0 of a problem is the whole sheet.

    `columns` are (sheet, heading, field) as understood, field "" where a heading says nothing known; `shape` is the
    same for lists with the same headings, whatever their names, sheets and rows.
    """

    kind: str
    rows: tuple[SheetRow, ...]
    dropped_columns: tuple[Dropped, ...]
    problems: tuple[Problem, ...]
    columns: tuple[tuple[str, str, str], ...] = ()
    shape: str = ""
    tables: tuple[TablePlace, ...] = ()

    def as_json(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "rows": [row.as_json() for row in self.rows],
            "dropped_columns": [column.as_json() for column in self.dropped_columns],
            "problems": [problem.as_json() for problem in self.problems],
        }


def read_sheet(
    path: Path | str, kind: str = AUTO, *, corrections: Mapping[str, str] = NO_CORRECTIONS
) -> SheetReading:
    """Reads the lists of people, or the head counts, in a file; as `read_grids`, Raises as it and `open_sheets` do."""
    _check(kind, corrections)
    return read_grids(open_sheets(Path(path)), kind, corrections=corrections)


@uncollected()
def open_sheets(path: Path) -> list[Grid]:
    """The visible sheets of a file with all texts in Unicode, to be read as often as wanted.

    Raises Refused: "no_such_file", "encrypted", "truncated", "too_large", "not_a_table", "unknown_encoding".
    """
    grids = []
    for grid in open_grids(path):
        go_on()
        grids.append(decode(grid))
    return grids


@uncollected()
def read_grids(
    grids: Sequence[Grid], kind: str = AUTO, *, corrections: Mapping[str, str] = NO_CORRECTIONS
) -> SheetReading:
    """Reads the lists of people, or the head counts, in the sheets of a file, which stay as they are.

    `corrections` say what headings mean that were not understood rightly: heading as in `SheetReading.columns` →
    name of a `Field`, or "" for a column not to be read. They never open a sensitive column.

    Raises Refused: "not_a_table", "too_large", "bad_kind", "bad_field".
    """
    _check(kind, corrections)
    whole = Understood()
    for grid in grids:
        found = understand(grid, corrections)
        if grid.decoded and found.tables:
            told = {"value": ", ".join(sorted(grid.decoded)).upper()}
            whole.problems.append(Problem(grid.name, 0, "legacy_encoding", told))
        whole.tables += found.tables
        whole.dropped += found.dropped
        whole.columns += found.columns
        whole.problems += found.problems
    if not whole.tables:
        raise not_a_table(
            _("Không tìm thấy bảng danh sách nào trong tệp: cần một dòng tiêu đề có cột họ tên.")
        )
    return _read(whole, kind)


def _check(kind: str, corrections: Mapping[str, str]) -> None:
    if kind not in KINDS:
        raise Refused(
            "bad_kind",
            _("Không có loại danh sách «%(kind)s»; chỉ có %(kinds)s.")
            % {"kind": kind, "kinds": ", ".join(KINDS)},
        )
    for heading, said in corrections.items():
        if said and said not in set(Field):
            raise Refused(
                "bad_field",
                _("Không có trường «%(field)s» cho cột «%(column)s».") % {"field": said, "column": heading},
            )


def _read(whole: Understood, kind: str) -> SheetReading:
    seen = kind_of(whole.tables)
    chosen = seen if kind == AUTO else kind
    problems = whole.problems
    rows: list[SheetRow] = []
    for table in whole.tables:
        go_on()
        if chosen == HEADCOUNTS and table.counts:
            rows += CountReader(table, problems).rows()
        elif chosen != HEADCOUNTS and not table.counts:
            rows += RowReader(table, problems, learning=chosen == RESULTS).rows()
    sheet = whole.tables[0].grid.name
    if chosen != seen:
        problems.append(Problem(sheet, 0, "kind_differs", {"value": chosen, "read": seen}))
    if not rows:
        problems.append(Problem(sheet, 0, "no_rows"))
    order = {table.grid.name: number for number, table in reversed(list(enumerate(whole.tables)))}
    problems.sort(key=lambda problem: (order.get(problem.sheet, -1), problem.row))
    joined = {table.grid.name: table.grid for table in whole.tables if table.grid.parts}
    for row in rows:
        if row.sheet in joined:
            row.sheet, row.row = joined[row.sheet].place(row.row)
    return SheetReading(
        chosen,
        tuple(rows),
        tuple(whole.dropped),
        tuple(_placed(problem, joined) for problem in problems),
        tuple(whole.columns),
        _shape(whole.tables),
        tuple(TablePlace(t.grid.name, t.top + 1, t.body + 1, t.last + 1) for t in whole.tables),
    )


def _placed(problem: Problem, joined: Mapping[str, Grid]) -> Problem:
    """The problem told of the table of a document that its row stands in."""
    if problem.sheet not in joined:
        return problem
    sheet, row = joined[problem.sheet].place(problem.row)
    return replace(problem, sheet=sheet, row=row)


def _shape(tables: list[Table]) -> str:
    """A fingerprint of the different headings in their order."""
    headings = list(dict.fromkeys(table.signature for table in tables))
    return hashlib.sha256(json.dumps(headings, ensure_ascii=True).encode()).hexdigest()[:32]
