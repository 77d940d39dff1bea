"""Writing results of courses."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.courses.models import Course
from nhanlucso.kernel.clock import local_date
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean
from nhanlucso.learning.enums import ResultState
from nhanlucso.learning.models import CourseResult
from nhanlucso.learning.queries import visible_result
from nhanlucso.learning.rules import score_fits, told
from nhanlucso.people.models import Person
from nhanlucso.people.queries import people_by_ids

_BATCH = 1_000
_TOLD = ("enrolled_at", "completed_at", "score", "passed")


@dataclass(frozen=True, slots=True)
class ResultData:
    """What is said of a person (id) in a course (id); None is unknown and changes nothing. Scores from 0 to 10.

    `result` is the id of the stored result to bring up to date; None for a new one.
    """

    person: int
    course: int
    enrolled_at: date | None = None
    completed_at: date | None = None
    score: float | None = None
    passed: bool | None = None
    result: int | None = None

    def differing(self, stored: CourseResult) -> list[str]:
        """The columns in which this says something else than the stored result."""
        said = {name: getattr(self, name) for name in _TOLD}
        return [name for name, value in said.items() if value is not None and value != getattr(stored, name)]

    def of_result(self, pk: int) -> ResultData:
        return replace(self, result=pk)


def record_results(*, results: Sequence[ResultData], by: Scope, at: datetime) -> None:
    """Writes new results of people whom `by` reaches, and brings known ones of theirs up to date.

    Raises Refused("not_allowed"), Person.DoesNotExist, CourseResult.DoesNotExist outside the scope.
    """
    by = by.require(Permission.RECORD_RESULTS)
    known = {data.result: data for data in results if data.result is not None}
    people = {data.person for data in results}
    with transaction.atomic():
        if people - people_by_ids(by, people).keys():
            raise Person.DoesNotExist
        CourseResult.objects.bulk_create(
            [
                CourseResult(
                    uid=new_uid(),
                    person_id=data.person,
                    course_id=data.course,
                    **{name: getattr(data, name) for name in _TOLD},
                )
                for data in results
                if data.result is None
            ],
            batch_size=_BATCH,
        )
        _bring_up_to_date(known)
        record(
            verb="result.record",
            object_type="course_result",
            object_id="",
            by=by.account_id,
            at=at,
            count=len(results),
            facts=True,
        )


def _bring_up_to_date(known: Mapping[int, ResultData]) -> None:
    """Writes what is said otherwise of stored results, by their ids: one statement for all rows of a column."""
    stored = CourseResult.objects.in_bulk(known)
    changed: dict[str, list[CourseResult]] = {}
    for pk, data in known.items():
        result = stored.get(pk)
        if result is None or result.person_id != data.person:
            raise CourseResult.DoesNotExist
        for name in data.differing(result):
            setattr(result, name, getattr(data, name))
            changed.setdefault(name, []).append(result)
    for name, results in changed.items():
        CourseResult.objects.bulk_update(results, [name], batch_size=_BATCH)


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody writes down of a person (id): the state (value of ResultState) and the day it was reached."""

    person: int
    state: str
    day: date
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many results were made, brought up to date, and stood so already."""

    made: int
    changed: int
    same: int


def record_course(
    *,
    course: Course,
    entries: Sequence[Entry],
    platform: str = "",
    also: Collection[int] = (),
    by: Scope,
    at: datetime,
) -> Recorded:
    """Writes what several people reached in one course. Sent twice it changes nothing: a result of the same day is
    brought up to date, and so is an enrolment that nothing more was told of. `also`: people (ids) whom `by` does not
    reach, but has on the roster of a class of its own, read with its scope.

    Raises Refused("not_allowed", "nobody_to_record", "bad_value", "bad_score", "future_day"), Course.DoesNotExist,
    Person.DoesNotExist outside the scope.
    """
    by = by.require(Permission.RECORD_RESULTS)
    if not entries:
        raise Refused("nobody_to_record", _("Chưa chọn ai để ghi kết quả."))
    for entry in entries:
        _check(entry, at)
    people = {entry.person for entry in entries}
    if people - set(also) - people_by_ids(by, people).keys():
        raise Person.DoesNotExist
    with transaction.atomic():
        # Who writes the same list at the same moment waits here, and then finds it written.
        locked = Course.objects.select_for_update().get(pk=course.pk)
        stored: dict[int, list[CourseResult]] = {}
        for result in CourseResult.objects.filter(course=locked, person__in=people).order_by("pk"):
            stored.setdefault(result.person_id, []).append(result)
        outcomes = [_write(locked, entry, clean(platform), stored.get(entry.person, [])) for entry in entries]
        count = len(outcomes) - outcomes.count("same")
        if count:
            _written("result.record", "course", locked.uid, by, at, count=count)
    return Recorded(outcomes.count("made"), outcomes.count("changed"), outcomes.count("same"))


def change_result(
    *, result: CourseResult, entry: Entry, enrolled_at: date | None, platform: str, by: Scope, at: datetime
) -> CourseResult:
    """Corrects a result of a person whom `by` reaches. Raises as `record_course`, Refused("bad_span") for a
    completion before the enrolment, CourseResult.DoesNotExist."""
    by = by.require(Permission.RECORD_RESULTS)
    _check(entry, at)
    enrolled, completed, passed = told(entry.state, entry.day)
    enrolled = enrolled or enrolled_at
    if enrolled and completed and enrolled > completed:
        raise Refused("bad_span", _("Ngày hoàn thành không thể trước ngày ghi danh."))
    with transaction.atomic():
        found = visible_result(by, result.pk)
        said = {"enrolled_at": enrolled, "completed_at": completed, "passed": passed, "score": entry.score}
        if _apply(found, said | {"platform": clean(platform)}):
            _written("result.change", "course_result", found.uid, by, at)
    return found


def remove_result(*, result_id: int, by: Scope, at: datetime) -> bool:
    """Removes a result of a person whom `by` reaches; False if there is none (any more).

    Raises Refused("not_allowed").
    """
    by = by.require(Permission.RECORD_RESULTS)
    with transaction.atomic():
        try:
            found = visible_result(by, result_id)
        except CourseResult.DoesNotExist:
            return False
        uid = found.uid
        found.delete()
        _written("result.remove", "course_result", uid, by, at)
    return True


def _check(entry: Entry, at: datetime) -> None:
    if entry.state not in ResultState.values:
        raise Refused("bad_value", _("Không có kết quả này."))
    if not score_fits(entry.score):
        raise Refused("bad_score", _("Điểm từ 0 đến 10."))
    if entry.day > local_date(at):
        raise Refused("future_day", _("Ngày này chưa đến. Chỉ ghi việc đã xong."))


def _write(course: Course, entry: Entry, platform: str, stored: list[CourseResult]) -> str:
    enrolled, completed, passed = told(entry.state, entry.day)
    known: dict[str, object] = {
        "enrolled_at": enrolled,
        "completed_at": completed,
        "passed": passed,
        "score": entry.score,
        "platform": platform or None,
    }
    said = {name: value for name, value in known.items() if value is not None}
    found = _same(entry, stored)
    if found is None:
        CourseResult.objects.create(uid=new_uid(), person_id=entry.person, course=course, **said)
        return "made"
    return "changed" if _apply(found, said) else "same"


def _same(entry: Entry, stored: list[CourseResult]) -> CourseResult | None:
    """The stored result that is told of: completed on the same day, else the one of which nothing more is known.
    Who is past enrolling is not enrolled again on the same day."""
    if entry.state == ResultState.ENROLLED:
        days = [result for result in stored if entry.day in (result.enrolled_at, result.completed_at)]
        return days[0] if days else None
    done = [result for result in stored if result.completed_at == entry.day]
    open_ones = [result for result in stored if result.state == ResultState.ENROLLED]
    return next(iter(done + open_ones), None)


def _apply(result: CourseResult, said: Mapping[str, object]) -> bool:
    """Writes what differs; whether anything did."""
    changed = [name for name, value in said.items() if getattr(result, name) != value]
    for name in changed:
        setattr(result, name, said[name])
    if changed:
        result.save(update_fields=changed)
    return bool(changed)


def _written(verb: str, object_type: str, object_id: str, by: Scope, at: datetime, *, count: int = 1) -> None:
    record(
        verb=verb,
        object_type=object_type,
        object_id=object_id,
        by=by.account_id,
        at=at,
        count=count,
        facts=True,
    )
