"""Reading a spreadsheet: a file in, rows out; no database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nhanlucso.exchange.sheets.decoding import decode
from nhanlucso.exchange.sheets.opening import open_grids
from nhanlucso.exchange.sheets.problems import Problem
from nhanlucso.exchange.sheets.rows import RowReader, SheetRow
from nhanlucso.exchange.sheets.understanding import (
    ATTENDANCE,
    RESULTS,
    STAFF,
    Dropped,
    Understood,
    kind_of,
    understand,
)
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.language import say as _

AUTO = "auto"
KINDS = (AUTO, STAFF, ATTENDANCE, RESULTS)


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What a file says. `columns` are (sheet, heading, field) as understood; row 0 of a problem is the whole sheet."""

    kind: str
    rows: tuple[SheetRow, ...]
    dropped_columns: tuple[Dropped, ...]
    problems: tuple[Problem, ...]
    columns: tuple[tuple[str, str, str], ...] = ()

    def as_json(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "rows": [row.as_json() for row in self.rows],
            "dropped_columns": [column.as_json() for column in self.dropped_columns],
            "problems": [problem.as_json() for problem in self.problems],
        }


def read_sheet(path: Path | str, kind: str = AUTO) -> SheetReading:
    """Reads the lists of people in a file.

    Raises Refused: "no_such_file", "encrypted", "truncated", "too_large", "not_a_table", "unknown_encoding",
    "bad_kind".
    """
    if kind not in KINDS:
        raise Refused(
            "bad_kind",
            _("Không có loại danh sách «%(kind)s»; chỉ có %(kinds)s.")
            % {"kind": kind, "kinds": ", ".join(KINDS)},
        )
    whole = Understood()
    for grid in open_grids(Path(path)):
        decoded = decode(grid)
        found = understand(decoded)
        if decoded.decoded and found.tables:
            told = {"value": ", ".join(sorted(decoded.decoded)).upper()}
            whole.problems.append(Problem(grid.name, 0, "legacy_encoding", told))
        whole.tables += found.tables
        whole.dropped += found.dropped
        whole.columns += found.columns
        whole.problems += found.problems
    if not whole.tables:
        raise Refused(
            "not_a_table",
            _("Không tìm thấy bảng danh sách nào trong tệp: cần một dòng tiêu đề có cột họ tên."),
        )
    return _read(whole, kind)


def _read(whole: Understood, kind: str) -> SheetReading:
    seen = kind_of(whole.tables)
    chosen = seen if kind == AUTO else kind
    problems = whole.problems
    rows: list[SheetRow] = []
    for table in whole.tables:
        rows += RowReader(table, problems, learning=chosen == RESULTS).rows()
    sheet = whole.tables[0].grid.name
    if chosen != seen:
        problems.append(Problem(sheet, 0, "kind_differs", {"value": chosen, "read": seen}))
    if not rows:
        problems.append(Problem(sheet, 0, "no_rows"))
    order = {table.grid.name: number for number, table in reversed(list(enumerate(whole.tables)))}
    problems.sort(key=lambda problem: (order.get(problem.sheet, -1), problem.row))
    return SheetReading(chosen, tuple(rows), tuple(whole.dropped), tuple(problems), tuple(whole.columns))
