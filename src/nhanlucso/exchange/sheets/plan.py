"""What an import would do, row by row, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from nhanlucso.exchange.sheets.problems import Problem
from nhanlucso.exchange.sheets.rows import SheetRow
from nhanlucso.exchange.sheets.understanding import Dropped
from nhanlucso.kernel.clock import EVER
from nhanlucso.learning.services import ResultData
from nhanlucso.orgs.models import Unit
from nhanlucso.people.services import PersonData, PostData
from nhanlucso.training.services.marks import MarkData


class Outcome(StrEnum):
    """What becomes of a row."""

    CREATED = "created"
    UPDATED = "updated"
    MATCHED = "matched"
    AMBIGUOUS = "ambiguous"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What an import is asked to do.

    unit: people and units are looked for in its subtree on the day `on` (None: the first day of the marks, else today,
    else the last day of a unit that has ended); category: for new people whose title
    does not tell theirs (empty: unknown, they do not count as staff); since: first day of new posts; sessions:
    primary keys of those that marks may go to (none: the sessions that the unit hosts on those days).
    """

    unit: Unit
    on: date | None = None
    sessions: tuple[int, ...] = ()
    category: str = ""
    since: date = EVER


@dataclass(frozen=True, slots=True)
class Ground:
    """What the rows of an import are matched against."""

    unit: Unit
    on: date
    category: str
    since: date


@dataclass(slots=True)
class PlannedRow:
    """One row and what becomes of it. `candidates` are ids of persons whom it may mean, `columns` what changes."""

    sheet: str
    row: int
    outcome: Outcome
    name: str
    code: str = ""
    candidates: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        printed: dict[str, object] = {
            "sheet": self.sheet,
            "row": self.row,
            "outcome": self.outcome.value,
            "name": self.name,
        }
        if self.code:
            printed["code"] = self.code
        if self.candidates:
            printed["candidates"] = list(self.candidates)
        if self.columns:
            printed["columns"] = list(self.columns)
        return printed


@dataclass(slots=True)
class ImportPlan:
    """All that an import would write, and what is said of it."""

    kind: str
    dropped_columns: tuple[Dropped, ...] = ()
    rows: list[PlannedRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    new_people: list[tuple[PersonData, PostData]] = field(default_factory=list)
    new_posts: list[tuple[int, PostData]] = field(default_factory=list)  # person
    changes: dict[int, dict[str, str]] = field(default_factory=dict)  # person -> fields of PersonData
    post_changes: dict[int, dict[str, str]] = field(default_factory=dict)  # post -> empty columns to fill
    marks: list[MarkData] = field(default_factory=list)
    results: list[ResultData] = field(default_factory=list)
    dry_run: bool = True

    def count(self, outcome: Outcome) -> int:
        return sum(1 for row in self.rows if row.outcome is outcome)

    @property
    def writes(self) -> bool:
        return any(
            (
                self.new_people,
                self.new_posts,
                self.changes,
                self.post_changes,
                self.marks,
                self.results,
            )
        )

    def settle(
        self,
        row: SheetRow,
        outcome: Outcome,
        code: str = "",
        *,
        candidates: Iterable[str] = (),
        columns: Iterable[str] = (),
        **told: object,
    ) -> None:
        """Notes what becomes of a row; with a code also the problem that says why."""
        name = row.full_name or row.email or ""
        self.rows.append(
            PlannedRow(row.sheet, row.row, outcome, name, code, tuple(candidates), tuple(columns))
        )
        if code:
            self.tell(row, code, **told)

    def tell(self, row: SheetRow, code: str, **told: object) -> None:
        self.problems.append(Problem(row.sheet, row.row, code, {"name": row.full_name or "", **told}))

    def as_json(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "dry_run": self.dry_run,
            **{outcome.value: self.count(outcome) for outcome in Outcome},
            "marks": len(self.marks),
            "results": len(self.results),
            "rows": [row.as_json() for row in self.rows],
            "dropped_columns": [column.as_json() for column in self.dropped_columns],
            "problems": [problem.as_json() for problem in self.problems],
        }
