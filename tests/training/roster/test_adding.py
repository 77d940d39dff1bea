"""Whom a roster takes: found by name, pasted, from another class; and who can be taken off it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused

pytestmark = pytest.mark.django_db


def test_the_roster_with_what_is_recorded(room: Any) -> None:
    from nhanlucso.training.roster.queries.adding import roster

    found = roster(room.host, room.held.pk)
    assert {one.person.name.split()[-1]: one.marks for one in found.members} == {
        "Ánh": 5,
        "Bình": 5,
        "Dung": 0,
        "Giang": 1,
    }


def test_people_are_found_and_those_who_are_there_are_said_to_be(room: Any) -> None:
    from nhanlucso.training.roster.queries.adding import found_to_add

    found = found_to_add(room.host, room.held.pk, "dung")
    assert [(one.line.person.full_name, one.there) for one in found] == [("Lù A Dung", True)]
    assert [one.there for one in found_to_add(room.host, room.held.pk, "seo chi")] == [False]


def test_pasted_names(room: Any) -> None:
    from nhanlucso.training.roster.queries.adding import names_found
    from tests.factories import records as r

    r.make_person("Hoàng Thị Hoa", room.world.hoa)
    r.make_person("Hoàng Thị Hoa", room.world.hoa)
    names = ["Vàng Seo Chi", "vang seo chi", "Hoàng Thị Hoa", "Lý Thị Ánh", "Không Ai", "Giàng Thị Giang"]
    found = names_found(room.host, room.held.pk, room.world.hoa.pk, names)
    assert [(one.written, one.state.value, len(one.candidates)) for one in found] == [
        ("Vàng Seo Chi", "one", 1),
        ("vang seo chi", "several", 1),
        ("Hoàng Thị Hoa", "several", 2),
        ("Lý Thị Ánh", "there", 1),
        ("Không Ai", "nobody", 0),
        ("Giàng Thị Giang", "nobody", 0),  # of another unit
    ]


def test_as_in_another_class_as_far_as_one_reaches(room: Any) -> None:
    from nhanlucso.training.models import Invitation
    from nhanlucso.training.roster.queries.adding import classes_to_copy
    from nhanlucso.training.roster.services.adding import Copied, add_from_class
    from tests.factories import records as r

    room.held.co_host_units.add(room.world.hoa)
    fresh = r.make_class("Lớp của xã", room.world.hoa, date(2025, 10, 1))
    assert [one.pk for one in classes_to_copy(room.hoa, fresh.pk)] == [room.held.pk]
    done = add_from_class(class_id=fresh.pk, other_id=room.held.pk, by=room.hoa, at=now())
    assert done == Copied(added=3, already=0, outside=1)
    again = add_from_class(class_id=fresh.pk, other_id=room.held.pk, by=room.hoa, at=now())
    assert again == Copied(added=0, already=3, outside=1)
    assert Invitation.objects.filter(training_class=fresh).count() == 3


def test_who_has_no_mark_is_taken_off(room: Any) -> None:
    from nhanlucso.training.models import Attendance
    from nhanlucso.training.roster.queries.adding import roster
    from nhanlucso.training.roster.services.adding import remove_from_roster

    dung = room.people["Dung"]
    Attendance.objects.create(session=room.last, person=dung, status="")
    for _twice in range(2):
        remove_from_roster(class_id=room.held.pk, person_id=dung.pk, by=room.host, at=now())
    assert dung.pk not in {one.person.person_id for one in roster(room.host, room.held.pk).members}


def test_who_has_a_mark_stays(room: Any) -> None:
    from nhanlucso.training.roster.services.adding import remove_from_roster

    with pytest.raises(Refused) as refusal:
        remove_from_roster(class_id=room.held.pk, person_id=room.people["Giang"].pk, by=room.host, at=now())
    assert refusal.value.code == "has_marks"


def test_only_hosts_who_may_change_classes_do(room: Any) -> None:
    from nhanlucso.training.models import TrainingClass
    from nhanlucso.training.roster.queries.adding import names_found, roster
    from nhanlucso.training.roster.services.adding import add_from_class, remove_from_roster

    dung = room.people["Dung"].pk
    with pytest.raises(Refused):
        remove_from_roster(class_id=room.held.pk, person_id=dung, by=room.trainer, at=now())
    with pytest.raises(Refused):
        add_from_class(class_id=room.held.pk, other_id=room.held.pk, by=room.viewer, at=now())
    for ask in (
        lambda: roster(room.trainer, room.held.pk),
        lambda: roster(room.hoa, room.held.pk),
        lambda: names_found(room.hoa, room.held.pk, room.world.hoa.pk, ["A"]),
        lambda: remove_from_roster(class_id=room.held.pk, person_id=dung, by=room.hoa, at=now()),
    ):
        with pytest.raises(TrainingClass.DoesNotExist):
            ask()
