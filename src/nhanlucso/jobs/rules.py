"""When work is taken for lost, and how long it is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

SILENCE = timedelta(minutes=15)  # a process at work gives a sign every few seconds
KEPT = timedelta(days=90)
TASK = "task"  # in the arguments of a job that may be done again: which task does it
UNCLAIMED = timedelta(minutes=2)  # a worker that is there takes what waits within a second


def is_lost(started_at: datetime | None, last_sign: datetime | None, at: datetime) -> bool:
    """Whether work that began has given no sign of life for so long that nobody is at it any more."""
    signs = [sign for sign in (started_at, last_sign) if sign is not None]
    return bool(signs) and at - max(signs) > SILENCE
