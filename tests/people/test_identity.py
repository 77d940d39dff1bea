"""Identity numbers: sealed, matched without being opened, masked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from nhanlucso.kernel.sealing import (
    Undecipherable,
    decrypt,
    encrypt,
    encrypt_anew,
    match_hash,
    match_hashes,
    new_key,
)
from nhanlucso.people.identity import masked
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


def test_a_new_key_seals_and_the_old_one_still_opens(data_folder: Path) -> None:
    """The running process takes up what a change of keys left in the file."""
    sealed, matched = encrypt(NUMBER), match_hash(NUMBER)
    (data_folder / "keys").mkdir()
    for name, old in (("field.key", settings.FIELD_KEY), ("match.key", settings.MATCH_KEY)):
        (data_folder / "keys" / name).write_text(f"{new_key().line}\n{old}\n")
    assert decrypt(sealed) == NUMBER
    assert encrypt(NUMBER).startswith("v2:")
    assert match_hash(NUMBER) != matched
    assert matched in match_hashes(NUMBER)
    anew = encrypt_anew(sealed)
    assert (anew, decrypt(anew)) == (encrypt_anew(sealed), NUMBER)
    assert encrypt_anew(anew) == anew
    for text, field in ((anew, "national_id_cipher"), (match_hash(NUMBER), "national_id_hash")):
        assert len(text) <= Person._meta.get_field(field).max_length
