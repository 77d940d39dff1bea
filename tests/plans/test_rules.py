"""Distances in people, shares of a number, numbers as people write them, titles a year later."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.kernel.errors import Refused
from nhanlucso.plans.rules import (
    a_year_later,
    amount_of,
    check_span,
    decimals,
    for_next_year,
    is_key,
    judged,
    members_short,
    proportional,
    reached,
    title_of,
)


@pytest.mark.parametrize(
    ("numerator", "denominator", "target", "comparator", "short"),
    [
        (18, 21, 90, "over", 1),
        (18, 20, 90, "at_least", 0),
        (18, 20, 90, "over", 1),
        (0, 453, 90, "", 408),
        (5, 10, 50, "over", 1),
        (10, 10, 100, "over", 0),  # nobody is left who could come
        (3, 10, 20, "at_most", 1),
        (2, 10, 20, "under", 1),
        (133, 250, 53.2, "at_least", 0),
    ],
)
def test_how_many_people_are_missing(
    numerator: int, denominator: int, target: float, comparator: str, short: int
) -> None:
    assert members_short(numerator, denominator, target, comparator) == short


@given(
    st.integers(1, 400).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d))),
    st.integers(0, 100),
    st.sampled_from(["", "at_least"]),
)
def test_so_many_more_and_the_target_is_reached(pair: tuple[int, int], target: int, comparator: str) -> None:
    numerator, denominator = pair
    short = members_short(numerator, denominator, target, comparator)
    assert reached(100 * (numerator + short) / denominator, target, comparator)
    assert not short or not reached(100 * (numerator + short - 1) / denominator, target, comparator)


@pytest.mark.parametrize(
    ("values", "qualifier", "met"),
    [
        ((None, 0, 100), "exact", None),
        ((95.0, 92, 97), "exact", True),
        ((80.0, 70, 85), "exact", False),
        ((85.0, 80, 95), "exact", None),  # who is not placed yet decides
        ((90.0, 90, 90), "about", None),
        ((90.0, 90, 90), "over", True),
    ],
)
def test_what_nobody_can_say_is_not_said(
    values: tuple[float | None, float, float], qualifier: str, met: bool | None
) -> None:
    assert judged(values, qualifier, 90, "at_least") is met


@given(
    st.integers(0, 10_000),
    st.lists(st.one_of(st.none(), st.integers(0, 500)), min_size=1, max_size=30),
)
def test_shares_add_up(total: int, sizes: list[int | None]) -> None:
    shares = proportional(total, sizes)
    assert len(shares) == len(sizes)
    if not any(sizes):
        assert shares == [None] * len(sizes)
    else:
        assert sum(share or 0 for share in shares) == total
        assert all((share is None) == (size is None) for share, size in zip(shares, sizes, strict=True))


def test_shares_follow_the_sizes() -> None:
    assert proportional(10, [1, 1, 2]) == [3, 2, 5]
    assert proportional(10, [None, 5, 0]) == [None, 10, 0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("90", 90),
        (" 90,5 % ", 90.5),
        ("90.5", 90.5),
        ("1.200", 1200),
        ("12.345,5", 12345.5),
        ("1 200", 1200),
        ("1 2", None),
        ("", None),
        ("-5", None),
        ("nhiều", None),
        ("1.2.3", None),
        ("1e5", None),
        ("٣", None),
    ],
)
def test_numbers_as_people_write_them(text: str, value: float | None) -> None:
    assert amount_of(text) == value


def test_decimals_of_a_stored_number() -> None:
    assert [decimals(value) for value in (90, 90.5, 33.25)] == [0, 1, 2]


def test_a_year_later() -> None:
    assert a_year_later(date(2026, 3, 1)) == date(2027, 3, 1)
    assert a_year_later(date(2024, 2, 29)) == date(2025, 2, 28)
    assert [a_year_later(day) for day in (None, EVER, ALWAYS)] == [None, EVER, ALWAYS]
    assert for_next_year("Kế hoạch năm 2025 đến năm 2030, số 20251", 2025) == (
        "Kế hoạch năm 2026 đến năm 2030, số 20251"
    )


def test_titles_spans_and_keys() -> None:
    assert title_of("  Kế   hoạch ") == "Kế hoạch"
    for text in (" ", "a" * 501):
        with pytest.raises(Refused):
            title_of(text)
    with pytest.raises(Refused, match="Ngày cuối"):
        check_span(date(2026, 2, 1), date(2026, 1, 1))
    assert is_key("abcdefgh2345")
    assert not is_key("ABCDEFGH2345")
