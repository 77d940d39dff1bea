"""Units confirm the rows of their own people or object to them; hosts see and answer."""

from __future__ import annotations

from typing import Any

import pytest

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused

pytestmark = pytest.mark.django_db


def place(room: Any, unit: str = "hoa") -> Any:
    from nhanlucso.training.roster.services.confirming import Place

    return Place(room.held.pk, getattr(room.world, unit).pk)


def confirm(room: Any, by: Any, unit: str = "hoa", **fields: Any) -> Any:
    from nhanlucso.training.roster.queries.confirming import own_rows
    from nhanlucso.training.roster.services.confirming import confirm_roster

    given = {"state": "confirmed", "note": "", **fields}
    if "seen" not in given:
        given["seen"] = own_rows(by, room.held.pk, getattr(room.world, unit).pk).seen
    return confirm_roster(place=place(room, unit), by=by, at=now(), **given)


def mark_binh(room: Any) -> None:
    """The host sets another mark for Bình of xã Hòa."""
    from nhanlucso.training.roster.services.marking import MarkSent, set_marks

    sent = [MarkSent(room.people["Bình"].pk, "present", "excused")]
    set_marks(session_id=room.last.pk, sent=sent, by=room.host, at=now())


def said(room: Any, by: Any) -> Any:
    from nhanlucso.training.roster.queries.confirming import class_confirmations

    return class_confirmations(by, room.held.pk)


def test_a_unit_sees_its_own_people_who_have_marks(room: Any) -> None:
    from nhanlucso.training.roster.queries.confirming import own_rows

    found = own_rows(room.hoa, room.held.pk, None)
    assert [row.person.name.split()[-1] for row in found.rows] == ["Ánh", "Bình"]
    assert found.unit.name == "Xã Hòa"
    assert found.said is None


def test_what_is_confirmed_is_told_to_the_host(room: Any) -> None:
    from nhanlucso.audit.models import Event

    assert [(one.unit, one.people) for one in said(room, room.host).silent] == [("Xã Hòa", 2), ("Xã Lộc", 1)]
    for _twice in range(2):
        confirm(room, room.hoa)
    found = said(room, room.host)
    assert [(one.unit, one.who, one.stale, one.held.people) for one in found.said] == [
        ("Xã Hòa", "xa-hoa", False, 2)
    ]
    assert [one.unit for one in found.silent] == ["Xã Lộc"]
    assert Event.objects.filter(verb="roster.confirmed", object_id=room.held.uid).exists()


def test_a_later_mark_makes_it_stale(room: Any) -> None:
    confirm(room, room.hoa)
    confirm(room, room.loc, "loc")
    mark_binh(room)
    found = said(room, room.host).said
    assert [(one.unit, one.stale) for one in found] == [("Xã Hòa", True), ("Xã Lộc", False)]


def test_nobody_confirms_what_came_later(room: Any) -> None:
    from nhanlucso.training.roster.queries.confirming import own_rows

    seen = own_rows(room.hoa, room.held.pk, None).seen
    mark_binh(room)
    with pytest.raises(Refused) as refusal:
        confirm(room, room.hoa, seen=seen)
    assert refusal.value.code == "marks_changed"


def test_an_objection_is_answered_once(room: Any) -> None:
    from nhanlucso.training.models import RosterObjection
    from nhanlucso.training.roster.services.confirming import answer_objection, object_to_row

    binh = room.people["Bình"].pk
    for words in ("Buổi 4 có mặt", "Buổi 4 và 5 có mặt"):
        object_to_row(place=place(room), person_id=binh, note=words, by=room.hoa, at=now())
    (one,) = said(room, room.host).objections
    assert (one.person.name, one.held.note, one.unit) == ("Trần Văn Bình", "Buổi 4 và 5 có mặt", "Xã Hòa")
    assert said(room, room.host).may_answer
    with pytest.raises(RosterObjection.DoesNotExist):
        answer_objection(objection_id=one.held.pk, answer="Đúng", by=room.hoa, at=now())
    for words in ("Đã sửa", "Không sửa"):
        answer_objection(objection_id=one.held.pk, answer=words, by=room.host, at=now())
    assert RosterObjection.objects.get().answer == "Đã sửa"
    assert said(room, room.host).objections == []


def test_an_objection_is_withdrawn(room: Any) -> None:
    from nhanlucso.training.models import RosterObjection
    from nhanlucso.training.roster.services.confirming import object_to_row, withdraw_objection

    binh = room.people["Bình"].pk
    object_to_row(place=place(room), person_id=binh, note="Sai", by=room.hoa, at=now())
    for _twice in range(2):
        withdraw_objection(place=place(room), person_id=binh, by=room.hoa, at=now())
    assert not RosterObjection.objects.exists()


def test_refusals(room: Any) -> None:
    from nhanlucso.people.models import Person
    from nhanlucso.training.roster.services.confirming import answer_objection, object_to_row

    for fields, code in (
        ({"state": "perhaps"}, "bad_value"),
        ({"state": "disputed", "note": " "}, "note_missing"),
    ):
        with pytest.raises(Refused) as refusal:
            confirm(room, room.hoa, **fields)
        assert refusal.value.code == code
    with pytest.raises(Refused) as refusal:
        object_to_row(place=place(room), person_id=1, note="", by=room.hoa, at=now())
    assert refusal.value.code == "note_missing"
    with pytest.raises(Refused) as refusal:
        answer_objection(objection_id=1, answer="", by=room.host, at=now())
    assert refusal.value.code == "answer_missing"
    with pytest.raises(Person.DoesNotExist):
        object_to_row(place=place(room), person_id=room.people["Giang"].pk, note="Sai", by=room.hoa, at=now())


def test_units_of_others_and_hosts_confirm_nothing(room: Any) -> None:
    from nhanlucso.orgs.models import Unit
    from nhanlucso.training.models import TrainingClass

    with pytest.raises(Unit.DoesNotExist):
        confirm(room, room.hoa, "loc", seen="")
    with pytest.raises(TrainingClass.DoesNotExist):
        confirm(room, room.host, seen="")
    with pytest.raises(Refused):
        confirm(room, room.viewer, seen="")


def test_others_see_their_own_word_alone(room: Any) -> None:
    confirm(room, room.hoa)
    found = said(room, room.loc)
    assert (found.said, found.silent, found.may_confirm, found.may_answer) == ([], [], True, False)
    assert said(room, room.viewer).may_answer is False
    room.held.co_host_units.add(room.world.loc)
    assert said(room, room.loc).may_confirm is False


def test_a_trainer_vouches_for_nobody(room: Any) -> None:
    from nhanlucso.access.queries import scope_of
    from nhanlucso.kernel.clock import today
    from nhanlucso.training.roster.queries.confirming import confirming_units
    from nhanlucso.training.roster.queries.due import unconfirmed_classes
    from tests.factories import records as r

    trainer = scope_of(r.make_account("day-hoa", "trainer", room.world.hoa))
    assert not confirming_units(trainer)
    assert not unconfirmed_classes(trainer, today()).exists()
    assert not said(room, trainer).may_confirm
