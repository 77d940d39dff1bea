"""When sessions can stand side by side, and which of them is to be recorded next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from nhanlucso.kernel.clock import local_date

_LONGEST = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Times:
    """From when to when a session lasts; an unknown end is None."""

    starts_at: datetime
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SessionState:
    """A session (primary key), its day, and for how many people something is recorded."""

    session: int
    day: date
    recorded: int


def is_early(starts_at: datetime, at: datetime) -> bool:
    """Whether the day of a session is still to come: who was there is known on that day, before it begins at the
    soonest."""
    return local_date(starts_at) > local_date(at)


def times_problem(times: Sequence[Times]) -> str:
    """What is wrong with the sessions of one class: bad_times (an end before its start, or more than a day after
    it), sessions_overlap; "" where nothing is."""
    for one in times:
        if one.ends_at is not None and not one.starts_at < one.ends_at <= one.starts_at + _LONGEST:
            return "bad_times"
    ordered = sorted(times, key=lambda one: one.starts_at)
    for before, after in pairwise(ordered):
        if after.starts_at < (before.ends_at or before.starts_at) or after.starts_at == before.starts_at:
            return "sessions_overlap"
    return ""


def session_due(states: Iterable[SessionState], on: date) -> int | None:
    """The session that is to be recorded next: the first of today without marks, else the latest that is past
    without, else the one nearest to today; None where there is none. `states` in the order of time."""
    known = list(states)
    if not known:
        return None
    today = [one for one in known if one.day == on]
    open_today = [one for one in today if not one.recorded]
    missed = [one for one in known if one.day < on and not one.recorded]
    past = [one for one in known if one.day <= on]
    for choice in (open_today[:1], missed[-1:], today[-1:], past[-1:], known[:1]):
        if choice:
            return choice[0].session
    return None
