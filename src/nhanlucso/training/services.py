"""Writing classes and invitations."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

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
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history, visible_unit
from nhanlucso.people.models import Person
from nhanlucso.people.queries import people_by_ids
from nhanlucso.training.enums import Mark
from nhanlucso.training.models import Attendance, ClassSession, Invitation, TrainingClass
from nhanlucso.training.queries import hosted_class, hosted_classes

_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class NewClass:
    """What is asked of whoever plans a class: its first session makes its day and place."""

    title: str
    form: str
    host_unit: Unit
    starts_at: datetime
    ends_at: datetime | None = None
    place: str = ""
    course: Course | None = None
    mode: str = ""
    round: str = ""
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Invited:
    """How many were newly invited, and how many had been before."""

    added: int
    already: int


@dataclass(frozen=True, slots=True)
class MarkData:
    """What a person (id) is marked with in a session (id): a value of `Mark`."""

    session: int
    person: int
    status: str


def record_marks(*, marks: Sequence[MarkData], by: Scope, at: datetime) -> None:
    """Writes marks of sessions that `by` hosts; a mark that stands already is replaced.

    The people must have been read with the scope of `by`. Raises Refused("not_allowed", "bad_value"),
    ClassSession.DoesNotExist outside the scope.
    """
    by = by.require(Permission.RECORD_ATTENDANCE)
    if any(mark.status not in Mark.values for mark in marks):
        raise Refused("bad_value", _("Không có dấu điểm danh này."))
    sessions = {mark.session for mark in marks}
    hosted = ClassSession.objects.filter(pk__in=sessions, training_class__in=hosted_classes(by).values("pk"))
    if hosted.count() != len(sessions):
        raise ClassSession.DoesNotExist
    rows = [
        Attendance(session_id=mark.session, person_id=mark.person, status=mark.status, recorded_at=at)
        for mark in marks
    ]
    with transaction.atomic():
        Attendance.objects.bulk_create(
            rows,
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=["session", "person"],
            update_fields=["status", "recorded_at"],
        )
        record(
            verb="attendance.record",
            object_type="class_session",
            object_id="",
            by=by.account_id,
            at=at,
            count=len(rows),
            facts=True,
        )


def create_class(*, new: NewClass, by: Scope, at: datetime) -> TrainingClass:
    """Plans a class of a unit that `by` reaches, with its first session.

    Raises Refused("not_allowed", "title_missing", "bad_times", "host_not_valid"), Unit.DoesNotExist outside the
    scope.
    """
    by = by.require(Permission.EDIT_CLASSES)
    title = clean(new.title)
    if not title:
        raise Refused("title_missing", _("Chưa có tên lớp."))
    if new.ends_at is not None and new.ends_at <= new.starts_at:
        raise Refused("bad_times", _("Buổi học phải kết thúc sau khi bắt đầu."))
    visible_unit(by, new.host_unit.pk)
    if history().version(new.host_unit.pk, local_date(new.starts_at)) is None:
        raise Refused("host_not_valid", _("Đơn vị chủ trì không có hiệu lực vào ngày học."))
    with transaction.atomic():
        made = TrainingClass.objects.create(
            uid=new_uid(),
            title=title,
            form=new.form,
            mode=new.mode,
            host_unit=new.host_unit,
            course=new.course,
            round=clean(new.round),
            capacity=new.capacity,
        )
        ClassSession.objects.create(
            uid=new_uid(),
            training_class=made,
            starts_at=new.starts_at,
            ends_at=new.ends_at,
            place=clean(new.place),
        )
        record(
            verb="class.create",
            object_type="training_class",
            object_id=made.uid,
            by=by.account_id,
            at=at,
            facts=True,
        )
    return made


def invite(*, training_class: TrainingClass, people: Collection[int], by: Scope, at: datetime) -> Invited:
    """Puts people (ids) on the invitation list of a class that `by` hosts; who is on it already stays.

    Raises Refused("not_allowed", "nobody_to_invite"), TrainingClass.DoesNotExist or Person.DoesNotExist outside
    the scope.
    """
    by = by.require(Permission.EDIT_CLASSES)
    hosted_class(by, training_class.pk)
    wanted = set(people)
    if not wanted:
        raise Refused("nobody_to_invite", _("Không có ai để mời."))
    if wanted - people_by_ids(by, wanted).keys():
        raise Person.DoesNotExist
    with transaction.atomic():
        known = set(
            Invitation.objects.filter(training_class=training_class).values_list("person_id", flat=True)
        )
        fresh = sorted(wanted - known)
        Invitation.objects.bulk_create(
            [Invitation(training_class=training_class, person_id=person, invited_at=at) for person in fresh],
            batch_size=_BATCH,
            ignore_conflicts=True,
        )
        if fresh:
            record(
                verb="class.invite",
                object_type="training_class",
                object_id=training_class.uid,
                by=by.account_id,
                at=at,
                count=len(fresh),
            )
    return Invited(len(fresh), len(wanted) - len(fresh))
