"""A package comes out, and goes in again somewhere else and where it came from."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from nhanlucso.exchange.bundle.files import FILES
from nhanlucso.exchange.oneroster.checking import check_roster
from nhanlucso.exchange.oneroster.package import read_package
from nhanlucso.exchange.oneroster.tables import ORGS, RESULTS, USERS
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.services import structure_changed
from nhanlucso.people.models import Person

pytestmark = pytest.mark.django_db


def rows(path: Path, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(path) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(f"{name}.csv").decode(), newline="")))


def contents(path: Path) -> dict[str, list[str]]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode().split("\r\n") for name in archive.namelist()}


def emptied() -> None:
    for spec in reversed(FILES):
        model: Any = spec.model
        model.objects.all().delete()
    Unit.objects.all().delete()
    structure_changed()


def test_what_goes_out_is_right_by_the_standard(world: None, give: Any) -> None:
    path = give(notice="Bản của can-bo")
    roster = read_package(path)
    check_roster(roster)
    assert {line["type"] for line in roster.of(ORGS)} == {"state", "district", "school", "department"}
    assert {(line["familyName"], line["givenName"]) for line in roster.of(USERS)} >= {("Lù", "Sì")}
    assert {line["scoreStatus"] for line in roster.of(RESULTS)} == {"fully graded", "not submitted"}
    with zipfile.ZipFile(path) as archive:
        assert archive.comment.decode() == "Bản của can-bo"
        assert archive.read("manifest.csv").startswith(b"propertyName,value\r\nmanifest.version,1.0\r\n")
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"010085000001" not in everything  # identity numbers never leave
    assert b"si@x.vn" not in everything
    assert [row["email"] for row in rows(give(contacts=True), "users") if row["sourcedId"] == "nguon:p1"] == [
        "si@x.vn"
    ]


def test_it_comes_back_as_it_was(world: None, give: Any, take: Any) -> None:
    first = give(contacts=True)
    same = take(first)
    assert (same.bundle.created, same.bundle.updated, same.act) == (0, 0, "")
    before = Person.objects.get(uid="p1")
    emptied()
    assert take(first).bundle.created > 0
    assert contents(give(contacts=True)) == contents(first)
    after = Person.objects.get(uid="p1")
    assert (after.full_name, after.birth, after.sex) == (before.full_name, before.birth, before.sex)


def test_a_commune_takes_its_own_people_along(world: None, give: Any) -> None:
    users = {row["sourcedId"] for row in rows(give("moi"), "users")}
    assert "nguon:p1" in users
    assert "nguon:p3" in users  # of a village below
    assert "nguon:p5" not in users  # nobody's post: only a mark in a class
