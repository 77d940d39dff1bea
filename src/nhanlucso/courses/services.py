"""Writing the catalogue of courses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.courses.enums import CountsFor, Delivery
from nhanlucso.courses.models import Course
from nhanlucso.courses.queries import may_add_courses, may_change_course
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean, fold


@dataclass(frozen=True, slots=True)
class CourseData:
    """What is taught; `counts_for`: values of CountsFor; `periods`: teaching periods of 45 minutes, None unknown."""

    title: str
    topics: str = ""
    counts_for: frozenset[str] = frozenset()
    delivery: str = ""
    periods: int | None = None


def add_course(*, data: CourseData, by: Scope, at: datetime) -> Course:
    """Adds a course to the catalogue. The same course sent twice is the one that was made first.

    Raises Refused("not_allowed", "title_missing", "bad_value", "course_exists").
    """
    if not may_add_courses(by):
        by.require(Permission.EDIT_CLASSES)
    fields = _fields(data)
    with transaction.atomic():
        if known := _titled(data.title):
            if all(getattr(known, name) == value for name, value in fields.items()):
                return known
            raise Refused("course_exists", _exists(known))
        made = Course.objects.create(uid=new_uid(), **fields)
        record(
            verb="course.add", object_type="course", object_id=made.uid, by=by.account_id, at=at, facts=True
        )
    return made


def change_course(*, course: Course, data: CourseData, by: Scope, at: datetime) -> Course:
    """Corrects a course. Once somebody uses it, only who runs the installation does: figures of every unit follow.

    Raises Refused("not_allowed", "course_in_use", "title_missing", "bad_value", "course_exists").
    """
    if not may_add_courses(by):
        by.require(Permission.OPERATE)
    if not may_change_course(by, course):
        raise Refused(
            "course_in_use",
            _("Đã có lớp hoặc kết quả của khóa này: chỉ quản trị toàn hệ thống mới sửa được."),
        )
    fields = _fields(data)
    with transaction.atomic():
        known = _titled(data.title) if fold(data.title) != fold(course.title) else None
        if known is not None:
            raise Refused("course_exists", _exists(known))
        changed = [name for name, value in fields.items() if getattr(course, name) != value]
        for name in changed:
            setattr(course, name, fields[name])
        if changed:
            course.save(update_fields=changed)
            record(
                verb="course.change",
                object_type="course",
                object_id=course.uid,
                by=by.account_id,
                at=at,
                facts=True,
            )
    return course


def _fields(data: CourseData) -> dict[str, object]:
    """The columns of a course. Raises Refused for what cannot be."""
    title = clean(data.title)
    if not title:
        raise Refused("title_missing", _("Chưa có tên khóa học."))
    if data.delivery not in ("", *Delivery.values) or data.counts_for - set(CountsFor.values):
        raise Refused("bad_value", _("Không có hình thức hoặc loại kỹ năng này."))
    return {
        "title": title,
        "topics": clean(data.topics),
        "delivery": data.delivery,
        "periods": data.periods,
        **{f"counts_{kind}": kind in data.counts_for for kind in CountsFor.values},
    }


def _titled(title: str) -> Course | None:
    """The course of that title, marks and case aside; the catalogue is short."""
    wanted = fold(title)
    return next((course for course in Course.objects.order_by("pk") if fold(course.title) == wanted), None)


def _exists(course: Course) -> str:
    return _("Đã có khóa học «%(title)s». Dùng khóa đó, hoặc đặt tên khác.") % {"title": course.title}
