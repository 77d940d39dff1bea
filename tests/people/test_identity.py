"""Identity numbers: sealed, matched without being opened, masked."""

from __future__ import annotations

from typing import Any

import pytest

from nhanlucso.people.identity import Undecipherable, decrypt, encrypt, masked, match_hash
from nhanlucso.people.models import Person

NUMBER = "010085000001"


def test_a_sealed_number_opens_again() -> None:
    assert decrypt(encrypt(NUMBER)) == NUMBER


def test_a_seal_tells_nothing_and_is_never_the_same_twice() -> None:
    one, two = encrypt(NUMBER), encrypt(NUMBER)
    assert one != two
    assert NUMBER not in one


def test_equal_numbers_match_and_others_do_not() -> None:
    assert match_hash(NUMBER) == match_hash(NUMBER)
    assert match_hash(NUMBER) != match_hash("010085000002")


def test_both_name_their_scheme_and_fit_their_columns() -> None:
    for text, field in ((encrypt(NUMBER), "national_id_cipher"), (match_hash(NUMBER), "national_id_hash")):
        assert text.startswith("v1:")
        assert len(text) <= Person._meta.get_field(field).max_length


def test_nothing_stays_nothing() -> None:
    assert (encrypt(""), decrypt(""), match_hash(""), masked("")) == ("", "", "", "")


def test_without_the_key_nothing_opens_and_nothing_matches(settings: Any) -> None:
    sealed, matched = encrypt(NUMBER), match_hash(NUMBER)
    settings.FIELD_KEY = settings.MATCH_KEY = "another"
    with pytest.raises(Undecipherable):
        decrypt(sealed)
    assert match_hash(NUMBER) != matched


@pytest.mark.parametrize("cipher", [NUMBER, "v1:", "v1:!!!", "v1:YWJj", "v2:" + "A" * 60, "v1:é"])
def test_what_was_never_sealed_does_not_open(cipher: str) -> None:
    with pytest.raises(Undecipherable):
        decrypt(cipher)


def test_a_changed_seal_does_not_open() -> None:
    sealed = encrypt(NUMBER)
    with pytest.raises(Undecipherable):
        decrypt(sealed[:30] + ("A" if sealed[30] != "A" else "B") + sealed[31:])


def test_the_screen_shows_the_last_three_digits() -> None:
    assert masked(NUMBER) == "•••••••••001"
    assert masked("12") == "••"
