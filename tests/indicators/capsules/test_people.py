"""Who is in a capsule: pseudonyms, and nothing that names anybody."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pyarrow.parquet as pq
import pytest
from django.conf import settings

from nhanlucso.indicators.capsules import pseudonym, pseudonyms, read_capsule
from nhanlucso.indicators.capsules.pseudonyms import behind
from nhanlucso.indicators.engine.passport import COUNTED, MISSING
from nhanlucso.indicators.queries import Wanted, ask, figure_sets, passport, pick
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.orgs.queries import resolve_unit
from nhanlucso.people.models import FormerId, Person, Post
from tests.indicators.capsules import spoiling
from tests.indicators.capsules.making import capsule_with

pytestmark = pytest.mark.django_db


def test_nothing_names_a_person(records: bytes) -> None:
    read = [records]
    for name, body in spoiling.members_of(records).items():
        if name.endswith(".parquet"):
            read.append("\n".join(map(str, pq.read_table(BytesIO(body)).to_pylist())).encode())
    held = b"\n".join(read)
    people = list(Person.objects.all())
    assert people
    tokens = set(re.findall(rb"[\w.-]+", held))
    assert not [person.uid for person in people if person.uid.encode() in tokens]
    words = {w for p in people for w in (p.full_name, p.phone, p.email, p.national_id_hash) if w}
    assert not [word for word in words if word.encode() in held]
    posts = spoiling.rows_of(spoiling.members_of(records)["facts/posts.parquet"])
    assert max(row["post"] for row in posts) == len(posts) <= Post.objects.count()


def test_people_behind_a_figure_are_those_of_its_passport(records: bytes) -> None:
    capsule, unit, asked = read_capsule(records), resolve_unit("bao-thang").pk, ask("2024-9M")
    for code in ("staff.headcount", "coverage.basic", "training.persons", "teams.members"):
        indicator = pick([code])[0]
        held = passport(SYSTEM, asked, indicator, unit)
        group = {
            name: {row.person for row in held.rows(name)}
            for name in (COUNTED, MISSING)
            if name in held.groups()
        }
        hits = frozenset(pseudonyms(group[COUNTED]).values())
        found = capsule.people(code, "bao-thang")
        assert found.hits == hits
        missing = frozenset(pseudonyms(group[MISSING]).values()) if indicator.is_share else frozenset()
        assert found.counted == hits | missing


def test_a_pseudonym_needs_its_key(records: bytes) -> None:
    person = Person.objects.earliest("pk")
    name = pseudonym(person.uid, person.origin)
    assert re.fullmatch("[0-9a-f]{32}", name)
    assert pseudonyms([person.pk]) == {person.pk: name}
    settings.PSEUDONYM_KEY, kept = "another", settings.PSEUDONYM_KEY
    try:
        assert pseudonym(person.uid, person.origin) != name
    finally:
        settings.PSEUDONYM_KEY = kept


def test_joined_records_answer_to_their_former_ids(records: bytes) -> None:
    person = Person.objects.earliest("pk")
    FormerId.objects.create(table="people.person", origin="a", uid="b", was=-5, row=person.pk)
    found = behind([person.pk])
    assert found == {pseudonym("b", "a"): person.pk, pseudonym(person.uid, person.origin): person.pk}


def test_only_what_the_unit_needs_is_in_it(records: bytes) -> None:
    """A commune's capsule is smaller than that of its district, and has no person of another commune alone."""
    asked, unit = ask("2024-9M"), resolve_unit("phu-nhuan").pk
    (found,) = figure_sets(SYSTEM, [Wanted(asked, pick(None), [unit])])
    data = capsule_with(asked, unit, found[unit], "2024-9M")
    people = spoiling.rows_of(spoiling.members_of(data)["facts/persons.parquet"])
    all_people = spoiling.rows_of(spoiling.members_of(records)["facts/persons.parquet"])
    assert 0 < len(people) < len(all_people) / 5
    assert {row["pseudonym"] for row in people} <= {row["pseudonym"] for row in all_people}
    assert set(people[0]) == {"person", "pseudonym"}  # nobody asked for sex or year of birth


def test_figures_of_another_window_bear_its_days(records: bytes) -> None:
    asked, year, unit = ask("2024-9M"), ask("2024-M09"), resolve_unit("phu-nhuan").pk
    period, month = figure_sets(
        SYSTEM,
        [Wanted(asked, pick(None), [unit]), Wanted(replace(year, tree=asked.tree), pick(None), [unit])],
    )
    capsule = read_capsule(capsule_with(asked, unit, [*period[unit], *month[unit]], "2024-9M"))
    assert {row["period"] for row in capsule.figures} == {"2024-9M", "2024-08-15..2024-09-14"}
    assert capsule.recomputed() == capsule.figures
