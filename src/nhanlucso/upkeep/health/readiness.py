"""Whether this process can serve now, in a few quick questions; `examination` looks at everything and takes longer."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.db.models import Max, Min

from nhanlucso.audit.models import Event, Seal
from nhanlucso.audit.sealing import window
from nhanlucso.jobs.enums import JobState
from nhanlucso.jobs.heartbeat import LATELY, last_heard
from nhanlucso.jobs.models import Job
from nhanlucso.upkeep.places import migrations, uploads_folder

SEAL_LATE = timedelta(minutes=15)  # `serve` seals every two minutes, a timer every five

_up_to_date: list[bool] = []  # once all migrations are applied they stay so while this process lives


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in the installation: work that waits and since when, how old the newest copy, the newest seal and
    the last sign of a worker are. Seconds; None: there is none."""

    waiting: int
    oldest: float | None
    backup: float | None
    seal: float | None
    unsealed: float
    worker: float | None


def failing(at: datetime) -> tuple[str, ...]:
    """Names of what keeps this process from serving well; none: it is ready. Says no more than names."""
    checks: dict[str, Callable[[], bool]] = {
        "database": _reachable,
        "migrations": _migrated,
        "uploads": _writable,
        "worker": lambda: (heard := last_heard()) is not None and at - heard < LATELY,
        "seal": lambda: timedelta(seconds=_unsealed(at)) < SEAL_LATE,
    }
    return tuple(name for name, check in checks.items() if not _holds(check))


def standing(at: datetime) -> Standing:
    """Raises DatabaseError."""
    waits = Job.objects.filter(state=JobState.WAITING)
    heard = last_heard()
    backup = Event.objects.filter(object_type="installation", object_id="", verb="backup.make")
    return Standing(
        waiting=waits.count(),
        oldest=_age(waits.aggregate(first=Min("created_at"))["first"], at),
        backup=_age(backup.aggregate(last=Max("at"))["last"], at),
        seal=_age(Seal.objects.order_by("-number").values_list("at", flat=True).first(), at),
        unsealed=_unsealed(at),
        worker=_age(heard, at),
    )


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, OSError):
        return False


def _reachable() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
        return cursor.fetchone() is not None


def _migrated() -> bool:
    if not _up_to_date and migrations().agree:
        _up_to_date.append(True)
    return bool(_up_to_date)


def _writable() -> bool:
    folder = uploads_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"nhanlucso")
        file.flush()
    return True


def _unsealed(at: datetime) -> float:
    """For how many seconds the oldest event has waited for a seal."""
    first = Event.objects.filter(pk__gt=window().top).aggregate(first=Min("at"))["first"]
    return _age(first, at) or 0.0


def _age(moment: datetime | None, at: datetime) -> float | None:
    return None if moment is None else max(0.0, (at - moment).total_seconds())
