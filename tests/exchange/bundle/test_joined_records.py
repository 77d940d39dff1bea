"""A bundle that still knows as two whom somebody has made one: its old ids find the one who stays."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from nhanlucso.exchange.bundle.exporting import export_bundle
from nhanlucso.exchange.bundle.importing import import_bundle
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.people.merging.services import merge, unmerge
from nhanlucso.people.models import Person
from nhanlucso.training.models import Attendance
from tests.factories import records as r
from tests.journal.state import state

pytestmark = pytest.mark.django_db
AT = datetime(2024, 9, 20, 3, 0, tzinfo=UTC)


@pytest.fixture
def two() -> tuple[Person, Person]:
    """Two records of one person, both in one session, with posts that say the same."""
    unit = r.make_unit("an", "Xã An")
    kept, gone = r.make_person("Lý Thị Hòa", unit), r.make_person("LÝ THỊ HÒA", unit)
    held = r.make_class("Lớp", unit, date(2024, 3, 4), 2, r.make_course())
    r.attend(held, kept, "absent")
    r.attend(held, gone, "present", "late")
    return kept, gone


def bundle(folder: Path, files: Mapping[str, Sequence[Mapping[str, Any]]]) -> Path:
    folder.mkdir()
    manifest = {"format": "nhanlucso-bundle", "version": 1, "source": ""}
    (folder / "bundle.json").write_text(json.dumps(manifest), encoding="utf-8")
    for name, rows in files.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def test_an_old_bundle_changes_nothing_but_says_what_was_joined(
    tmp_path: Path, two: tuple[Person, Person]
) -> None:
    kept, gone = two
    export_bundle(tmp_path / "old", scope=SYSTEM, at=AT)
    merge(kept=kept.pk, gone=gone.pk, choices={"full_name": "gone"}, by=SYSTEM, at=AT)
    Person.objects.filter(pk=kept.pk).update(full_name="Lý Thị Hòa")  # as the bundle says
    Attendance.objects.update(status="absent", recorded_at=None)
    merged = state()
    report = import_bundle(tmp_path / "old", dry_run=False, by=None, at=AT)
    assert (report.created, report.updated) == (0, 0)
    assert state() == merged
    assert {str(warning.file) for warning in report.warnings if "đã gộp" in warning.message} == {
        "people.csv",
        "posts.csv",
    }


def test_what_is_told_by_an_old_id_goes_to_the_one_who_stays(
    tmp_path: Path, two: tuple[Person, Person]
) -> None:
    kept, gone = two
    done = merge(kept=kept.pk, gone=gone.pk, choices={}, by=SYSTEM, at=AT)
    later = r.make_class("Lớp sau", r.make_unit("binh", "Xã Bình"), date(2024, 4, 5)).sessions.get()
    rows = [
        {"session_id": later.uid, "person_id": uid, "status": status, "recorded_at": ""}
        for uid, status in ((gone.uid, "absent"), (kept.uid, "present"))
    ]
    for name, order in (("one", rows), ("two", rows[::-1])):
        import_bundle(bundle(tmp_path / name, {"attendance": order}), dry_run=False, by=None, at=AT)
        assert Attendance.objects.get(session=later).person_id == kept.pk
        assert Attendance.objects.get(session=later).status == "present"
    unmerge(act=done.act, by=SYSTEM, at=AT)
    report = import_bundle(tmp_path / "one", dry_run=False, by=None, at=AT)
    assert report.created == 1
    assert Attendance.objects.get(session=later, person=gone).status == "absent"


def test_an_old_bundle_brings_no_erased_name_back(tmp_path: Path, two: tuple[Person, Person]) -> None:
    from nhanlucso.people.models import Post
    from nhanlucso.people.rights.services import erase_person

    person = two[0]
    Post.objects.filter(person=person).update(valid_to=date(2024, 1, 1))
    export_bundle(tmp_path / "old", scope=SYSTEM, at=AT)
    erase_person(person=person, by=SYSTEM, at=AT)
    report = import_bundle(tmp_path / "old", dry_run=False, by=None, at=AT)
    person.refresh_from_db()
    assert "Hòa" not in person.full_name
    assert (report.created, report.updated) == (0, 0)
    assert any("không ghi lại" in str(warning) for warning in report.warnings)
