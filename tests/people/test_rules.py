"""What may be written about a person, and who may be the same person."""

from __future__ import annotations

import pytest

from nhanlucso.people.rules import Group, Trait, alike, birth_of, national_id_of, phone_of


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("15/12/1985", "1985-12-15"),
        ("5-3-1985", "1985-03-05"),
        ("1985-12-15", "1985-12-15"),
        ("1985", "1985"),
        (" ", ""),
        ("31/02/1985", None),
        ("12/1985", None),
        ("85", None),
        ("01/01/1785", None),
    ],
)
def test_births(written: str, stored: str | None) -> None:
    assert birth_of(written) == stored


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("0912 345 678", "0912345678"),
        ("+84 912.345.678", "0912345678"),
        ("", ""),
        ("12", None),
        ("abc", None),
    ],
)
def test_phones(written: str, stored: str | None) -> None:
    assert phone_of(written) == stored


@pytest.mark.parametrize(
    ("written", "stored"),
    [("010 085 123 456", "010085123456"), ("123456789", "123456789"), ("", ""), ("0100851234", None)],
)
def test_national_ids(written: str, stored: str | None) -> None:
    assert national_id_of(written) == stored


def trait(person: int, birth: str = "", number: str = "", phone: str = "", name: str = "ly a") -> Trait:
    return Trait(person, name, birth, number, phone)


def test_equal_days_are_alike_and_other_days_are_not() -> None:
    rows = [trait(1, "1985-12-15"), trait(2, "1985-12-15"), trait(3, "1985-11-01")]
    assert alike(rows) == [Group((1, 2), ("birth",))]


def test_a_year_alone_is_like_any_day_in_it() -> None:
    assert alike([trait(1, "1985-12-15"), trait(2, "1985")]) == [Group((1, 2), ("birth",))]
    assert alike([trait(1, "1985-12-15"), trait(2, "1986")]) == []


def test_another_name_is_alike_by_its_identity_number_alone() -> None:
    rows = [trait(1, "1985", "x", "09"), trait(2, "1985", "x", "09", name="ly b")]
    assert alike(rows) == [Group((1, 2), ("national_id",))]


def test_reasons_of_one_group_stand_together_the_surest_first() -> None:
    rows = [trait(7, "1985", "x", "09"), trait(3, "1985", "x", "09")]
    assert alike(rows) == [Group((7, 3), ("national_id", "birth", "phone"))]


def test_what_is_unknown_makes_nobody_alike() -> None:
    assert alike([trait(1), trait(2)]) == []
