"""Planning, changing and taking away classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.courses.models import Course
from nhanlucso.courses.services import CourseData, add_course
from nhanlucso.kernel.clock import local_date, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history, visible_unit
from nhanlucso.plans.models import Activity
from nhanlucso.training.enums import Form, Mode
from nhanlucso.training.models import (
    Attendance,
    ClassSession,
    HeadCount,
    PaperList,
    RosterObjection,
    TrainingClass,
)
from nhanlucso.training.queries.planning import class_led, offered_activities
from nhanlucso.training.sessions import SessionData, checked_times, write_session


@dataclass(frozen=True, slots=True)
class ClassData:
    """What is said of a class. Co-hosts may lie anywhere: whom one works with is not only one's own."""

    title: str
    form: str
    host_unit: Unit
    course: Course | None = None
    mode: str = ""
    co_hosts: tuple[Unit, ...] = ()
    round: str = ""
    capacity: int | None = None
    activity: Activity | None = None


def create_class(
    *,
    data: ClassData,
    sessions: Sequence[SessionData],
    by: Scope,
    at: datetime,
    new_course: CourseData | None = None,
    uid: str = "",
) -> TrainingClass:
    """Plans a class of a unit that `by` reaches, with its sessions, and its course where that is new too.

    `uid`: an id made beforehand, so that a form sent twice makes one class. Raises Refused("not_allowed",
    "title_missing", "bad_value", "no_sessions", "bad_times", "sessions_overlap", "host_not_valid",
    "co_host_not_valid", or as `add_course`), Unit.DoesNotExist, Activity.DoesNotExist outside the scope.
    """
    by = by.require(Permission.EDIT_CLASSES)
    if not sessions:
        raise Refused("no_sessions", _("Lớp phải có ít nhất một buổi học."))
    times = checked_times(sessions)
    fields = _fields(data, local_date(times[0].starts_at), by)
    with transaction.atomic():
        if uid and (known := TrainingClass.objects.filter(origin="", uid=uid).first()):
            return class_led(by, known.pk)
        if new_course is not None:
            fields["course"] = add_course(data=new_course, by=by, at=at)
        made = TrainingClass.objects.create(uid=uid or new_uid(), **fields)
        made.co_host_units.set(data.co_hosts)
        for session in times:
            write_session(made, session)
        record(
            verb="class.create",
            object_type="training_class",
            object_id=made.uid,
            by=by.account_id,
            at=at,
            facts=True,
        )
    return made


def change_class(
    *,
    training_class: TrainingClass,
    data: ClassData,
    by: Scope,
    at: datetime,
    new_course: CourseData | None = None,
) -> TrainingClass:
    """Corrects a class whose host `by` reaches; sessions and lists stay as they are.

    Raises Refused as `create_class`, TrainingClass.DoesNotExist, Unit.DoesNotExist, Activity.DoesNotExist outside
    the scope.
    """
    by = by.require(Permission.EDIT_CLASSES)
    with transaction.atomic():
        held = class_led(by, training_class.pk)
        first = held.sessions.order_by("starts_at").first()
        on = local_date(first.starts_at) if first else today()
        fields = _fields(data, on, by, held)
        if new_course is not None:
            fields["course"] = add_course(data=new_course, by=by, at=at)
        changed = [name for name, value in fields.items() if getattr(held, name) != value]
        for name in changed:
            setattr(held, name, fields[name])
        joined = {unit.pk for unit in data.co_hosts}
        if joined != set(held.co_host_units.values_list("pk", flat=True)):
            held.co_host_units.set(joined)
            changed.append("co_host_units")
        if changed:
            held.save()
            record(
                verb="class.change",
                object_type="training_class",
                object_id=held.uid,
                by=by.account_id,
                at=at,
                facts=True,
            )
    return held


def remove_class(*, training_class: TrainingClass, by: Scope, at: datetime) -> None:
    """Takes away a class of which nothing is recorded yet; its invitation list goes with it.

    Raises Refused("not_allowed", "class_has_records"), TrainingClass.DoesNotExist outside the scope.
    """
    by = by.require(Permission.EDIT_CLASSES)
    with transaction.atomic():
        held = class_led(by, training_class.pk)
        sessions = list(ClassSession.objects.select_for_update().filter(training_class=held))
        recorded = (
            Attendance.objects.filter(session__in=sessions).exists()
            or HeadCount.objects.filter(training_class=held).exists()
            or PaperList.objects.filter(session__in=sessions).exists()
            or RosterObjection.objects.filter(training_class=held).exists()
        )
        if recorded:
            raise Refused(
                "class_has_records",
                _("Lớp đã ghi điểm danh, số đếm hoặc ảnh danh sách nên không xóa được."),
            )
        uid = held.uid
        held.delete()
        record(
            verb="class.remove",
            object_type="training_class",
            object_id=uid,
            by=by.account_id,
            at=at,
            facts=True,
        )


def _fields(
    data: ClassData, first_day: date, by: Scope, held: TrainingClass | None = None
) -> dict[str, object]:
    """The columns of a class. Raises Refused for what cannot be; what stands already needs no leave."""
    title = clean(data.title)
    if not title:
        raise Refused("title_missing", _("Chưa có tên lớp."))
    if data.form not in Form.values or data.mode not in ("", *Mode.values):
        raise Refused("bad_value", _("Không có hình thức này."))
    if held is None or held.host_unit_id != data.host_unit.pk:
        visible_unit(by, data.host_unit.pk)
    _check_hosts(data, first_day)
    if data.activity is not None and (held is None or held.activity_id != data.activity.pk):
        offered_activities(by, data.host_unit.pk).get(pk=data.activity.pk)
    return {
        "title": title,
        "form": data.form,
        "mode": data.mode,
        "host_unit": data.host_unit,
        "course": data.course,
        "round": clean(data.round),
        "capacity": data.capacity,
        "activity": data.activity,
    }


def _check_hosts(data: ClassData, on: date) -> None:
    past = history()
    if past.version(data.host_unit.pk, on) is None:
        raise Refused("host_not_valid", _("Đơn vị chủ trì không có hiệu lực vào ngày học."))
    for unit in data.co_hosts:
        if past.version(unit.pk, on) is None or unit.pk == data.host_unit.pk:
            last = past.last_version(unit.pk)
            raise Refused(
                "co_host_not_valid",
                _("%(unit)s không thể phối hợp: là đơn vị chủ trì, hoặc không có hiệu lực vào ngày học.")
                % {"unit": last.name if last else ""},
            )
