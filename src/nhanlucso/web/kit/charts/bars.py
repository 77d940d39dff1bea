"""Horizontal bars from zero, with the value, its interval and the target of each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from nhanlucso.kernel.numbers import Number
from nhanlucso.web.kit.charts.chart import Chart, TableRow, finished, no_numbers
from nhanlucso.web.kit.charts.svg import (
    Scale,
    drawing,
    element,
    fitted,
    label,
    link,
    said,
    said_with_range,
    scale_from_zero,
    share_of,
    text_of,
)
from nhanlucso.web.kit.wording import unit_word

_LINE, _BAR, _GAP = 20, 12, 16
_LETTERS = 30  # of a label beside its value on the narrowest phone


@dataclass(frozen=True)
class BarRow:
    """One bar: value (None: unknown), interval low–high, target and the address behind it."""

    label: str
    value: Number | None
    low: Number | None = None
    high: Number | None = None
    target: Number | None = None
    href: str | None = None


def bars(rows: Sequence[BarRow], unit: str, title: str, *, description: str = "") -> Chart:
    """Bars for values in `unit` ("%" runs to 100 at least); the title says the finding."""
    scale = scale_from_zero([v for row in rows for v in (row.value, row.low, row.high, row.target)], unit)
    targets = {row.target for row in rows if row.target is not None}
    body, y = [], 0.0
    if targets:
        body.append(_target_key(targets, unit))
        y = _LINE + 8.0
    for row in rows:
        lines = fitted(row.label, _LETTERS)
        body.append(_row(row, lines, y, scale, unit))
        y += _LINE * len(lines) + _BAR + _GAP
    if rows:
        body.append(_axis(scale, y, unit))
        y += _LINE
    else:
        body.append(label(no_numbers(), 0, 15, "t-none"))
        y = _LINE
    linked = any(row.href for row in rows)
    words = description or "; ".join(_told(row, unit) for row in rows) or no_numbers()
    svg = drawing(title, words, y, body, linked=linked)
    return finished(
        title, svg, [_("Tên"), *_columns(rows)], [_table_row(row, rows, unit) for row in rows], title
    )


def _row(row: BarRow, lines: Sequence[str], y: float, scale: Scale, unit: str) -> str:
    top = y + _LINE * len(lines) + 2
    height = _LINE * len(lines) + _BAR + 8
    parts = [
        element("title", text_of(_told(row, unit))),
        element("rect", x=0, y=y - 2, width="100%", height=height, class_="c-hit"),
        *(label(line, 0, y + 15 + _LINE * i, "t-label") for i, line in enumerate(lines)),
    ]
    if row.value is None:
        parts.append(label(no_numbers(), "100%", y + 15, "t-none", "end"))
        parts.append(element("rect", x=0, y=top, width="100%", height=_BAR, class_="c-none"))
    else:
        parts.append(label(said(row.value, unit), "100%", y + 15, "t-value", "end"))
        parts.append(element("rect", x=0, y=top, width="100%", height=_BAR, class_="c-track"))
        parts.extend(span_marks(row.value, row.low, row.high, scale, top, _BAR))
    if row.target is not None:
        parts.append(upright(scale.at(row.target), top - 3, top + _BAR + 3, "c-target"))
    return link(row.href, *parts)


def span_marks(
    value: Number, low: Number | None, high: Number | None, scale: Scale, top: float, height: float
) -> list[str]:
    """The bar from zero to the value, with the interval as a band behind it and whiskers before it."""
    marks = []
    has_range = low is not None and high is not None and low != high
    if low is not None and high is not None and has_range:
        marks.append(_box(scale.at(low), scale.at(high), top, height, "c-band"))
    marks.append(_box(scale.at(0), scale.at(value), top, height, "c-bar"))
    if low is not None and high is not None and has_range:
        ends, middle = (scale.at(low), scale.at(high)), top + height / 2
        marks.append(
            element(
                "line", x1=share_of(ends[0]), x2=share_of(ends[1]), y1=middle, y2=middle, class_="c-whisker"
            )
        )
        marks.extend(upright(end, top + 2, top + height - 2, "c-whisker") for end in ends)
    if scale.low < 0:
        marks.append(upright(scale.at(0), top - 2, top + height + 2, "c-zero"))
    return marks


def upright(x: float, top: float, bottom: float, class_: str) -> str:
    """A vertical line at x percent."""
    return element("line", x1=share_of(x), x2=share_of(x), y1=top, y2=bottom, class_=class_)


def _box(one: float, other: float, top: float, height: float, class_: str) -> str:
    left, width = min(one, other), abs(one - other)
    return element("rect", x=share_of(left), y=top, width=share_of(width), height=height, class_=class_)


def _target_key(targets: set[Number], unit: str) -> str:
    words = _("Chỉ tiêu")
    if len(targets) == 1:
        words = f"{words} {said(next(iter(targets)), unit)}"
    return element("line", x1=1, x2=1, y1=2, y2=18, class_="c-target") + label(words, 8, 14, "t-target")


def _axis(scale: Scale, y: float, unit: str) -> str:
    parts = [element("line", x1=0, x2="100%", y1=y - 6, y2=y - 6, class_="c-zero")]
    ends = (scale.ticks[0], scale.ticks[-1])
    for tick in scale.ticks:
        anchor = {ends[0]: "start", ends[1]: "end"}.get(tick, "middle")
        parts.append(upright(scale.at(tick), y - 6, y - 2, "c-zero"))
        parts.append(
            label(_tick(tick, tick == ends[1], unit), share_of(scale.at(tick)), y + 11, "t-axis", anchor)
        )
    return element("g", *parts, aria_hidden="true")


def _tick(value: float, last: bool, unit: str) -> str:
    word = "" if unit == "%" or not last else " " + unit_word(unit, value)
    return said(value, unit) + word


def _told(row: BarRow, unit: str) -> str:
    if row.value is None:
        return f"{row.label}: {no_numbers().lower()}"
    words = f"{row.label}: {said_with_range(row.value, row.low, row.high, unit)}"
    return words if row.target is None else f"{words}, {_('chỉ tiêu')} {said(row.target, unit)}"


def _columns(rows: Sequence[BarRow]) -> list[str]:
    words = [_("Giá trị")]
    if any(row.low is not None for row in rows):
        words += [_("Thấp"), _("Cao")]
    if any(row.target is not None for row in rows):
        words.append(_("Chỉ tiêu"))
    return words


def _table_row(row: BarRow, rows: Sequence[BarRow], unit: str) -> TableRow:
    values = {_("Giá trị"): row.value, _("Thấp"): row.low, _("Cao"): row.high, _("Chỉ tiêu"): row.target}
    return TableRow(row.label, [(word, said(values[word], unit)) for word in _columns(rows)], row.href)
