"""Corrections to what is known of a person."""

from __future__ import annotations

from typing import Any

import pytest

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.kernel.sealing import decrypt
from nhanlucso.people.models import Person
from nhanlucso.people.services import PersonData, change_person
from tests.factories import records as r
from tests.factories.scopes import officer_of, viewer_of

pytestmark = pytest.mark.django_db


def test_the_name_changes_with_its_keys(places: Any) -> None:
    person = r.make_person("Lý Văn Anh", places.an)
    change_person(person=person, data=PersonData("Lý Văn Ánh"), by=officer_of(places.an), at=now())
    person.refresh_from_db()
    assert person.full_name == "Lý Văn Ánh"
    assert person.name_key != r.name_key("Lý Văn Anh")


def test_a_number_that_is_not_given_stays(places: Any) -> None:
    person = r.make_person("Lý Văn An", places.an)
    change_person(
        person=person, data=PersonData("Lý Văn An", national_id="010085123456"), by=SYSTEM, at=now()
    )
    change_person(person=person, data=PersonData("Lý Văn Ân"), by=SYSTEM, at=now())
    person.refresh_from_db()
    assert decrypt(person.national_id_cipher) == "010085123456"
    change_person(person=person, data=PersonData("Lý Văn Ân", national_id=""), by=SYSTEM, at=now())
    person.refresh_from_db()
    assert (person.national_id_cipher, person.national_id_hash) == ("", "")


def test_nobody_changes_people_of_others(places: Any) -> None:
    person = r.make_person("Lý Văn An", places.an)
    with pytest.raises(Person.DoesNotExist):
        change_person(person=person, data=PersonData("X"), by=officer_of(places.binh), at=now())
    with pytest.raises(Refused) as refusal:
        change_person(person=person, data=PersonData("X"), by=viewer_of(places.an), at=now())
    assert refusal.value.code == "not_allowed"
    person.refresh_from_db()
    assert person.full_name == "Lý Văn An"
