"""Writing who came to which session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.training.enums import Mark
from nhanlucso.training.models import Attendance, ClassSession
from nhanlucso.training.sessions import check_begun, locked_sessions

_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class MarkData:
    """What a person (id) is marked with in a session (id): a value of `Mark`."""

    session: int
    person: int
    status: str


def record_marks(*, marks: Sequence[MarkData], by: Scope, at: datetime) -> None:
    """Writes marks of sessions that `by` hosts; a mark that stands already is replaced.

    The people must have been read with the scope of `by`; whoever marks the same sessions at once waits. Raises
    Refused("not_allowed", "bad_value", "not_yet"), ClassSession.DoesNotExist outside the scope.
    """
    by = by.require(Permission.RECORD_ATTENDANCE)
    if any(mark.status not in Mark.values for mark in marks):
        raise Refused("bad_value", _("Không có dấu điểm danh này."))
    wanted = {mark.session for mark in marks}
    rows = [
        Attendance(session_id=mark.session, person_id=mark.person, status=mark.status, recorded_at=at)
        for mark in marks
    ]
    with transaction.atomic():
        sessions = list(locked_sessions(wanted, by))
        if len(sessions) != len(wanted):
            raise ClassSession.DoesNotExist
        for session in sessions:
            check_begun(session, at)
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
            touched={session.uid for session in sessions},
        )
