"""How well a reading agrees with the truth: every (row, field, value), both ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from nhanlucso.exchange.sheets.reading import SheetReading
from tests.exchange.sheets.corpus.pages import Made

Fact = tuple[str, int, str, Any]


@dataclass(slots=True)
class Score:
    """Facts right, wrong and missing; the faults in words."""

    right: int = 0
    wrong: list[Fact] = field(default_factory=list)
    missing: list[Fact] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        self.right += other.right
        self.wrong += other.wrong
        self.missing += other.missing
        self.faults += other.faults

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + len(self.wrong) + len(self.missing))


def compare(made: Made, reading: SheetReading, sheet: str) -> Score:
    """`sheet` is the name that a format without sheets gives its only one (empty: the pages' own)."""
    if made.suffix in (".html", ".docx"):
        made = _as_tables(made)
    truth = set(_truth(made, sheet))
    found = set(_found(reading))
    score = Score(len(truth & found), sorted(found - truth, key=repr), sorted(truth - found, key=repr))
    if reading.kind != made.kind:
        score.faults.append(f"{made.name}: loại {reading.kind}, đúng là {made.kind}")
    score.faults += [f"{made.name}: thừa {fact}" for fact in score.wrong]
    score.faults += [f"{made.name}: thiếu {fact}" for fact in score.missing]
    told = {(problem.sheet, problem.row, problem.column) for problem in reading.problems}
    for page in made.pages:
        if page.hidden:
            continue
        silent = [
            (row, column) for row, column in page.faults if (sheet or page.name, row, column) not in told
        ]
        score.faults += [f"{made.name}: ô lỗi không báo {place}" for place in silent]
    dropped = {column.reason for column in reading.dropped_columns}
    wanted = {reason for page in made.pages for reason in page.dropped}
    if dropped != wanted:
        score.faults.append(f"{made.name}: cột nhạy cảm {sorted(dropped)}, đúng là {sorted(wanted)}")
    return score


def _as_tables(made: Made) -> Made:
    """The pages by the names that tables of documents have."""
    seen = [page for page in made.pages if not page.hidden]
    return replace(made, pages=[replace(page, name=f"Table {n}") for n, page in enumerate(seen, 1)])


def _truth(made: Made, sheet: str) -> Iterator[Fact]:
    for page in made.pages:
        for row, told in page.truth.items():
            if not page.hidden:
                yield from _facts(sheet or page.name, row, told)


def _found(reading: SheetReading) -> Iterator[Fact]:
    for row in reading.rows:
        told = row.as_json()
        yield from _facts(row.sheet, row.row, {k: v for k, v in told.items() if k not in ("sheet", "row")})


def _facts(sheet: str, row: int, told: dict[str, Any]) -> Iterator[Fact]:
    yield sheet, row, "row", True
    for key, value in told.items():
        if isinstance(value, dict):
            for inner, status in value.items():
                yield sheet, row, f"{key} {inner}", status
        elif value is not None:
            yield sheet, row, key, value
