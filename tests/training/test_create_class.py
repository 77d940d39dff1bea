"""Planning a class."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from tests.factories.scopes import officer_of, viewer_of
from tests.training.conftest import STARTS

pytestmark = pytest.mark.django_db


def session(hours: int = 0, lasts: int | None = 3, place: str = "") -> Any:
    from nhanlucso.training.sessions import SessionData

    starts = STARTS + timedelta(hours=hours)
    return SessionData(starts, starts + timedelta(hours=lasts) if lasts is not None else None, place)


def test_a_class_with_its_sessions(world: Any, plan: Any) -> None:
    from nhanlucso.audit.models import Event, Touch

    Touch.objects.all().delete()
    made = plan(
        officer_of(world.hoa),
        [session(24, place=" Hội  trường "), session(0)],
        title="  Lớp   mới ",
        host_unit=world.hoa,
        co_hosts=(world.loc,),
        round="Đợt 1",
        capacity=30,
        mode="hybrid",
    )
    first, second = made.sessions.order_by("starts_at")
    assert (made.title, first.starts_at, second.place) == ("Lớp mới", STARTS, "Hội trường")
    assert (made.round, made.capacity, made.mode) == ("Đợt 1", 30, "hybrid")
    assert list(made.co_host_units.all()) == [world.loc], "whom one works with may lie outside one's reach"
    assert Event.objects.get(verb="class.create").object_id == made.uid
    assert Touch.objects.exists()


def test_a_form_sent_twice_makes_one_class(world: Any, plan: Any) -> None:
    by = officer_of(world.hoa)
    once = plan(by, host_unit=world.hoa, uid="made-before")
    assert plan(by, host_unit=world.hoa, uid="made-before") == once
    assert once.sessions.count() == 1


def test_the_id_of_a_class_of_others_opens_nothing(world: Any, plan: Any) -> None:
    from nhanlucso.training.models import TrainingClass

    plan(officer_of(world.loc), host_unit=world.loc, uid="of-others")
    with pytest.raises(TrainingClass.DoesNotExist):
        plan(officer_of(world.hoa), host_unit=world.hoa, uid="of-others")


def test_with_a_course_that_is_new_too(world: Any, plan: Any) -> None:
    from nhanlucso.courses.services import CourseData

    course = CourseData(
        "An toàn thông tin", counts_for=frozenset({"ict_standard"}), delivery="class", periods=8
    )
    made = plan(officer_of(world.hoa), host_unit=world.hoa, new_course=course)
    assert (made.course.title, made.course.counts_ict_standard, made.course.periods) == (
        "An toàn thông tin",
        True,
        8,
    )


def test_under_an_activity_of_a_plan(world: Any, plan: Any) -> None:
    from nhanlucso.plans.models import Activity, Plan

    ours = Plan.objects.create(uid="p1", title="Kế hoạch tỉnh", issuer_unit=world.province)
    theirs = Plan.objects.create(uid="p2", title="Kế hoạch xã khác", issuer_unit=world.loc)
    activity = Activity.objects.create(uid="a1", plan=ours, title="Mở lớp")
    foreign = Activity.objects.create(uid="a2", plan=theirs, title="Mở lớp")
    by = officer_of(world.hoa)
    assert plan(by, host_unit=world.hoa, activity=activity).activity == activity
    with pytest.raises(Activity.DoesNotExist):
        plan(by, host_unit=world.hoa, activity=foreign)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": " "}, "title_missing"),
        ({"form": "party"}, "bad_value"),
        ({"mode": "letter"}, "bad_value"),
        ({"sessions": []}, "no_sessions"),
        ({"sessions": [session(lasts=-1)]}, "bad_times"),
        ({"sessions": [session(lasts=25)]}, "bad_times"),
        ({"sessions": [session(), session(2)]}, "sessions_overlap"),
        ({"sessions": [session(lasts=None), session(lasts=None)]}, "sessions_overlap"),
        ({"sessions": [session(-365 * 24)]}, "host_not_valid"),
    ],
)
def test_refusals(world: Any, plan: Any, fields: dict[str, Any], code: str) -> None:
    from nhanlucso.training.models import TrainingClass

    before = TrainingClass.objects.count()
    with pytest.raises(Refused) as refusal:
        plan(SYSTEM, **{"host_unit": world.hoa, **fields})
    assert refusal.value.code == code
    assert TrainingClass.objects.count() == before


@pytest.mark.parametrize("partner", ["district", "hoa"])
def test_who_cannot_join(world: Any, plan: Any, partner: str) -> None:
    with pytest.raises(Refused) as refusal:
        plan(SYSTEM, host_unit=world.hoa, co_hosts=(getattr(world, partner),))
    assert refusal.value.code == "co_host_not_valid"


def test_a_viewer_may_not(world: Any, plan: Any) -> None:
    with pytest.raises(Refused, match="không được làm việc này"):
        plan(viewer_of(world.hoa), host_unit=world.hoa)


def test_a_host_outside_the_scope_is_not_there(world: Any, plan: Any) -> None:
    from nhanlucso.orgs.models import Unit

    with pytest.raises(Unit.DoesNotExist):
        plan(officer_of(world.loc), host_unit=world.hoa)
