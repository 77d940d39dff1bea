"""Taking an act back."""

from __future__ import annotations

from typing import Any

import pytest

from nhanlucso.audit.models import Event, Touch
from nhanlucso.journal.enums import ConflictKind
from nhanlucso.journal.queries import changes, told_conflicts
from nhanlucso.journal.services import recording, undo
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.people.models import Person, Post
from nhanlucso.training.models import Attendance
from tests.factories import records as r
from tests.factories.scopes import viewer_of
from tests.journal.state import AT, state

pytestmark = pytest.mark.django_db


def kinds(act: Any) -> list[tuple[str, str]]:
    return [(conflict.kind.value, conflict.table) for conflict in changes(act.by, act.row).conflicts]


def refused(act: Any) -> None:
    """Undoing is refused, and nothing changes."""
    before = state()
    with pytest.raises(Refused) as refusal:
        undo(act=act.row, by=act.by, at=AT)
    assert refusal.value.code == "undo_conflict"
    assert state() == before


def test_every_row_is_as_it_was(act: Any) -> None:
    Touch.objects.all().delete()
    done = undo(act=act.row, by=act.by, at=AT)
    assert state() == act.before
    assert (done.rows, done.already) == (4, False)
    assert done.act.undone_at == AT
    assert Event.objects.filter(verb="act.undo", object_id=act.row.uid, count=4).exists()
    assert Touch.objects.count() == 1


def test_undone_twice_is_undone_once(act: Any) -> None:
    undo(act=act.row, by=act.by, at=AT)
    r.make_person("Người Mới", act.unit)
    before = state()
    assert undo(act=act.row, by=act.by, at=AT).already
    assert state() == before
    assert changes(act.by, act.row).conflicts == ()


def test_what_a_refusal_told_is_found_again(act: Any) -> None:
    """Without looking through the whole act, which it does not do at all where it has more rows than asked."""
    Person.objects.filter(pk=act.binh.pk).update(phone="0912345678")
    with pytest.raises(Refused) as refusal:
        undo(act=act.row, by=act.by, at=AT)
    words = [detail.message for detail in refusal.value.details]
    assert told_conflicts(act.by, act.row, [*words, "nothing of the kind"]) == list(
        changes(act.by, act.row).conflicts
    )
    long = changes(act.by, act.row, most=3)
    assert (long.looked, long.conflicts, long.total) == (False, (), 4)
    assert changes(act.by, act.row, most=4).looked


def test_a_row_changed_since_is_in_the_way(act: Any) -> None:
    Person.objects.filter(pk=act.binh.pk).update(phone="0912345678")
    assert kinds(act) == [("changed", "people.person")]
    refused(act)


def test_a_row_removed_since_is_in_the_way(act: Any) -> None:
    Post.objects.filter(person=act.anh).delete()
    assert kinds(act) == [("gone", "people.post")]
    refused(act)


def test_what_was_recorded_for_somebody_new_is_in_the_way(act: Any) -> None:
    Attendance.objects.create(session=act.session, person=act.anh, status="present")
    assert kinds(act) == [("hangs", "training.attendance")]
    refused(act)


def test_what_a_row_belonged_to_must_still_be_there(act: Any) -> None:
    act.session.delete()
    assert kinds(act) == [("missing", "training.attendance")]
    refused(act)


def test_a_place_that_was_taken_is_in_the_way(act: Any) -> None:
    Attendance.objects.create(session=act.session, person=act.chi, status="late")
    assert kinds(act) == [("taken", "training.attendance")]
    refused(act)


def test_who_changed_a_row_since_is_told(act: Any) -> None:
    with recording(
        kind="other", subject="", title="Sau", permission=Permission.EDIT_PEOPLE, by=act.by, at=AT
    ) as recorder:
        recorder.watch(Person.objects.filter(pk=act.binh.pk))
        Person.objects.filter(pk=act.binh.pk).update(phone="0912345678")
    [conflict] = changes(act.by, act.row).conflicts
    assert (conflict.kind, conflict.by, conflict.at) == (ConflictKind.CHANGED, None, AT)
    uid = Post.objects.get(person=act.anh).uid
    Event.objects.create(at=AT, account_id=7, verb="post.change", object_type="post", object_id=uid)
    Post.objects.filter(person=act.anh).update(title="Khác")
    assert {conflict.by for conflict in changes(act.by, act.row).conflicts} == {None, 7}


def test_acts_are_taken_back_in_the_order_of_their_making(act: Any) -> None:
    with recording(
        kind="other", subject="", title="Sau", permission=Permission.EDIT_PEOPLE, by=act.by, at=AT
    ) as recorder:
        recorder.watch(Person.objects.filter(pk=act.binh.pk))
        Person.objects.filter(pk=act.binh.pk).update(phone="0912345678")
    later = type(act.row).objects.get(uid=recorder.uid)
    refused(act)
    undo(act=later, by=act.by, at=AT)
    undo(act=act.row, by=act.by, at=AT)
    assert state() == act.before


def test_only_who_is_allowed_may(act: Any) -> None:
    with pytest.raises(Refused, match="không được"):
        undo(act=act.row, by=viewer_of(act.unit), at=AT)
    with pytest.raises(type(act.row).DoesNotExist):
        changes(viewer_of(act.unit), act.row)


def test_what_would_change_is_told(act: Any) -> None:
    told = changes(act.by, act.row)
    assert told.total == 4
    assert told.may_be_undone
    assert {(count.table, count.kind.value, count.rows) for count in told.counts} == {
        ("people.person", "changed", 1),
        ("people.person", "created", 1),
        ("people.post", "created", 1),
        ("training.attendance", "removed", 1),
    }
    changed = next(change for change in told.first if change.kind == "changed")
    assert changed.columns == ["full_name", "birth"]
    assert changed.values["full_name"] == "Trần Văn Bính"
