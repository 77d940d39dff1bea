"""A bundle comes out, and goes in again somewhere else without losing a byte."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from nhanlucso.audit.models import Event
from nhanlucso.kernel.errors import Refused
from nhanlucso.orgs.models import Unit
from nhanlucso.people.models import Person
from tests.exchange.bundle.random_world import RandomWorld
from tests.exchange.bundle.world import Bundle, contents
from tests.factories.scopes import officer_of

pytestmark = pytest.mark.django_db


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def column(folder: Path, name: str, at: str = "id") -> set[str]:
    return {row[at] for row in rows(folder, name)}


def test_what_went_in_comes_out_byte_for_byte(take: Any, give: Any) -> None:
    take(Bundle())
    assert contents(give()) == Bundle().files()


def test_the_order_is_that_of_code_points(take: Any, give: Any) -> None:
    bundle = Bundle().only("courses")
    for uid in ("k10", "K1", "é", "\U0001f600", "～", "k1-"):
        bundle.add("courses", uid, "", "", "", "", "")
    bundle.tables["courses"][1:] = sorted(bundle.tables["courses"][1:], reverse=True)
    take(bundle)
    assert [row["id"] for row in rows(give(), "courses")] == sorted(
        ["k1", "k2", "k3", "k10", "K1", "é", "\U0001f600", "～", "k1-"]
    )


@pytest.mark.parametrize("seed", range(6))
def test_any_world_comes_back_as_it_was(take: Any, give: Any, empty: Any, seed: int) -> None:
    bundle = Bundle(RandomWorld(seed).texts())
    take(bundle)
    first = give()
    for name, table in bundle.tables.items():
        out = list(
            csv.reader(io.StringIO((first / f"{name}.csv").read_bytes().decode(), newline=""), strict=True)
        )
        assert out[0] == table[0]
        assert sorted(out[1:]) == sorted(table[1:]), name
    assert take(first).updated == 0
    empty()
    take(first)
    assert contents(give()) == contents(first)


def test_archives_are_equal_byte_for_byte(take: Any, give: Any, empty: Any) -> None:
    take(Bundle())
    first = give(".zip")
    with zipfile.ZipFile(first) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == Bundle().files()
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    empty()
    take(first)
    assert give(".zip").read_bytes() == first.read_bytes()


def test_several_sources_are_named_before_their_ids(take: Any, give: Any, empty: Any) -> None:
    take(Bundle(source="b"))
    take(Bundle(source=""))
    take(Bundle(source="a"))
    first = give()
    manifest = json.loads((first / "bundle.json").read_text(encoding="utf-8"))
    assert (manifest["source"], manifest["qualified_sources"]) == ("", ["a", "b"])
    assert {"p1", "a:p1", "b:p1"} <= column(first, "people")
    assert {row["unit_id"] for row in rows(first, "posts") if row["id"].startswith("a:")} == {
        "a:cu",
        "a:moi",
        "a:so",
        "a:thon1",
        "a:phong",
    }
    empty()
    take(first)
    assert Person.objects.filter(origin="b", uid="p1").exists()
    assert contents(give()) == contents(first)


def test_an_id_that_looks_qualified_is_not_mistaken(take: Any, give: Any, empty: Any) -> None:
    take(Bundle(source="a").only("courses"))
    take(Bundle({"courses": "id,title\na:k1,của đơn vị\n"}, source=""))
    first = give()
    assert column(first, "courses") == {"a:k1", "a:k2", "a:k3", ":a:k1"}
    empty()
    take(first)
    assert contents(give()) == contents(first)


def test_an_empty_installation_gives_an_empty_bundle(take: Any, give: Any) -> None:
    path = give()
    assert take(path).created == 0
    assert rows(path, "people") == []


def test_every_export_is_on_record(take: Any, give: Any) -> None:
    take(Bundle())
    give()
    give(unit="moi")
    events = Event.objects.filter(verb="bundle.export").order_by("pk").values_list("object_type", "object_id")
    assert list(events) == [("bundle", ""), ("unit", "moi")]


class TestOneUnit:
    def test_the_subtree_comes_with_what_is_above_and_what_it_was(self, take: Any, give: Any) -> None:
        take(Bundle())
        path = give(unit="moi")
        assert {"moi", "thon1", "t"} <= column(path, "units")  # subtree and ancestors
        assert {"cu", "giua", "h1"} <= column(path, "units")  # what it came from, and what that stood in
        assert "khac" in column(path, "units")  # what else giua became
        assert column(path, "unit_changes") == {"nhap-cu", "tach-giua", "bo-h1", "lap-so"}

    def test_people_are_those_with_a_post_there(self, take: Any, give: Any) -> None:
        take(Bundle())
        path = give(unit="moi")
        assert column(path, "people") == {"p1", "p3"}
        assert column(path, "posts") == {"po1", "po2", "po4"}  # all their posts, there or not
        assert column(path, "results") == {"r1", "r3", "r4"}
        assert {(row["session_id"], row["person_id"]) for row in rows(path, "attendance")} == {
            ("b1", "p1"),
            ("b2", "p1"),
        }
        assert column(path, "team_members", "person_id") == {"p3"}
        assert column(path, "board_members", "person_id") == {"p1"}

    def test_a_class_comes_with_all_its_sessions(self, take: Any, give: Any) -> None:
        take(Bundle())
        path = give(unit="thon1")
        assert column(path, "classes") == {"l1"}  # p3 is invited
        assert column(path, "sessions") == {"b1", "b2"}
        assert column(path, "courses") == {"k1", "k2"}

    def test_facts_of_the_unit_come_along(self, take: Any, give: Any) -> None:
        take(Bundle())
        path = give(unit="moi")
        assert column(path, "headcounts") == {"d3"}
        assert column(path, "outreach") == {"tt2"}
        assert column(path, "teams") == {"to1"}
        assert column(path, "assists") == {"ht1", "ht2"}
        assert column(path, "targets") == {"ct3"}
        assert {"kh1", "kh2"} == column(path, "plans")
        assert column(path, "programmes") == {"da146"}

    def test_a_unit_that_has_ended_is_taken_as_it_last_was(self, take: Any, give: Any) -> None:
        take(Bundle())
        path = give(unit="h1")
        assert {"h1", "cu", "giua", "phong", "thon1"} <= column(path, "units")
        assert column(path, "people") == {"p1", "p3", "p4"}

    @pytest.mark.parametrize("unit", ["moi", "thon1", "t", "h1", "so", "phong", "khac"])
    def test_it_stands_on_its_own(self, take: Any, give: Any, empty: Any, unit: str) -> None:
        take(Bundle())
        first = give(unit=unit)
        empty()
        take(first)
        assert contents(give()) == contents(first)

    @pytest.mark.parametrize("seed", range(4))
    def test_so_it_does_in_any_world(self, take: Any, give: Any, empty: Any, seed: int) -> None:
        world = Bundle(RandomWorld(seed).texts())
        for uid in sorted({row[0] for row in world.tables["units"][1:]})[:4]:
            take(world)
            first = give(unit=uid) if ":" not in uid else give(unit=f"nguon:{uid}")
            empty()
            take(first)
            assert contents(give()) == contents(first)
            empty()


class TestReach:
    def test_only_what_the_scope_reaches_is_given(self, take: Any, give: Any) -> None:
        take(Bundle())
        officer = officer_of(Unit.objects.get(uid="thon1"))
        assert column(give(scope=officer), "people") == {"p3"}

    def test_a_unit_outside_is_not_there(self, take: Any, give: Any, tmp_path: Path) -> None:
        take(Bundle())
        officer = officer_of(Unit.objects.get(uid="thon1"))
        with pytest.raises(Unit.DoesNotExist):
            give(scope=officer, unit="so")
        assert not any(path.name.startswith("given") for path in tmp_path.iterdir())


class TestPlace:
    def test_an_older_export_is_replaced(self, take: Any, give: Any, scope: Any, tmp_path: Path) -> None:
        from nhanlucso.exchange.bundle.exporting import export_bundle

        take(Bundle())
        path = give()
        Person.objects.filter(uid="p5").update(phone="1")
        export_bundle(path, scope=scope, at=datetime(2026, 1, 1, tzinfo=UTC))
        assert contents(path) != Bundle().files()
        assert sorted(contents(path)) == sorted(Bundle().files())
        assert not [entry for entry in tmp_path.iterdir() if entry.name.startswith(".")]

    def test_a_folder_with_other_things_is_left_alone(self, take: Any, scope: Any, tmp_path: Path) -> None:
        from nhanlucso.exchange.bundle.exporting import export_bundle

        other = tmp_path / "other"
        other.mkdir()
        (other / "thesis.txt").write_text("x")
        with pytest.raises(Refused) as caught:
            export_bundle(other, scope=scope, at=datetime(2026, 1, 1, tzinfo=UTC))
        assert caught.value.code == "cannot_write"
        assert [entry.name for entry in other.iterdir()] == ["thesis.txt"]

    def test_a_place_that_cannot_be_written_is_refused(self, scope: Any, tmp_path: Path) -> None:
        from nhanlucso.exchange.bundle.exporting import export_bundle

        (tmp_path / "file").write_text("x")
        with pytest.raises(Refused) as caught:
            export_bundle(tmp_path / "file" / "b.zip", scope=scope, at=datetime(2026, 1, 1, tzinfo=UTC))
        assert caught.value.code == "cannot_write"

    def test_lost_keys_are_told_before_anything_appears(
        self, take: Any, give: Any, settings: Any, tmp_path: Path
    ) -> None:
        take(Bundle())
        settings.FIELD_KEY = "another"
        with pytest.raises(Refused) as caught:
            give()
        assert caught.value.code == "keys_missing"
        assert not any(path.name.startswith((".", "given")) for path in tmp_path.iterdir())
