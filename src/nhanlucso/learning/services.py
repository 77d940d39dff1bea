"""Writing results of courses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from nhanlucso.audit.services import record
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.learning.models import CourseResult

_BATCH = 1_000
_TOLD = ("enrolled_at", "completed_at", "score", "passed")


@dataclass(frozen=True, slots=True)
class ResultData:
    """What is said of a person (id) in a course (id); None is unknown and changes nothing. Scores from 0 to 10.

    `result` is the id of the stored result to bring up to date; None for a new one.
    """

    person: int
    course: int
    enrolled_at: date | None = None
    completed_at: date | None = None
    score: float | None = None
    passed: bool | None = None
    result: int | None = None

    def differing(self, stored: CourseResult) -> list[str]:
        """The columns in which this says something else than the stored result."""
        said = {name: getattr(self, name) for name in _TOLD}
        return [name for name, value in said.items() if value is not None and value != getattr(stored, name)]

    def of_result(self, pk: int) -> ResultData:
        return replace(self, result=pk)


def record_results(*, results: Sequence[ResultData], by: Scope, at: datetime) -> None:
    """Writes new results, and brings known ones up to date. Raises Refused("not_allowed").

    The people must have been read with the scope of `by`.
    """
    by = by.require(Permission.RECORD_RESULTS)
    known = {data.result: data for data in results if data.result is not None}
    with transaction.atomic():
        CourseResult.objects.bulk_create(
            [
                CourseResult(
                    uid=new_uid(),
                    person_id=data.person,
                    course_id=data.course,
                    **{name: getattr(data, name) for name in _TOLD},
                )
                for data in results
                if data.result is None
            ],
            batch_size=_BATCH,
        )
        for pk in known:
            stored = CourseResult.objects.get(pk=pk)
            changed = known[pk].differing(stored)
            for name in changed:
                setattr(stored, name, getattr(known[pk], name))
            stored.save(update_fields=changed)
        record(
            verb="result.record",
            object_type="course_result",
            object_id="",
            by=by.account_id,
            at=at,
            count=len(results),
            facts=True,
        )
