"""The records of an installation as the tables of a bundle, for the naive reference; keys beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Model

from nhanlucso.courses.models import Course
from nhanlucso.learning.models import CourseResult
from nhanlucso.orgs.models import Unit, UnitChange, UnitVersion
from nhanlucso.outreach.models import OutreachItem
from nhanlucso.people.models import Person, Post
from nhanlucso.teams.models import Assist, Team, TeamMember
from nhanlucso.training.models import Attendance, ClassSession, HeadCount, TrainingClass
from tests.reference.world import ALWAYS, EVER, Row, World

_MODELS: dict[str, Any] = {
    "units": Unit,
    "people": Person,
    "posts": Post,
    "courses": Course,
    "classes": TrainingClass,
    "sessions": ClassSession,
    "headcounts": HeadCount,
    "results": CourseResult,
    "teams": Team,
}


Named = Callable[[str, int | None], str]
Tables = dict[str, list[Row]]


class Keys:
    """Ids of the records and their primary keys."""

    def __init__(self) -> None:
        self._pks = {table: dict(m.objects.values_list("uid", "pk")) for table, m in _MODELS.items()}
        self._uids = {table: {str(pk): uid for uid, pk in held.items()} for table, held in self._pks.items()}

    def pk(self, table: str, uid: str) -> int:
        return int(self._pks[table][uid])

    def uid(self, table: str, pk: str) -> str:
        return str(self._uids[table][pk])

    def row(self, world: World, table: str, pk: str) -> Row:
        uid = self.uid(table, pk)
        return next(row for row in world.rows(table) if row["id"] == uid)


def world_of(keys: Keys) -> World:
    """Everything that is recorded."""

    def named(table: str, pk: int | None) -> str:
        return keys.uid(table, str(pk)) if pk is not None else ""

    return World(_structure(named) | _learned(named) | _reached(named))


def _structure(named: Named) -> Tables:
    return {
        "units": [_row(v, id=named("units", v.unit_id), parent_id=named("units", v.parent_id),
                   kind=v.kind) for v in UnitVersion.objects.all()],
        "unit_changes": [
            {"id": c.uid, "date": str(c.date), "from_id": named("units", c.from_unit_id),
             "to_id": named("units", c.to_unit_id)} for c in UnitChange.objects.order_by("pk")
        ],
        "people": [_row(p, id=p.uid, full_name=p.full_name, birth_date=p.birth) for p in Person.objects.all()],
        "posts": [
            _row(p, id=p.uid, person_id=named("people", p.person_id), unit_id=named("units", p.unit_id),
                 category=p.category, is_leader=_truth(p.is_leader), is_main=_truth(p.is_main),
                 duties=";".join(d for d in ("dt_dedicated", "dt_concurrent") if getattr(p, d)))
            for p in Post.objects.all()
        ],
    }  # fmt: skip


def _learned(named: Named) -> Tables:
    return {
        "courses": [
            {"id": c.uid, "delivery": c.delivery, "topics": c.topics, "counts_for": ";".join(
                k for k in ("basic_digital_skills", "ict_standard") if getattr(c, f"counts_{k}"))}
            for c in Course.objects.all()
        ],
        "classes": [
            {"id": c.uid, "course_id": named("courses", c.course_id), "form": c.form, "round": c.round,
             "host_unit_id": named("units", c.host_unit_id), "mode": c.mode} for c in TrainingClass.objects.all()
        ],
        "sessions": [
            {"id": s.uid, "class_id": named("classes", s.training_class_id), "starts_at": s.starts_at.isoformat()}
            for s in ClassSession.objects.all()
        ],
        "attendance": [
            {"session_id": named("sessions", a.session_id), "person_id": named("people", a.person_id),
             "status": a.status} for a in Attendance.objects.all()
        ],
        "headcounts": [
            {"id": h.uid, "class_id": named("classes", h.training_class_id), "unit_id": named("units", h.unit_id),
             "audience": h.audience, "count": _text(h.count), "qualifier": h.qualifier, "date": str(h.date)}
            for h in HeadCount.objects.all()
        ],
        "results": [
            {"id": r.uid, "person_id": named("people", r.person_id), "course_id": named("courses", r.course_id),
             "enrolled_at": _text(r.enrolled_at), "completed_at": _text(r.completed_at),
             "passed": _truth(r.passed)} for r in CourseResult.objects.all()
        ],
    }  # fmt: skip


def _reached(named: Named) -> Tables:
    return {
        "teams": [_row(t, id=t.uid, unit_id=named("units", t.unit_id)) for t in Team.objects.all()],
        "team_members": [
            _row(m, team_id=named("teams", m.team_id), person_id=named("people", m.person_id))
            for m in TeamMember.objects.all()
        ],
        "assists": [
            {"team_id": named("teams", a.team_id), "date": str(a.date), "people": _text(a.people),
             "outcome": a.outcome} for a in Assist.objects.all()
        ],
        "outreach": [
            {"id": o.uid, "unit_id": named("units", o.unit_id), "date": str(o.date), "count": _text(o.count)}
            for o in OutreachItem.objects.all()
        ],
    }  # fmt: skip


def _row(record: Model, **cells: str) -> Row:
    """Cells and the validity of a record; the first and the last day of all time are empty."""
    start, end = getattr(record, "valid_from", EVER), getattr(record, "valid_to", ALWAYS)
    return cells | {"valid_from": _edge(start), "valid_to": _edge(end)}


def _edge(on: date) -> str:
    return "" if on in (EVER, ALWAYS) else str(on)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _truth(value: bool | None) -> str:
    return "" if value is None else str(value).lower()
