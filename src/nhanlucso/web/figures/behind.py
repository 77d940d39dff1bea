"""The people and things behind a figure, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload

from django.utils.translation import gettext as _

from nhanlucso.indicators.catalogue import Indicator
from nhanlucso.indicators.engine.passport import COUNTED, HEADS, MISSING, OPEN, Passport
from nhanlucso.indicators.parts import Deed
from nhanlucso.indicators.passports import CLASS, Item, Line, Why, passport_lines
from nhanlucso.kernel.scope import Scope
from nhanlucso.papers.lists import Value
from nhanlucso.web.kit.wording import day, number, qualifier_word

_REASONS_AT_MOST = 2


@dataclass(frozen=True, slots=True)
class Tab:
    """A group of the passport: how many rows, what it means."""

    group: str
    label: str
    size: int
    meaning: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody counts or not, in words; with the class that it speaks of."""

    words: str
    class_id: int | None = None


@dataclass(frozen=True, slots=True)
class BehindRow:
    """One row of the list: a person (None: none, or not to be seen), what it hangs on, and why."""

    person_id: int | None
    name: str
    post: str
    unit: str
    item: Item | None
    is_class: bool
    day: date | None
    amount: str
    why: list[Reason]


class BehindList(Sequence[BehindRow]):
    """Rows of a group, counted and cut like a list; a page of them is read at a time."""

    def __init__(self, scope: Scope, held: Passport, group: str, size: int) -> None:
        self._scope, self._held, self._group, self._size = scope, held, group, size

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, index: int) -> BehindRow: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[BehindRow]: ...
    def __getitem__(self, index: int | slice) -> BehindRow | Sequence[BehindRow]:
        if isinstance(index, int):
            return self._rows(index, 1)[0]
        start, stop, _step = index.indices(self._size)
        return self._rows(start, max(0, stop - start))

    def _rows(self, start: int, count: int) -> list[BehindRow]:
        found = passport_lines(self._scope, self._held, self._group, start, count)
        return [_row(line, self._held.indicator) for line in found]


def tabs(held: Passport) -> list[Tab]:
    """The groups of a passport with their sizes; an empty group of the undecided is not shown."""
    sizes = held.sizes()
    labels = _labels(held.indicator)
    return [
        Tab(group, labels[group][0], size, labels[group][1])
        for group, size in sizes.items()
        if size or group in (COUNTED, MISSING)
    ]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns a page of rows has something to say in."""

    people: bool
    items: bool
    why: bool
    amounts: bool
    days: bool


def columns(rows: Sequence[BehindRow]) -> Columns:
    """The columns of a page of rows; there is always at least one."""
    people = any(row.name for row in rows)
    return Columns(
        people=people,
        items=not people or any(row.item for row in rows),
        why=any(row.why for row in rows),
        amounts=any(row.amount for row in rows),
        days=any(row.day for row in rows),
    )


def can_invite(indicator: Indicator) -> bool:
    """Whether the people whom the figure lacks can be helped by a class."""
    if indicator.event is not None:
        return not indicator.event.none  # there the people who count are the ones who lack something
    return indicator.relation in ("trained", "learners")


def sheet(rows: Sequence[BehindRow]) -> tuple[list[str], list[list[Value]]]:
    """Head and rows of the list for a spreadsheet."""
    head = [
        _("STT"), _("Họ và tên"), _("Chức danh"), _("Đơn vị"), _("Lớp, khóa, tổ, thôn"), _("Ngày"), _("Số lượng"),
        _("Vì sao"),
    ]  # fmt: skip
    body: list[list[Value]] = [
        [
            place, row.name, row.post, row.unit, row.item.title if row.item else "", row.day, row.amount,
            "; ".join(why.words for why in row.why),
        ]
        for place, row in enumerate(rows, 1)
    ]  # fmt: skip
    return head, body


def _labels(indicator: Indicator) -> dict[str, tuple[str, str]]:
    labels = {
        COUNTED: (_("Được tính"), _("Những gì đã cộng vào con số này.")),
        MISSING: (
            _("Không thuộc diện"),
            _("Người của đơn vị vào ngày cuối kỳ nhưng không thuộc diện được đếm."),
        ),
        OPEN: (
            _("Chưa rõ đơn vị"),
            _(
                "Đơn vị cũ đã chia tách mà chưa có vị trí công tác nào nói họ về đâu, nên chưa tính vào con số. "
                "Ghi vị trí công tác từ ngày chia tách thì số liệu chắc chắn."
            ),
        ),
        HEADS: (
            _("Chỉ có số đếm"),
            _("Số người đếm được ở nơi không có danh sách: không biết là ai, nên không thành số người."),
        ),
    }
    if indicator.audience is not None and indicator.audience.is_personal:
        labels[OPEN] = (
            _("Chưa rõ"),
            _(
                "Chưa ghi giới tính, năm sinh, hoặc đơn vị cũ đã chia tách mà chưa rõ về đâu, nên chưa tính vào "
                "con số. Ghi vào hồ sơ thì số liệu chắc chắn."
            ),
        )
    if indicator.event is not None and indicator.event.none:
        labels[MISSING] = (_("Đã làm"), _("Thuộc đối tượng, nhưng đã làm việc mà chỉ số đếm người chưa làm."))
    elif indicator.is_share or indicator.event is not None:
        labels[MISSING] = (_("Chưa đạt"), _("Thuộc diện được tính (mẫu số) nhưng chưa đạt điều kiện."))
    elif can_invite(indicator):
        labels[MISSING] = (_("Chưa tham gia"), _("Cán bộ vào ngày cuối kỳ chưa được ghi nhận trong kỳ."))
    return labels


def _row(line: Line, indicator: Indicator) -> BehindRow:
    hidden = line.person_id is not None and line.name is None
    amount = "" if line.amount == 1 and line.group != HEADS else number(line.amount)
    word = qualifier_word(line.qualifier)
    return BehindRow(
        person_id=line.name.person_id if line.name else None,
        name=line.name.name if line.name else (_("Ngoài phạm vi") if hidden else ""),
        post=line.name.title if line.name else "",
        unit=line.name.unit if line.name else "",
        item=line.item,
        is_class=line.item is not None and line.item.kind == CLASS,
        day=line.day,
        amount=f"{word} {amount}".strip(),
        why=_why(line, indicator),
    )


def _why(line: Line, indicator: Indicator) -> list[Reason]:
    """The reasons of a row: what made it count, or how far the person came."""
    if not indicator.event:
        return []
    coming = indicator.event.deed == Deed.ATTENDED
    if line.group == (MISSING if indicator.event.none else COUNTED):
        return [_reason(why, coming) for why in line.reasons if why.counts][:1]
    return [_reason(why, coming) for why in line.reasons][:_REASONS_AT_MOST] or [
        Reason(_("Chưa ghi nhận lớp hay khóa nào"))
    ]


def _reason(why: Why, coming: bool) -> Reason:
    if why.item.kind == CLASS:
        return Reason(_came(why) if coming else _told(why), why.item.id)
    return Reason(_told(why))


def _came(why: Why) -> str:
    """Of an indicator for which coming is enough."""
    words = {"title": why.item.title, "attended": number(why.attended), "sessions": number(why.sessions)}
    if why.counts:
        return _("Dự %(attended)s/%(sessions)s buổi lớp «%(title)s»") % words
    return _("Dự %(attended)s/%(sessions)s buổi lớp «%(title)s», ngoài kỳ") % words


def _told(why: Why) -> str:
    words = {
        "title": why.item.title,
        "day": day(why.day) if why.day else _("chưa rõ ngày"),
        "attended": number(why.attended),
        "sessions": number(why.sessions),
    }
    if why.item.kind == CLASS:
        if why.counts:
            return _("Hoàn thành lớp «%(title)s» ngày %(day)s, dự %(attended)s/%(sessions)s buổi") % words
        if why.attended * 5 >= why.sessions * 4:
            return _("Hoàn thành lớp «%(title)s» ngày %(day)s, ngoài kỳ") % words
        return _("Mới dự %(attended)s/%(sessions)s buổi lớp «%(title)s»") % words
    if why.counts:
        return _("Đạt khóa «%(title)s» ngày %(day)s") % words
    if why.passed:
        return _("Đạt khóa «%(title)s» ngày %(day)s, ngoài kỳ") % words
    return _("Chưa đạt khóa «%(title)s»") % words
