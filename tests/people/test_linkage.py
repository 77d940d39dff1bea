"""How likely two records mean one person."""

from __future__ import annotations

import pytest

from nhanlucso.people import linkage as k
from nhanlucso.people.linkage import Rarity, Traits, likelihood, near

REGISTER = Rarity(60_000, {"nguyen van a": 60, "ly thi hoa": 12}, {"0912345678": 1, "02143888888": 300})
HOA = Traits("Lý Thị Hòa", "ly thi hoa", "1985-12-15", units=frozenset({1}))


def test_one_name_and_one_day_are_most_likely_one_person() -> None:
    found = likelihood(HOA, HOA._replace(name="LÝ THỊ HOÀ"), REGISTER)
    assert found.probability > 0.99
    assert found.reasons == (k.SAME_BIRTH, k.SAME_NAME, k.SAME_UNIT)
    assert found.against == ()


def test_a_year_alone_or_a_name_alone_decides_nothing() -> None:
    assert 0.3 < likelihood(HOA, HOA._replace(birth="1985"), REGISTER).probability < 0.8
    assert likelihood(HOA, HOA._replace(birth=""), REGISTER).probability < 0.1


def test_a_rare_name_says_more_than_a_common_one() -> None:
    common = HOA._replace(name="Nguyễn Văn A", folded="nguyen van a", birth="1985")
    rare = HOA._replace(name="Giàng Thị Mỷ", folded="giang thi my", birth="1985")
    assert (
        likelihood(rare, rare, REGISTER).probability > likelihood(common, common, REGISTER).probability + 0.2
    )


def test_what_differs_speaks_against() -> None:
    other = HOA._replace(birth="1991-03-02", sex="m", units=frozenset({2}))
    found = likelihood(HOA._replace(sex="f"), other, REGISTER)
    assert found.probability < 0.001
    assert found.against == (k.OTHER_BIRTH, k.OTHER_SEX, k.OTHER_UNIT)


def test_an_equal_number_outweighs_another_name() -> None:
    one, other = HOA._replace(id_hash="x"), Traits("Lý Hòa", "ly hoa", id_hash="x")
    assert likelihood(one, other, REGISTER).reasons[0] == k.SAME_ID
    assert likelihood(one, other, REGISTER).probability > 0.95


def test_the_telephone_of_an_office_says_little() -> None:
    one = HOA._replace(birth="")
    own = likelihood(one._replace(phone="0912345678"), one._replace(phone="0912345678"), REGISTER)
    office = likelihood(one._replace(phone="02143888888"), one._replace(phone="02143888888"), REGISTER)
    assert own.probability > 0.95
    assert office.probability < own.probability


@pytest.mark.parametrize(
    ("folded", "reason"),
    [
        ("hoa ly thi", k.NAME_ORDER),
        ("ly thi hoai", k.NAME_TYPO),
        ("ly hoa", k.NAME_PART),
        ("tran van b", k.OTHER_NAME),
    ],
)
def test_how_names_differ(folded: str, reason: str) -> None:
    found = likelihood(HOA, HOA._replace(name=folded, folded=folded), REGISTER)
    assert reason in (*found.reasons, *found.against)


def test_marks_that_differ_weigh_more_than_marks_that_are_missing() -> None:
    bare = likelihood(HOA, HOA._replace(name="Ly Thi Hoa"), REGISTER)
    other = likelihood(HOA, HOA._replace(name="Lý Thị Hoa"), REGISTER)
    assert other.probability < bare.probability
    assert k.SAME_NAME_BARE in other.reasons


@pytest.mark.parametrize(
    ("birth", "reason"),
    [
        ("1985", k.SAME_YEAR),
        ("1985-01-01", k.SAME_YEAR),
        ("1985-12-16", k.NEAR_BIRTH),
        ("1986", k.OTHER_BIRTH),
    ],
)
def test_how_births_differ(birth: str, reason: str) -> None:
    found = likelihood(HOA, HOA._replace(birth=birth), REGISTER)
    assert reason in (*found.reasons, *found.against)
    swapped = likelihood(HOA._replace(birth="1985-03-04"), HOA._replace(birth="1985-04-03"), REGISTER)
    assert k.SWAPPED_BIRTH in swapped.reasons


@pytest.mark.parametrize(
    ("one", "other", "are_near"),
    [
        ("ab", "ba", True),
        ("abc", "abd", True),
        ("abc", "abcd", True),
        ("abc", "abc", True),
        ("abc", "axyd", False),
        ("abc", "cba", False),
        ("", "a", True),
    ],
)
def test_one_letter_is_near(one: str, other: str, are_near: bool) -> None:
    assert near(one, other) is are_near
    assert near(other, one) is are_near
