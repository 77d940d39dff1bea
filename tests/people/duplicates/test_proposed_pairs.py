"""Who may stand twice: proposed with reasons, until somebody says that they are two."""

from __future__ import annotations

from typing import Any

import pytest

from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.people import linkage as k
from nhanlucso.people.duplicates.queries import (
    may_merge,
    pairs_of,
    proposed_pair,
    proposed_pairs,
    waiting_pairs,
)
from nhanlucso.people.duplicates.services import say_distinct, take_back_distinct
from nhanlucso.people.models import DistinctPair, Person
from tests.factories import records as r
from tests.factories.scopes import officer_of, viewer_of
from tests.journal.state import AT

pytestmark = pytest.mark.django_db


def person(name: str, unit: Any, **fields: str) -> Person:
    made = r.make_person(name, unit)
    for field, value in fields.items():
        setattr(made, field, value)
    made.save()
    return made


@pytest.fixture
def hoa(places: Any) -> tuple[Person, Person]:
    """One person twice in a commune, once with a birth year alone."""
    return (
        person("Lý Thị Hoà", places.an, birth="1985-12-15"),
        person("LÝ THỊ HÒA", places.an, birth="1985"),
    )


def keys(scope: Any) -> list[tuple[int, int]]:
    return [(pair.one.person.pk, pair.other.person.pk) for pair in proposed_pairs(scope)]


def test_the_surest_pair_comes_first_with_its_reasons(places: Any, hoa: tuple[Person, Person]) -> None:
    one = person("Giàng Thị Mỷ", places.an, birth="1990-02-03", phone="0912345678")
    two = person("Giàng Thị Mỷ", places.binh, birth="1990-02-03", phone="0912345678")
    person("Lý Thị Hoa", places.an, birth="1991")
    first, second = proposed_pairs(SYSTEM)[:]
    assert (first.one.person, first.other.person) == (one, two)
    assert set(first.likelihood.reasons) == {k.SAME_BIRTH, k.SAME_PHONE, k.SAME_NAME}
    assert first.likelihood.against == (k.OTHER_UNIT,)
    assert (second.one.person, second.other.person) == hoa
    assert first.likelihood.probability > second.likelihood.probability


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"email": "hoa@example.vn"}, {"email": "Hoa@example.vn"}),
        ({"national_id_hash": "x"}, {"national_id_hash": "x"}),
        ({"birth": "1985-03-04"}, {"birth": "1985-03-04"}),
        ({"phone": "0912345678"}, {"phone": "0912345678"}),
    ],
)
def test_another_spelling_is_found_by_what_else_is_equal(places: Any, one: Any, other: Any) -> None:
    pair = (person("Lý Thị Hòa", places.an, **one).pk, person("Lý Thị Hoài", places.an, **other).pk)
    assert keys(SYSTEM) == [pair]


def test_namesakes_of_other_years_are_not_proposed(places: Any) -> None:
    for year in range(1970, 1982):
        person("Lý Thị Hòa", places.an, birth=str(year))
    assert keys(SYSTEM) == []


def test_people_of_others_are_neither_named_nor_compared(places: Any) -> None:
    mine = person("Lý Thị Hòa", places.an, birth="1985-12-15")
    other = person("Lý Thị Hòa", places.binh, birth="1985-12-15")
    scope = officer_of(places.an)
    assert keys(scope) == []
    assert pairs_of(scope, mine) == []
    assert not may_merge(scope, mine.pk, other.pk)
    with pytest.raises(Person.DoesNotExist):
        proposed_pair(scope, mine.pk, other.pk)
    assert keys(officer_of(places.province)) == [(mine.pk, other.pk)]


def test_the_page_of_a_person_tells_the_same(places: Any, hoa: tuple[Person, Person]) -> None:
    [listed] = proposed_pairs(SYSTEM)[:]
    [told] = pairs_of(SYSTEM, hoa[1])
    assert told.likelihood == listed.likelihood == proposed_pair(SYSTEM, hoa[1].pk, hoa[0].pk).likelihood


def test_two_people_are_proposed_again_once_one_of_them_changes(
    places: Any, hoa: tuple[Person, Person]
) -> None:
    by = officer_of(places.an)
    said = say_distinct(one=hoa[1].pk, other=hoa[0].pk, by=by, at=AT)
    assert keys(SYSTEM) == []
    assert pairs_of(SYSTEM, hoa[0]) == []
    assert proposed_pair(SYSTEM, hoa[0].pk, hoa[1].pk).distinct == said
    r.make_post(hoa[0], places.binh)  # a move says nothing of who they are
    assert keys(SYSTEM) == []
    Person.objects.filter(pk=hoa[1].pk).update(birth="1985-12-15")
    assert len(keys(SYSTEM)) == 1
    say_distinct(one=hoa[0].pk, other=hoa[1].pk, by=by, at=AT)
    assert keys(SYSTEM) == []


def test_said_twice_it_stands_once_and_can_be_taken_back(places: Any, hoa: tuple[Person, Person]) -> None:
    by = officer_of(places.an)
    first = say_distinct(one=hoa[0].pk, other=hoa[1].pk, by=by, at=AT)
    assert say_distinct(one=hoa[1].pk, other=hoa[0].pk, by=by, at=AT) == first
    assert DistinctPair.objects.count() == 1
    assert take_back_distinct(one=hoa[0].pk, other=hoa[1].pk, by=by, at=AT)
    assert not take_back_distinct(one=hoa[0].pk, other=hoa[1].pk, by=by, at=AT)
    assert len(keys(SYSTEM)) == 1


def test_only_who_may_says_so(places: Any, hoa: tuple[Person, Person]) -> None:
    with pytest.raises(Refused):
        say_distinct(one=hoa[0].pk, other=hoa[1].pk, by=viewer_of(places.an), at=AT)
    with pytest.raises(Person.DoesNotExist):
        say_distinct(one=hoa[0].pk, other=hoa[1].pk, by=officer_of(places.binh), at=AT)
    with pytest.raises(Person.DoesNotExist):
        say_distinct(one=hoa[0].pk, other=hoa[0].pk, by=officer_of(places.an), at=AT)


def test_what_waits_is_told_to_who_may_merge(places: Any, hoa: tuple[Person, Person]) -> None:
    assert waiting_pairs(officer_of(places.an)) == 1
    assert waiting_pairs(viewer_of(places.an)) is None


def test_a_long_list_costs_few_queries(places: Any, django_assert_max_num_queries: Any) -> None:
    for number in range(40):
        for _ in range(2):
            person(f"Lý Thị {'ABCDEFGHIJ'[number % 10]}{number}", places.an, birth="1985-12-15")
    with django_assert_max_num_queries(11):
        found = proposed_pairs(officer_of(places.an))
        assert len(found) >= 40
        assert len(found[:20]) == 20
