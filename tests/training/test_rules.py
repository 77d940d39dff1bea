"""Which sessions can stand side by side, and which is to be recorded next."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from nhanlucso.kernel.clock import ZONE
from nhanlucso.training.rules import SessionState, Times, session_due, times_problem

EIGHT = datetime(2026, 3, 2, 8, tzinfo=ZONE)
HOUR = timedelta(hours=1)
TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("times", "problem"),
    [
        ([], ""),
        ([Times(EIGHT)], ""),
        ([Times(EIGHT, EIGHT + HOUR), Times(EIGHT + HOUR, EIGHT + 2 * HOUR)], ""),
        ([Times(EIGHT, EIGHT)], "bad_times"),
        ([Times(EIGHT, EIGHT + 25 * HOUR)], "bad_times"),
        ([Times(EIGHT + HOUR), Times(EIGHT, EIGHT + 2 * HOUR)], "sessions_overlap"),
        ([Times(EIGHT), Times(EIGHT, EIGHT + HOUR)], "sessions_overlap"),
    ],
)
def test_times(times: list[Times], problem: str) -> None:
    assert times_problem(times) == problem


@pytest.mark.parametrize(
    ("days", "due"),
    [
        ([], None),
        ([(9, 0), (10, 5), (10, 0), (11, 0)], 2),  # the first of today without marks
        ([(8, 0), (9, 0), (10, 5), (11, 0)], 1),  # the latest that was missed
        ([(9, 5), (10, 5), (11, 0)], 1),  # all done: today's once more
        ([(8, 5), (9, 5), (11, 0)], 1),  # the latest past one
        ([(11, 0), (12, 0)], 0),  # nothing has been yet
    ],
)
def test_what_is_due(days: list[tuple[int, int]], due: int | None) -> None:
    states = [SessionState(at, date(2026, 3, day), recorded) for at, (day, recorded) in enumerate(days)]
    assert session_due(states, TODAY) == due
