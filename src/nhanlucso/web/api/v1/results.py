"""Results of courses, read and sent by programs such as a platform for learning."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from nhanlucso.courses.models import Course
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.permissions import Permission as P
from nhanlucso.kernel.scope import Scope
from nhanlucso.learning.models import CourseResult
from nhanlucso.learning.queries import ResultsAsked, results_asked
from nhanlucso.learning.services import Entry, change_result, record_course
from nhanlucso.orgs.references import found_among, found_by
from nhanlucso.people.models import Person
from nhanlucso.people.queries import visible_people
from nhanlucso.web.api.v1.operations import Asked, Operation, Param, check_match, operation
from nhanlucso.web.api.v1.paging import PAGED, Page, paged
from nhanlucso.web.api.v1.rows import (
    ResultChange,
    ResultRow,
    ResultsDone,
    ResultsSent,
    State,
    Text,
)
from nhanlucso.web.api.v1.telling import ids
from nhanlucso.web.api.v1.units import unit_asked

_DAYS = (date(1900, 1, 1), date(9999, 12, 31))


@operation(
    Operation(
        "list_results", "results", _("Kết quả học của người trong phạm vi."), (P.SEE_PEOPLE,), ResultRow,
        (
            Param("course", Text, _("Chỉ khóa học này.")),
            Param("unit", Text, _("Người hôm nay công tác ở đơn vị này và các đơn vị bên dưới.")),
            Param("state", State, _("Mức đạt được.")),
            Param("first", date, _("Ghi danh hoặc hoàn thành từ ngày này.")),
            Param("last", date, _("Ghi danh hoặc hoàn thành đến ngày này.")),
            *PAGED,
        ),
    )
)  # fmt: skip
def results(scope: Scope, asked: Asked) -> Page:
    course = found_by(Course.objects.all(), asked["course"]).pk if asked["course"] is not None else None
    bound = asked["first"] or asked["last"]
    wanted = ResultsAsked(
        on=today(),
        course=course,
        unit=unit_asked(scope, asked),
        state=asked["state"] or "",
        first=asked["first"] or (_DAYS[0] if bound else None),
        last=asked["last"] or (_DAYS[1] if bound else None),
    )
    found = CourseResult.objects.filter(pk__in=results_asked(scope, wanted).order_by().values("pk"))
    return paged(asked, found, _rows)


@operation(Operation("get_result", "results", _("Một kết quả học."), (P.SEE_PEOPLE,), ResultRow))
def result(scope: Scope, asked: Asked) -> ResultRow:
    return _rows([_result(scope, asked)])[0]


def _result(scope: Scope, asked: Asked) -> CourseResult:
    reached = CourseResult.objects.filter(person__in=visible_people(scope).values("pk"))
    return found_by(reached, asked.path["result_id"])


def _rows(found: list[CourseResult]) -> list[ResultRow]:
    own, people = ids(CourseResult, [r.pk for r in found]), ids(Person, [r.person_id for r in found])
    courses = ids(Course, [r.course_id for r in found])
    return [
        ResultRow(
            own[r.pk], people[r.person_id], courses[r.course_id], r.state.value,  # type: ignore[arg-type]
            r.enrolled_at, r.completed_at, r.score, r.passed, r.platform,
        )
        for r in found
    ]  # fmt: skip


@operation(
    Operation(
        "send_results", "results", _("Ghi kết quả của nhiều người trong một khóa học."), (P.RECORD_RESULTS,),
        ResultsDone, body=ResultsSent, keyed=True,
    )
)  # fmt: skip
def send_results(scope: Scope, asked: Asked) -> ResultsDone:
    sent: ResultsSent = asked.body
    by = scope.require(P.RECORD_RESULTS)
    course = found_by(Course.objects.all(), sent.course_id)
    keys = found_among(visible_people(by), [one.person_id for one in sent.results])
    entries = [Entry(keys[one.person_id], one.state, one.day, one.score) for one in sent.results]
    done = record_course(course=course, entries=entries, platform=sent.platform, by=scope, at=now())
    return ResultsDone(done.made, done.changed, done.same)


@operation(
    Operation(
        "change_result", "results", _("Sửa một kết quả đã đọc."), (P.RECORD_RESULTS,), ResultRow, body=ResultChange,
        matched=True,
    )
)  # fmt: skip
def correct_result(scope: Scope, asked: Asked) -> ResultRow:
    found = _result(scope.require(P.RECORD_RESULTS), asked)
    check_match(asked, _rows([found])[0])
    sent: ResultChange = asked.body
    changed = change_result(
        result=found,
        entry=Entry(found.person_id, sent.state, sent.day, sent.score),
        enrolled_at=sent.enrolled_at,
        platform=sent.platform,
        by=scope,
        at=now(),
    )
    return _rows([changed])[0]
