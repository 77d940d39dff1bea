"""Classes, their sessions, who came; marks sent by programs."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from nhanlucso.courses.models import Course
from nhanlucso.courses.queries import course_list
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.permissions import Permission as P
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.references import found_among, found_by
from nhanlucso.people.models import Person
from nhanlucso.training.models import ClassSession, TrainingClass
from nhanlucso.training.queries.class_view import class_view
from nhanlucso.training.queries.classes import visible_classes, visible_marks, visible_sessions
from nhanlucso.training.roster.services import marking
from nhanlucso.web.api.v1.operations import Asked, Operation, Param, check_match, operation
from nhanlucso.web.api.v1.paging import PAGED, Page, paged, paged_list
from nhanlucso.web.api.v1.rows import (
    ClassRow,
    CompletionRow,
    CourseRow,
    MarkRow,
    MarksDone,
    MarksSent,
    SessionMarks,
    SessionRow,
    Text,
)
from nhanlucso.web.api.v1.telling import ids

_SEE = (P.SEE_CLASSES,)


@operation(
    Operation(
        "list_courses", "classes", _("Danh mục khóa học."), (), CourseRow, PAGED,
        why="the catalogue of courses names nobody",
    )
)  # fmt: skip
def courses(scope: Scope, asked: Asked) -> Page:
    found = {course.pk: course for course in course_list(scope)}
    keys = ids(Course, found)

    def told(wanted: list[int]) -> list[CourseRow]:
        return [
            CourseRow(keys[c.pk], c.title, sorted(c.counts_for), c.delivery, c.periods)  # type: ignore[arg-type]
            for c in (found[key] for key in wanted)
        ]

    return paged_list(asked, list(found), told)


@operation(
    Operation(
        "list_classes", "classes", _("Lớp do đơn vị trong phạm vi tổ chức, hoặc có người của đơn vị học."), _SEE,
        ClassRow,
        (
            Param("course", Text, _("Chỉ các lớp của khóa học này.")),
            Param("first", date, _("Có buổi học từ ngày này.")),
            Param("last", date, _("Có buổi học đến ngày này.")),
            *PAGED,
        ),
    )
)  # fmt: skip
def classes(scope: Scope, asked: Asked) -> Page:
    rows = TrainingClass.objects.filter(pk__in=visible_classes(scope).order_by().values("pk"))
    if asked["course"] is not None:
        rows = rows.filter(course=found_by(Course.objects.all(), asked["course"]))
    sessions = ClassSession.objects.all()
    if asked["first"]:
        sessions = sessions.filter(starts_at__date__gte=asked["first"])
    if asked["last"]:
        sessions = sessions.filter(starts_at__date__lte=asked["last"])
    if asked["first"] or asked["last"]:
        rows = rows.filter(pk__in=sessions.values("training_class"))
    return paged(asked, rows, lambda found: _classes(scope, [row.pk for row in found]))


@operation(Operation("get_class", "classes", _("Một lớp."), _SEE, ClassRow))
def training_class(scope: Scope, asked: Asked) -> ClassRow:
    return _classes(scope, [_class(scope, asked).pk])[0]


def _class(scope: Scope, asked: Asked) -> TrainingClass:
    visible = TrainingClass.objects.filter(pk__in=visible_classes(scope).order_by().values("pk"))
    return found_by(visible, asked.path["class_id"])


def _classes(scope: Scope, keys: list[int]) -> list[ClassRow]:
    rows: list[Any] = list(visible_classes(scope).filter(pk__in=keys).order_by("pk"))
    own, units = ids(TrainingClass, keys), ids(Unit, [row.host_unit_id for row in rows])
    taught = ids(Course, [row.course_id for row in rows])
    return [
        ClassRow(
            own[row.pk], row.title, taught.get(row.course_id), row.form, row.mode, units.get(row.host_unit_id),
            row.round, row.capacity, row.first_day, row.last_day, row.people,
        )
        for row in rows
    ]  # fmt: skip


@operation(Operation("list_sessions", "classes", _("Các buổi của một lớp."), _SEE, SessionRow, PAGED))
def sessions(scope: Scope, asked: Asked) -> Page:
    found = _class(scope, asked)
    written = ids(TrainingClass, [found.pk])[found.pk]

    def told(rows: list[ClassSession]) -> list[SessionRow]:
        own = ids(ClassSession, [row.pk for row in rows])
        return [SessionRow(own[row.pk], written, row.starts_at, row.ends_at, row.place) for row in rows]

    return paged(asked, ClassSession.objects.filter(training_class=found), told)


@operation(
    Operation(
        "list_completions", "classes", _("Ai học lớp này được mấy buổi, ai hoàn thành."), _SEE, CompletionRow, PAGED
    )
)  # fmt: skip
def completions(scope: Scope, asked: Asked) -> Page:
    view = class_view(scope, _class(scope, asked).pk)
    people = {one.person.person_id: one for one in view.people}

    def told(wanted: list[int]) -> list[CompletionRow]:
        own, total = ids(Person, wanted), len(view.sessions)
        return [
            CompletionRow(own[key], people[key].standing.attended, total, people[key].standing.completed)
            for key in wanted
        ]

    return paged_list(asked, list(people), told)


@operation(Operation("get_marks", "classes", _("Điểm danh của một buổi."), _SEE, SessionMarks))
def marks(scope: Scope, asked: Asked) -> SessionMarks:
    return _marks(scope, _session(scope, asked))


def _session(scope: Scope, asked: Asked) -> ClassSession:
    return found_by(visible_sessions(scope), asked.path["session_id"])


def _marks(scope: Scope, session: ClassSession) -> SessionMarks:
    rows = list(visible_marks(scope).filter(session=session).order_by("person_id"))
    own = ids(Person, [row.person_id for row in rows])
    told = [MarkRow(own[row.person_id], row.status, row.recorded_at) for row in rows]  # type: ignore[arg-type]
    return SessionMarks(ids(ClassSession, [session.pk])[session.pk], told)


@operation(
    Operation(
        "send_marks", "classes", _("Ghi điểm danh cho người có trong danh sách lớp."), (P.RECORD_ATTENDANCE,),
        MarksDone, body=MarksSent, keyed=True,
    )
)  # fmt: skip
def send_marks(scope: Scope, asked: Asked) -> MarksDone:
    by = scope.require(P.RECORD_ATTENDANCE)
    session = _session(by, asked)
    check_match(asked, _marks(scope, session))
    sent: MarksSent = asked.body
    roster = Person.objects.filter(attendances__session__training_class=session.training_class_id)
    invited = Person.objects.filter(invitations__training_class=session.training_class_id)
    known = Person.objects.filter(pk__in=roster.values("pk").union(invited.values("pk")))
    keys = found_among(known, [one.person_id for one in sent.marks])
    done = marking.set_marks(
        session_id=session.pk,
        sent=[marking.MarkSent(keys[one.person_id], one.status, one.seen) for one in sent.marks],
        together=True,
        by=scope,
        at=now(),
    )
    names = {key: text for text, key in keys.items()}
    return MarksDone(*([names[key] for key in part] for part in (done.written, done.same, done.crossed)))
