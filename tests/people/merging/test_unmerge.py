"""Two people again: everything as it was."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import transaction

from nhanlucso.exchange.bundle.exporting import export_bundle
from nhanlucso.exchange.bundle.importing import import_bundle
from nhanlucso.indicators.figures import as_json
from nhanlucso.indicators.queries import ask, figures, pick
from nhanlucso.journal.queries import changes
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.orgs.queries import history, references
from nhanlucso.people.merging.services import merge, unmerge
from nhanlucso.people.models import Person
from nhanlucso.people.services import PersonData, change_person
from nhanlucso.training.models import Attendance
from tests.factories.scopes import officer_of, viewer_of
from tests.journal.state import AT, state
from tests.reference import naive
from tests.reference.random_world import write_world
from tests.reference.world import World

ASKED = ("2024", "decree", "then")
MARKS = ("present", "late", "excused", "absent", "")
FIELDS = ("value", "numerator", "denominator", "qualifier", "low", "high", "unallocated")


@pytest.mark.django_db
def test_every_row_is_as_it_was(twice: Any) -> None:
    before = state()
    done = merge(kept=twice.kept.pk, gone=twice.gone.pk, choices={"birth": "gone"}, by=twice.by, at=AT)
    unmerge(act=done.act, by=twice.by, at=AT)
    assert state() == before
    assert unmerge(act=done.act, by=twice.by, at=AT).already
    assert state() == before


@pytest.mark.django_db
def test_merges_are_taken_back_last_first(twice: Any) -> None:
    third = Person.objects.create(uid="ba", full_name="Lý Thị Hòa", name_folded="", name_key="")
    before = state()
    first = merge(kept=twice.kept.pk, gone=twice.gone.pk, choices={}, by=SYSTEM, at=AT)
    second = merge(kept=third.pk, gone=twice.kept.pk, choices={}, by=SYSTEM, at=AT)
    with pytest.raises(Person.DoesNotExist):
        unmerge(act=first.act, by=SYSTEM, at=AT)
    unmerge(act=second.act, by=SYSTEM, at=AT)
    unmerge(act=first.act, by=SYSTEM, at=AT)
    assert state() == before


@pytest.mark.django_db
def test_who_was_corrected_since_stays_one_until_that_is_undone(twice: Any) -> None:
    done = merge(kept=twice.kept.pk, gone=twice.gone.pk, choices={}, by=twice.by, at=AT)
    person = Person.objects.get(pk=twice.kept.pk)
    change_person(person=person, data=PersonData("Lý Thị Hoàn"), by=twice.by, at=AT)
    before = state()
    [conflict] = changes(twice.by, done.act).conflicts
    assert (conflict.table, conflict.kind.value, conflict.at) == ("people.person", "changed", AT)
    with pytest.raises(Refused):
        unmerge(act=done.act, by=twice.by, at=AT)
    assert state() == before


@pytest.mark.django_db
def test_what_was_recorded_since_stays_with_the_one_who_stayed(twice: Any) -> None:
    from tests.factories import records as r

    done = merge(kept=twice.kept.pk, gone=twice.gone.pk, choices={}, by=twice.by, at=AT)
    later = r.make_class("Lớp sau", twice.places.an, AT.date())
    r.attend(later, twice.kept, "present")
    unmerge(act=done.act, by=twice.by, at=AT)
    assert Attendance.objects.get(session__training_class=later).person_id == twice.kept.pk


@pytest.mark.django_db
def test_only_who_may_and_who_reaches_the_person(twice: Any) -> None:
    done = merge(kept=twice.kept.pk, gone=twice.gone.pk, choices={}, by=twice.by, at=AT)
    with pytest.raises(Refused):
        unmerge(act=done.act, by=viewer_of(twice.places.an), at=AT)
    with pytest.raises(Person.DoesNotExist):
        unmerge(act=done.act, by=officer_of(twice.places.binh), at=AT)


def exported(folder: Path) -> dict[str, bytes]:
    export_bundle(folder, scope=SYSTEM, at=AT)
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def ours() -> dict[str, list[dict[str, Any]]]:
    asked = ask(*ASKED)
    found = figures(SYSTEM, asked, pick(None), list(history().closure(asked.tree)))
    names = references(list(found))
    return {
        names[unit]: [{f: as_json(one, names[unit], ASKED[0])[f] for f in FIELDS} for one in figures_of]
        for unit, figures_of in found.items()
    }


def as_one(folder: Path, kept: str, gone: str) -> World:
    """The world in which the two were one all along: of two marks in one session the better one."""
    tables: dict[str, list[dict[str, str]]] = {}
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            tables[file.stem] = list(csv.DictReader(stream))
    tables["people"] = [row for row in tables["people"] if row["id"] != gone]
    for row in (row for rows in tables.values() for row in rows):
        if row.get("person_id") == gone:
            row["person_id"] = kept
    best: dict[tuple[str, str], dict[str, str]] = {}
    for row in tables.get("attendance", []):
        key = (row["session_id"], row["person_id"])
        if key not in best or MARKS.index(row["status"]) < MARKS.index(best[key]["status"]):
            best[key] = row
    tables["attendance"] = list(best.values())
    return World(tables)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_random_worlds(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = tmp_path_factory.mktemp("world")
    write_world(seed, folder / "bundle")
    with transaction.atomic():
        import_bundle(folder / "bundle", dry_run=False, by=None, at=now())
        before, figures_before = exported(folder / "before"), ours()
        one, other = Random(seed).sample(sorted(Person.objects.values_list("pk", "uid")), 2)
        done = merge(kept=one[0], gone=other[0], choices={}, by=SYSTEM, at=AT)
        merged = as_one(folder / "bundle", one[1], other[1])
        for unit, found in ours().items():
            expected = naive.figures(merged, unit, *ASKED)
            assert found == [{f: truth[f] for f in FIELDS} for truth in expected], unit
        unmerge(act=done.act, by=SYSTEM, at=AT)
        assert exported(folder / "after") == before
        assert ours() == figures_before
        transaction.set_rollback(True)
