"""What a person may ask for: everything that is stored, and erasure that leaves a tombstone."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from nhanlucso.audit.models import Event
from nhanlucso.journal.models import RowChange
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.kernel.sealing import encrypt, match_hash
from nhanlucso.people.models import Person, PersonAccount, Post
from nhanlucso.people.rights.services import copy_data, erase_person, hold_person, release_person
from nhanlucso.people.services import PersonData, change_person
from tests.factories import records as r
from tests.factories.district import make_district
from tests.factories.scopes import officer_of, viewer_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, tzinfo=UTC)
NUMBER = "010085123456"


@pytest.fixture
def world() -> Any:
    return make_district()


@pytest.fixture
def person(world: Any) -> Person:
    """With a phone that was corrected, and no post any more."""
    found: Person = world.people["Ánh"]
    found.national_id_cipher, found.national_id_hash = encrypt(NUMBER), match_hash(NUMBER)
    found.save()
    data = PersonData(
        "Lý Thị Ánh", birth="15/12/1985", sex="f", phone="0912345678", email="anh.ly@laocai.gov.vn"
    )
    change_person(person=found, data=data, by=SYSTEM, at=AT)
    Post.objects.filter(person=found).update(valid_to=date(2026, 1, 31))
    return Person.objects.get(pk=found.pk)


def refused(person: Person, by: Any = SYSTEM) -> str:
    with pytest.raises(Refused) as caught:
        erase_person(person=person, by=by, at=AT)
    return caught.value.code


def test_a_copy_holds_everything_readable_and_is_on_record(world: Any, person: Person) -> None:
    found = {part.table: part.rows for part in copy_data(pk=person.pk, by=officer_of(world.hoa), at=AT)}
    own = found["people.person"][0]
    assert (own["full_name"], own["phone"], own["national_id"]) == ("Lý Thị Ánh", "0912345678", NUMBER)
    assert {"people.post", "training.attendance"} <= set(found)
    assert json.dumps({table: list(rows) for table, rows in found.items()})
    assert Event.objects.filter(verb="person.copy", object_id=person.uid).count() == 1
    with pytest.raises(Person.DoesNotExist):
        copy_data(pk=person.pk, by=officer_of(world.loc), at=AT)


def test_erasing_leaves_nothing_that_names_and_everything_that_counts(world: Any, person: Person) -> None:
    kept = {part.table: len(part.rows) for part in copy_data(pk=person.pk, by=SYSTEM, at=AT)}
    erase_person(person=person, by=SYSTEM, at=AT)
    events = Event.objects.count()
    found = erase_person(person=person, by=SYSTEM, at=AT)
    assert Event.objects.count() == events
    assert (found.uid, found.sex, found.birth) == (person.uid, "f", "1985")
    told = copy_data(pk=person.pk, by=SYSTEM, at=AT)
    assert {part.table: len(part.rows) for part in told} == kept
    held = json.dumps(
        [list(part.rows) for part in told] + list(RowChange.objects.values_list("before", "after")),
        ensure_ascii=False,
    )
    assert not [word for word in ("Ánh", "0912345678", "anh.ly", NUMBER, "1985-12-15") if word in held]
    assert match_hash(NUMBER) not in held


def test_what_stands_against_it_is_said(world: Any, person: Person) -> None:
    hold_person(person=person, reason="Yêu cầu số 12/TTr", by=SYSTEM, at=AT)
    assert refused(person) == "on_hold"
    release_person(person=person, by=SYSTEM, at=AT)
    account = r.make_account("anh.ly", "learner", world.hoa)
    PersonAccount.objects.create(account=account, person=person)
    assert refused(person) == "account_active"
    account.is_active = False
    account.save()
    post = Post.objects.filter(person=person).first()
    assert post is not None
    Post.objects.filter(pk=post.pk).update(valid_to=date(9999, 12, 31))
    assert refused(person) == "post_valid"
    assert refused(person, viewer_of(world.hoa)) == "not_allowed"
    with pytest.raises(Refused, match="số văn bản"):
        hold_person(person=person, reason=" ", by=SYSTEM, at=AT)
