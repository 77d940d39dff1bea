"""Keeping what an act does to rows."""

from __future__ import annotations

import pytest

from nhanlucso.journal.models import Act, RowChange
from nhanlucso.journal.recorder import Recorder
from nhanlucso.journal.services import recording, undo
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.kernel.sealing import encrypt
from nhanlucso.people.models import Person
from nhanlucso.training.models import Attendance, ClassSession
from tests.factories import records as r
from tests.journal.state import AT, DAY, state

pytestmark = pytest.mark.django_db


def renamed(person: Person, name: str) -> Recorder:
    with recording(
        kind="test", subject="", title="Thử", permission=Permission.EDIT_PEOPLE, by=SYSTEM, at=AT
    ) as recorder:
        recorder.watch(Person.objects.filter(pk=person.pk))
        Person.objects.filter(pk=person.pk).update(full_name=name)
    return recorder


def test_an_act_that_changes_nothing_leaves_no_trace() -> None:
    person = r.make_person("Lý Thị Ánh")
    assert renamed(person, "Lý Thị Ánh").uid == ""
    assert Act.objects.count() == 0
    assert renamed(person, "Lý Thị Anh").uid != ""
    assert RowChange.objects.count() == 1


def test_what_fails_is_not_kept() -> None:
    person = r.make_person("Lý Thị Ánh")
    with (
        pytest.raises(ZeroDivisionError),
        recording(
            kind="test", subject="", title="Thử", permission=Permission.EDIT_PEOPLE, by=SYSTEM, at=AT
        ) as recorder,
    ):
        recorder.watch(Person.objects.filter(pk=person.pk))
        Person.objects.filter(pk=person.pk).update(full_name="X")
        raise ZeroDivisionError
    assert (Act.objects.count(), Person.objects.get().full_name) == (0, "Lý Thị Ánh")


def test_numbers_stay_encrypted() -> None:
    person = r.make_person("Lý Thị Ánh")
    cipher = encrypt("001085000123")
    Person.objects.filter(pk=person.pk).update(national_id_cipher=cipher)
    renamed(person, "Lý Thị Anh")
    kept = RowChange.objects.get()
    assert kept.before is not None
    assert kept.before["national_id_cipher"] == cipher
    assert "001085000123" not in str(kept.before) + str(kept.after)


def test_times_and_numbers_come_back_exactly() -> None:
    unit = r.make_unit("an", "Xã An")
    held = r.make_class("Lớp", unit, DAY)
    person = r.make_person("Lý Thị Ánh", unit)
    Attendance.objects.create(session=held.sessions.get(), person=person, status="late", recorded_at=AT)
    result = r.make_result(person, r.make_course(), DAY, passed=True)
    result.score = 7.3
    result.save()
    before = state()
    with recording(
        kind="test", subject="", title="Thử", permission=Permission.EDIT_PEOPLE, by=SYSTEM, at=AT
    ) as recorder:
        for model in (ClassSession, Attendance, type(result)):
            recorder.watch(model.objects.all())
        ClassSession.objects.update(starts_at=AT)
        Attendance.objects.update(recorded_at=None)
        type(result).objects.update(score=0.1 + 0.2, completed_at=None, passed=None)
    undo(act=Act.objects.get(uid=recorder.uid), by=SYSTEM, at=AT)
    assert state() == before


def test_rows_are_kept_in_batches(django_assert_max_num_queries: object) -> None:
    people = [Person(uid=f"p{n}", full_name=f"Người {n}", name_folded="", name_key="") for n in range(3_000)]
    with recording(
        kind="test", subject="", title="Thử", permission=Permission.EDIT_PEOPLE, by=SYSTEM, at=AT
    ) as recorder:
        Person.objects.bulk_create(people)
        recorder.made(Person, "pk", [person.pk for person in people])
    act = Act.objects.get(uid=recorder.uid)
    assert act.rows.count() == 3_000
    with django_assert_max_num_queries(120):  # type: ignore[operator]
        undo(act=act, by=SYSTEM, at=AT)
    assert Person.objects.count() == 0
