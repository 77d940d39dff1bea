"""Numbers, days and figures as pages say them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.utils import translation

from nhanlucso.web.kit import wording

NB = "\u00a0"


@pytest.mark.parametrize(
    ("value", "said"),
    [(1037, "1.037"), (93.44, "93,4"), (93.0, "93"), (0, "0"), (1234567.85, "1.234.567,9"), (-12.5, "-12,5")],
)
def test_vietnamese_numbers(value: float, said: str) -> None:
    assert wording.number(value) == said


def test_english_numbers_turn_the_signs_around() -> None:
    with translation.override("en"):
        assert wording.number(1037) == "1,037"
        assert wording.number(93.44) == "93.4"
        assert wording.percent(93.44) == "93.4%"


@pytest.mark.parametrize("value", [None, "", "12", True, float("nan"), float("inf")])
def test_what_is_no_number_is_unknown_and_never_zero(value: object) -> None:
    assert wording.number(value) == "–"
    assert wording.percent(value) == "–"


@pytest.mark.parametrize(
    ("share", "said"), [(93.41, "93,4"), (100, "100"), (99.97, "99,9"), (0.02, "0,1"), (0, "0"), (90.0, "90")]
)
def test_rounding_never_claims_all_or_none(share: float, said: str) -> None:
    assert wording.percent(share) == f"{said}{NB}%"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (date(2023, 12, 15), "15/12/2023"),
        ("2024-09-14", "14/09/2024"),
        (datetime(2024, 9, 14, 18, 30, tzinfo=UTC), "15/09/2024"),
        ("2024-09-14T18:30:00+00:00", "15/09/2024"),
        (None, "–"),
        ("1985", "1985"),
        ("2024-02-31", "2024-02-31"),
    ],
)
def test_days_are_local_days(value: object, said: str) -> None:
    assert wording.day(value) == said


def test_a_moment_is_local_time() -> None:
    assert wording.moment(datetime(2024, 9, 14, 10, 5, tzinfo=UTC)) == "17:05 ngày 14/09/2024"
    assert wording.moment("2024-09-14T10:05:00+00:00") == "17:05 ngày 14/09/2024"
    assert wording.moment("2024-09-14") == "14/09/2024"


@pytest.mark.parametrize(
    ("qualifier", "unit", "said"),
    [
        ("exact", "lượt", f"1.037{NB}lượt"),
        ("over", "lượt", f"hơn 1.037{NB}lượt"),
        ("about", "lượt", f"khoảng 1.037{NB}lượt"),
        ("nearly", "người", f"gần 1.037{NB}người"),
        ("under", "người", f"dưới 1.037{NB}người"),
        ("over", "%", f"trên 1.037{NB}%"),
    ],
)
def test_a_figure_stands_with_its_qualifier(qualifier: str, unit: str, said: str) -> None:
    figure = {"value": 1037, "qualifier": qualifier, "unit": unit}
    assert wording.qualified(figure) == said
    assert wording.qualified(SimpleNamespace(**figure)) == said


def test_an_unknown_figure_has_no_qualifier() -> None:
    assert wording.qualified({"value": None, "qualifier": "over", "unit": "lượt"}) == "–"


def test_the_sentence_says_share_bounds_and_what_is_loose() -> None:
    figure = {
        "value": 93.406,
        "numerator": 255,
        "denominator": 273,
        "low": 92.4,
        "high": 94,
        "unallocated": 3,
        "qualifier": "exact",
        "unit": "%",
    }
    assert wording.figure_sentence(figure) == (
        f"93,4{NB}%; 255 trên 273; có thể từ 92,4{NB}% đến 94{NB}%; 3 trường hợp chưa rõ thuộc đơn vị nào."
    )


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (
            {"value": 1037, "qualifier": "over", "low": 1037, "high": 1037, "unit": "lượt"},
            f"Hơn 1.037{NB}lượt.",
        ),
        ({"value": None, "denominator": 0, "unit": "%"}, "chưa có ai trong diện tính."),
        ({"value": None, "unit": "lượt"}, "Chưa có số liệu."),
    ],
)
def test_short_sentences(figure: dict[str, object], said: str) -> None:
    assert wording.figure_sentence(figure).lower() == said.lower()


def test_a_unit_that_is_not_listed_stands_as_it_is() -> None:
    assert wording.quantity(3, "thôn") == f"3{NB}thôn"
    assert wording.quantity(93.4, "%") == f"93,4{NB}%"
