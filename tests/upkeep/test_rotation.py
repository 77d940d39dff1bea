"""New keys: all is sealed anew and still found, the journal too; half done it goes on; old keys leave later."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from nhanlucso.journal.models import RowChange
from nhanlucso.journal.services import recording, undo
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.kernel.sealing import decrypt, encrypt, match_hash, match_hashes, ring
from nhanlucso.people.models import Person
from nhanlucso.upkeep.rotation import rotating
from nhanlucso.upkeep.rotation.rotating import retire_old_keys, rotate

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, tzinfo=UTC)
NUMBERS = [f"0100850000{number:02d}" for number in range(7)]


@pytest.fixture
def keys(data_folder: Path) -> Path:
    folder = data_folder / "keys"
    folder.mkdir()
    (folder / "field.key").write_text(settings.FIELD_KEY)
    (folder / "match.key").write_text(settings.MATCH_KEY)
    return folder


@pytest.fixture
def people(keys: Path) -> list[Person]:
    return [
        Person.objects.create(
            uid=number,
            full_name="Người",
            national_id_cipher=encrypt(number),
            national_id_hash=match_hash(number),
        )
        for number in NUMBERS
    ]


def opened() -> list[str]:
    return [
        decrypt(cipher)
        for cipher in Person.objects.order_by("pk").values_list("national_id_cipher", flat=True)
    ]


def test_all_is_sealed_anew_and_still_found(people: list[Person], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotating, "AT_ONCE", 3)
    made = rotate(by=None, at=AT)
    assert (made.fresh, made.rows, made.lost) == (True, 7, 0)
    assert opened() == NUMBERS
    for person in Person.objects.all():
        assert person.national_id_cipher.startswith("v2:")
        assert person.national_id_hash == match_hash(person.uid)


def test_an_act_of_before_can_still_be_taken_back(people: list[Person]) -> None:
    person = people[0]
    with recording(
        kind="sheet.import", subject="", title="x", permission=Permission.IMPORT_LISTS, by=SYSTEM, at=AT
    ) as recorder:
        recorder.watch(Person.objects.filter(pk=person.pk))
        Person.objects.filter(pk=person.pk).update(full_name="Khác")
    assert rotate(by=None, at=AT).rows == 8
    change = RowChange.objects.select_related("act").get()
    undo(act=change.act, by=SYSTEM, at=AT)
    person.refresh_from_db()
    assert (person.full_name, decrypt(person.national_id_cipher)) == ("Người", NUMBERS[0])
    assert person.national_id_hash == match_hash(NUMBERS[0])


def test_stopped_half_way_everything_is_found_and_it_goes_on(
    people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotating, "AT_ONCE", 3)

    def stop(rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate(by=None, at=AT, say=stop)
    assert opened() == NUMBERS
    assert all(
        Person.objects.filter(national_id_hash__in=match_hashes(number)).count() == 1 for number in NUMBERS
    )
    assert not retire_old_keys(by=None, at=AT + timedelta(days=400))
    newest = ring("field.key")[0]
    made = rotate(by=None, at=AT)
    assert (made.fresh, ring("field.key")[0]) == (False, newest)
    assert opened() == NUMBERS


def test_old_keys_leave_a_day_after_nothing_needs_them(people: list[Person], keys: Path) -> None:
    rotate(by=None, at=AT)
    for name in ("field.key", "match.key"):
        assert (keys / name).stat().st_mode & 0o077 == 0
        os.utime(keys / name, (AT.timestamp(), AT.timestamp()))
    assert not retire_old_keys(by=None, at=AT + timedelta(hours=23))
    assert retire_old_keys(by=None, at=AT + timedelta(hours=25))
    assert [len(ring(name)) for name in ("field.key", "match.key")] == [1, 1]
    assert opened() == NUMBERS
    assert not retire_old_keys(by=None, at=AT + timedelta(days=9))


def test_a_number_that_no_key_opens_is_left_as_it_is(people: list[Person]) -> None:
    Person.objects.filter(pk=people[0].pk).update(national_id_cipher="v1:bm90aGluZw==")
    assert rotate(by=None, at=AT).lost == 1
    assert Person.objects.get(pk=people[0].pk).national_id_cipher == "v1:bm90aGluZw=="


def test_without_keys_nothing_is_begun(data_folder: Path) -> None:
    with pytest.raises(Refused) as caught:
        rotate(by=None, at=AT)
    assert caught.value.code == "keys_missing"
