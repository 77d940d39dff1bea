"""The clock of a breach."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

REPORT_WITHIN = timedelta(hours=72)


class Clock(StrEnum):
    """Where a breach stands."""

    RUNNING = "running"  # not reported, there is still time
    LATE = "late"  # not reported, the time is over
    REPORTED = "reported"
    REPORTED_LATE = "reported_late"


def due(found_at: datetime) -> datetime:
    """By when it must be reported."""
    return found_at + REPORT_WITHIN


def clock(found_at: datetime, reported_at: datetime | None, at: datetime) -> Clock:
    if reported_at is not None:
        return Clock.REPORTED if reported_at <= due(found_at) else Clock.REPORTED_LATE
    return Clock.RUNNING if at <= due(found_at) else Clock.LATE
