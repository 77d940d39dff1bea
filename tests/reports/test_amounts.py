"""Figures in words, and how they stand to their targets."""

from __future__ import annotations

import pytest

from nhanlucso.indicators.rules import Count
from nhanlucso.papers.paper import Amount
from nhanlucso.reports.rules.amounts import (
    MISSED,
    OPEN,
    REACHED,
    UNDECIDED,
    aim,
    cell,
    count,
    count_as_planned,
    percent,
    spoken,
    still_needed,
    uncertainty,
    verdict,
)
from tests.reports.contents import figure, share, target


@pytest.mark.parametrize(
    ("value", "against", "words"),
    [
        (100.0, (), "100 %"),
        (0.0, (), "0 %"),
        (93.4426, (), "93,4 %"),
        (97.0, (), "97 %"),
        (89.96, (90,), "89,96 %"),
        (99.97, (), "99,97 %"),
        (0.02, (), "0,02 %"),
        (50.0, (50,), "50 %"),
    ],
)
def test_a_share_never_reads_as_a_number_that_it_is_not(
    value: float, against: tuple[float, ...], words: str
) -> None:
    assert percent(value, *against) == words


@pytest.mark.parametrize(
    ("qualifiers", "words"),
    [
        ((), "1.000 lượt"),
        (("over",), "hơn 1.000 lượt"),
        (("about",), "khoảng 1.000 lượt"),
        (("nearly",), "gần 1.000 lượt"),
        (("under",), "dưới 1.000 lượt"),
        (("over", "nearly"), "khoảng 1.000 lượt"),
    ],
)
def test_a_qualified_number_is_said_with_its_word(qualifiers: tuple[str, ...], words: str) -> None:
    held = figure("training.attendances", Count(value=600, heads=400, qualifiers=qualifiers))
    assert count(held) == words


@pytest.mark.parametrize(
    ("hits", "of", "goal", "comparator", "words"),
    [
        (490, 524, 90, "over", "đạt trên 90 %"),
        (490, 524, 90, "at_least", "đạt trên 90 %"),
        (90, 100, 90, "at_least", "đạt 90 %"),
        (90, 100, 90, "over", "đạt 90 %, chưa đạt chỉ tiêu trên 90 %"),
        (873, 1000, 90, "at_least", "đạt 87,3 %, chưa đạt chỉ tiêu tối thiểu 90 %"),
        (8996, 10000, 90, "", "đạt 89,96 %, chưa đạt chỉ tiêu 90 %"),
        (21, 21, 90, "over", "đạt 100 %"),
        (21, 21, 100, "at_least", "đạt 100 %"),
        (20, 21, 100, "at_least", "đạt 95,2 %, chưa đạt chỉ tiêu 100 %"),
        (0, 0, 90, "over", "chưa có số liệu"),
    ],
)
def test_the_narrative_speaks_as_the_plan_where_it_is_reached(
    hits: int, of: int, goal: float, comparator: str, words: str
) -> None:
    line = target("coverage.basic", goal, comparator, of=share("coverage.basic", hits, of))
    assert spoken(line, estimated=False) == words


def test_an_estimate_is_said_to_be_one() -> None:
    line = target("coverage.basic", 90, "over", of=share("coverage.basic", 95, 100))
    assert spoken(line, estimated=True) == "ước đạt trên 90 %"


def test_a_downward_target() -> None:
    line = target("coverage.basic", 10, "under", of=share("coverage.basic", 5, 100))
    assert spoken(line, estimated=False) == "đạt 5 %, đạt chỉ tiêu dưới 10 %"


@pytest.mark.parametrize(
    ("value", "goal", "comparator", "words"),
    [
        (1037, 1000, "over", "hơn 1.000 lượt"),
        (1000, 1000, "over", "1.000 lượt"),
        (5000, 1000, "over", "5.000 lượt"),
        (1037, 1000, "at_least", "1.037 lượt"),
    ],
)
def test_a_number_little_over_its_target_is_said_as_planned(
    value: int, goal: float, comparator: str, words: str
) -> None:
    held = figure("training.attendances", Count(value=value))
    assert count_as_planned(held, target("training.attendances", goal, comparator, of=held)) == words


def test_verdicts() -> None:
    assert verdict(target("coverage.basic", 90, "over", of=share("coverage.basic", 91, 100))) == REACHED
    assert verdict(target("coverage.basic", 90, "over", of=share("coverage.basic", 90, 100))) == MISSED
    assert verdict(target("coverage.basic", 90, of=share("coverage.basic", 0, 0))) == OPEN
    assert verdict(target("coverage.basic", None, of=share("coverage.basic", 1, 1))) == OPEN
    assert verdict(target("health.visits", 90)) == OPEN


def test_what_is_unallocated_leaves_a_target_open() -> None:
    line = target("coverage.basic", 90, of=share("coverage.basic", 91, 100, unallocated=20))
    assert verdict(line) == UNDECIDED
    assert spoken(line, estimated=False) == "đạt 91 %, chưa khẳng định được so với chỉ tiêu 90 %"


@pytest.mark.parametrize(
    ("value", "qualifier", "outcome"),
    [(1000, "over", REACHED), (990, "nearly", MISSED), (990, "over", UNDECIDED), (1010, "about", UNDECIDED),
     (11_320, "about", REACHED), (400, "about", MISSED)],
)  # fmt: skip
def test_a_rough_number_decides_only_what_it_can(value: int, qualifier: str, outcome: str) -> None:
    held = figure("training.attendances", Count(heads=value, qualifiers=(qualifier,)))
    assert verdict(target("training.attendances", 1000, "at_least", of=held)) == outcome


def test_persons_known_only_from_counts_decide_by_their_bounds() -> None:
    held = figure("training.persons", Count(value=50, heads=900, largest=120, qualifiers=("exact",)))
    assert verdict(target("training.persons", 200, "at_least", of=held)) == UNDECIDED
    assert uncertainty(held) == "từ 120 đến 950 người"


@pytest.mark.parametrize(
    ("hits", "of", "goal", "comparator", "needed"),
    [(87, 100, 90, "at_least", 3), (90, 100, 90, "over", 1), (95, 100, 90, "over", 0), (0, 0, 90, "", 0),
     (20, 21, 100, "", 1), (2, 3, 66.6, "", 0), (99, 100, 100, "over", 1)],
)  # fmt: skip
def test_how_many_are_still_needed(hits: int, of: int, goal: float, comparator: str, needed: int) -> None:
    assert (
        still_needed(target("coverage.basic", goal, comparator, of=share("coverage.basic", hits, of)))
        == needed
    )


def test_aims_in_words() -> None:
    held = share("coverage.basic", 1, 2)
    assert aim(target("coverage.basic", 90, "at_least", of=held)) == "tối thiểu 90 %"
    assert aim(target("coverage.basic", 100, "at_least", of=held)) == "100 %"
    assert aim(target("mooc.learners", 250, "over", of=figure("mooc.learners", Count(5)))) == "trên 250 người"


def test_unsettled_members_are_named_with_the_bounds() -> None:
    assert uncertainty(share("coverage.basic", 90, 100)) == ""
    text = uncertainty(
        figure("coverage.basic", Count(value=100, hits=90, unallocated=10, unallocated_hits=5))
    )
    assert text == "còn 10 người chưa phân bổ: 85,7–90,5 %"
    assert uncertainty(figure("teams.count", Count(3, 2))) == "còn 2 tổ chưa phân bổ: 3–5"


def test_cells_keep_real_numbers_and_never_show_unknown_as_zero() -> None:
    assert cell(None) is None
    assert cell(share("coverage.basic", 0, 0)) is None
    assert cell(share("coverage.basic", 0, 5)) == Amount(0.0, decimals=0, after="%")
    assert cell(figure("teams.count", Count())) == Amount(0)
    assert cell(figure("training.persons", Count(heads=40, qualifiers=("about",)))) is None
    assert cell(figure("training.attendances", Count(heads=40, qualifiers=("over",)))) == Amount(
        40, before="hơn"
    )
