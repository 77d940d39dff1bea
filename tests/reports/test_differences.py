"""A late correction says which figures differ, who makes the difference, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fonts")]


@pytest.fixture
def officer(district: dict[str, Any]) -> Any:
    from tests.reports.signatories import scope

    return scope("can-bo", "officer", district["p"])


@pytest.fixture
def approved(district: dict[str, Any], officer: Any) -> Any:
    from tests.reports.signatories import decided, scope, submitted

    return decided(scope("lanh-dao", "approver", district["p"]), submitted(officer, district["d"]), True)


def corrected(officer: Any, district: dict[str, Any]) -> dict[str, Any]:
    """The note of a correction: the entries by indicator, of the nine months."""
    from tests.factories.records import facts_changed
    from tests.reports.signatories import submitted

    facts_changed()
    report = submitted(officer, district["d"], "Bổ sung danh sách đến muộn")
    return dict(report.revisions.get(number=report.revision).note)


def told(note: dict[str, Any], code: str) -> list[tuple[str, str, str, str]]:
    """(who, from, to, why) of one figure."""
    from nhanlucso.people.models import Person

    (entry,) = (e for e in note["figures"] if (e["after"] or e["before"])["indicator"] == code)
    names = dict(Person.objects.values_list("pk", "uid"))
    return [
        (names.get(move["person"], "?"), move["before"], move["after"], move["why"][0]["code"])
        for move in entry["moves"]
    ]


def test_an_attendance_recorded_late(district: dict[str, Any], officer: Any, approved: Any) -> None:
    from nhanlucso.training.models import Attendance

    Attendance.objects.filter(person__uid="a3").update(status="present")
    note = corrected(officer, district)
    assert (note["of"], note["reason"]) == (1, "Bổ sung danh sách đến muộn\nBổ sung danh sách đến muộn")
    assert told(note, "training.persons") == [("a3", "", "counted", "attended")]
    assert told(note, "coverage.basic") == [("a3", "missing", "counted", "attended")]
    (share,) = (e for e in note["figures"] if e["after"]["indicator"] == "coverage.basic")
    assert (share["came"], share["left"], share["redefined"]) == (1, 0, False)
    assert (share["before"]["numerator"], share["after"]["numerator"]) == (6, 7)


def test_a_mark_that_bears_the_time_of_its_session(
    district: dict[str, Any], officer: Any, approved: Any
) -> None:
    """A list that came late: no guess that a post has changed, and no time that says nothing."""
    from datetime import UTC, datetime

    from nhanlucso.training.models import Attendance

    Attendance.objects.filter(person__uid="a3").update(
        status="present", recorded_at=datetime(2024, 3, 5, 2, tzinfo=UTC)
    )
    note = corrected(officer, district)
    assert told(note, "training.persons") == [("a3", "", "counted", "mark_or_post")]
    assert told(note, "coverage.basic") == [("a3", "missing", "counted", "attended")]
    assert not [
        why["at"] for e in note["figures"] for move in e["moves"] for why in move["why"] if "at" in why
    ]


def test_an_attendance_taken_away(district: dict[str, Any], officer: Any, approved: Any) -> None:
    from nhanlucso.training.models import Attendance

    Attendance.objects.filter(person__uid="a0").delete()
    note = corrected(officer, district)
    assert told(note, "training.attendances") == [("a0", "counted", "", "not_attended")]
    assert told(note, "coverage.basic") == [("a0", "counted", "missing", "not_attended")]


def test_a_post_that_ended_and_one_that_came(district: dict[str, Any], officer: Any, approved: Any) -> None:
    from nhanlucso.people.models import Person, Post

    Post.objects.filter(person__uid="a3").update(valid_to=date(2024, 1, 31))
    new = Person.objects.create(uid="z9", full_name="Lù A Sì", name_folded="lu a si", name_key="si")
    Post.objects.create(
        uid="z9", person=new, unit=district["b"], category="civil_servant", valid_from=date(2024, 2, 1)
    )
    note = corrected(officer, district)
    # One came and one went: the number is the same, so the figure is none that differs; the leaders and shares are.
    assert "staff.headcount" not in {e["after"]["indicator"] for e in note["figures"]}
    Person.objects.filter(uid="z9").delete()


def test_posts_that_make_the_difference(district: dict[str, Any], officer: Any, approved: Any) -> None:
    from nhanlucso.people.models import Post

    Post.objects.filter(person__uid="a3").update(valid_to=date(2024, 1, 31))
    Post.objects.filter(person__uid="b0").delete()
    Post.objects.filter(person__uid="d0").update(is_leader=False)
    note = corrected(officer, district)
    assert told(note, "staff.headcount") == [
        ("a3", "counted", "", "post_ended"),
        ("b0", "counted", "", "post_gone"),
    ]
    assert told(note, "staff.leaders") == [("d0", "counted", "", "post_changed")]


def test_a_record_that_was_merged_and_one_that_is_gone(
    district: dict[str, Any], officer: Any, approved: Any
) -> None:
    from nhanlucso.people.models import FormerId, Person

    one, other = Person.objects.get(uid="a2"), Person.objects.get(uid="a3")
    FormerId.objects.create(table="people.person", uid="a2", was=one.pk, row=other.pk)
    one.delete()
    Person.objects.get(uid="v1").delete()
    note = corrected(officer, district)
    assert {why for _, _, _, why in told(note, "staff.headcount")} == {"merged", "record_gone"}


def test_things_that_are_no_persons(district: dict[str, Any], officer: Any, approved: Any) -> None:
    from nhanlucso.outreach.models import OutreachItem
    from nhanlucso.training.models import TrainingClass

    OutreachItem.objects.filter(uid="o").update(count=15)
    TrainingClass.objects.get(uid="l2").delete()
    note = corrected(officer, district)
    assert told(note, "outreach.items") == [("?", "counted", "counted", "item_changed")]
    assert told(note, "training.conferences") == [("?", "counted", "", "item_gone")]


def test_the_paper_prints_the_note_without_a_name(
    district: dict[str, Any], officer: Any, approved: Any
) -> None:
    from nhanlucso.training.models import Attendance

    Attendance.objects.filter(person__uid="a3").update(status="present")
    corrected(officer, district)
    text = str(approved.revisions.get(number=2).text)
    assert "Đính chính so với bản lần 1".upper() in text or "Đính chính so với bản lần 1" in text
    assert "Bổ sung danh sách đến muộn" in text
    assert "điểm danh ghi thêm: 1" in text
    assert "Báo cáo này thay bản lần 1" in text
    assert "Nguyễn Văn a3" not in text


def test_a_definition_that_changed_is_told_apart_from_records(
    district: dict[str, Any], officer: Any, approved: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old definition applied to the records of today: what differs from what is published is the records'."""
    from dataclasses import replace

    from nhanlucso.indicators import definitions
    from nhanlucso.indicators.catalogue import INDICATORS
    from nhanlucso.reports import differing
    from nhanlucso.training.models import Attendance

    Attendance.objects.filter(person__uid="a3").update(status="present")
    old = INDICATORS["coverage.basic"]
    new = replace(INDICATORS["coverage.leaders"], code=old.code, version=2)
    catalogue = {**INDICATORS, old.code: new}
    monkeypatch.setattr(definitions, "INDICATORS", catalogue)
    monkeypatch.setattr(
        differing,
        "definition",
        lambda code, version: old if (code, version) == (old.code, 1) else catalogue[code],
    )
    note = corrected(officer, district)
    (entry,) = (e for e in note["figures"] if e["after"]["indicator"] == old.code)
    assert entry["redefined"]
    assert (entry["before"]["numerator"], entry["records"]["numerator"]) == (6, 7)
    assert (entry["before"]["definition_version"], entry["after"]["definition_version"]) == (1, 2)
    whys = {(move["why"][0]["code"], move["after"]) for move in entry["moves"]}
    assert ("attended", "counted") in whys
    assert ("definition", "") in whys
