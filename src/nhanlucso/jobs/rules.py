"""When work is taken for lost, how often it is begun again, and how long it is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

SILENCE = timedelta(minutes=15)  # a process at work gives a sign every few seconds
KEPT = timedelta(days=90)
TASK = "task"  # in the arguments of a job that may be done again: which task does it
RUNS = "runs"  # in the arguments of a job: which task does it; who was killed at it is followed by another
BEGUN = "begun"  # in the arguments of a job: how often it was begun again after its process was gone
MOST_BEGUN = 2  # work that kills its process each time must not do so for ever
CLAIMED = timedelta(seconds=10)  # from its place in the queue to its beginning work needs much less
UNCLAIMED = timedelta(minutes=2)  # a worker that is there takes what waits within a second


def is_lost(left: bool, started_at: datetime | None, last_sign: datetime | None, at: datetime) -> bool:
    """Whether nobody is at work that began: its process is gone for certain (`left`), or has given no sign of life for
    long."""
    if left:
        return True
    signs = [sign for sign in (started_at, last_sign) if sign is not None]
    return bool(signs) and at - max(signs) > SILENCE
