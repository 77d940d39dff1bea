"""Persons of the register and their accounts."""

from __future__ import annotations

from typing import Any

import pytest

from nhanlucso.access.models import Account, Invite
from nhanlucso.access.queries import NOBODY, scope_of
from nhanlucso.access.secret import new_secret
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.people.accounts.queries import has_account, person_behind
from nhanlucso.people.accounts.services import (
    accept_invite,
    accept_light_invite,
    invite_person,
    link_person,
)
from nhanlucso.people.models import Person, PersonAccount
from nhanlucso.people.queries import with_person
from tests.factories import records as r

pytestmark = pytest.mark.django_db
PIN = "802517"


@pytest.fixture
def officer(places: Any) -> Any:
    return scope_of(r.make_account("can-bo", "officer", places.an))


@pytest.fixture
def person(places: Any) -> Person:
    return r.make_person("Vàng A Sùng", places.an)


def invited(person: Person, places: Any, by: Any, role: str = "team_member") -> str:
    secret = new_secret()
    unit = places.village if role == "team_member" else places.an
    invite_person(person=person, role=role, unit=unit, secret=secret, by=by, at=now())
    return secret


def taken(secret: str) -> Account:
    return accept_light_invite(secret=secret, full_name="", pin=PIN, by=NOBODY, at=now())


def test_who_takes_it_up_becomes_the_account_of_the_person(places: Any, officer: Any, person: Person) -> None:
    account = taken(invited(person, places, officer))
    scope = with_person(scope_of(account))
    assert (scope.person_id, account.full_name) == (person.pk, "Vàng A Sùng")
    assert scope.may(Permission.LOG_ASSISTS)
    assert person_behind(scope, account) == person_behind(officer, account) == person
    assert has_account(officer, person)


def test_a_full_role_as_well(places: Any, officer: Any, person: Person) -> None:
    secret = invited(person, places, officer, "trainer")
    account = accept_invite(
        secret=secret, full_name="", username="vang.sung", password="suối chảy qua bản", by=NOBODY, at=now()
    )
    assert with_person(scope_of(account)).person_id == person.pk


def test_a_person_has_one_account(places: Any, officer: Any, person: Person) -> None:
    first, second = invited(person, places, officer), invited(person, places, officer)
    taken(first)
    with pytest.raises(Refused) as refused:
        taken(second)
    assert refused.value.code == "has_account"
    assert Account.objects.filter(full_name=person.full_name).count() == 1  # nothing half made
    assert Invite.objects.filter(used_by__isnull=True).count() == 1
    with pytest.raises(Refused) as refused:
        invited(person, places, officer)
    assert refused.value.code == "has_account"


def test_a_person_out_of_reach_is_not_invited(places: Any, officer: Any) -> None:
    stranger = r.make_person("Lù A Dung", places.binh)
    with pytest.raises(Person.DoesNotExist):
        invited(stranger, places, officer)


def test_the_person_behind_is_not_told_to_who_does_not_reach_them(
    places: Any, officer: Any, person: Person
) -> None:
    account = taken(invited(person, places, officer))
    neighbour = scope_of(r.make_account("la", "officer", places.binh))
    assert person_behind(neighbour, account) is None
    assert not has_account(neighbour, person)


def test_an_account_is_linked_once(places: Any, officer: Any, person: Person) -> None:
    account = r.make_account("day", "trainer", places.an)
    for _ in range(2):
        link_person(account=account, person=person, by=officer, at=now())
    assert PersonAccount.objects.get().person == person
    other = r.make_person("Lý Thị Mỷ", places.an)
    with pytest.raises(Refused) as refused:
        link_person(account=account, person=other, by=officer, at=now())
    assert refused.value.code == "has_person"
    with pytest.raises(Refused) as refused:
        link_person(account=r.make_account("hai", "trainer", places.an), person=person, by=officer, at=now())
    assert refused.value.code == "has_account"


def test_only_who_is_in_charge_links(places: Any, officer: Any, person: Person) -> None:
    leader = r.make_account("lanh-dao", "approver", places.an)
    with pytest.raises(Refused) as refused:
        link_person(account=leader, person=person, by=officer, at=now())
    assert refused.value.code == "not_in_charge"
