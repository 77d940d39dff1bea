"""A bundle goes in: what is stored, and that it is all or nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from nhanlucso.audit.models import Event, Touch
from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.sealing import decrypt, match_hash
from nhanlucso.learning.models import CourseResult
from nhanlucso.orgs.models import Unit, UnitChange, UnitVersion
from nhanlucso.orgs.queries import history
from nhanlucso.people.models import Person, Post
from nhanlucso.plans.models import Activity, BoardMember
from nhanlucso.training.models import ClassSession, HeadCount, TrainingClass
from tests.exchange.bundle.world import TABLES, Bundle

pytestmark = pytest.mark.django_db


def test_every_row_is_stored(take: Any) -> None:
    report = take(Bundle())
    rows = {f"{name}.csv": len(table) - 1 for name, table in Bundle().tables.items()}
    assert {name: count.created for name, count in report.files.items()} == rows
    assert (report.updated, report.unchanged, report.source, report.dry_run) == (0, 0, "nguon", False)
    assert list(report.files) == [f"{name}.csv" for name in TABLES]


def test_units_have_versions_and_events(take: Any) -> None:
    take(Bundle())
    moi = Unit.objects.get(origin="nguon", uid="moi")
    assert (moi.catalogue_key, moi.versions.get().name_folded) == ("02908@2025", "xa moi")
    thon = list(UnitVersion.objects.filter(unit__uid="thon1").order_by("valid_from"))
    assert [(v.parent.uid, v.valid_from, v.valid_to) for v in thon if v.parent] == [
        ("cu", EVER, date(2025, 6, 30)),
        ("moi", date(2025, 7, 1), ALWAYS),
    ]
    assert UnitChange.objects.get(uid="bo-phong").to_unit is None
    assert UnitChange.objects.filter(uid="tach-giua").count() == 2
    cu = Unit.objects.get(uid="cu")
    assert history().carry(cu.pk, date(2024, 1, 1), date(2026, 1, 1)) == {moi.pk}


def test_people_can_be_found_and_matched(take: Any) -> None:
    take(Bundle())
    person = Person.objects.get(uid="p2")
    assert person.full_name == "NGUYỄN  Thị Hoà"  # as given
    assert person.name_folded == "nguyen thi hoa"
    assert person.birth == "1990"
    assert person.national_id_hash == match_hash("010190000002")
    assert decrypt(person.national_id_cipher) == "010190000002"
    assert "010190000002" not in person.national_id_cipher


def test_an_empty_cell_is_unknown_and_nothing_else(take: Any) -> None:
    take(Bundle())
    post = Post.objects.get(uid="po4")
    assert (post.is_leader, post.is_main, post.valid_from, post.valid_to) == (None, None, EVER, ALWAYS)
    assert list(HeadCount.objects.order_by("uid").values_list("count", flat=True)) == [1800, None, 0]
    result = CourseResult.objects.get(uid="r4")
    assert (result.score, result.passed, result.enrolled_at, result.platform) == (None, None, None, "")
    assert CourseResult.objects.get(uid="r3").score == 0
    assert TrainingClass.objects.get(uid="l2").host_unit is None


def test_lists_become_sets(take: Any) -> None:
    take(Bundle())
    post = Post.objects.get(uid="po3")
    assert [post.dt_dedicated, post.dt_concurrent, post.dt_lead, post.one_stop, post.records] == [
        True,
        False,
        False,
        True,
        True,
    ]
    partners = Activity.objects.get(uid="hd1").partner_units.order_by("uid")
    assert [unit.uid for unit in partners] == ["cu", "moi"]
    assert BoardMember.objects.filter(person__uid="p1").count() == 2


def test_times_are_moments(take: Any) -> None:
    take(Bundle().set("sessions", 2, "starts_at", "2024-03-01T01:00:00Z"))
    assert ClassSession.objects.get(uid="b1").starts_at == datetime(2024, 3, 1, 1, tzinfo=UTC)


def test_a_byte_order_mark_and_windows_lines_are_taken(take: Any, tmp_path: Any) -> None:
    path = Bundle().folder(tmp_path / "bom")
    people = path / "people.csv"
    people.write_bytes(b"\xef\xbb\xbf" + people.read_bytes().replace(b"\n", b"\r\n"))
    take(path)
    assert Person.objects.filter(uid="p1", full_name="Lù A Sì", email="si@x.vn").exists()


def test_every_file_is_optional(take: Any) -> None:
    assert take(Bundle().only()).created == 0
    assert take(Bundle().only("courses")).created == 3


def test_columns_beyond_the_contract_may_be_absent(take: Any) -> None:
    bundle = Bundle().without_column("posts", "qualification").without_column("units", "catalogue_key")
    take(bundle.without_column("targets", "quote").without_column("classes", "activity_id"))
    assert Post.objects.filter(qualification="").count() == 5


def test_the_act_is_on_record_and_figures_are_marked_old(take: Any, counts: Any) -> None:
    report = take(Bundle())
    event = Event.objects.get()
    assert (event.verb, event.object_type, event.object_id) == ("bundle.import", "bundle", "nguon")
    assert event.count == report.created
    assert Touch.objects.count() == 1
    assert counts()["StructureStamp"] == 1


def test_a_dry_run_tells_the_same_and_writes_nothing(take: Any, counts: Any) -> None:
    before = counts()
    dry = take(Bundle(), dry_run=True)
    assert counts() == before
    wet = take(Bundle())
    assert dry.dry_run
    assert dry.as_json() | {"dry_run": False} == wet.as_json()


def test_progress_is_told_and_can_stop_everything(take: Any, counts: Any) -> None:
    class Stopped(Exception):
        pass

    before = counts()
    seen: list[tuple[int, int, str]] = []

    def stop_late(done: int, total: int, step: str) -> None:
        seen.append((done, total, step))
        if step == "Ghi attendance.csv":
            raise Stopped

    with pytest.raises(Stopped):
        take(Bundle(), progress=stop_late)
    assert counts() == before
    assert [done for done, _, _ in seen] == sorted(done for done, _, _ in seen)
    assert all(done <= total for done, total, _ in seen)
    assert seen[0][2] == "Kiểm tra units.csv"


def test_many_rows_go_through_in_chunks(take: Any) -> None:
    bundle = Bundle()
    for number in range(4_500):
        bundle.add("people", f"n{number}", "Lan", "", "", f"{number:012d}", "", "")
        bundle.add("attendance", "b1", f"n{number}", "present", "")
    assert take(bundle).created == take(bundle, dry_run=True).unchanged
    changed = bundle.set("attendance", 4_000, "status", "late").set("people", 4_000, "phone", "1")
    report = take(changed)
    assert (report.updated, report.created) == (2, 0)


def test_references_may_point_to_what_is_already_there(take: Any) -> None:
    take(Bundle())
    bundle = Bundle({"posts": "id,person_id,unit_id,valid_from\npx,p1,moi,2026-01-01\n"})
    assert take(bundle).created == 1
    with pytest.raises(Refused) as caught:
        take(Bundle({"posts": "id,person_id,unit_id\npy,p1,moi\n"}, source="khac"))
    assert caught.value.code == "missing_reference"


def test_ids_are_unique_within_their_source_only(take: Any) -> None:
    take(Bundle())
    take(Bundle(source=""))
    assert Unit.objects.filter(uid="moi").count() == 2
    assert Post.objects.get(origin="", uid="po1").person.origin == ""


def test_qualified_ids_belong_to_the_sources_named(take: Any) -> None:
    take(Bundle())
    posts = "id,person_id,unit_id,title\na:q,nguon:p1,nguon:moi,\nb:q,nguon:p1,nguon:moi,\n"
    take(Bundle({"posts": posts}, source="", qualified_sources=["nguon", "a"]))
    assert set(Post.objects.filter(person__uid="p1", uid__contains="q").values_list("origin", "uid")) == {
        ("a", "q"),
        ("", "b:q"),
    }
