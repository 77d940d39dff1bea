"""A line over periods with its interval as a band and the target as a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from nhanlucso.kernel.numbers import Number
from nhanlucso.web.kit.charts.chart import Chart, TableRow, finished, no_numbers
from nhanlucso.web.kit.charts.svg import (
    Scale,
    coordinate,
    drawing,
    element,
    label,
    said,
    said_with_range,
    scale_from_zero,
    share_of,
    text_of,
)

_TOP, _PLOT, _HEIGHT = 40, 170, 240
_LEFT, _RIGHT = 15.0, 92.0  # percent of the width; left of it stand the words of the axis


@dataclass(frozen=True)
class TrendPoint:
    """One period: value (None: unknown, the line breaks) and interval low–high."""

    label: str
    value: Number | None
    low: Number | None = None
    high: Number | None = None


def trend(points: Sequence[TrendPoint], target: Number | None, title: str, unit: str) -> Chart:
    """The values over the periods in the order given; the axis starts at zero."""
    scale = scale_from_zero([target, *(v for p in points for v in (p.value, p.low, p.high))], unit)
    if not any(point.value is not None for point in points):
        body = [label(no_numbers(), 0, 15, "t-none")]
        height = 20.0
    else:
        height = float(_HEIGHT)
        body = [*_grid(scale, unit), _stretched(points, target, scale), *_dots(points, scale, unit)]
        body += [*_period_words(points), *_key(points, target, unit)]
    words = "; ".join(_told(point, unit) for point in points) or no_numbers()
    if target is not None:
        words = f"{words}; {_('chỉ tiêu')} {said(target, unit)}"
    has_range = any(_has_range(point) for point in points)
    head = [_("Kỳ"), _("Giá trị"), *([_("Thấp"), _("Cao")] if has_range else [])]
    rows = [_table_row(point, unit, has_range) for point in points]
    return finished(title, drawing(title, words, height, body), head, rows, title)


def _x(index: int, count: int) -> float:
    return (_LEFT + _RIGHT) / 2 if count == 1 else _LEFT + (_RIGHT - _LEFT) * index / (count - 1)


def _y(value: Number, scale: Scale) -> float:
    return _TOP + _PLOT * (1 - scale.at(value) / 100)


def _grid(scale: Scale, unit: str) -> list[str]:
    parts = []
    for tick in scale.ticks:
        y = _y(tick, scale)
        parts.append(element("line", x1=0, x2="100%", y1=y, y2=y, class_="c-zero" if tick == 0 else "c-grid"))
        parts.append(
            element("text", text_of(said(tick, unit)), x=0, y=y - 4, class_="t-axis", aria_hidden="true")
        )
    return parts


def _stretched(points: Sequence[TrendPoint], target: Number | None, scale: Scale) -> str:
    """Band, line and target in a box of 100 × 100 that stretches with the page; strokes do not."""
    parts = [_band(run, len(points), scale) for run in _runs(points) if all(_has_range(p) for _i, p in run)]
    if target is not None:
        y = 100 - scale.at(target)
        parts.append(
            element("line", x1=0, x2=100, y1=y, y2=y, class_="c-target", vector_effect="non-scaling-stroke")
        )
    for run in _runs(points):
        corners = [(_x(i, len(points)), 100 - scale.at(p.value)) for i, p in run if p.value is not None]
        if len(corners) > 1:
            parts.append(element("polyline", points=_corners(corners), class_="c-line"))
    box = {"viewBox": "0 0 100 100", "preserveAspectRatio": "none", "overflow": "visible"}
    return element("svg", *parts, y=_TOP, width="100%", height=_PLOT, **box)


def _runs(points: Sequence[TrendPoint]) -> list[list[tuple[int, TrendPoint]]]:
    """The stretches of known values."""
    runs: list[list[tuple[int, TrendPoint]]] = [[]]
    for index, point in enumerate(points):
        if point.value is not None:
            runs[-1].append((index, point))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _band(run: Sequence[tuple[int, TrendPoint]], count: int, scale: Scale) -> str:
    upper = [(_x(i, count), 100 - scale.at(p.high)) for i, p in run if p.high is not None]
    lower = [(_x(i, count), 100 - scale.at(p.low)) for i, p in reversed(run) if p.low is not None]
    if len(run) == 1:  # one point has no width: draw its interval as a narrow bar
        (x, top), (_same, bottom) = upper[0], lower[0]
        upper, lower = [(x - 1, top), (x + 1, top)], [(x + 1, bottom), (x - 1, bottom)]
    return element("polygon", points=_corners([*upper, *lower]), class_="c-band")


def _corners(corners: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{coordinate(x)},{coordinate(y)}" for x, y in corners)


def _dots(points: Sequence[TrendPoint], scale: Scale, unit: str) -> list[str]:
    known = [i for i, point in enumerate(points) if point.value is not None]
    worded = set(known) if len(known) <= 5 else {known[0], known[-1]}
    parts = []
    for index in known:
        point = points[index]
        if point.value is None:
            continue
        x, y = share_of(_x(index, len(points))), _y(point.value, scale)
        title = element("title", text_of(_told(point, unit)))
        parts.append(element("circle", title, cx=x, cy=y, r=5, class_="c-dot"))
        if index in worded:
            baseline = y + 22 if _is_low_spot(points, index) and y < _TOP + _PLOT - 26 else y - 12
            words, anchor = said(point.value, unit), _anchor(index, len(points))
            parts.append(label(words, x, baseline, "t-value t-over", anchor))
    return parts


def _is_low_spot(points: Sequence[TrendPoint], index: int) -> bool:
    """Whether the line leaves the point upwards on every side, so that its value stands better beneath."""
    value = points[index].value
    sides = [points[i].value for i in (index - 1, index + 1) if 0 <= i < len(points)]
    known = [side for side in sides if side is not None]
    return value is not None and bool(known) and all(side > value for side in known)


def _anchor(index: int, count: int) -> str:
    """The first value leans away from the words of the axis, the last away from the edge."""
    if count == 1 or 0 < index < count - 1:
        return "middle"
    return "start" if index == 0 else "end"


def _period_words(points: Sequence[TrendPoint]) -> list[str]:
    step = -(-len(points) // 5)
    last = len(points) - 1
    return [
        label(point.label, share_of(_x(index, len(points))), _TOP + _PLOT + 20, "t-axis", "middle")
        for index, point in enumerate(points)
        if (last - index) % step == 0
    ]


def _key(points: Sequence[TrendPoint], target: Number | None, unit: str) -> list[str]:
    parts, x = [], 0.0
    if target is not None:
        words = f"{_('Chỉ tiêu')} {said(target, unit)}"
        parts = [
            element("line", x1=0, x2=16, y1=10, y2=10, class_="c-target"),
            label(words, 22, 14, "t-target"),
        ]
        x = 36 + 8.0 * len(words)
    if any(_has_range(point) for point in points):
        parts.append(element("rect", x=x, y=4, width=16, height=12, class_="c-band"))
        parts.append(label(_("Khoảng thấp – cao"), x + 22, 14, "t-axis"))
    return parts


def _has_range(point: TrendPoint) -> bool:
    return point.low is not None and point.high is not None and point.low != point.high


def _told(point: TrendPoint, unit: str) -> str:
    if point.value is None:
        return f"{point.label}: {no_numbers().lower()}"
    return f"{point.label}: {said_with_range(point.value, point.low, point.high, unit)}"


def _table_row(point: TrendPoint, unit: str, has_range: bool) -> TableRow:
    cells = [(_("Giá trị"), said(point.value, unit))]
    if has_range:
        cells += [(_("Thấp"), said(point.low, unit)), (_("Cao"), said(point.high, unit))]
    return TableRow(point.label, cells)
