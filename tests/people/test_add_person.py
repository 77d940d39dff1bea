"""A person with a first post."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from nhanlucso.audit.models import Event, Touch
from nhanlucso.kernel.clock import EVER, now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM, Scope
from nhanlucso.kernel.sealing import decrypt, match_hash
from nhanlucso.orgs.models import Unit
from nhanlucso.people.models import Person
from nhanlucso.people.services import PersonData, PostData, add_person
from tests.factories import records as r
from tests.factories.scopes import officer_of, viewer_of

pytestmark = pytest.mark.django_db
DATA = PersonData("  Lý   Thị Ánh ", "15/12/1985", "f", "+84912345678", "Anh@Xa.vn", "010085123456")


def test_it_is_stored_with_its_keys_and_on_record(places: Any) -> None:
    post = PostData(places.an, "Công chức", "civil_servant", duties=frozenset({"one_stop"}), is_main=True)
    made = add_person(person=DATA, post=post, by=officer_of(places.an), at=now())
    made.refresh_from_db()
    assert (made.full_name, made.name_folded, made.birth) == ("Lý Thị Ánh", "ly thi anh", "1985-12-15")
    assert (made.phone, made.email) == ("0912345678", "anh@xa.vn")
    assert "010085123456" not in made.national_id_cipher
    assert decrypt(made.national_id_cipher) == "010085123456"
    assert made.national_id_hash == match_hash("010085123456")
    row = made.posts.get()
    assert (row.unit, row.one_stop, row.records, row.is_main, row.valid_from) == (
        places.an,
        True,
        False,
        True,
        EVER,
    )
    assert Event.objects.filter(verb="person.add", object_id=made.uid).count() == 1
    assert Touch.objects.exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"full_name": "  "}, "name_missing"),
        ({"birth": "31/02/1985"}, "bad_birth"),
        ({"phone": "12"}, "bad_phone"),
        ({"national_id": "12345"}, "bad_national_id"),
        ({"sex": "x"}, "bad_value"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    places: Any, change: dict[str, str], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        add_person(person=replace(DATA, **change), post=PostData(places.an), by=SYSTEM, at=now())
    assert refusal.value.code == code
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("post", "code"),
    [
        ({"category": "king"}, "bad_value"),
        ({"duties": frozenset({"sleep"})}, "bad_value"),
        ({"valid_from": date(2025, 1, 2), "valid_to": date(2025, 1, 1)}, "bad_span"),
    ],
)
def test_a_post_that_cannot_be_is_refused(places: Any, post: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        add_person(person=DATA, post=PostData(places.an, **post), by=SYSTEM, at=now())
    assert refusal.value.code == code
    assert not Person.objects.exists()


def test_a_unit_that_has_ended_takes_nobody_afterwards(places: Any) -> None:
    old = r.make_unit("cu", "Xã Cũ", end=date(2025, 6, 30))
    with pytest.raises(Refused) as refusal:
        add_person(person=DATA, post=PostData(old, valid_from=date(2025, 7, 1)), by=SYSTEM, at=now())
    assert refusal.value.code == "unit_not_valid"


def test_nobody_writes_outside_the_scope(places: Any) -> None:
    with pytest.raises(Unit.DoesNotExist):
        add_person(person=DATA, post=PostData(places.binh), by=officer_of(places.an), at=now())
    assert not Person.objects.exists()


def refused(by: Scope, post: PostData | None) -> str:
    with pytest.raises(Refused) as refusal:
        add_person(person=DATA, post=post, by=by, at=now())
    return refusal.value.code


def test_viewers_write_nothing(places: Any) -> None:
    assert refused(viewer_of(places.an), PostData(places.an)) == "not_allowed"


def test_only_who_reaches_everything_may_leave_the_post_out(places: Any) -> None:
    assert refused(officer_of(places.an), None) == "post_missing"
    assert add_person(person=DATA, post=None, by=SYSTEM, at=now()).posts.count() == 0
