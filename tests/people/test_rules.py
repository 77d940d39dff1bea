"""What may be written about a person."""

from __future__ import annotations

import pytest

from nhanlucso.people.rules import birth_of, national_id_of, phone_of


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
