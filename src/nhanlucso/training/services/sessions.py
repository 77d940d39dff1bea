"""Adding, moving and taking away the sessions of a class."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.kernel.clock import local_date
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean
from nhanlucso.orgs.queries import history
from nhanlucso.training.models import Attendance, ClassSession, PaperList, TrainingClass
from nhanlucso.training.queries.planning import class_led
from nhanlucso.training.sessions import SessionData, checked_times, write_session


def add_session(
    *, training_class: TrainingClass, session: SessionData, by: Scope, at: datetime
) -> ClassSession:
    """A further session of a class whose host `by` reaches. The same session sent twice is the first one.

    Raises Refused("not_allowed", "bad_times", "sessions_overlap", "host_not_valid"), TrainingClass.DoesNotExist
    outside the scope.
    """
    by = by.require(Permission.EDIT_CLASSES)
    with transaction.atomic():
        held = _locked(by, training_class.pk)
        others = list(held.sessions.all())
        for other in others:
            if _data(other) == session:
                return other
        _check(held, [*map(_data, others), session])
        made = write_session(held, session)
        _record("session.add", made.uid, by, at)
    return made


def change_session(
    *, class_session: ClassSession, session: SessionData, by: Scope, at: datetime
) -> ClassSession:
    """Moves a session to another time or place; what is recorded of it stays.

    Raises Refused as `add_session`, TrainingClass.DoesNotExist, ClassSession.DoesNotExist outside the scope.
    """
    by = by.require(Permission.EDIT_CLASSES)
    with transaction.atomic():
        held = _locked(by, class_session.training_class_id)
        moved = held.sessions.get(pk=class_session.pk)
        if _data(moved) == session:
            return moved
        _check(held, [*map(_data, held.sessions.exclude(pk=moved.pk)), session])
        moved.starts_at, moved.ends_at, moved.place = session.starts_at, session.ends_at, clean(session.place)
        moved.save(update_fields=["starts_at", "ends_at", "place"])
        _record("session.change", moved.uid, by, at)
    return moved


def remove_session(*, class_session: ClassSession, by: Scope, at: datetime) -> None:
    """Takes away a session of which nothing is recorded, unless it is the only one.

    Raises Refused("not_allowed", "session_has_attendance", "session_has_papers", "only_session"),
    TrainingClass.DoesNotExist, ClassSession.DoesNotExist outside the scope.
    """
    by = by.require(Permission.EDIT_CLASSES)
    with transaction.atomic():
        held = _locked(by, class_session.training_class_id)
        gone = held.sessions.select_for_update().get(pk=class_session.pk)
        people = Attendance.objects.filter(session=gone).count()
        if people:
            raise Refused(
                "session_has_attendance",
                _("Buổi này đã ghi điểm danh %(people)s người nên không bỏ được. Có thể đổi ngày, giờ.")
                % {"people": people},
            )
        if PaperList.objects.filter(session=gone).exists():
            raise Refused("session_has_papers", _("Buổi này có ảnh danh sách giấy nên không bỏ được."))
        if not held.sessions.exclude(pk=gone.pk).exists():
            raise Refused(
                "only_session",
                _("Lớp chỉ còn buổi này. Đổi ngày của buổi, hoặc xóa cả lớp nếu không mở nữa."),
            )
        uid = gone.uid
        gone.delete()
        _record("session.remove", uid, by, at)


def _locked(by: Scope, class_id: int) -> TrainingClass:
    """The class, held against others who change its sessions meanwhile."""
    class_led(by, class_id)
    return TrainingClass.objects.select_for_update().get(pk=class_id)


def _data(session: ClassSession) -> SessionData:
    return SessionData(session.starts_at, session.ends_at, session.place)


def _check(held: TrainingClass, sessions: Sequence[SessionData]) -> None:
    ordered = checked_times(sessions)
    first = local_date(ordered[0].starts_at)
    if held.host_unit_id is not None and history().version(held.host_unit_id, first) is None:
        raise Refused("host_not_valid", _("Đơn vị chủ trì không có hiệu lực vào ngày học."))


def _record(verb: str, uid: str, by: Scope, at: datetime) -> None:
    record(verb=verb, object_type="class_session", object_id=uid, by=by.account_id, at=at, facts=True)
