"""Small builders of records for tests. Each makes one thing, with only what the test says and plain defaults."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from nhanlucso.access.models import Account, Assignment
from nhanlucso.audit.services import record
from nhanlucso.courses.models import Course
from nhanlucso.kernel.clock import ALWAYS, EVER, ZONE, now
from nhanlucso.kernel.text import fold, name_key
from nhanlucso.learning.models import CourseResult
from nhanlucso.orgs.models import Unit, UnitChange, UnitVersion
from nhanlucso.orgs.services import structure_changed
from nhanlucso.people.models import Person, Post
from nhanlucso.plans.models import Plan, Target
from nhanlucso.training.models import Attendance, ClassSession, HeadCount, TrainingClass

_numbers = count(1)


def make_unit(
    uid: str, name: str, kind: str = "commune", parent: Unit | None = None, start: date = EVER, end: date = ALWAYS,
    code: str = "", catalogue_key: str = "",
) -> Unit:  # fmt: skip
    """A unit with one version."""
    unit = Unit.objects.create(uid=uid, catalogue_key=catalogue_key)
    UnitVersion.objects.create(
        unit=unit, name=name, name_folded=fold(name), kind=kind, parent=parent, code=code, valid_from=start,
        valid_to=end,
    )  # fmt: skip
    structure_changed()
    return unit


def make_change(kind: str, day: date, old: Unit, *heirs: Unit) -> None:
    """One event: the old unit becomes the heirs."""
    uid = f"change-{next(_numbers)}"
    for heir in heirs:
        UnitChange.objects.create(uid=uid, kind=kind, date=day, from_unit=old, to_unit=heir)
    structure_changed()


def make_person(name: str, unit: Unit | None = None, **post: Any) -> Person:
    """A person, with a civil servant's post in the unit if one is given."""
    uid = f"person-{next(_numbers)}"
    person = Person.objects.create(uid=uid, full_name=name, name_folded=fold(name), name_key=name_key(name))
    if unit is not None:
        make_post(person, unit, **post)
    return person


def make_post(person: Person, unit: Unit, **fields: Any) -> Post:
    given = {"category": "civil_servant", "title": "Công chức", **fields}
    return Post.objects.create(uid=f"post-{next(_numbers)}", person=person, unit=unit, **given)


def make_course(title: str = "Kỹ năng số cơ bản", **fields: Any) -> Course:
    given = {"counts_basic_digital_skills": True, "delivery": "class", **fields}
    return Course.objects.create(uid=f"course-{next(_numbers)}", title=title, **given)


def make_class(
    title: str, host: Unit, first: date, sessions: int = 1, course: Course | None = None, **fields: Any
) -> TrainingClass:
    """A class with sessions of three hours on days that follow one another."""
    given = {"form": "class", "mode": "in_person", **fields}
    made = TrainingClass.objects.create(
        uid=f"class-{next(_numbers)}", title=title, host_unit=host, course=course, **given
    )
    for place in range(sessions):
        starts = datetime(first.year, first.month, first.day, 8, tzinfo=ZONE) + timedelta(days=place)
        ClassSession.objects.create(
            uid=f"{made.uid}-{place}",
            training_class=made,
            starts_at=starts,
            ends_at=starts + timedelta(hours=3),
        )
    return made


def attend(training_class: TrainingClass, person: Person, *marks: str) -> None:
    """Marks of a person in the first sessions of a class, in order."""
    sessions = training_class.sessions.order_by("starts_at")
    for session, mark in zip(sessions, marks, strict=False):
        Attendance.objects.create(session=session, person=person, status=mark)


def make_result(person: Person, course: Course, day: date, passed: bool) -> CourseResult:
    return CourseResult.objects.create(
        uid=f"result-{next(_numbers)}", person=person, course=course, enrolled_at=day, completed_at=day,
        passed=passed,
    )  # fmt: skip


def make_head_count(unit: Unit, number: int, qualifier: str, day: date, **fields: Any) -> HeadCount:
    return HeadCount.objects.create(
        uid=f"heads-{next(_numbers)}", unit=unit, count=number, qualifier=qualifier, date=day, **fields
    )


def make_target(unit: Unit, indicator: str, year: int, value: float, comparator: str = "") -> Target:
    plan = Plan.objects.create(uid=f"plan-{next(_numbers)}", title="Kế hoạch chuyển đổi số", issuer_unit=unit)
    return Target.objects.create(
        uid=f"target-{next(_numbers)}", plan=plan, indicator=indicator, unit=unit, year=year, value=value,
        comparator=comparator, quote="Phấn đấu đạt chỉ tiêu.",
    )  # fmt: skip


def make_account(name: str, role: str = "officer", unit: Unit | None = None) -> Account:
    """An account with one assignment; without a unit over everything."""
    account = Account.objects.create_user(name, password="mat-khau-du-dai", full_name=name)
    Assignment.objects.create(account=account, role=role, unit=unit)
    return account


def facts_changed() -> None:
    """What every service does after a write: figures are older than the records."""
    record(verb="test", object_type="test", object_id="test", by=None, at=now(), facts=True)
