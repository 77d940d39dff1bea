"""Numbers and dates as written in Vietnamese."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nhanlucso.kernel.numbers import rounded, vi_date, vi_number, whole_number_of, written


@pytest.mark.parametrize(
    ("value", "places", "said"),
    [
        (1037, None, "1.037"),
        (93.44, None, "93,4"),
        (93.05, None, "93,1"),
        (90, 1, "90,0"),
        (Decimal("0.125"), 2, "0,13"),
        (-0.04, None, "0"),
        (1234567, 0, "1.234.567"),
    ],
)
def test_vi_number(value: float, places: int | None, said: str) -> None:
    assert vi_number(value, places) == said


def test_rounding_is_half_up_on_what_is_shown() -> None:
    assert [rounded(value, 0) for value in (0.5, 1.5, 2.5)] == [1, 2, 3]


def test_other_signs() -> None:
    assert written(1234567.89, 2, thousands=",", decimal=".") == "1,234,567.89"


def test_vi_date() -> None:
    assert vi_date(date(2023, 1, 5)) == "05/01/2023"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1120", 1_120),
        ("1.120", 1_120),
        ("1 120", 1_120),
        ("1\u00a0120", 1_120),
        (" 12.345.678 ", 12_345_678),
        ("-5", -5),
        ("0", 0),
        ("92,5", None),
        ("1,120", None),
        ("1.12", None),
        ("0.120", None),
        ("1.120 300", None),
        ("12 34", None),
        ("12a", None),
        ("", None),
        ("٣", None),
    ],
)
def test_whole_numbers_as_people_write_them(text: str, number: int | None) -> None:
    assert whole_number_of(text) == number
