"""Reading results of self-paced study and tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from nhanlucso.courses.models import Course
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.learning.enums import ResultState
from nhanlucso.learning.models import CourseResult
from nhanlucso.orgs.queries import reach, reach_below
from nhanlucso.people.models import Post
from nhanlucso.people.queries import people_by_ids

_STATES = {
    ResultState.ENROLLED: Q(passed=None, completed_at=None),
    ResultState.COMPLETED: Q(passed=None, completed_at__isnull=False),
    ResultState.PASSED: Q(passed=True),
    ResultState.FAILED: Q(passed=False),
}


@dataclass(frozen=True, slots=True)
class ResultsAsked:
    """Which results a list is asked for; empty narrows nothing.

    `first` and `last`: enrolled or completed in these days, both included. `unit`: of people with a post below it
    on the day `on`.
    """

    on: date
    course: int | None = None
    platform: str = ""
    state: str = ""
    unit: int | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class CourseCount:
    """Distinct persons of a course among the results asked for: with any result, completed, passed.

    Within days asked for, somebody completed or passed whose day of completion is among them.
    """

    course: Course
    people: int
    completed: int
    passed: int


def results_of(scope: Scope, person_id: int) -> list[CourseResult]:
    """The results of somebody, newest first; nothing outside the scope."""
    return _results(person_id) if person_id in people_by_ids(scope, [person_id]) else []


def own_results(scope: Scope) -> list[CourseResult]:
    """The results of the person behind the account, newest first; never by reach."""
    return [] if scope.person_id is None else _results(scope.person_id)


def visible_result(scope: Scope, pk: int) -> CourseResult:
    """The result, if the scope reaches its person; raises CourseResult.DoesNotExist otherwise."""
    found = CourseResult.objects.select_related("course", "person").get(pk=pk)
    if found.person_id not in people_by_ids(scope, [found.person_id]):
        raise CourseResult.DoesNotExist
    return found


def results_asked(scope: Scope, asked: ResultsAsked) -> QuerySet[CourseResult]:
    """The results asked for of people whom the scope reaches, newest first."""
    rows = _of_people(scope, asked).filter(_told(asked), _within(asked, *_days_of(asked.state)))
    if asked.state:
        rows = rows.filter(_STATES[ResultState(asked.state)])
    rows = rows.alias(latest=Coalesce("completed_at", "enrolled_at"))
    return rows.select_related("course", "person").order_by(F("latest").desc(nulls_last=True), "-pk")


def course_counts(scope: Scope, asked: ResultsAsked) -> list[CourseCount]:
    """For every course with results asked for, whatever their state: how many persons, the most first."""
    completed = Q(completed_at__isnull=False) & _within(asked, "completed_at")
    rows = (
        _of_people(scope, asked)
        .filter(_told(asked), _within(asked, *_days_of("")))
        .order_by()
        .values("course")
        .annotate(
            people=Count("person", distinct=True),
            completed=Count("person", distinct=True, filter=completed),
            passed=Count("person", distinct=True, filter=completed & Q(passed=True)),
        )
    )
    found = {row["course"]: row for row in rows}
    counts = [
        CourseCount(course, row["people"], row["completed"], row["passed"])
        for course in Course.objects.filter(pk__in=list(found))
        if (row := found[course.pk])
    ]
    return sorted(counts, key=lambda count: (-count.people, count.course.title, count.course.pk))


def platforms(scope: Scope) -> list[str]:
    """The platforms that results come from; the same for every scope."""
    rows = CourseResult.objects.exclude(platform="").order_by("platform")
    return list(rows.values_list("platform", flat=True).distinct())


def unfinished(scope: Scope, course: Course) -> list[int]:
    """People in reach (ids, by name) who enrolled in a course and of whom nothing more is told."""
    more = CourseResult.objects.filter(
        ~_STATES[ResultState.ENROLLED], person=OuterRef("person"), course=course
    )
    rows = _of_people(scope, None).filter(_STATES[ResultState.ENROLLED], ~Exists(more), course=course)
    return list(dict.fromkeys(rows.order_by("person__name_key", "pk").values_list("person", flat=True)))


def _of_people(scope: Scope, asked: ResultsAsked | None) -> QuerySet[CourseResult]:
    scope = scope.to(Permission.SEE_PEOPLE)
    posts = Post.objects.all()
    if asked is not None and asked.unit is not None:
        inside = reach_below(scope, asked.unit, asked.on)
        posts = posts.filter(valid_from__lte=asked.on, valid_to__gte=asked.on)
    elif scope.everything:
        return CourseResult.objects.all()
    else:
        inside = reach(scope)
    return CourseResult.objects.filter(
        person__in=posts.filter(inside.rows("unit", "valid_from")).values("person")
    )


def _told(asked: ResultsAsked) -> Q:
    condition = Q()
    if asked.course is not None:
        condition &= Q(course=asked.course)
    if asked.platform:
        condition &= Q(platform=asked.platform)
    return condition


def _days_of(state: str) -> tuple[str, ...]:
    """The days that tell when somebody came into a state; without one: of any."""
    if not state:
        return ("enrolled_at", "completed_at")
    return ("enrolled_at",) if state == ResultState.ENROLLED else ("completed_at",)


def _within(asked: ResultsAsked, *days: str) -> Q:
    """One of the days within those asked for."""
    if asked.first is None or asked.last is None:
        return Q()
    span = (asked.first, asked.last)
    return reduce(or_, [Q(**{f"{day}__range": span}) for day in days])


def _results(person_id: int) -> list[CourseResult]:
    rows = CourseResult.objects.filter(person=person_id).select_related("course")
    return list(
        rows.order_by(F("completed_at").desc(nulls_last=True), F("enrolled_at").desc(nulls_last=True), "uid")
    )
