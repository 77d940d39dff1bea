"""What an import would do, row by row, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from nhanlucso.exchange.sheets.problems import Problem
from nhanlucso.exchange.sheets.rows import SheetRow
from nhanlucso.exchange.sheets.understanding import Dropped
from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.learning.services import ResultData
from nhanlucso.orgs.models import Unit
from nhanlucso.people.services import PersonData, PostData
from nhanlucso.training.services.head_counts import HeadCountData
from nhanlucso.training.services.marks import MarkData

NEW, SKIP = "new", "skip"  # what may be decided of a row besides a person


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

    decisions: what a person decided of a row, (sheet, row) → uid of a person, NEW or SKIP. units: what a person said
    of a name of a unit as the list writes it → uid of a unit, or SKIP.
    """

    unit: Unit
    on: date | None = None
    sessions: tuple[int, ...] = ()
    category: str = ""
    since: date = EVER
    decisions: Mapping[tuple[str, int], str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ground:
    """What the rows of an import are matched against."""

    unit: Unit
    on: date
    category: str
    since: date


class CandidateRow(NamedTuple):
    """A person whom a row may mean, as shown: `birth` an ISO date or year, `unit` and `title` those of the post on
    the day of the import (else the last one), `probability` 0–1, `reasons` codes of `reasons.WORDS`."""

    uid: str
    full_name: str
    birth: str
    unit: str
    title: str
    probability: float
    reasons: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "uid": self.uid,
            "full_name": self.full_name,
            "birth": self.birth,
            "unit": self.unit,
            "title": self.title,
            "probability": round(self.probability, 2),
            "reasons": list(self.reasons),
        }


@dataclass(frozen=True, slots=True)
class LikelyUnit:
    """A unit that a name may mean: its name and validity, the names above it then, nearest first, how like the name
    is (0–1), and, if it has ended, what became of it (`divided`: it went to several)."""

    uid: str
    name: str
    above: tuple[str, ...]
    valid_from: date
    valid_to: date
    likeness: float
    became: tuple[str, ...] = ()
    divided: bool = False

    def as_json(self) -> dict[str, object]:
        return {
            "uid": self.uid,
            "name": self.name,
            "above": list(self.above),
            "valid_from": "" if self.valid_from == EVER else self.valid_from.isoformat(),
            "valid_to": "" if self.valid_to == ALWAYS else self.valid_to.isoformat(),
            "likeness": round(self.likeness, 2),
            "became": list(self.became),
            "divided": self.divided,
        }


@dataclass(frozen=True, slots=True)
class UnknownUnit:
    """A name of a unit that does not tell one unit: as first written, the (sheet, row) that bear it, the likely units,
    the likeliest first; `several`: it is the name of each of them. To be answered in `ImportRequest.units`."""

    name: str
    rows: tuple[tuple[str, int], ...]
    likely: tuple[LikelyUnit, ...]
    several: bool = False

    def as_json(self) -> dict[str, object]:
        return {
            "name": self.name,
            "rows": [{"sheet": sheet, "row": row} for sheet, row in self.rows],
            "likely": [unit.as_json() for unit in self.likely],
            "several": self.several,
        }


@dataclass(slots=True)
class PlannedRow:
    """One row and what becomes of it.

    `candidates`: the person whom it means, or of an ambiguous row those whom it may mean, the likeliest first; of a
    new person those who are merely alike. `columns`: what changes. `decided`: what a person decided of it.
    """

    sheet: str
    row: int
    outcome: Outcome
    name: str
    code: str = ""
    candidates: tuple[CandidateRow, ...] = ()
    columns: tuple[str, ...] = ()
    decided: str = ""

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
            printed["candidates"] = [candidate.as_json() for candidate in self.candidates]
        if self.columns:
            printed["columns"] = list(self.columns)
        if self.decided:
            printed["decided"] = self.decided
        return printed


@dataclass(frozen=True, slots=True)
class PlannedCount:
    """A head count of a class (primary key): new, or in place of one that stands (`known`)."""

    training_class: int
    data: HeadCountData
    known: int | None = None


@dataclass(slots=True)
class ImportPlan:
    """All that an import would write, and what is said of it. `act`: uid of what it did in the journal, once it is
    done; "" if it wrote nothing."""

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
    counts: list[PlannedCount] = field(default_factory=list)
    unknown_units: list[UnknownUnit] = field(default_factory=list)
    dry_run: bool = True
    act: str = ""

    def count(self, outcome: Outcome) -> int:
        return sum(1 for row in self.rows if row.outcome is outcome)

    @property
    def doubts(self) -> list[PlannedRow]:
        """The rows that wait for a person to decide whom they mean."""
        return [row for row in self.rows if row.outcome is Outcome.AMBIGUOUS]

    @property
    def decided(self) -> list[PlannedRow]:
        """The rows that a person has decided; decided otherwise, they become otherwise."""
        return [row for row in self.rows if row.decided]

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
                self.counts,
            )
        )

    def settle(
        self,
        row: SheetRow,
        outcome: Outcome,
        code: str = "",
        *,
        candidates: Iterable[CandidateRow] = (),
        columns: Iterable[str] = (),
        decided: str = "",
        **told: object,
    ) -> None:
        """Notes what becomes of a row; with a code also the problem that says why."""
        name = row.full_name or row.email or row.unit or ""
        self.rows.append(
            PlannedRow(row.sheet, row.row, outcome, name, code, tuple(candidates), tuple(columns), decided)
        )
        if code:
            self.tell(row, code, **told)

    def tell(self, row: SheetRow, code: str, **told: object) -> None:
        self.problems.append(
            Problem(row.sheet, row.row, code, {"name": row.full_name or row.email or row.unit or "", **told})
        )

    def as_json(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "dry_run": self.dry_run,
            "act": self.act,
            **{outcome.value: self.count(outcome) for outcome in Outcome},
            "marks": len(self.marks),
            "results": len(self.results),
            "counts": len(self.counts),
            "rows": [row.as_json() for row in self.rows],
            "unknown_units": [unit.as_json() for unit in self.unknown_units],
            "dropped_columns": [column.as_json() for column in self.dropped_columns],
            "problems": [problem.as_json() for problem in self.problems],
        }
