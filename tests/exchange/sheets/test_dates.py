"""Dates in every shape."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhanlucso.exchange.sheets.dates import is_month_first, read_date

DAYS = st.dates(date(1930, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("28/10/1968", "1968-10-28"),
        ("8/1/1997", "1997-01-08"),
        ("08-01-1997", "1997-01-08"),
        ("08.01.1997", "1997-01-08"),
        ("8 / 1 / 1997", "1997-01-08"),
        ("1997-01-08", "1997-01-08"),
        ("1997/1/8", "1997-01-08"),
        ("22/06/2024 00:00", "2024-06-22"),
        ("22/06/2024 14:05:10", "2024-06-22"),
        ("7:30 15/8/2024", "2024-08-15"),
        ("2024-06-22T17:30:00+07:00", "2024-06-22"),
        ("2024-06-22 17:30:00 UTC", "2024-06-23"),  # already the next day in Vietnam
        ("ngày 02 tháng 3 năm 1980", "1980-03-02"),
        ("2 tháng 3, 1980", "1980-03-02"),
        ("Thứ Sáu, 22 tháng 6 2024, 5:00 PM", "2024-06-22"),
        ("Saturday, 22 June 2024, 5:00 PM", "2024-06-22"),
        ("Jun 22, 2024", "2024-06-22"),
        ("'28/10/1968", "1968-10-28"),
        ("22061980", "1980-06-22"),
        (22061980.0, "1980-06-22"),
        (2061980, "1980-06-02"),
        (29221.0, "1980-01-01"),
        (29221.75, "1980-01-01"),
        ("29221", "1980-01-01"),
        (1982.0, "1982"),
        ("1999", "1999"),
        ("năm 1999", "1999"),
        (date(1980, 1, 2), "1980-01-02"),
        (datetime(1980, 1, 2, 23, 0), "1980-01-02"),
        (datetime(1980, 1, 2, 23, 0, tzinfo=UTC), "1980-01-03"),
        ("-", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_plain_dates(cell: Any, text: str) -> None:
    read = read_date(cell)
    assert (read.text, read.note) == (text, "")


@pytest.mark.parametrize(
    "cell", ["31/02/1980", "29/2/1981", "00/01/1980", "không rõ", "12/13/14/15", 7.0, 3e9, True]
)
def test_what_is_no_date_is_told(cell: Any) -> None:
    read = read_date(cell)
    assert (read.text, read.note) == ("", "bad_date")


def test_what_is_understood_with_a_doubt_is_told() -> None:
    assert read_date("10/1979") == read_date("10-1979")
    assert (read_date("10/1979").text, read_date("10/1979").note) == ("1979", "month_only")
    assert (read_date("1/2/80").text, read_date("1/2/80").note) == ("1980-02-01", "two_digit_year")
    assert read_date("1/2/13", pivot=12).text == "1913-02-01"
    assert (read_date("03/25/1980").text, read_date("03/25/1980").note) == ("1980-03-25", "month_first")


def test_a_column_may_write_the_month_first() -> None:
    column = ["03/25/1980", "04/05/1981", None, 1980.0]
    assert is_month_first(column)
    assert read_date("04/05/1981", month_first=True).text == "1981-04-05"
    assert not is_month_first(["03/25/1980", "25/03/1980"])
    assert not is_month_first(["04/05/1981"])


@given(DAYS)
def test_every_day_reads_back_in_every_shape(day: date) -> None:
    shapes: list[Any] = [
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d.%m.%Y}",
        f"ngày {day.day} tháng {day.month} năm {day.year}",
        f"{day:%d/%m/%Y} 08:00",
        (day - date(1899, 12, 30)).days * 1.0,
        day,
    ]
    assert {read_date(shape).text for shape in shapes} == {day.isoformat()}


@given(st.one_of(st.text(), st.floats(), st.integers()))
def test_nothing_makes_it_stumble(cell: Any) -> None:
    read = read_date(cell)
    assert read.text == "" or len(read.text) in (4, 10)
