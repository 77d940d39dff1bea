"""Planning the import of results from learning platforms: known people, known courses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from nhanlucso.courses.models import Course
from nhanlucso.exchange.sheets.plan import Ground, ImportPlan, Outcome
from nhanlucso.exchange.sheets.register import Known, Register
from nhanlucso.exchange.sheets.rows import SheetRow
from nhanlucso.exchange.sheets.staff import find_unit, settle_doubt, shown_person
from nhanlucso.exchange.sheets.unitnames import UnitNames, plain
from nhanlucso.learning.models import CourseResult
from nhanlucso.learning.services import ResultData
from nhanlucso.orgs.rules import History

_IN_ONE_QUERY = 500
_SCALE = 10  # scores are stored from 0 to 10


class ResultsPlanner:
    """Plans one sheet of results. Neither people nor courses are made from it."""

    def __init__(self, ground: Ground, register: Register, units: UnitNames, past: History) -> None:
        self.ground, self.register, self.units, self.past = ground, register, units, past
        self.plan = ImportPlan("results")
        self._courses: dict[str, list[int]] = defaultdict(list)
        for pk, title in Course.objects.values_list("pk", "title"):
            self._courses[plain(title)].append(pk)
        self._seen: dict[tuple[int, int, str], int] = {}

    def run(self, rows: Sequence[SheetRow]) -> ImportPlan:
        planned = [
            (row, known, course)
            for row in rows
            if (course := self._course(row)) is not None and (known := self._person(row)) is not None
        ]
        stored = _stored(known.pk for _, known, _ in planned)
        for row, known, course in planned:
            self._settle(row, known, course, stored.get((known.pk, course), []))
        return self.plan

    def _course(self, row: SheetRow) -> int | None:
        if not row.course:
            self.plan.settle(row, Outcome.SKIPPED, "course_missing")
            return None
        found = self._courses.get(plain(row.course), [])
        if len(found) == 1:
            return found[0]
        code = "ambiguous_course" if found else "unknown_course"
        self.plan.settle(row, Outcome.SKIPPED, code, value=row.course)
        return None

    def _person(self, row: SheetRow) -> Known | None:
        unit = find_unit(self.plan, self.units, self.ground.unit, row)
        if unit is None:
            return None
        on = date.fromisoformat(row.completed_at) if row.completed_at else None
        units = frozenset(self.past.subtree(unit, self.ground.on))
        found = self.register.find(row, units=units, on=on)
        if found.certain is not None:
            return found.certain
        if found.possible:
            settle_doubt(self.plan, row, found, self.past, self.ground.on)
        else:
            self.plan.settle(row, Outcome.SKIPPED, "person_not_found")
        return None

    def _settle(self, row: SheetRow, known: Known, course: int, stored: Sequence[CourseResult]) -> None:
        key = (known.pk, course, row.completed_at or "")
        if key in self._seen:
            self.plan.settle(row, Outcome.SKIPPED, "row_twice", read=self._seen[key])
            return
        self._seen[key] = row.row
        data = self._data(row, known.pk, course)
        same = _same_result(data, stored)
        if same is None:
            self.plan.results.append(data)
            self.plan.settle(
                row, Outcome.CREATED, candidates=[shown_person(known, self.past, self.ground.on)]
            )
            return
        if (same.passed or same.completed_at) and not (data.passed or data.completed_at):
            self.plan.settle(
                row,
                Outcome.MATCHED,
                "older_result",
                candidates=[shown_person(known, self.past, self.ground.on)],
            )
            return
        columns = data.differing(same)
        if columns:
            self.plan.results.append(data.of_result(same.pk))
        outcome = Outcome.UPDATED if columns else Outcome.MATCHED
        self.plan.settle(
            row, outcome, candidates=[shown_person(known, self.past, self.ground.on)], columns=columns
        )

    def _data(self, row: SheetRow, person: int, course: int) -> ResultData:
        score = row.score
        if score is not None and not 0 <= score <= _SCALE:
            self.plan.tell(row, "score_scale", value=score)
            score = None
        return ResultData(
            person=person,
            course=course,
            enrolled_at=date.fromisoformat(row.enrolled_at) if row.enrolled_at else None,
            completed_at=date.fromisoformat(row.completed_at) if row.completed_at else None,
            score=score,
            passed=row.passed,
        )


def _same_result(data: ResultData, stored: Sequence[CourseResult]) -> CourseResult | None:
    """The stored result that the row tells of: completed on the same day, else the one not completed yet."""
    for result in stored:
        if data.completed_at is not None and result.completed_at == data.completed_at:
            return result
    open_ones = [result for result in stored if result.completed_at is None]
    if open_ones:
        return open_ones[0]
    return stored[0] if stored and data.completed_at is None else None


def _stored(people: Iterable[int]) -> dict[tuple[int, int], list[CourseResult]]:
    found: dict[tuple[int, int], list[CourseResult]] = defaultdict(list)
    ids = sorted(set(people))
    for start in range(0, len(ids), _IN_ONE_QUERY):
        part = ids[start : start + _IN_ONE_QUERY]
        for result in CourseResult.objects.filter(person__in=part).order_by("pk"):
            found[result.person_id, result.course_id].append(result)
    return found
