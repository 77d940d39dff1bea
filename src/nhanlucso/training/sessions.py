"""What a session is said to be; checked, and written once it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.text import clean
from nhanlucso.training.models import ClassSession, TrainingClass
from nhanlucso.training.rules import Times, times_problem


@dataclass(frozen=True, slots=True)
class SessionData:
    """When and where a class meets; an unknown end is None."""

    starts_at: datetime
    ends_at: datetime | None = None
    place: str = ""


def checked_times(sessions: Sequence[SessionData]) -> list[SessionData]:
    """The sessions in the order of time. Raises Refused("bad_times", "sessions_overlap")."""
    problem = times_problem([Times(one.starts_at, one.ends_at) for one in sessions])
    if problem == "bad_times":
        raise Refused(problem, _("Buổi học phải kết thúc sau khi bắt đầu, trong vòng một ngày."))
    if problem:
        raise Refused(problem, _("Hai buổi học của lớp trùng giờ nhau."))
    return sorted(sessions, key=lambda one: one.starts_at)


def write_session(training_class: TrainingClass, session: SessionData) -> ClassSession:
    """The row of a session that was checked."""
    return ClassSession.objects.create(
        uid=new_uid(),
        training_class=training_class,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        place=clean(session.place),
    )
