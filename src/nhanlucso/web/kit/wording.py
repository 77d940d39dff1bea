"""How figures, numbers and dates are said on a page, in the language that is active.

A *figure* is a mapping or an object with the fields `value, numerator, denominator, qualifier, low, high,
unallocated, unit, as_of`; fields that are absent count as unknown. Unknown is never written as 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import get_language, npgettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from nhanlucso.kernel.numbers import Number, rounded_share, vi_date, vi_number, written

UNKNOWN = "–"
_NBSP = "\u00a0"

_QUALIFIERS = {
    "over": pgettext_lazy("số lượng", "hơn"),
    "about": pgettext_lazy("số lượng", "khoảng"),
    "nearly": pgettext_lazy("số lượng", "gần"),
    "under": pgettext_lazy("số lượng", "dưới"),
}
_UNITS = {
    "người": npgettext_lazy("đơn vị tính", "người", "người", "count"),
    "lượt": npgettext_lazy("đơn vị tính", "lượt", "lượt", "count"),
    "ngày-người": npgettext_lazy("đơn vị tính", "ngày-người", "ngày-người", "count"),
    "đợt": npgettext_lazy("đơn vị tính", "đợt", "đợt", "count"),
    "lớp": npgettext_lazy("đơn vị tính", "lớp", "lớp", "count"),
    "hội nghị": npgettext_lazy("đơn vị tính", "hội nghị", "hội nghị", "count"),
    "tổ": npgettext_lazy("đơn vị tính", "tổ", "tổ", "count"),
    "tin": npgettext_lazy("đơn vị tính", "tin", "tin", "count"),
    "thôn": npgettext_lazy("đơn vị tính", "thôn", "thôn", "count"),
}

_SHARED = {"teams.village_coverage": "thôn"}  # what a share is a share of, where it is not people


def number(value: object, places: int | None = None) -> str:
    """1.037 · 93,4 (English 1,037 · 93.4); at most one decimal unless `places` says how many."""
    figure = _as_number(value)
    if figure is None:
        return UNKNOWN
    if (get_language() or "vi").startswith("vi"):
        return vi_number(figure, places)
    return written(figure, places, thousands=",", decimal=".")


def percent(value: object, places: int | None = None) -> str:
    """A share given in percent: 93,4 % (English 93.4%), rounded as `rounded_share` does."""
    share = _as_number(value)
    if share is None:
        return UNKNOWN
    shown = rounded_share(share, places)
    gap = _NBSP if (get_language() or "vi").startswith("vi") else ""
    return f"{number(shown, places)}{gap}%"


def quantity(value: object, unit: str) -> str:
    """A number with its unit word: 1.037 lượt, 93,4 %."""
    if unit == "%":
        return percent(value)
    word = unit_word(unit, value)
    return f"{number(value)}{_NBSP}{word}" if word else number(value)


def unit_word(unit: str, value: object = None) -> str:
    """The word of a unit in the active language, in the form that goes with the value."""
    if unit not in _UNITS:
        return unit
    figure = _as_number(value)
    return str(_UNITS[unit] % {"count": 1 if figure == 1 else 2})


def day(value: object) -> str:
    """15/12/2023 from a date, a time (its local date) or ISO text; text that is no date stays as it is."""
    found = _as_day(value)
    if found is None:
        return str(value) if value else UNKNOWN
    return vi_date(found)


def moment(value: object) -> str:
    """17:05 ngày 14/09/2024, local time, from a time or ISO text."""
    when = parse_datetime(value) if isinstance(value, str) and ":" in value else value
    if not isinstance(when, datetime):
        return day(value)
    local = timezone.localtime(when) if timezone.is_aware(when) else when
    return _("%(time)s ngày %(day)s") % {"time": f"{local:%H:%M}", "day": vi_date(local)}


def qualifier_word(qualifier: str | None, unit: str = "") -> str:
    """hơn (trên for a share), khoảng, gần, dưới; nothing for an exact figure."""
    if qualifier == "over" and unit == "%":
        return pgettext("tỷ lệ", "trên")
    return str(_QUALIFIERS.get(qualifier or "", ""))


@dataclass(frozen=True)
class FigureParts:
    """The pieces of a figure as a page sets them."""

    value: Number | None
    word: str
    number: str
    unit: str
    share: str
    bounds: str
    as_of: object
    is_percent: bool


def figure_parts(figure: object) -> FigureParts:
    """Splits a figure into qualifier word, number, unit word, share, bounds and as-of time."""
    value = _as_number(field(figure, "value"))
    unit = str(field(figure, "unit") or "")
    is_percent = unit == "%"
    return FigureParts(
        value=value,
        word=qualifier_word(field(figure, "qualifier"), unit) if value is not None else "",
        number=percent(value) if is_percent else number(value),
        unit="" if is_percent or value is None else unit_word(unit, value),
        share=_share(figure, value) if is_percent else "",
        bounds=bounds(figure),
        as_of=field(figure, "as_of"),
        is_percent=is_percent,
    )


def qualified(figure: object) -> str:
    """hơn 1.037 lượt · 93,4 % · – when there is no value."""
    parts = figure_parts(figure)
    tail = f"{parts.number}{_NBSP}{parts.unit}" if parts.unit else parts.number
    return f"{parts.word} {tail}" if parts.word else tail


def bounds(figure: object) -> str:
    """ "từ 612 đến 640", or nothing where low and high say no more than the value does."""
    value, low, high = (_as_number(field(figure, name)) for name in ("value", "low", "high"))
    if low is None or high is None or (low == value == high):
        return ""
    say = percent if field(figure, "unit") == "%" else number
    return _("có thể từ %(low)s đến %(high)s") % {"low": say(low), "high": say(high)}


def figure_sentence(figure: object) -> str:
    """One sentence: value with qualifier, share, bounds and what could not be placed."""
    parts = figure_parts(figure)
    if parts.value is None:
        return parts.share + "." if parts.share else _("Chưa có số liệu.")
    pieces = [qualified(figure)]
    if parts.share:
        pieces.append(parts.share)
    if parts.bounds:
        pieces.append(parts.bounds)
    text = "; ".join(pieces)
    loose = _as_number(field(figure, "unallocated"))
    if loose:
        text += "; " + _("%(count)s trường hợp chưa rõ thuộc đơn vị nào") % {"count": number(loose)}
    return text[0].upper() + text[1:] + "."


def field(figure: object, name: str) -> Any:
    """A field of a figure, whether it is a mapping or an object; None where absent."""
    if isinstance(figure, Mapping):
        return figure.get(name)
    return getattr(figure, name, None)


def _share(figure: object, value: Number | None) -> str:
    denominator = _as_number(field(figure, "denominator"))
    if value is None:
        return _("chưa có ai trong diện tính") if denominator == 0 else ""
    if denominator is None:
        return ""
    words = _("%(part)s trên %(whole)s") % {
        "part": number(field(figure, "numerator")),
        "whole": number(denominator),
    }
    indicator = field(figure, "indicator")  # its code in a mapping, itself in an object
    if indicator is None:
        return words
    counted = _SHARED.get(getattr(indicator, "code", indicator), "người")
    return f"{words} {unit_word(counted, denominator)}"


def _as_number(value: object) -> Number | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return value if Decimal(value).is_finite() else None


def _as_day(value: object) -> date | None:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    try:
        return parse_date(value) or _as_day(parse_datetime(value))
    except ValueError:
        return None
