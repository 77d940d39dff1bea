"""One figure as a picture: the same words as on its page."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from nhanlucso.indicators.catalogue import Indicator
from nhanlucso.kernel.scope import Scope
from nhanlucso.papers.picture import Bar, FigureCard
from nhanlucso.web.figures.cards import shown
from nhanlucso.web.figures.findings import children_finding
from nhanlucso.web.figures.opened import Opened, opened
from nhanlucso.web.kit.asking import Question
from nhanlucso.web.kit.commune_map import Below
from nhanlucso.web.kit.periods import period_label
from nhanlucso.web.kit.standing import Standing, standing
from nhanlucso.web.kit.wording import day, figure_parts, moment, qualified, quantity

BARS_AT_MOST = 6


def figure_card(scope: Scope, question: Question, indicator: Indicator) -> FigureCard:
    """What stands on the picture of a figure; units and numbers only. The unit must be valid on the tree."""
    held = opened(scope, question, indicator)
    parts = figure_parts(shown(held.figure))
    found = standing(held.figure, held.aim)
    known = parts.value is not None
    label = period_label(question.period)
    window = " – ".join(day(end) for end in (question.asked.window.a, question.asked.window.b))
    bars = _bars(held.children)
    return FigureCard(
        unit=question.version.name,
        name=str(indicator.name),
        period=f"{label[0].upper()}{label[1:]} ({window})",
        word=parts.word,
        number=parts.number if known else _("Chưa có số liệu"),
        measure=parts.unit,
        notes=tuple(filter(None, (parts.share, _people(held), parts.bounds))),
        length=_length(parts.value, found, indicator.is_share),
        target=_target(parts.value, found, indicator.is_share),
        target_words=_("chỉ tiêu %(words)s") % {"words": found.words} if found else "",
        state=found.state if found else "",
        state_words=found.label if found else "",
        bars_title=children_finding(held.children, held.aim if indicator.is_share else None) if bars else "",
        bars=bars,
        foot=(_("Số liệu lúc %(moment)s") % {"moment": moment(held.figure.as_of)}, _("Nhân lực số")),
    )


def _people(held: Opened) -> str:
    """How many people stand behind a number of attendances or days."""
    beside = held.companion
    if beside is None or beside.value is None or held.figure.value is None:
        return ""
    words = _("của %(people)s") if beside.qualifier == "exact" else _("có tên trong danh sách: %(people)s")
    return words % {"people": quantity(beside.value, str(beside.indicator.measure.value))}


def _whole(value: float, found: Standing | None, is_share: bool) -> float:
    """What the full width of the meter stands for."""
    return 100.0 if is_share else max(value, found.value if found else 0.0)


def _length(value: object, found: Standing | None, is_share: bool) -> float | None:
    if not isinstance(value, int | float) or not (is_share or found):
        return None
    whole = _whole(value, found, is_share)
    return min(1.0, value / whole) if whole else None


def _target(value: object, found: Standing | None, is_share: bool) -> float | None:
    if found is None or not isinstance(value, int | float):
        return None
    whole = _whole(value, found, is_share)
    return min(1.0, found.value / whole) if whole else None


def _bars(rows: Sequence[Below]) -> tuple[Bar, ...]:
    """The highest first, as many as a small picture holds."""
    known = sorted(
        (row for row in rows if row.figure.value is not None), key=lambda row: -(row.figure.value or 0)
    )
    if len(known) < 2 or not known[0].figure.value:
        return ()
    longest = 100.0 if known[0].figure.indicator.is_share else float(known[0].figure.value)
    return tuple(
        Bar(row.version.name, qualified(shown(row.figure)), float(row.figure.value or 0) / longest)
        for row in known[:BARS_AT_MOST]
    )
