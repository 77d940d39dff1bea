"""Who may stand twice."""

from __future__ import annotations

from typing import Any

import pytest

from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.people.queries import duplicates_of, possible_duplicates
from tests.factories import records as r
from tests.factories.scopes import officer_of

pytestmark = pytest.mark.django_db


def born(name: str, birth: str, unit: Any) -> Any:
    person = r.make_person(name, unit)
    person.birth = birth
    person.save()
    return person


def test_they_are_listed_with_the_reason_and_stay_two(places: Any) -> None:
    one, two = born("Lý Thị Hoà", "1985-12-15", places.an), born("LÝ THỊ HÒA", "1985", places.an)
    born("Lý Thị Hoa", "1990", places.an)
    [group] = possible_duplicates(SYSTEM)[:]
    assert {line.person.pk for line in group.people} == {one.pk, two.pk}
    assert group.reasons == ("birth",)
    assert r.Person.objects.count() == 3
    assert [found.reasons for found in duplicates_of(SYSTEM, one)] == [("birth",)]


def test_people_of_others_are_not_named(places: Any) -> None:
    mine = born("Lý Thị Hòa", "1985", places.an)
    born("Lý Thị Hòa", "1985", places.binh)
    assert possible_duplicates(officer_of(places.an))[:] == []
    assert duplicates_of(officer_of(places.an), mine) == []
    assert len(possible_duplicates(officer_of(places.province))) == 1
