"""The catalogue of courses: adding and correcting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from nhanlucso.access.enums import Role
from nhanlucso.access.rules import ALLOWED
from nhanlucso.audit.models import Event
from nhanlucso.courses.models import Course
from nhanlucso.courses.queries import course_list
from nhanlucso.courses.services import CourseData, add_course, change_course
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM, Grant, Scope, granted
from tests.factories import records as r
from tests.factories.scopes import officer_of, viewer_of

pytestmark = pytest.mark.django_db
DATA = CourseData(
    "Kỹ năng số", counts_for=frozenset({"basic_digital_skills"}), delivery="self_paced", periods=8
)


@pytest.fixture
def unit(db: None) -> Any:
    return r.make_unit("an", "Xã An")


def planner(unit: Any) -> Scope:
    return granted(None, [Grant("planner", ALLOWED[Role.PLANNER], unit.pk)])


def test_who_plans_or_holds_classes_adds_a_course(unit: Any) -> None:
    made = add_course(data=DATA, by=officer_of(unit), at=now())
    assert made.counts_for == {"basic_digital_skills"}
    assert (made.periods, made.delivery) == (8, "self_paced")
    assert Event.objects.get(verb="course.add").object_id == made.uid
    assert add_course(data=replace(DATA, title="Khác"), by=planner(unit), at=now())


def test_the_same_course_sent_twice_is_made_once(unit: Any) -> None:
    by = officer_of(unit)
    assert add_course(data=DATA, by=by, at=now()) == add_course(data=DATA, by=by, at=now())
    assert Course.objects.count() == 1


def test_two_courses_of_one_name_are_refused(unit: Any) -> None:
    add_course(data=DATA, by=officer_of(unit), at=now())
    with pytest.raises(Refused, match="Kỹ năng số") as refusal:
        add_course(data=replace(DATA, title="KỸ NĂNG SỐ", periods=9), by=officer_of(unit), at=now())
    assert refusal.value.code == "course_exists"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": "  "}, "title_missing"),
        ({"delivery": "by_post"}, "bad_value"),
        ({"counts_for": frozenset({"everything"})}, "bad_value"),
    ],
)
def test_what_cannot_be_is_refused(unit: Any, fields: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        add_course(data=replace(DATA, **fields), by=officer_of(unit), at=now())
    assert refusal.value.code == code


def test_who_only_looks_adds_and_changes_nothing(unit: Any) -> None:
    made = add_course(data=DATA, by=officer_of(unit), at=now())
    for act in (
        lambda: add_course(data=replace(DATA, title="Khác"), by=viewer_of(unit), at=now()),
        lambda: change_course(course=made, data=DATA, by=viewer_of(unit), at=now()),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "not_allowed"


def test_a_course_that_nobody_uses_is_corrected_by_who_may_add(unit: Any) -> None:
    made = add_course(data=DATA, by=officer_of(unit), at=now())
    change_course(course=made, data=replace(DATA, periods=10), by=officer_of(unit), at=now())
    made.refresh_from_db()
    assert made.periods == 10
    assert Event.objects.filter(verb="course.change").count() == 1
    change_course(course=made, data=replace(DATA, periods=10), by=officer_of(unit), at=now())
    assert Event.objects.filter(verb="course.change").count() == 1


def test_a_course_in_use_is_changed_by_who_runs_the_installation_alone(unit: Any) -> None:
    made = add_course(data=DATA, by=officer_of(unit), at=now())
    r.make_result(r.make_person("Lý Văn An", unit), made, date(2024, 5, 6), passed=True)
    taught = r.make_course("Học tại lớp")
    r.make_class("Lớp", unit, date(2024, 5, 6), course=taught)
    for used in (made, taught):
        with pytest.raises(Refused) as refusal:
            change_course(course=used, data=replace(DATA, title=used.title), by=officer_of(unit), at=now())
        assert refusal.value.code == "course_in_use"
    change_course(course=made, data=replace(DATA, periods=10), by=SYSTEM, at=now())
    made.refresh_from_db()
    assert made.periods == 10


def test_a_name_is_not_taken_from_another_course(unit: Any) -> None:
    made = add_course(data=DATA, by=officer_of(unit), at=now())
    add_course(data=replace(DATA, title="Khác"), by=officer_of(unit), at=now())
    with pytest.raises(Refused) as refusal:
        change_course(course=made, data=replace(DATA, title="khác"), by=officer_of(unit), at=now())
    assert refusal.value.code == "course_exists"


def test_courses_stand_in_the_order_of_their_names() -> None:
    for title in ("Ứng dụng", "An toàn", "Địa chỉ số", "Chữ ký số"):
        r.make_course(title)
    assert [course.title for course in course_list(SYSTEM)] == [
        "An toàn",
        "Chữ ký số",
        "Địa chỉ số",
        "Ứng dụng",
    ]
