"""A month of sessions as weeks of days."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import Http404
from django.utils.translation import gettext as _

from nhanlucso.kernel.clock import ZONE, local_date
from nhanlucso.training.models import ClassSession

_SHAPE = re.compile(r"(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Entry:
    """The sessions of a class on one day in one place. `waiting`: one has begun and nothing is recorded of it."""

    class_id: int
    title: str
    times: list[str]
    place: str
    waiting: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the table; those of the months around have no entries."""

    day: date
    inside: bool
    today: bool
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Month:
    """The first day of a month names it; `weeks` begin on Monday."""

    first: date
    last: date
    before: str
    after: str
    weeks: list[list[Day]]


def month_of(text: str, on: date) -> date:
    """The first day of the month that «2024-05» names, else that of the day. Raises Http404 for other text."""
    if not text:
        return on.replace(day=1)
    if not _SHAPE.fullmatch(text):
        raise Http404
    return date(int(text[:4]), int(text[5:]), 1)


def written(first: date) -> str:
    """«2024-05»."""
    return f"{first:%Y-%m}"


def bounds(first: date) -> tuple[date, date]:
    """The first and last day of the month."""
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])


def month(first: date, sessions: Iterable[ClassSession], now: datetime) -> Month:
    """The month with its sessions, from `training.queries.listing.sessions_between`."""
    first, last = bounds(first)
    days: dict[date, dict[tuple[int, str], list[ClassSession]]] = {}
    for session in sessions:
        together = days.setdefault(local_date(session.starts_at), {})
        together.setdefault((session.training_class_id, session.place), []).append(session)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    today = local_date(now)
    return Month(
        first,
        last,
        written(first - timedelta(days=1)),
        written(last + timedelta(days=1)),
        [
            [
                Day(
                    day,
                    first <= day <= last,
                    day == today,
                    [_entry(group, now) for group in days.get(day, {}).values()],
                )
                for day in week
            ]
            for week in weeks
        ],
    )


def _entry(sessions: list[ClassSession], now: datetime) -> Entry:
    first = sessions[0]
    return Entry(
        first.training_class_id,
        first.training_class.title or _("Lớp chưa có tên"),
        [_time(session) for session in sessions],
        first.place,
        any(one.starts_at <= now and not getattr(one, "recorded", False) for one in sessions),
    )


def _time(session: ClassSession) -> str:
    start = session.starts_at.astimezone(ZONE)
    if session.ends_at is None or local_date(session.ends_at) != start.date():
        return f"{start:%H:%M}"
    return f"{start:%H:%M}–{session.ends_at.astimezone(ZONE):%H:%M}"
