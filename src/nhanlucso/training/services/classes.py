"""Planning and changing classes."""

from __future__ import annotations

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
from nhanlucso.training.models import ClassSession, TrainingClass


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
