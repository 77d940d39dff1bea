"""A thin bar of one value against its target."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from nhanlucso.kernel.numbers import Number
from nhanlucso.web.kit.charts.bars import span_marks, upright
from nhanlucso.web.kit.charts.chart import no_numbers
from nhanlucso.web.kit.charts.svg import drawing, element, said, said_with_range, scale_from_zero

_TOP, _BAR, _HEIGHT = 6, 10, 22


def meter(
    value: Number | None,
    target: Number | None = None,
    low: Number | None = None,
    high: Number | None = None,
    *,
    unit: str = "%",
) -> SafeString:
    """The drawing alone; number and target stand as text beside it."""
    scale = scale_from_zero([value, target, low, high], unit)
    class_ = "c-none" if value is None else "c-track"
    body = [element("rect", x=0, y=_TOP, width="100%", height=_BAR, class_=class_)]
    if value is not None:
        body.extend(span_marks(value, low, high, scale, _TOP, _BAR))
    if target is not None:
        body.append(upright(scale.at(target), _TOP - 5, _TOP + _BAR + 5, "c-target"))
    words = no_numbers() if value is None else said_with_range(value, low, high, unit)
    if target is not None:
        words = f"{words}, {_('chỉ tiêu')} {said(target, unit)}"
    svg = drawing(words, words, _HEIGHT, body)
    return mark_safe(element("div", svg, class_="meter"))  # noqa: S308
