"""The board as rows of a list."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from nhanlucso.papers.lists import Value
from nhanlucso.web.kit.board import Behind, Line
from nhanlucso.web.kit.wording import bounds, moment, qualified


def head() -> list[str]:
    """The columns of the list."""
    return [
        _("Đơn vị"), _("Chỉ tiêu"), _("Kế hoạch"), _("Mức"), _("Hiện nay"), _("Khoảng"), _("Đánh giá"),
        _("Khoảng cách"),
    ]  # fmt: skip


def rows(behind: Behind) -> list[list[Value]]:
    """The lines of the unit, then the furthest below."""
    return [_row(line) for line in (*behind.own, *behind.below)]


def as_of(lines: Iterable[Line]) -> str:
    """When the figures of the lines were computed, in words; nothing without lines."""
    return next((_("Số liệu lúc %(time)s") % {"time": moment(line.figure.as_of)} for line in lines), "")


def _row(line: Line) -> list[Value]:
    plan = line.aim.plan_number or line.aim.plan_title
    now = qualified(line.figure) if line.figure.value is not None else _("chưa có số liệu")
    return [
        line.unit.name, str(line.name), plan, line.standing.words, now, bounds(line.figure), line.standing.label,
        line.standing.people,
    ]  # fmt: skip
