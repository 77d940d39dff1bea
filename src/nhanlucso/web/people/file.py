"""The list of people as lines of a file. Telephone numbers and identity numbers stay where they are."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from nhanlucso.papers.lists import Value
from nhanlucso.people.queries import PeopleList, PersonLine
from nhanlucso.web.kit.wording import day


def file_head() -> list[str]:
    return [
        _("STT"),
        _("Họ và tên"),
        _("Ngày sinh"),
        _("Giới tính"),
        _("Chức danh, công việc"),
        _("Đơn vị"),
        _("Đối tượng"),
        _("Nhiệm vụ"),
    ]


def file_rows(people: PeopleList) -> Iterator[list[Value]]:
    """All of them, not one page; the main post of each."""
    for place, line in enumerate(people, 1):
        yield [place, *_cells(line)]


def _cells(line: PersonLine) -> list[Value]:
    person, post = line.person, line.posts[0] if line.posts else None
    return [
        person.full_name,
        day(person.birth) if person.birth else "",
        person.get_sex_display() if person.sex else "",
        post.post.title if post else "",
        post.unit.name if post and post.unit else "",
        post.category if post else "",
        "; ".join(post.duties) if post else "",
    ]
