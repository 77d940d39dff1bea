"""Reading the catalogue of courses. It is shared by the whole installation and names nobody."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from nhanlucso.courses.models import Course
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import fold


def course_list(scope: Scope) -> list[Course]:
    """All courses by title, as Vietnamese lists are ordered; the same for every scope. There are dozens, not more."""
    return sorted(Course.objects.all(), key=lambda course: (fold(course.title), course.title, course.pk))


def course(scope: Scope, pk: int) -> Course:
    """One course; the same for every scope. Raises Course.DoesNotExist."""
    return Course.objects.get(pk=pk)


def may_add_courses(scope: Scope) -> bool:
    """Whether the scope adds courses: who plans or who holds classes, anywhere."""
    return scope.may(Permission.EDIT_PLANS) or scope.may(Permission.EDIT_CLASSES)


def may_change_course(scope: Scope, course: Course) -> bool:
    """Whether the scope changes a course: who runs the installation always, others while nobody uses it, since what
    a course counts for decides the figures of every unit."""
    return may_change_any(scope) or (
        may_add_courses(scope) and not in_use(scope).filter(pk=course.pk).exists()
    )


def may_change_any(scope: Scope) -> bool:
    """Whether the scope runs the installation."""
    return scope.may(Permission.OPERATE) and scope.to(Permission.OPERATE).everything


def in_use(scope: Scope) -> QuerySet[Course]:
    """The courses that some class teaches or some result speaks of; the same for every scope."""
    return Course.objects.filter(Q(classes__isnull=False) | Q(results__isnull=False)).distinct()
