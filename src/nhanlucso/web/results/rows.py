"""Results as rows of a page or of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.learning.models import CourseResult
from nhanlucso.papers.lists import Value
from nhanlucso.people.queries import PersonName, people_by_ids


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One result with the post that says who it is; `correctable`: by whoever looks at it."""

    result: CourseResult
    person: PersonName
    correctable: bool


def result_rows(scope: Scope, results: Iterable[CourseResult]) -> list[ResultRow]:
    """The rows of results that were read with the scope."""
    found = list(results)
    ids = {result.person_id for result in found}
    names = people_by_ids(scope, ids)
    if scope.may(Permission.RECORD_RESULTS):
        mine = people_by_ids(scope.to(Permission.RECORD_RESULTS), ids).keys()
    else:
        mine = {}.keys()
    return [
        ResultRow(result, names[result.person_id], result.person_id in mine)
        for result in found
        if result.person_id in names
    ]


def file_head() -> list[str]:
    return [
        _("STT"),
        _("Họ và tên"),
        _("Chức danh"),
        _("Đơn vị"),
        _("Khóa học"),
        _("Nền tảng"),
        _("Ngày ghi danh"),
        _("Ngày hoàn thành"),
        _("Điểm"),
        _("Kết quả"),
    ]


def file_rows(scope: Scope, results: Iterable[CourseResult]) -> Iterator[list[Value]]:
    """The same results, a line each."""
    found = list(results)
    names = people_by_ids(scope, {result.person_id for result in found})
    for place, result in enumerate(found, 1):
        who = names.get(result.person_id)
        yield [
            place,
            result.person.full_name,
            who.title if who else "",
            who.unit if who else "",
            result.course.title,
            result.platform,
            result.enrolled_at,
            result.completed_at,
            result.score,
            "" if result.passed is None else str(result.state.label),
        ]
