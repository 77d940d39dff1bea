"""Taking the import of a list back: everything it wrote, and nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from nhanlucso.exchange.sheets.applying import apply_plan
from nhanlucso.exchange.sheets.plan import ImportPlan, ImportRequest
from nhanlucso.exchange.sheets.undoing import undo_import
from nhanlucso.journal.models import Act
from nhanlucso.journal.queries import changes
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import SYSTEM, Scope
from nhanlucso.learning.services import ResultData
from nhanlucso.orgs.models import Unit
from nhanlucso.people.models import Person, Post
from nhanlucso.people.services import PersonData, PostData
from nhanlucso.training.models import Attendance
from nhanlucso.training.services.marks import MarkData
from tests.exchange.sheets.conftest import AT, Place
from tests.factories import records as r
from tests.factories.scopes import officer_of, viewer_of
from tests.journal.state import state

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(place: Place) -> ImportPlan:
    """A plan that makes a person, completes another, gives a third a post, marks and results."""
    lan, si = place.person("Lê Thị Lan"), place.person("Lù A Sì", "phu-nhuan")
    held = r.make_class("Lớp", place.units["bao-thang"], date(2024, 8, 15), 2)
    first, second = held.sessions.order_by("pk")
    course = r.make_course("An toàn thông tin", delivery="self_paced")
    known = r.make_result(si, course, date(2024, 5, 6), passed=False)
    Attendance.objects.create(session=first, person=lan, status="absent", recorded_at=AT)
    made = ImportPlan("staff")
    made.new_people = [
        (PersonData("Vàng Seo Chi", national_id="010180001234"), PostData(place.units["gia-phu"]))
    ]
    made.new_posts = [(si.pk, PostData(place.units["phu-nhuan"], "Kế toán"))]
    made.changes = {lan.pk: {"birth": "1980", "national_id": "010180005678"}}
    made.post_changes = {lan.posts.get().pk: {"title": "Công chức Tư pháp"}}
    made.marks = [MarkData(first.pk, lan.pk, "present"), MarkData(second.pk, si.pk, "late")]
    made.results = [
        ResultData(si.pk, course.pk, passed=True, completed_at=date(2024, 6, 1), result=known.pk),
        ResultData(lan.pk, course.pk, score=7.3),
    ]
    return made


def applied(plan: ImportPlan, unit: Unit, by: Any = SYSTEM) -> Act:
    done = apply_plan(plan=plan, request=ImportRequest(unit=unit), by=by, at=AT)
    return Act.objects.get(uid=done.act)


def test_everything_is_as_it_was(plan: ImportPlan, place: Place) -> None:
    before = state()
    act = applied(plan, place.units["bao-thang"])
    assert state() != before
    told = {(count.table, count.kind.value): count.rows for count in changes(SYSTEM, act).counts}
    assert told == {
        ("people.person", "created"): 1,
        ("people.person", "changed"): 1,
        ("people.post", "created"): 2,
        ("people.post", "changed"): 1,
        ("training.attendance", "created"): 1,
        ("training.attendance", "changed"): 1,
        ("learning.courseresult", "created"): 1,
        ("learning.courseresult", "changed"): 1,
    }
    undo_import(act=act, by=officer_of(place.units["bao-thang"]), at=AT)
    assert state() == before


def test_it_may_be_done_again_and_undone_again(plan: ImportPlan, place: Place) -> None:
    before = state()
    undo_import(act=applied(plan, place.units["bao-thang"]), by=SYSTEM, at=AT)
    undo_import(act=applied(plan, place.units["bao-thang"]), by=SYSTEM, at=AT)
    assert state() == before
    assert Act.objects.filter(undone_at__isnull=False).count() == 2


def test_attendance_of_somebody_who_came_with_it_is_in_the_way(plan: ImportPlan, place: Place) -> None:
    act = applied(plan, place.units["bao-thang"])
    person = Person.objects.get(full_name="Vàng Seo Chi")
    held = r.make_class("Lớp khác", place.units["gia-phu"], date(2024, 9, 1))
    r.attend(held, person, "present")
    before = state()
    [conflict] = changes(SYSTEM, act).conflicts
    assert (conflict.kind.value, conflict.table) == ("hangs", "training.attendance")
    with pytest.raises(Refused):
        undo_import(act=act, by=SYSTEM, at=AT)
    assert state() == before


def test_marks_of_others_in_the_same_session_stay(plan: ImportPlan, place: Place) -> None:
    act = applied(plan, place.units["bao-thang"])
    other = place.person("Giàng Thị Mỷ")
    Attendance.objects.create(
        session_id=plan.marks[0].session, person=other, status="present",
        recorded_at=datetime(2024, 9, 21, tzinfo=UTC),
    )  # fmt: skip
    undo_import(act=act, by=SYSTEM, at=AT)
    assert Attendance.objects.filter(person=other).exists()


def test_a_plan_that_writes_nothing_has_no_act(place: Place) -> None:
    plan = apply_plan(
        plan=ImportPlan("staff"), request=ImportRequest(unit=place.units["gia-phu"]), by=SYSTEM, at=AT
    )
    assert (plan.act, Act.objects.count()) == ("", 0)


def test_only_who_may_import_there(plan: ImportPlan, place: Place) -> None:
    act = applied(plan, place.units["bao-thang"])
    with pytest.raises(Refused):
        undo_import(act=act, by=viewer_of(place.units["bao-thang"]), at=AT)
    with pytest.raises(Unit.DoesNotExist):
        undo_import(act=act, by=officer_of(place.units["phu-nhuan"]), at=AT)
    assert Post.objects.filter(person__full_name="Vàng Seo Chi").exists()


def narrowed(unit: Unit, *permissions: Permission) -> Scope:
    return Scope(None, frozenset({"officer"}), frozenset({unit.pk}), permissions=frozenset(permissions))


def test_not_by_who_may_no_longer_write_what_it_wrote(plan: ImportPlan, place: Place) -> None:
    act = applied(plan, place.units["bao-thang"])
    before = state()
    editing = (Permission.IMPORT_LISTS, Permission.SEE_PEOPLE, Permission.EDIT_PEOPLE)
    for by in (
        narrowed(place.units["bao-thang"], *editing),
        narrowed(place.units["bao-thang"], *editing, Permission.RECORD_ATTENDANCE),
    ):
        with pytest.raises(Refused) as refused:
            undo_import(act=act, by=by, at=AT)
        assert refused.value.code == "not_allowed"
    assert state() == before


def test_not_by_who_no_longer_reaches_the_class_or_the_people(plan: ImportPlan, place: Place) -> None:
    """The list was one of a commune; its marks went to a class of the district."""
    for marks, people in ((plan.marks, {}), ([], {place.person("Lò Văn Xa", "phu-nhuan").pk: {"sex": "m"}})):
        one = ImportPlan("staff")
        one.marks, one.changes = marks, people
        act = applied(one, place.units["gia-phu"])
        before = state()
        with pytest.raises(Refused) as refused:
            undo_import(act=act, by=officer_of(place.units["gia-phu"]), at=AT)
        assert refused.value.code == "out_of_reach"
        assert state() == before
        undo_import(act=act, by=officer_of(place.units["bao-thang"]), at=AT)
