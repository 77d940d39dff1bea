"""Local dates in the one zone of the product."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from nhanlucso.kernel.clock import ALWAYS, EVER, ZONE, local_date, now, today


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2024, 9, 14, 16, 59, 59, tzinfo=UTC), date(2024, 9, 14)),
        (datetime(2024, 9, 14, 17, 0, tzinfo=UTC), date(2024, 9, 15)),
        (datetime(2023, 12, 31, 23, 0, tzinfo=ZONE), date(2023, 12, 31)),
    ],
)
def test_the_day_turns_at_local_midnight(moment: datetime, day: date) -> None:
    assert local_date(moment) == day


def test_now_is_aware_and_today_is_local() -> None:
    before = local_date(now())
    day = today()
    assert before <= day <= local_date(now())
    assert now().tzinfo is UTC


def test_open_ends_hold_every_day() -> None:
    assert date.min == EVER
    assert date.max == ALWAYS
