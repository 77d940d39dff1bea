"""Windows of periods in both calendars."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.periods import CALENDARS, CIVIL, DECREE, month_of, parse_period, previous

years = st.integers(2, 9998).map(lambda year: f"{year:04d}")
suffixes = st.sampled_from(
    ["", "-H1", "-H2", "-9M", *(f"-Q{n}" for n in range(1, 5)), *(f"-M{n:02d}" for n in range(1, 13))]
)
named = st.builds(str.__add__, years, suffixes)


def _window(text: str, calendar: str = DECREE) -> tuple[str, str]:
    start, end = parse_period(text).window(calendar)
    return start.isoformat(), end.isoformat()


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024", "2023-12-15", "2024-12-14"),
        ("2024-H1", "2023-12-15", "2024-06-14"),
        ("2024-H2", "2024-06-15", "2024-12-14"),
        ("2024-9M", "2023-12-15", "2024-09-14"),
        ("2024-Q1", "2023-12-15", "2024-03-14"),
        ("2024-Q2", "2024-03-15", "2024-06-14"),
        ("2024-Q3", "2024-06-15", "2024-09-14"),
        ("2024-Q4", "2024-09-15", "2024-12-14"),
        ("2024-M01", "2023-12-15", "2024-01-14"),
        ("2024-M03", "2024-02-15", "2024-03-14"),
        ("2024-M12", "2024-11-15", "2024-12-14"),
    ],
)
def test_windows_of_the_decree(text: str, start: str, end: str) -> None:
    assert _window(text) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-H1", "2024-01-01", "2024-06-30"),
        ("2024-H2", "2024-07-01", "2024-12-31"),
        ("2024-9M", "2024-01-01", "2024-09-30"),
        ("2024-Q1", "2024-01-01", "2024-03-31"),
        ("2024-Q4", "2024-10-01", "2024-12-31"),
        ("2024-M02", "2024-02-01", "2024-02-29"),
        ("2023-M02", "2023-02-01", "2023-02-28"),
        ("2024-M12", "2024-12-01", "2024-12-31"),
    ],
)
def test_windows_of_the_calendar(text: str, start: str, end: str) -> None:
    assert _window(text, CIVIL) == (start, end)


@pytest.mark.parametrize("calendar", CALENDARS)
def test_a_range_is_taken_as_it_stands(calendar: str) -> None:
    assert _window("2024-02-29..2024-02-29", calendar) == ("2024-02-29", "2024-02-29")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "24",
            "2024 ",
            "2024\n",
            " 2024",
            "2024-",
            "2024-9m",
            "2024-H0",
            "2024-H3",
            "2024-Q0",
            "2024-Q5",
        ),
        *(
            "2024-M00",
            "2024-M13",
            "2024-M1",
            "2024-10M",
            "0000",
            "0001",
            "9999",
            "٢٠٢٤",
            "20244",
            "2024-H1-Q1",
        ),
        *(
            "2024-02-30..2024-03-01",
            "2024-03-01..2024-02-30",
            "2024-03-02..2024-03-01",
            "2024-01-01..",
            "..2024-01-01",
        ),
        *(
            "2024-01-01..2024-02-01..2024-03-01",
            "2024-1-1..2024-2-1",
            "2024-01-01...2024-02-01",
            "0000-01-01..2024-01-01",
        ),
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_period(text)
    assert refusal.value.code == "bad_period"
    assert text in refusal.value.message


def test_an_unknown_calendar_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        parse_period("2024").window("lunar")
    assert refusal.value.code == "bad_calendar"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2024-9M", "9 tháng năm 2024"),
        ("2024", "năm 2024"),
        ("2024-H1", "6 tháng đầu năm 2024"),
        ("2024-H2", "6 tháng cuối năm 2024"),
        ("2024-Q1", "quý I năm 2024"),
        ("2024-Q4", "quý IV năm 2024"),
        ("2024-M09", "tháng 9 năm 2024"),
        ("2024-01-05..2024-09-30", "từ 05/01/2024 đến 30/09/2024"),
        ("0999-01-05..2024-09-30", "từ 05/01/0999 đến 30/09/2024"),
    ],
)
def test_labels(text: str, label: str) -> None:
    assert parse_period(text).label == label


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2024-M02", "2024-M01"),
        ("2024-M01", "2023-M12"),
        ("2024-Q2", "2024-Q1"),
        ("2024-Q1", "2023-Q4"),
        ("2024-H2", "2023-H2"),
        ("2024-9M", "2023-9M"),
        ("2024", "2023"),
        ("0002-M02", "0002-M01"),
    ],
)
def test_the_period_before(text: str, before: str) -> None:
    earlier = previous(parse_period(text))
    assert earlier == parse_period(before)


@pytest.mark.parametrize(
    "text", ["2024-01-01..2024-09-30", "0002", "0002-M01", "0002-Q1", "0002-H2", "0002-9M"]
)
def test_nothing_before(text: str) -> None:
    assert previous(parse_period(text)) is None


@given(named, st.sampled_from(CALENDARS))
def test_every_named_period_has_a_window_within_reach(text: str, calendar: str) -> None:
    period = parse_period(text)
    start, end = period.window(calendar)
    assert start <= end
    assert end.year == period.year
    assert (end - start).days < 366


@given(st.integers(2, 9998), st.sampled_from(CALENDARS))
def test_parts_fill_their_year_without_gap_or_overlap(year: int, calendar: str) -> None:
    whole = parse_period(f"{year:04d}").window(calendar)
    for parts in (["H1", "H2"], [f"Q{n}" for n in range(1, 5)], [f"M{n:02d}" for n in range(1, 13)]):
        windows = [parse_period(f"{year:04d}-{part}").window(calendar) for part in parts]
        assert (windows[0][0], windows[-1][1]) == whole
        for (_, end), (start, _) in pairwise(windows):
            assert start == end + timedelta(days=1)


@given(st.integers(3, 9998), st.sampled_from(CALENDARS), st.sampled_from(["", "-Q1", "-M01"]))
def test_the_period_before_touches(year: int, calendar: str, suffix: str) -> None:
    period = parse_period(f"{year:04d}{suffix}")
    before = previous(period)
    assert before is not None
    assert before.window(calendar)[1] + timedelta(days=1) == period.window(calendar)[0]


@given(st.dates(), st.dates())
def test_any_two_days_in_order_are_a_range(one: date, other: date) -> None:
    start, end = sorted([one, other])
    assert parse_period(f"{start.isoformat()}..{end.isoformat()}").window() == (start, end)


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        parse_period(text)
    except Refused as refusal:
        assert refusal.code == "bad_period"


@given(day=st.dates(date(1000, 1, 1), date(3000, 12, 31)))
def test_every_day_lies_in_its_reporting_month(day: date) -> None:
    first, last = month_of(day).window()
    assert first <= day <= last


def test_the_reporting_month_turns_on_the_fifteenth() -> None:
    days = (date(2025, 12, 14), date(2025, 12, 15), date(2026, 1, 14), date(2026, 1, 15))
    assert [month_of(day).text for day in days] == ["2025-M12", "2026-M01", "2026-M01", "2026-M02"]
