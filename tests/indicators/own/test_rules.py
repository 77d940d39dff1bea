"""Parts, slugs, spans: plain values."""

from __future__ import annotations

from datetime import date

import pytest

from nhanlucso.indicators.enums import Measure
from nhanlucso.indicators.own.rules import (
    Parts,
    Span,
    as_data,
    holds,
    of_data,
    problems,
    slug_is_written_right,
    slug_of,
    spans,
)
from nhanlucso.indicators.parts import Audience, Deed, Event, Within, months_before


@pytest.mark.parametrize(
    ("last", "months", "first"),
    [
        (date(2024, 12, 14), 12, date(2023, 12, 15)),
        (date(2024, 3, 31), 1, date(2024, 3, 1)),
        (date(2023, 3, 31), 1, date(2023, 3, 1)),
        (date(2024, 1, 14), 1, date(2023, 12, 15)),
        (date(2024, 2, 29), 12, date(2023, 3, 1)),
    ],
)
def test_months_before_a_day(last: date, months: int, first: date) -> None:
    assert months_before(last, months) == first


def test_a_slug_is_made_of_whole_words() -> None:
    assert slug_of("Nữ lãnh đạo chưa học (12 tháng)") == "nu-lanh-dao-chua-hoc-12-thang"
    assert len(slug_of("chuyển đổi số " * 10)) <= 40
    assert slug_of("…") == ""
    assert slug_is_written_right("nu-lanh-dao")
    assert not any(map(slug_is_written_right, ("", "Nữ", "a--b", "-a", "a b", "x" * 41)))


def test_each_version_holds_until_the_next_one() -> None:
    one, two = date(1, 1, 1), date(2025, 7, 1)
    assert spans([(2, two), (1, one)], date(2026, 1, 1)) == [
        Span(1, one, date(2025, 6, 30)),
        Span(2, two, date(2026, 1, 1)),
    ]
    assert spans([], None) == []
    assert holds(Span(1, two, None), two)
    assert not holds(Span(1, two, None), date(2025, 6, 30))


LEARNED = Event(Deed.LEARNED)
REFUSED = {
    "event_missing": Parts(Measure.PERCENT, Audience()),
    "nothing_to_count": Parts(Measure.ATTENDANCES, Audience(), Event(Deed.ATTENDED, none=True)),
    "form_of_classes": Parts(Measure.PERCENT, Audience(), Event(Deed.LEARNED, forms=("class",))),
    "self_paced_of_results": Parts(Measure.PERCENT, Audience(), Event(Deed.LEARNED, self_paced=True)),
    "bad_months": Parts(Measure.PERCENT, Audience(), Event(Deed.LEARNED, within=Within.MONTHS)),
    "bad_age": Parts(Measure.PERSONS, Audience(age_from=40, age_to=30)),
    "members_have_no_posts": Parts(Measure.PERSONS, Audience(members=True, leader=True)),
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_cannot_be_counted(code: str) -> None:
    assert problems(REFUSED[code]) == [code]


def test_parts_are_stored_and_read_again() -> None:
    parts = Parts(
        Measure.ATTENDANCES,
        Audience(categories=("cadre",), duties=("one_stop",), sex="f", age_to=35),
        Event(Deed.COMPLETED, forms=("class",), courses=(3, 5), within=Within.MONTHS, months=6),
    )
    assert problems(parts) == []
    assert of_data(parts.measure, as_data(parts)) == parts
