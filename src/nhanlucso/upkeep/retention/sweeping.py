"""The daily work: takes away what is past its time, register by register, and puts on record how much."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Max, Model, Q, QuerySet

from nhanlucso.access.models import Invite, ResetLink
from nhanlucso.audit.models import Event
from nhanlucso.audit.services import record
from nhanlucso.jobs.enums import JobState
from nhanlucso.jobs.models import Job
from nhanlucso.journal.models import Act
from nhanlucso.people.models import Reveal
from nhanlucso.upkeep.retention.registers import keep

VERB, KIND = "retention.sweep", "register"
EVERY = timedelta(hours=23)
# Acts that no page takes back: they tell what was corrected, nothing else.
CORRECTIONS = ("person.change", "post.change", "post.end")
IMPORTED = "sheet.import"

Sweep = Callable[[datetime], int]


def is_due(at: datetime) -> bool:
    """Whether the last time was a day ago."""
    last = Event.objects.filter(object_type=KIND, verb=VERB).aggregate(at=Max("at"))["at"]
    return last is None or at - last >= EVERY


def sweep_registers(at: datetime, more: Mapping[str, Sweep]) -> dict[str, int]:
    """Code → how many rows went; each register in a transaction of its own. `more`: of rooms beside this one."""
    return {code: _swept(code, sweep, at) for code, sweep in ({**_SWEEPS, **more}).items()}


def _swept(code: str, sweep: Sweep, at: datetime) -> int:
    with transaction.atomic():
        count = sweep(at)
        record(verb=VERB, object_type=KIND, object_id=code, by=None, at=at, count=count)
    return count


def _gone(rows: QuerySet[Model]) -> int:
    """How many rows of the table itself went; what hangs on them goes along."""
    return rows.delete()[1].get(rows.model._meta.label, 0)


def _sessions(at: datetime) -> int:
    return _gone(Session.objects.filter(expire_date__lt=at - keep("sessions")))


def _invites(at: datetime) -> int:
    return _gone(Invite.objects.filter(expires_at__lt=at - keep("invites")))


def _resets(at: datetime) -> int:
    return _gone(ResetLink.objects.filter(expires_at__lt=at - keep("resets")))


def _reveals(at: datetime) -> int:
    return _gone(Reveal.objects.filter(at__lt=at - keep("reveals")))


def _jobs(at: datetime) -> int:
    ended = Job.objects.exclude(state__in=(JobState.RUNNING, JobState.WAITING))
    return _gone(ended.filter(created_at__lt=at - keep("jobs")))


def _journal(at: datetime) -> int:
    """What cannot be taken back any more: taken back already, or an import whose file has gone too."""
    past = at - keep("journal")
    return _gone(Act.objects.filter(Q(undone_at__lt=past) | Q(kind=IMPORTED, at__lt=past)))


def _changes(at: datetime) -> int:
    return _gone(Act.objects.filter(kind__in=CORRECTIONS, at__lt=at - keep("changes")))


_SWEEPS: dict[str, Sweep] = {
    "sessions": _sessions,
    "invites": _invites,
    "resets": _resets,
    "reveals": _reveals,
    "jobs": _jobs,
    "journal": _journal,
    "changes": _changes,
}
