"""The page of one figure, put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from nhanlucso.indicators.catalogue import Indicator
from nhanlucso.indicators.rules import Figure
from nhanlucso.kernel.scope import Scope
from nhanlucso.plans.queries import Aim
from nhanlucso.web.figures.cards import shown
from nhanlucso.web.figures.findings import children_finding, trend_finding
from nhanlucso.web.figures.opened import Opened, opened
from nhanlucso.web.kit.asking import Question
from nhanlucso.web.kit.charts import BarRow, Chart, TrendPoint, bars, trend
from nhanlucso.web.kit.choices import query
from nhanlucso.web.kit.commune_map import Below, CommuneMap, commune_map
from nhanlucso.web.kit.frame import address
from nhanlucso.web.kit.periods import short_period
from nhanlucso.web.kit.standing import Standing, source_of, standing
from nhanlucso.web.kit.wording import figure_sentence, moment, qualified, quantity

BARS_AT_MOST = 30
BY_VALUE, BY_NAME = "value", "name"


@dataclass(frozen=True, slots=True)
class ChildRow:
    """A unit below in the table beside the bars and the map."""

    name: str
    href: str
    figure: dict[str, object]
    standing: Standing | None
    staff: int | None


@dataclass(frozen=True, slots=True)
class FigurePage:
    """Everything the template of one figure names."""

    figure: dict[str, object]
    sentence: str
    standing: Standing | None
    source: str
    trend: Chart | None
    bars: Chart | None
    bars_left_out: int
    children: list[ChildRow]
    total_note: str
    map: CommuneMap | None
    communes: list[ChildRow]
    as_of: str


def figure_page(scope: Scope, question: Question, indicator: Indicator, sort: str) -> FigurePage:
    """The page of a figure whose unit is valid on the tree."""
    held = opened(scope, question, indicator)
    rows = _sorted(held.children, sort)
    unit = str(indicator.measure.value)
    aim = held.aim if indicator.is_share else None

    def href(child: int) -> str:
        return address("figure", indicator.code, query(question, unit=child))

    return FigurePage(
        figure=shown(held.figure),
        sentence=_sentence(held),
        standing=standing(held.figure, held.aim),
        source=source_of(held.aim) if held.aim else "",
        trend=_trend(held, unit) if len(held.trend) > 1 else None,
        bars=_bars(rows[:BARS_AT_MOST], unit, aim, held, href) if rows else None,
        bars_left_out=max(0, len(rows) - BARS_AT_MOST),
        children=_child_rows(rows, aim, href),
        total_note=_total_note(indicator) if len(rows) > 1 else "",
        map=commune_map(held.communes, aim, children_finding(held.communes, aim), href),
        communes=_child_rows(_sorted(held.communes, BY_VALUE), aim, href),
        as_of=moment(held.figure.as_of),
    )


def _sorted(rows: Sequence[Below], sort: str) -> list[Below]:
    """In the order of the administration, or the highest value first, unknown ones last."""
    if sort != BY_VALUE:
        return list(rows)
    return sorted(rows, key=lambda row: (row.figure.value is None, -(row.figure.value or 0)))


def _sentence(held: Opened) -> str:
    """«1.037 lượt của 612 người»; where there are no people beside it, only what the number itself does not say."""
    if held.figure.value is None or (held.companion is None and not held.figure.unallocated):
        return ""
    if held.companion is None or held.companion.value is None:
        return figure_sentence(shown(held.figure))
    exact = held.companion.qualifier == "exact"
    words = (
        _("%(figure)s của %(people)s.") if exact else _("%(figure)s; có tên trong danh sách: %(people)s.")
    ) % {
        "figure": qualified(shown(held.figure)),
        "people": quantity(held.companion.value, str(held.companion.indicator.measure.value)),
    }
    return words[0].upper() + words[1:]


def _trend(held: Opened, unit: str) -> Chart:
    points = [
        TrendPoint(short_period(period), f.value, f.low, f.high)
        if f
        else TrendPoint(short_period(period), None)
        for period, f in held.trend
    ]
    return trend(points, held.aim.value if held.aim else None, trend_finding(held.trend), unit)


def _bars(
    rows: Sequence[Below], unit: str, aim: Aim | None, held: Opened, href: Callable[[int], str]
) -> Chart:
    return bars([_bar(row, aim, href) for row in rows], unit, children_finding(held.children, aim))


def _bar(row: Below, aim: Aim | None, href: Callable[[int], str]) -> BarRow:
    figure: Figure = row.figure
    target = aim.value if aim else None
    return BarRow(row.version.name, figure.value, figure.low, figure.high, target, href(row.version.unit))


def _child_rows(rows: Sequence[Below], aim: Aim | None, href: Callable[[int], str]) -> list[ChildRow]:
    return [
        ChildRow(
            row.version.name,
            href(row.version.unit),
            shown(row.figure),
            standing(row.figure, aim),
            row.staff,
        )
        for row in rows
    ]


def _total_note(indicator: Indicator) -> str:
    if indicator.is_share:
        return _("Tỷ lệ của cấp trên không phải là trung bình cộng của các đơn vị: mẫu số mỗi nơi một khác.")
    if indicator.relation in ("trained", "members"):
        return _(
            "Số người không cộng được: ai có mặt ở hai đơn vị vẫn là một người, nên tổng có thể nhỏ hơn tổng các dòng."
        )
    return _("Phần thuộc thẳng cấp trên không nằm ở dòng nào, nên tổng có thể lớn hơn tổng các dòng.")
