"""Correcting one result."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from nhanlucso.audit.models import Event
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.learning.models import CourseResult
from nhanlucso.learning.services import Entry, change_result
from tests.factories import records as r
from tests.factories.scopes import officer_of, viewer_of

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 6)


def change(result: CourseResult, by: Any, **fields: Any) -> CourseResult:
    given = {"state": "passed", "day": DAY, "score": None, **fields}
    entry = Entry(result.person_id, given["state"], given["day"], given["score"])
    return change_result(
        result=result,
        entry=entry,
        enrolled_at=given.get("enrolled_at"),
        platform=given.get("platform", ""),
        by=by,
        at=now(),
    )


def test_a_result_is_corrected(places: Any) -> None:
    result = r.make_result(places.anh, places.course, DAY, passed=False)
    change(result, officer_of(places.an), score=9, platform=" MOOC ", enrolled_at=DAY - timedelta(days=3))
    result.refresh_from_db()
    assert (result.passed, result.score, result.platform) == (True, 9, "MOOC")
    assert (result.enrolled_at, result.completed_at) == (DAY - timedelta(days=3), DAY)
    assert Event.objects.get(verb="result.change").object_id == result.uid


def test_a_completion_that_never_was_becomes_an_enrolment(places: Any) -> None:
    result = r.make_result(places.anh, places.course, DAY, passed=True)
    change(result, officer_of(places.an), state="enrolled")
    result.refresh_from_db()
    assert (result.enrolled_at, result.completed_at, result.passed) == (DAY, None, None)


def test_what_stands_already_is_no_change(places: Any) -> None:
    result = r.make_result(places.anh, places.course, DAY, passed=True)
    change(result, officer_of(places.an), enrolled_at=DAY)
    assert not Event.objects.filter(verb="result.change").exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"enrolled_at": DAY + timedelta(days=1)}, "bad_span"),
        ({"score": 11}, "bad_score"),
        ({"day": today() + timedelta(days=1)}, "future_day"),
        ({"state": "king"}, "bad_value"),
    ],
)
def test_what_cannot_be_is_refused(places: Any, fields: dict[str, Any], code: str) -> None:
    result = r.make_result(places.anh, places.course, DAY, passed=False)
    with pytest.raises(Refused) as refusal:
        change(result, officer_of(places.an), **fields)
    assert refusal.value.code == code
    result.refresh_from_db()
    assert result.passed is False


def test_results_of_others_are_not_found(places: Any) -> None:
    result = r.make_result(places.chi, places.course, DAY, passed=False)
    with pytest.raises(CourseResult.DoesNotExist):
        change(result, officer_of(places.an))
    with pytest.raises(Refused):
        change(result, viewer_of(places.loc))
