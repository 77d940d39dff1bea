"""The list of people as lines of a file. Telephone numbers and identity numbers stay where they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from nhanlucso.papers.lists import Value
from nhanlucso.people.enums import Category, Duty, Sex
from nhanlucso.people.queries import PeopleList, PersonLine


def file_head() -> list[str]:
    """Headings that the import of lists understands; «Phụ trách» is read by people alone."""
    return [
        _("STT"),
        _("Họ và tên"),
        _("Ngày sinh"),
        _("Giới tính"),
        _("Chức danh"),
        _("Đơn vị"),
        _("Đối tượng"),
        _("Phụ trách"),
    ]


def file_rows(people: PeopleList) -> Iterator[list[Value]]:
    """All of them, not one page; the main post of each."""
    words = _Words()
    for place, line in enumerate(people, 1):
        yield [place, *words.cells(line)]


class _Words:
    """What stands for choices, said once: a list may have a line for everybody in a province."""

    def __init__(self) -> None:
        self._sexes = {sex.value: str(sex.label) for sex in Sex}
        self._categories = {category.value: str(category.label) for category in Category}
        self._duties = {duty.value: str(duty.label) for duty in Duty}

    def cells(self, line: PersonLine) -> list[Value]:
        person, first = line.person, line.posts[0] if line.posts else None
        cells: list[Value] = [person.full_name, birth_cell(person.birth), self._sexes.get(person.sex, "")]
        if first is None:
            return [*cells, "", "", "", ""]
        post = first.post
        return [
            *cells,
            post.title,
            first.unit.name if first.unit else "",
            self._categories.get(post.category, ""),
            "; ".join(word for duty, word in self._duties.items() if getattr(post, duty)),
        ]


def birth_cell(birth: str) -> Value:
    """A day of birth as a date, a year alone as it is."""
    return date.fromisoformat(birth) if len(birth) == 10 else birth
