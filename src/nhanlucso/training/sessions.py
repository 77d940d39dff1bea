"""What a session is said to be; checked, and written once it is; and held while it is marked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from nhanlucso.kernel.clock import local_date
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.numbers import vi_date
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean
from nhanlucso.training.models import ClassSession, TrainingClass
from nhanlucso.training.queries.classes import hosted_classes
from nhanlucso.training.rules import Times, is_early, times_problem


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


def locked_sessions(ids: Collection[int], by: Scope) -> QuerySet[ClassSession]:
    """Those of the sessions that `by` hosts, in one order, held until the transaction ends: two who mark do not read
    the same mark at once, nor wait for each other for ever."""
    hosted = hosted_classes(by).order_by().values("pk")
    sessions = ClassSession.objects.select_for_update(of=("self",)).order_by("pk")
    return sessions.filter(pk__in=list(ids), training_class__in=hosted)


def check_begun(session: ClassSession, at: datetime) -> None:
    """Raises Refused("not_yet") for a session of a day to come."""
    if is_early(session.starts_at, at):
        day = vi_date(local_date(session.starts_at))
        raise Refused("not_yet", _("Buổi học ngày %(day)s chưa đến: điểm danh từ ngày đó.") % {"day": day})
