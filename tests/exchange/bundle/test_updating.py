"""Importing again: equal rows change nothing, others update and are reported, absent rows stay."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nhanlucso.audit.models import Event
from nhanlucso.kernel.sealing import decrypt
from nhanlucso.orgs.models import StructureStamp, Unit, UnitVersion
from nhanlucso.people.models import Person, Post
from nhanlucso.training.models import HeadCount, TrainingClass
from tests.exchange.bundle.world import Bundle

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stored(take: Any, db: None) -> None:
    take(Bundle())


def updates(report: Any) -> list[tuple[str, dict[str, str], tuple[str, ...]]]:
    return [(update.file, dict(update.key), update.columns) for update in report.updates]


def test_the_same_bundle_again_changes_nothing(take: Any, counts: Any) -> None:
    before, stamp = counts(), StructureStamp.objects.get().token
    ciphers = list(Person.objects.order_by("pk").values_list("national_id_cipher", flat=True))
    report = take(Bundle())
    assert (report.created, report.updated) == (0, 0)
    assert report.unchanged == sum(len(table) - 1 for table in Bundle().tables.values())
    assert counts() == before
    assert StructureStamp.objects.get().token == stamp
    assert list(Person.objects.order_by("pk").values_list("national_id_cipher", flat=True)) == ciphers


def test_another_way_to_write_the_same_is_equal(take: Any) -> None:
    bundle = (
        Bundle()
        .set("posts", 4, "duties", "records;one_stop;dt_dedicated;records")
        .set("classes", 2, "co_host_unit_ids", "t;cu;t")
        .set("courses", 2, "counts_for", "ict_standard;basic_digital_skills")
        .set("results", 2, "score", "6.00")
        .set("headcounts", 4, "count", "000")
        .set("sessions", 2, "starts_at", "2024-03-01T01:00:00Z")
        .set("posts", 4, "valid_from", "0001-01-01")
        .set("posts", 4, "valid_to", "9999-12-31")
    )
    for table in bundle.tables.values():
        table[1:] = reversed(table[1:])
    report = take(bundle)
    assert updates(report) == []
    assert report.created == 0


def test_changed_rows_are_updated_and_reported_without_values(take: Any) -> None:
    bundle = (
        Bundle()
        .set("people", 2, "phone", "0999999999")
        .set("people", 2, "national_id", "010085000009")
        .set("posts", 2, "duties", "records")
        .set("posts", 2, "unit_id", "moi")
        .set("team_members", 2, "role", "deputy")
        .set("headcounts", 2, "count", "")
    )
    report = take(bundle)
    assert updates(report) == [
        ("people.csv", {"id": "p1"}, ("national_id", "phone")),
        ("posts.csv", {"id": "po1"}, ("unit_id", "duties")),
        ("headcounts.csv", {"id": "d1"}, ("count",)),
        ("team_members.csv", {"team_id": "to1", "person_id": "p3", "valid_from": "2022-01-01"}, ("role",)),
    ]
    assert "0999999999" not in str(report.as_json())
    person = Person.objects.get(uid="p1")
    assert (person.phone, decrypt(person.national_id_cipher)) == ("0999999999", "010085000009")
    post = Post.objects.get(uid="po1")
    assert (post.unit.uid, post.dt_lead, post.records) == ("moi", False, True)
    assert HeadCount.objects.get(uid="d1").count is None
    assert Event.objects.latest("pk").count == 4


def test_a_new_name_is_found_by_its_new_key(take: Any) -> None:
    take(Bundle().set("people", 4, "full_name", "Vàng Thị Dếnh"))
    assert Person.objects.get(uid="p3").name_folded == "vang thi denh"


def test_lists_are_replaced(take: Any) -> None:
    report = take(
        Bundle().set("classes", 2, "co_host_unit_ids", "moi").set("classes", 4, "co_host_unit_ids", "t")
    )
    assert [update.columns for update in report.updates] == [("co_host_unit_ids",)] * 2
    assert [unit.uid for unit in TrainingClass.objects.get(uid="l1").co_host_units.all()] == ["moi"]
    assert TrainingClass.objects.get(uid="l3").co_host_units.count() == 1
    take(Bundle())
    assert not TrainingClass.objects.get(uid="l3").co_host_units.exists()


def test_absent_rows_and_absent_columns_stay(take: Any, counts: Any) -> None:
    before = counts()
    bundle = (
        Bundle().drop("posts", 2).without_column("posts", "qualification").without_column("people", "phone")
    )
    report = take(bundle.set("posts", 2, "title", "Chủ tịch"))
    assert updates(report) == [("posts.csv", {"id": "po2"}, ("title",))]
    assert counts() | {"Event": 1, "Touch": 1} == before | {"Event": 1, "Touch": 1}
    assert Post.objects.get(uid="po1").qualification == "Đại học"
    assert Person.objects.get(uid="p1").phone == "0912000001"


def test_versions_may_be_cut_moved_and_added_at_once(take: Any) -> None:
    stamp = StructureStamp.objects.get().token
    bundle = Bundle().set("units", 9, "valid_to", "2025-02-28")  # so ends …
    bundle.add("units", "so", "", "Sở Khoa học và Công nghệ", "agency", "t", "2025-03-01", "", "")
    # … and the border between the two versions of phong moves, which overlaps if written row by row
    bundle.set("units", 7, "valid_to", "2025-03-31").drop("units", 8)
    bundle.add("units", "phong", "", "Phòng mới", "division", "h1", "2025-04-01", "2025-06-30", "")
    with pytest.raises(Exception, match="chỗ phải sửa"):  # the stored version from 1 March stays and overlaps
        take(bundle)
    bundle.set("units", 7, "valid_to", "2025-02-28").drop("units", len(bundle.tables["units"]))
    report = take(bundle)
    assert updates(report) == [("units.csv", {"id": "so", "valid_from": ""}, ("valid_to",))]
    versions = UnitVersion.objects.filter(unit__uid="so").order_by("valid_from")
    assert [version.valid_to for version in versions] == [date(2025, 2, 28), date(9999, 12, 31)]
    assert StructureStamp.objects.get().token != stamp


def test_neighbouring_versions_move_their_border(take: Any) -> None:
    bundle = Bundle().set("units", 8, "valid_to", "2025-05-31").set("units", 7, "valid_to", "2025-02-27")
    assert take(bundle).updated == 2
    longer = Bundle().set("units", 8, "valid_to", "2025-06-30")
    assert take(longer).updated == 2


def test_the_entry_of_the_catalogue_can_change(take: Any) -> None:
    report = take(Bundle().set("units", 2, "catalogue_key", "").set("units", 9, "catalogue_key", "x"))
    assert [update.columns for update in report.updates] == [("catalogue_key",)] * 2
    assert Unit.objects.get(uid="cu").catalogue_key == ""
    assert Unit.objects.get(uid="so").catalogue_key == "x"


def test_a_dry_run_tells_updates_without_making_them(take: Any) -> None:
    report = take(Bundle().set("people", 2, "phone", "1"), dry_run=True)
    assert report.updated == 1
    assert Person.objects.get(uid="p1").phone == "0912000001"
