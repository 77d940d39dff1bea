"""Lists of results, counts of persons, one's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from nhanlucso.learning.models import CourseResult
from nhanlucso.learning.queries import (
    ResultsAsked,
    course_counts,
    own_results,
    results_asked,
    unfinished,
)
from tests.factories import records as r
from tests.factories.scopes import VIEWER_OF_ALL, viewer_of

pytestmark = pytest.mark.django_db
ASKED = ResultsAsked(on=date(2024, 9, 14))


def enrol(person: Any, course: Any, day: date, **fields: Any) -> CourseResult:
    return CourseResult.objects.create(
        uid=f"e{CourseResult.objects.count()}", person=person, course=course, enrolled_at=day, **fields
    )


@pytest.fixture
def told(places: Any) -> Any:
    """Ánh enrolled in March and passed in May, twice; Bình enrolled in March; Chi failed in May."""
    enrol(
        places.anh,
        places.course,
        date(2024, 3, 1),
        completed_at=date(2024, 5, 6),
        passed=True,
        platform="MOOC",
    )
    r.make_result(places.anh, places.course, date(2024, 5, 20), passed=True)
    enrol(places.binh, places.course, date(2024, 3, 1))
    r.make_result(places.chi, places.course, date(2024, 5, 6), passed=False)
    return places


def names(scope: Any, **asked: Any) -> list[str]:
    return [row.person.full_name.split()[-1] for row in results_asked(scope, replace(ASKED, **asked))]


def test_the_newest_come_first_and_the_scope_narrows(told: Any) -> None:
    assert names(VIEWER_OF_ALL) == ["Ánh", "Chi", "Ánh", "Bình"]
    assert names(viewer_of(told.an)) == ["Ánh", "Ánh", "Bình"]


def test_states_are_kept_apart(told: Any) -> None:
    assert names(VIEWER_OF_ALL, state="enrolled") == ["Bình"]
    assert names(VIEWER_OF_ALL, state="passed") == ["Ánh", "Ánh"]
    assert names(VIEWER_OF_ALL, state="failed") == ["Chi"]
    assert names(VIEWER_OF_ALL, state="completed") == []


def test_units_platforms_and_courses_narrow(told: Any) -> None:
    assert names(VIEWER_OF_ALL, unit=told.loc.pk) == ["Chi"]
    assert names(VIEWER_OF_ALL, platform="MOOC") == ["Ánh"]
    assert names(VIEWER_OF_ALL, course=r.make_course("Khác").pk) == []


def test_days_are_those_of_the_state_that_is_asked_for(told: Any) -> None:
    march = {"first": date(2024, 3, 1), "last": date(2024, 3, 31)}
    assert sorted(names(VIEWER_OF_ALL, **march)) == ["Bình", "Ánh"]
    assert names(VIEWER_OF_ALL, state="passed", **march) == []
    assert names(VIEWER_OF_ALL, state="enrolled", **march) == ["Bình"]


def test_counts_are_distinct_persons_and_enrolments_are_no_completions(told: Any) -> None:
    [count] = course_counts(VIEWER_OF_ALL, ASKED)
    assert (count.course, count.people, count.completed, count.passed) == (told.course, 3, 2, 1)
    [march] = course_counts(VIEWER_OF_ALL, replace(ASKED, first=date(2024, 3, 1), last=date(2024, 3, 31)))
    assert (march.people, march.completed, march.passed) == (2, 0, 0)
    [own] = course_counts(viewer_of(told.an), ASKED)
    assert (own.people, own.completed, own.passed) == (2, 1, 1)


def test_a_verdict_without_a_day_is_counted_neither_as_completed_nor_as_passed(places: Any) -> None:
    enrol(places.anh, places.course, date(2024, 3, 1), passed=True)
    [count] = course_counts(VIEWER_OF_ALL, ASKED)
    assert (count.people, count.completed, count.passed) == (1, 0, 0)


def test_the_unfinished_are_those_of_whom_nothing_more_is_told(told: Any) -> None:
    enrol(told.chi, told.course, date(2024, 6, 1))
    assert unfinished(VIEWER_OF_ALL, told.course) == [told.binh.pk]
    assert unfinished(viewer_of(told.loc), told.course) == []


def test_own_results_are_those_of_the_person_alone(told: Any) -> None:
    mine = replace(viewer_of(told.an), person_id=told.chi.pk)
    assert [row.person_id for row in own_results(mine)] == [told.chi.pk]
    assert own_results(viewer_of(told.an)) == []
