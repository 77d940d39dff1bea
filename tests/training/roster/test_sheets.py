"""The sheet of a session as hosts, others and trainers see it."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.django_db


def sheet(room: Any, by: Any) -> Any:
    from nhanlucso.training.roster.queries.sheets import attendance_sheet

    return attendance_sheet(by, room.held.pk, room.last.pk)


def test_hosts_see_everybody_by_given_name(room: Any) -> None:
    found = sheet(room, room.host)
    assert [row.person.name.split()[-1] for row in found.rows] == ["Ánh", "Bình", "Dung", "Giang"]
    assert [row.mark for row in found.rows] == ["present", "excused", "", ""]
    assert (found.hosted, found.may_mark, found.may_add, found.hidden) == (True, True, True, 0)
    assert (found.tally.total, found.tally.marked) == (4, 2)
    assert found.rows[0].standing.completed


def test_a_trainer_marks_the_roster_without_the_register_of_people(room: Any) -> None:
    from nhanlucso.people.queries import people_by_ids

    found = sheet(room, room.trainer)
    assert (len(found.rows), found.may_mark, found.may_add) == (4, True, False)
    assert people_by_ids(room.trainer, [room.people["Ánh"].pk]) == {}


def test_a_viewer_of_the_host_only_looks(room: Any) -> None:
    found = sheet(room, room.viewer)
    assert (len(found.rows), found.may_mark, found.may_add) == (4, False, False)


def test_others_see_their_own_people(room: Any) -> None:
    found = sheet(room, room.loc)
    assert [row.person.name for row in found.rows] == ["Giàng Thị Giang"]
    assert (found.hosted, found.may_mark, found.hidden) == (False, False, 3)


def test_sessions_of_other_classes_are_not_there(room: Any) -> None:
    from nhanlucso.training.models import ClassSession, TrainingClass
    from nhanlucso.training.roster.queries.sheets import attendance_sheet

    other = room.world.training_class.sessions.first()
    with pytest.raises(ClassSession.DoesNotExist):
        attendance_sheet(room.host, room.held.pk, other.pk)
    with pytest.raises(TrainingClass.DoesNotExist):
        attendance_sheet(room.loc, room.world.training_class.pk, other.pk)
