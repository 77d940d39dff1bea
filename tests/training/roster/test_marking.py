"""Marks set by hand, sent twice, crossed, taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from nhanlucso.kernel.clock import ZONE, now
from nhanlucso.kernel.errors import Refused

pytestmark = pytest.mark.django_db


def send(room: Any, by: Any, *marks: tuple[Any, ...], **more: Any) -> Any:
    """Marks of people in the last session: (name, mark, seen)."""
    from nhanlucso.training.roster.services.marking import MarkSent, set_marks

    sent = [MarkSent(room.people[name].pk, *rest) for name, *rest in marks]
    return set_marks(session_id=room.last.pk, sent=sent, by=by, at=now(), **more)


def stands(room: Any, name: str) -> str | None:
    from nhanlucso.training.models import Attendance

    rows = Attendance.objects.filter(session=room.last, person=room.people[name])
    return rows.values_list("status", flat=True).first()


def test_a_mark_is_written_and_told(room: Any) -> None:
    from nhanlucso.audit.models import Event, Touch

    Touch.objects.all().delete()
    done = send(room, room.host, ("Dung", "late", ""))
    assert done.written == (room.people["Dung"].pk,)
    assert stands(room, "Dung") == "late"
    assert Touch.objects.exists()
    assert Event.objects.get(verb="attendance.record").object_id == room.last.uid


def test_a_mark_sent_twice_changes_nothing(room: Any) -> None:
    from nhanlucso.audit.models import Event

    send(room, room.host, ("Dung", "late", ""))
    done = send(room, room.host, ("Dung", "late", ""))
    assert (done.written, done.same) == ((), (room.people["Dung"].pk,))
    assert Event.objects.filter(verb="attendance.record").count() == 1


def test_marks_that_cross_are_not_written(room: Any) -> None:
    send(room, room.host, ("Dung", "absent", ""))
    done = send(room, room.trainer, ("Dung", "present", ""), ("Giang", "present", ""))
    assert done.crossed == (room.people["Dung"].pk,)
    assert done.written == (room.people["Giang"].pk,)
    assert (stands(room, "Dung"), stands(room, "Giang")) == ("absent", "present")


def test_a_mark_is_cleared_and_its_person_stays_on_the_roster(room: Any) -> None:
    from nhanlucso.training.roster.queries.sheets import attendance_sheet

    send(room, room.host, ("Bình", "", "excused"))
    sheet = attendance_sheet(room.host, room.held.pk, room.last.pk)
    assert {row.person.name: row.mark for row in sheet.rows}["Trần Văn Bình"] == ""
    assert sheet.tally.missing == 3


def test_an_act_is_taken_back(room: Any) -> None:
    from nhanlucso.training.roster.queries.sheets import attendance_sheet
    from nhanlucso.training.roster.services.marking import take_back

    send(room, room.host, ("Ánh", "absent", "present"))
    send(room, room.host, ("Dung", "present", ""), ("Giang", "present", ""), together=True)
    last = attendance_sheet(room.host, room.held.pk, room.last.pk).last_act
    assert last is not None
    assert last.people == 2
    for _twice in range(2):
        take_back(session_id=room.last.pk, act=last.act, by=room.host, at=now())
        assert (stands(room, "Dung"), stands(room, "Giang"), stands(room, "Ánh")) == ("", "", "absent")
    before = attendance_sheet(room.host, room.held.pk, room.last.pk).last_act
    assert before is not None
    assert (before.people, before.person_id) == (1, room.people["Ánh"].pk)


def test_what_another_has_changed_is_not_taken_back(room: Any) -> None:
    from nhanlucso.training.roster.queries.sheets import attendance_sheet
    from nhanlucso.training.roster.services.marking import take_back

    send(room, room.host, ("Dung", "present", ""))
    send(room, room.trainer, ("Dung", "absent", "present"))
    last = attendance_sheet(room.host, room.held.pk, room.last.pk).last_act
    assert last is not None
    done = take_back(session_id=room.last.pk, act=last.act, by=room.host, at=now())
    assert done.crossed == (room.people["Dung"].pk,)
    assert stands(room, "Dung") == "absent"


def test_another_account_takes_nothing_back(room: Any) -> None:
    from nhanlucso.training.models import MarkChange
    from nhanlucso.training.roster.services.marking import take_back

    send(room, room.host, ("Dung", "present", ""))
    act = MarkChange.objects.get().act
    with pytest.raises(MarkChange.DoesNotExist):
        take_back(session_id=room.last.pk, act=act, by=room.trainer, at=now())


def test_co_hosts_mark_too(room: Any) -> None:
    from nhanlucso.training.models import ClassSession

    with pytest.raises(ClassSession.DoesNotExist):
        send(room, room.hoa, ("Giang", "present", ""))
    room.held.co_host_units.add(room.world.hoa)
    assert send(room, room.hoa, ("Giang", "present", "")).written


@pytest.mark.parametrize("name", ["viewer", "planner"])
def test_who_may_not_record_is_refused(room: Any, name: str) -> None:
    with pytest.raises(Refused) as refusal:
        send(room, getattr(room, name), ("Dung", "present", ""))
    assert refusal.value.code == "not_allowed"
    assert stands(room, "Dung") is None


def test_unknown_marks_and_people_off_the_roster_are_refused(room: Any) -> None:
    from nhanlucso.people.models import Person

    with pytest.raises(Refused) as refusal:
        send(room, room.host, ("Dung", "asleep", ""))
    assert refusal.value.code == "bad_value"
    with pytest.raises(Person.DoesNotExist):
        send(room, room.host, ("Dung", "present", ""), ("Chi", "present", ""))
    assert stands(room, "Dung") is None


def test_nobody_is_marked_before_the_day_of_the_session(room: Any) -> None:
    from nhanlucso.training.roster.queries.sheets import attendance_sheet

    room.last.starts_at = (now() + timedelta(days=2)).replace(hour=1)
    room.last.save()
    with pytest.raises(Refused, match="chưa đến"):
        send(room, room.host, ("Dung", "present", ""))
    sheet = attendance_sheet(room.host, room.held.pk, room.last.pk)
    assert (sheet.early, sheet.may_mark) == (True, False)
    assert send(room, room.host, ("Bình", "", "excused")).written  # taking away a mistake stays open


def test_on_its_day_they_are_marked_before_it_begins(room: Any) -> None:
    evening = now().astimezone(ZONE).replace(hour=23, minute=59)
    room.last.starts_at = evening
    room.last.save()
    assert send(room, room.host, ("Dung", "present", "")).written
