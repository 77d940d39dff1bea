"""Planning the import of results from learning platforms: known people, known courses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from nhanlucso.courses.models import Course
from nhanlucso.exchange.sheets.linkage.claims import Linked
from nhanlucso.exchange.sheets.linkage.people import Known, There
from nhanlucso.exchange.sheets.linkage.weights import KNOWN_LEARNERS
from nhanlucso.exchange.sheets.pairing import Matching, Pairing
from nhanlucso.exchange.sheets.plan import ImportPlan, Outcome
from nhanlucso.exchange.sheets.rows import SheetRow
from nhanlucso.exchange.sheets.unitnames import plain
from nhanlucso.learning.models import CourseResult
from nhanlucso.learning.services import ResultData

_IN_ONE_QUERY = 500
_SCALE = 10  # scores are stored from 0 to 10


class ResultsPlanner:
    """Plans one sheet of results. Neither people nor courses are made from it."""

    def __init__(self, matching: Matching) -> None:
        self.ground, self.units = matching.ground, matching.units
        self.plan = ImportPlan("results")
        self.pairing = Pairing(matching, self.plan, known_share=KNOWN_LEARNERS, makes_people=False)
        self._courses: dict[str, list[int]] = defaultdict(list)
        for pk, title in Course.objects.values_list("pk", "title"):
            self._courses[plain(title)].append(pk)

    def run(self, rows: Sequence[SheetRow]) -> ImportPlan:
        courses = {(row.sheet, row.row): course for row in rows if (course := self._course(row)) is not None}
        taught = [row for row in rows if (row.sheet, row.row) in courses]
        linked = self.pairing.pair(
            taught,
            self._there,
            lambda row: (courses[row.sheet, row.row], row.completed_at or ""),
        )
        planned = [
            (link, link.found.certain, courses[link.row.sheet, link.row.row])
            for link in linked
            if self.pairing.has_person(link)
        ]
        stored = _stored(known.pk for _, known, _ in planned if known is not None)
        for link, known, course in planned:
            if known is not None:
                self._settle(link, known, course, stored.get((known.pk, course), []))
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

    def _there(self, row: SheetRow, unit: int) -> There:
        """Those who hold a post in the unit on the day of completion are found by their names."""
        on = date.fromisoformat(row.completed_at) if row.completed_at else None
        return There(self.units.around(unit, self.ground.on), on)

    def _settle(self, link: Linked, known: Known, course: int, stored: Sequence[CourseResult]) -> None:
        row, decided = link.row, link.decided
        candidates = self.pairing.candidates(link.found)
        data = self._data(row, known.pk, course)
        same = _same_result(data, stored)
        if same is None:
            self.plan.results.append(data)
            self.plan.settle(row, Outcome.CREATED, candidates=candidates, decided=decided)
            return
        if (same.passed or same.completed_at) and not (data.passed or data.completed_at):
            self.plan.settle(row, Outcome.MATCHED, "older_result", candidates=candidates, decided=decided)
            return
        columns = data.differing(same)
        if columns:
            self.plan.results.append(data.of_result(same.pk))
        outcome = Outcome.UPDATED if columns else Outcome.MATCHED
        self.plan.settle(row, outcome, candidates=candidates, columns=columns, decided=decided)

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
