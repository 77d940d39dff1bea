"""Removing a result that was never true."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nhanlucso.audit.models import Event, Touch
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.learning.models import CourseResult
from nhanlucso.learning.services import remove_result
from tests.factories import records as r
from tests.factories.scopes import officer_of, viewer_of

pytestmark = pytest.mark.django_db


def test_a_result_goes_once_and_a_second_time_says_that_nothing_is_left(places: Any) -> None:
    result = r.make_result(places.anh, places.course, date(2024, 5, 6), passed=True)
    pk, by = result.pk, officer_of(places.an)
    assert remove_result(result_id=pk, by=by, at=now())
    assert not remove_result(result_id=pk, by=by, at=now())
    assert not CourseResult.objects.exists()
    assert Event.objects.get(verb="result.remove").object_id == result.uid
    assert Touch.objects.exists()


def test_results_of_others_stay(places: Any) -> None:
    result = r.make_result(places.chi, places.course, date(2024, 5, 6), passed=True)
    assert not remove_result(result_id=result.pk, by=officer_of(places.an), at=now())
    with pytest.raises(Refused):
        remove_result(result_id=result.pk, by=viewer_of(places.loc), at=now())
    assert CourseResult.objects.exists()
