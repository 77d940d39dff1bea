"""Reporting periods and their windows (NĐ 09/2019/NĐ-CP art. 12; nine months by provincial rules)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.language import say as _
from nhanlucso.kernel.numbers import vi_date

DECREE = "decree"
CIVIL = "civil"
CALENDARS = (DECREE, CIVIL)

MONTH, QUARTER, HALF, NINE_MONTHS, YEAR, RANGE = (
    "month",
    "quarter",
    "half-year",
    "nine-month",
    "year",
    "range",
)
FIRST_YEAR, LAST_YEAR = 2, 9998  # windows reach into the year before, and dates end with 9999
_SHAPE = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|(?P<nine>9M)|M(?P<month>[0-9]{2})))?"
)
_RANGE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.\.([0-9]{4}-[0-9]{2}-[0-9]{2})")


@dataclass(frozen=True, slots=True)
class Period:
    """A period as written; `first`..`last` are its calendar months (year of them), or explicit dates."""

    text: str
    kind: str
    year: int
    first_month: int = 1
    last_month: int = 12
    start: date | None = None
    end: date | None = None

    def window(self, calendar: str = DECREE) -> tuple[date, date]:
        """[a, b], both ends included. An explicit range is taken as it stands in either calendar.

        Raises Refused("bad_calendar") unless `calendar` is one of CALENDARS.
        """
        if calendar not in CALENDARS:
            raise Refused(
                "bad_calendar",
                _("Không có lịch «%(calendar)s»; chọn decree hoặc civil.") % {"calendar": calendar},
            )
        if self.start and self.end:
            return self.start, self.end
        if calendar == CIVIL:
            return date(self.year, self.first_month, 1), _month_end(self.year, self.last_month)
        before = date(self.year, self.first_month, 1) - timedelta(days=1)
        return before.replace(day=15), date(self.year, self.last_month, 14)

    @property
    def label(self) -> str:
        """Vietnamese name: «9 tháng năm 2024»."""
        match self.kind:
            case "month":
                return f"tháng {self.last_month} năm {self.year}"
            case "quarter":
                return f"quý {('I', 'II', 'III', 'IV')[self.last_month // 3 - 1]} năm {self.year}"
            case "half-year":
                return f"6 tháng {'đầu' if self.first_month == 1 else 'cuối'} năm {self.year}"
            case "nine-month":
                return f"9 tháng năm {self.year}"
            case "year":
                return f"năm {self.year}"
        start, end = self.window()
        return f"từ {vi_date(start)} đến {vi_date(end)}"


def parse_period(text: str) -> Period:
    """Reads `2024`, `2024-H1`, `2024-Q3`, `2024-9M`, `2024-M09` or `2024-01-01..2024-09-30`.

    Raises Refused("bad_period") for anything else, a day that does not exist, or a start after the end.
    """
    if match := _RANGE.fullmatch(text):
        return _range(text, match[1], match[2])
    match = _SHAPE.fullmatch(text)
    if not match or not FIRST_YEAR <= int(match["year"]) <= LAST_YEAR:
        raise _bad(text)
    year = int(match["year"])
    if match["half"]:
        half = int(match["half"])
        return Period(text, HALF, year, 6 * half - 5, 6 * half)
    if match["quarter"]:
        quarter = int(match["quarter"])
        return Period(text, QUARTER, year, 3 * quarter - 2, 3 * quarter)
    if match["nine"]:
        return Period(text, NINE_MONTHS, year, 1, 9)
    if match["month"]:
        month = int(match["month"])
        if not 1 <= month <= 12:
            raise _bad(text)
        return Period(text, MONTH, year, month, month)
    return Period(text, YEAR, year)


def month_of(day: date) -> Period:
    """The reporting month (by decree) that a day falls in: from the 15th on the next one."""
    year, month = day.year, day.month + (day.day >= 15)
    return parse_period(_text(MONTH, year + 1, 1) if month > 12 else _text(MONTH, year, month))


def previous(period: Period) -> Period | None:
    """The same kind of period just before; for half-years, nine months and years the one a year ago.

    None for an explicit range and where the calendar begins.
    """
    same_year = period.kind in (MONTH, QUARTER) and period.first_month > 1
    if period.kind == RANGE or (period.year == FIRST_YEAR and not same_year):
        return None
    if same_year:
        return parse_period(_text(period.kind, period.year, period.first_month - 1))
    if period.kind in (MONTH, QUARTER):
        return parse_period(_text(period.kind, period.year - 1, 12))
    return parse_period(period.text.replace(f"{period.year:04d}", f"{period.year - 1:04d}", 1))


def year_before(period: Period) -> Period | None:
    """The same period a year ago; None for an explicit range and where the calendar begins."""
    if period.kind == RANGE or period.year == FIRST_YEAR:
        return None
    return parse_period(period.text.replace(f"{period.year:04d}", f"{period.year - 1:04d}", 1))


def year_to_date(period: Period, calendar: str) -> str:
    """The range from the first day of the period's year to its last day, as a period."""
    start, _end = parse_period(f"{period.year:04d}").window(calendar)
    return f"{start.isoformat()}..{period.window(calendar)[1].isoformat()}"


def _text(kind: str, year: int, last_month: int) -> str:
    return f"{year:04d}-M{last_month:02d}" if kind == MONTH else f"{year:04d}-Q{last_month // 3}"


def _range(text: str, start: str, end: str) -> Period:
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        raise _bad(text) from None
    if first > last:
        raise _bad(text)
    return Period(text, RANGE, first.year, start=first, end=last)


def _month_end(year: int, month: int) -> date:
    return (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _bad(text: str) -> Refused:
    return Refused(
        "bad_period",
        _(
            "Không hiểu kỳ «%(period)s». Viết như 2024, 2024-H1, 2024-Q3, 2024-9M, 2024-M09 "
            "hoặc 2024-01-01..2024-09-30 (ngày đầu không sau ngày cuối)."
        )
        % {"period": text},
    )
