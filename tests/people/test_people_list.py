"""The list of people: who is in it, in which order, at what cost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nhanlucso.kernel.clock import today
from nhanlucso.kernel.scope import SYSTEM, Scope
from nhanlucso.kernel.sealing import encrypt, match_hash
from nhanlucso.people.models import Person
from nhanlucso.people.queries import PeopleAsked, people_list, posts_of, visible_person
from tests.factories import records as r
from tests.factories.scopes import officer_of

pytestmark = pytest.mark.django_db
NOW = PeopleAsked(on=today())


def names(scope: Scope, asked: PeopleAsked = NOW) -> list[str]:
    found = people_list(scope, asked)
    lines = found[:]
    assert len(found) == len(lines)
    return [line.person.full_name for line in lines]


def test_people_stand_by_given_name_in_the_vietnamese_order(places: Any) -> None:
    for name in ("Vàng A Đức", "Lý Thị Ánh", "Trần Văn An", "Lù Văn Dũng", "Hoàng Ân"):
        r.make_person(name, places.an)
    assert names(SYSTEM) == ["Trần Văn An", "Lý Thị Ánh", "Hoàng Ân", "Lù Văn Dũng", "Vàng A Đức"]


def test_an_officer_sees_the_people_of_the_own_unit_alone(places: Any) -> None:
    r.make_person("Lý Văn An", places.an)
    r.make_person("Vàng Seo Bình", places.village)
    r.make_person("Trần Thị Chi", places.binh)
    assert names(officer_of(places.an)) == ["Lý Văn An", "Vàng Seo Bình"]
    assert names(officer_of(places.binh)) == ["Trần Thị Chi"]
    assert names(officer_of()) == []


def test_a_post_elsewhere_shows_the_person_without_that_post(places: Any) -> None:
    person = r.make_person("Lý Văn An", places.an)
    r.make_post(person, places.binh, title="Trưởng ban")
    [line] = people_list(officer_of(places.an), NOW)[:]
    assert [post.post.unit for post in line.posts] == [places.an]
    assert [post.post.unit for post in posts_of(officer_of(places.an), person)] == [places.an]
    with pytest.raises(Person.DoesNotExist):
        visible_person(officer_of(places.village), person.pk)


def test_a_unit_holds_what_stands_below_it_and_what_became_it(places: Any) -> None:
    old = r.make_unit("cu", "Xã Cũ", end=date(2025, 6, 30))
    r.make_change("merge", date(2025, 7, 1), old, places.an)
    r.make_person("Lù Thị Cũ", old)
    r.make_person("Vàng Seo Bình", places.village)
    r.make_person("Trần Thị Chi", places.binh)
    asked = replace(NOW, unit=places.an.pk)
    assert names(SYSTEM, asked) == ["Vàng Seo Bình", "Lù Thị Cũ"]
    assert names(SYSTEM, replace(asked, on=date(2025, 1, 1))) == ["Vàng Seo Bình"]


def test_filters_ask_all_of_one_and_the_same_post(places: Any) -> None:
    both = r.make_person("Lý Văn An", places.an, dt_concurrent=True)
    r.make_post(both, places.an, category="part_time")
    r.make_person("Vàng Seo Bình", places.an, category="cadre")
    assert names(SYSTEM, replace(NOW, category="cadre")) == ["Vàng Seo Bình"]
    assert names(SYSTEM, replace(NOW, category="staff")) == ["Lý Văn An", "Vàng Seo Bình"]
    assert names(SYSTEM, replace(NOW, category="part_time", duty="dt_concurrent")) == []
    assert names(SYSTEM, replace(NOW, duty="dt_concurrent")) == ["Lý Văn An"]


def test_who_has_left_stands_in_the_list_of_then_or_when_asked_for(places: Any) -> None:
    r.make_person("Lý Văn An", places.an, valid_to=date(2024, 6, 30))
    assert names(SYSTEM) == []
    assert names(SYSTEM, replace(NOW, on=date(2024, 6, 30))) == ["Lý Văn An"]
    assert names(officer_of(places.an), replace(NOW, former=True)) == ["Lý Văn An"]


def test_people_without_a_post_are_seen_by_who_reaches_everything(places: Any) -> None:
    r.make_person("Lý Văn An")
    assert names(SYSTEM, replace(NOW, former=True)) == ["Lý Văn An"]
    assert names(officer_of(places.province), replace(NOW, former=True)) == []


@pytest.mark.parametrize("words", ["van an", "VĂN", "0912 345 678", "AN@xa.vn", "010085123456"])
def test_search_takes_names_without_marks_and_whole_numbers(places: Any, words: str) -> None:
    person = r.make_person("Lý Văn An", places.an)
    person.phone, person.email = "0912345678", "an@xa.vn"
    person.national_id_cipher, person.national_id_hash = encrypt("010085123456"), match_hash("010085123456")
    person.save()
    r.make_person("Trần Thị Chi", places.an)
    assert names(SYSTEM, replace(NOW, words=words)) == ["Lý Văn An"]


def test_a_part_of_a_number_finds_nobody(places: Any) -> None:
    person = r.make_person("Lý Văn An", places.an)
    person.phone = "0912345678"
    person.save()
    assert names(SYSTEM, replace(NOW, words="09123456")) == []


def test_people_named_beforehand_are_cut_in_order(places: Any) -> None:
    made = {name: r.make_person(f"Lý Văn {name}", places.an).pk for name in ("Dũng", "An", "Bình", "Chi")}
    asked = replace(NOW, only=frozenset((made["Dũng"], made["An"], made["Chi"])))
    found = people_list(SYSTEM, asked)
    assert len(found) == 3
    assert [line.person.full_name for line in found[1:3]] == ["Lý Văn Chi", "Lý Văn Dũng"]
    assert names(officer_of(places.binh), asked) == []


def test_the_number_of_queries_does_not_grow(places: Any) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            found = people_list(officer_of(places.an), NOW)
            assert found[:50] and len(found)
        return len(asked)

    r.make_person("Lý Văn An", places.an)
    cost()  # reads the units, which are then held
    few = cost()
    for number in range(60):
        r.make_person(f"Lý Văn A{number}", places.an)
    assert cost() == few <= 8
