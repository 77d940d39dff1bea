"""Reading results of self-paced study and tests."""

from __future__ import annotations

from django.db.models import F

from nhanlucso.kernel.scope import Scope
from nhanlucso.learning.models import CourseResult
from nhanlucso.people.queries import people_by_ids


def results_of(scope: Scope, person_id: int) -> list[CourseResult]:
    """The results of somebody, newest first; nothing outside the scope."""
    if person_id not in people_by_ids(scope, [person_id]):
        return []
    rows = CourseResult.objects.filter(person=person_id).select_related("course")
    return list(
        rows.order_by(F("completed_at").desc(nulls_last=True), F("enrolled_at").desc(nulls_last=True), "uid")
    )
