"""Periods in the language of the page."""

from __future__ import annotations

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nhanlucso.kernel.clock import today
from nhanlucso.kernel.periods import HALF, MONTH, NINE_MONTHS, QUARTER, YEAR, Period
from nhanlucso.web.kit.wording import day

_ROMAN = ("I", "II", "III", "IV")


def period_label(period: Period) -> str:
    """«9 tháng năm 2024», "first nine months of 2024"."""
    if (get_language() or "vi").startswith("vi"):
        return period.label
    words = {"year": str(period.year), "number": _number(period)}
    if period.kind == MONTH:
        return _("tháng %(number)s năm %(year)s") % words
    if period.kind == QUARTER:
        return _("quý %(number)s năm %(year)s") % words
    if period.kind == HALF:
        half = _("6 tháng đầu năm %(year)s") if period.first_month == 1 else _("6 tháng cuối năm %(year)s")
        return half % words
    if period.kind == NINE_MONTHS:
        return _("9 tháng năm %(year)s") % words
    if period.kind == YEAR:
        return _("năm %(year)s") % words
    start, end = period.window()
    return _("từ %(start)s đến %(end)s") % {"start": day(start), "end": day(end)}


def unfinished(first: date, last: date) -> str:
    """What is to be known of the figures of days that are not over today; empty for those that are."""
    if first > today():
        return _("Kỳ chưa bắt đầu: chưa có gì để tính.")
    return _("Kỳ chưa hết: đây là số ước.") if last > today() else ""


def short_period(period: Period) -> str:
    """For the axis of a chart: 9T/2024, Q3/2024, T9/2024, 6T/2024, 2024."""
    words = {"year": str(period.year), "number": _number(period)}
    if period.kind == MONTH:
        return _("T%(number)s/%(year)s") % words
    if period.kind == QUARTER:
        return f"{_ROMAN[period.last_month // 3 - 1]}/{period.year}"
    if period.kind == HALF:
        return _("6T đầu/%(year)s") % words if period.first_month == 1 else _("6T cuối/%(year)s") % words
    if period.kind == NINE_MONTHS:
        return _("9T/%(year)s") % words
    return str(period.year)


def _number(period: Period) -> str:
    return str(period.last_month // 3 if period.kind == QUARTER else period.last_month)
