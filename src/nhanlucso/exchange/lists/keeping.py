"""From what was read and planned to what pages show of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from uuid import UUID

from nhanlucso.exchange.lists.kept import Keeper
from nhanlucso.exchange.lists.original import Original
from nhanlucso.exchange.lists.rules import Key
from nhanlucso.exchange.sheets.grids import Grid
from nhanlucso.exchange.sheets.plan import ImportPlan, Outcome, PlannedRow, UnknownUnit
from nhanlucso.exchange.sheets.problems import Problem
from nhanlucso.exchange.sheets.reading import SheetReading
from nhanlucso.people.identity import masked

WINDOW, LINES = 20, 50  # rows of the sheet, and of a list of rows, on a page
TOLD = 60  # places named of one kind of problem
CERTAIN, NEW, SKIPPED, DOUBTS = "certain", "new", "skipped", "doubts"
_GROUPS = {
    CERTAIN: (Outcome.MATCHED, Outcome.UPDATED),
    NEW: (Outcome.CREATED,),
    SKIPPED: (Outcome.SKIPPED, Outcome.AMBIGUOUS),
}


@dataclass(frozen=True, slots=True)
class Read:
    """A list as opened and read; `plan`: what it would write without anybody's decisions on rows, which is what is
    asked; `outcome`: with them, which is what is written; `passed`: rows that an earlier writing has settled."""

    grids: Sequence[Grid]
    reading: SheetReading
    plan: ImportPlan
    outcome: ImportPlan
    passed: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class Stated:
    """What a reading goes with: fingerprints of what was said of the list, of that with the decisions on rows, of the
    reach; whether its outcome has been written."""

    said: str
    counted: str
    reach: str
    written: bool = False


def keep(
    uid: UUID, name: str, stem: str, looked: Read, stated: Stated, corrections: Mapping[str, str]
) -> None:
    """Keeps a reading under a name; if that fails nothing is left of it. `stem`: how the file is called."""
    keeper = Keeper(uid, name)
    try:
        _keep(keeper, stem, looked, stated, corrections)
    except BaseException:
        keeper.drop()
        raise


def _keep(keeper: Keeper, stem: str, looked: Read, stated: Stated, corrections: Mapping[str, str]) -> None:
    reading, plan = looked.reading, looked.plan
    read = {(row.sheet, row.row): _read(row.as_json()) for row in reading.rows}
    original = Original(looked.grids, reading, corrections)
    keeper.pages("original", original.rows(read), WINDOW)
    open_rows = [row for row in plan.rows if (row.sheet, row.row) not in looked.passed]
    doubts = [row for row in open_rows if row.outcome is Outcome.AMBIGUOUS and row.candidates]
    asked = {(row.sheet, row.row) for row in doubts}
    for group, outcomes in _GROUPS.items():
        rows = (r for r in open_rows if r.outcome in outcomes and (r.sheet, r.row) not in asked)
        keeper.pages(group, map(_line, rows), LINES)
    keeper.pages(DOUBTS, (_doubt(row, read) for row in doubts), 1)
    problems = [p for p in looked.outcome.problems if (p.sheet, p.row) not in looked.passed]
    keeper.pages("problems", map(_problem, problems), 500)
    keeper.finish(
        {
            **asdict(stated),
            "kind": reading.kind,
            "rows": len(reading.rows),
            "sheets": {place.sheet: original.widths.get(place.sheet, 0) for place in reading.tables},
            "stem": stem,
            "keys": list(dict.fromkeys(key for row in read.values() for key in row)),
            "columns": list(_columns(reading, original)),
            "dropped": [column.as_json() for column in reading.dropped_columns],
            "problems": _grouped(problems),
            "doubts": [[row.sheet, row.row] for row in doubts],
            "units": [_unit(unit) for unit in plan.unknown_units],
            "outcome": _counts(looked),
        }
    )


def _read(row: dict[str, object]) -> dict[str, object]:
    """What was read of a row, without its place; an identity number masked."""
    shown = {key: value for key, value in row.items() if key not in ("sheet", "row")}
    if number := shown.get("national_id"):
        shown["national_id"] = masked(str(number))
    return shown


def _line(row: PlannedRow) -> dict[str, object]:
    line: dict[str, object] = {"sheet": row.sheet, "row": row.row, "name": row.name, "code": row.code}
    line["columns"] = list(row.columns)
    if row.candidates and row.outcome in _GROUPS[CERTAIN]:
        line["uid"], line["person"] = row.candidates[0].uid, row.candidates[0].full_name
    return line


def _doubt(row: PlannedRow, read: Mapping[Key, dict[str, object]]) -> dict[str, object]:
    candidates = [candidate.as_json() for candidate in row.candidates]
    return _line(row) | {"read": read.get((row.sheet, row.row), {}), "candidates": candidates}


def _unit(unit: UnknownUnit) -> dict[str, object]:
    """A name that tells no unit, with the number of its rows: thousands of them may bear it."""
    return {"name": unit.name, "likely": [one.as_json() for one in unit.likely], "count": len(unit.rows)}


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "code": problem.code,
        "values": dict(problem.values),
        "column": problem.column,
    }


def _columns(reading: SheetReading, original: Original) -> Iterator[dict[str, object]]:
    for sheet, heading, meaning in reading.columns:
        yield {
            "sheet": sheet,
            "heading": heading,
            "field": meaning,
            "values": original.samples.get((sheet, heading), []),
        }


def _grouped(problems: Iterable[Problem]) -> list[dict[str, object]]:
    """Problems by kind, in the order of their first one; of each kind how many, and the first places."""
    groups: dict[str, list[dict[str, object]]] = {}
    counts: dict[str, int] = {}
    for problem in problems:
        places = groups.setdefault(problem.code, [])
        counts[problem.code] = counts.get(problem.code, 0) + 1
        if len(places) < TOLD:
            places.append(_problem(problem))
    return [{"code": code, "count": counts[code], "places": places} for code, places in groups.items()]


def _counts(looked: Read) -> dict[str, object]:
    """How many rows become what, and what else is written."""
    plan = looked.outcome
    rows = [row for row in plan.rows if (row.sheet, row.row) not in looked.passed]
    counts: dict[str, object] = {o.value: sum(row.outcome is o for row in rows) for o in Outcome}
    bare = replace(plan, rows=[], problems=[], unknown_units=[]).as_json()
    told = {key: value for key, value in bare.items() if isinstance(value, int)}
    return {**told, **counts, "writes": plan.writes}
