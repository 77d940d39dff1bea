"""Local dates in the one zone of the product."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from nhanlucso.kernel.clock import ALWAYS, EVER, ZONE, day_of, local_date, now, today


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


@pytest.mark.parametrize(
    "text", ["", "20240914", "2024-W37-6", "2024-9-14", "2023-02-29", "0000-01-01", "2024-09-14 "]
)
def test_other_forms_name_no_day(text: str) -> None:
    assert day_of(text) is None


def test_days_reach_from_end_to_end_of_the_calendar() -> None:
    assert (day_of("0001-01-01"), day_of("9999-12-31")) == (EVER, ALWAYS)
