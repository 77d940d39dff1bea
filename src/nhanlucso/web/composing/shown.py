"""Own indicators as rows and versions in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from nhanlucso.indicators.own.queries import Own, Version
from nhanlucso.indicators.own.rules import Span, State
from nhanlucso.kernel.clock import EVER
from nhanlucso.papers.lists import Value
from nhanlucso.web.kit.lists import Listing
from nhanlucso.web.kit.wording import day

_SIGNS = {State.DRAFT: "info", State.PUBLISHED: "ok", State.RETIRED: ""}


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version with what is said of it; `span` is empty for a draft."""

    version: Version
    span: str
    measure: str


def state_words(state: State) -> str:
    """What a state is called."""
    return {
        State.DRAFT: _("Bản nháp"),
        State.PUBLISHED: _("Đang dùng"),
        State.RETIRED: _("Thôi dùng"),
    }[state]


def state_sign(state: State) -> str:
    """The sign of a state, as tags take it."""
    return _SIGNS[state]


def version_rows(own: Own) -> list[VersionRow]:
    """The versions of an indicator, newest first."""
    return [VersionRow(one, span_words(one.span), str(one.definition.measure)) for one in own.versions]


def span_words(span: Span | None) -> str:
    """«kỳ kết thúc từ 15/12/2024», «mọi kỳ đến 14/12/2024»."""
    if span is None:
        return ""
    if span.start == EVER:
        return _("mọi kỳ kết thúc đến %(day)s") % {"day": day(span.end)} if span.end else _("mọi kỳ")
    words = {"start": day(span.start), "end": day(span.end)}
    if span.end is None:
        return _("kỳ kết thúc từ %(start)s") % words
    return _("kỳ kết thúc từ %(start)s đến %(end)s") % words


def as_listing(rows: Sequence[Own]) -> Listing:
    """The list as a file: a line for every version."""
    head = [
        _("Mã"),
        _("Tên"),
        _("Trạng thái"),
        _("Phiên bản"),
        _("Loại số"),
        _("Hiệu lực"),
        _("Cách tính"),
        _("Ghi chú"),
    ]
    body: list[list[Value]] = [
        [
            own.code, line.version.definition.name, state_words(own.state), line.version.definition.version,
            line.measure, line.span or _("bản nháp"), line.version.definition.sentence, line.version.definition.note,
        ]
        for own in rows
        for line in version_rows(own)
    ]  # fmt: skip
    return Listing(_("Chỉ số tự lập"), head, body, subject=("indicator", ""))
