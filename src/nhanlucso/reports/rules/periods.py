"""Which period a kind of report is about, and the year that its shares are read over."""

from __future__ import annotations

from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.numbers import vi_date
from nhanlucso.kernel.periods import HALF, MONTH, NINE_MONTHS, QUARTER, RANGE, YEAR, Period, parse_period
from nhanlucso.reports.rules.content import Content

KINDS = {
    MONTH: "báo cáo tháng",
    QUARTER: "báo cáo quý",
    HALF: "báo cáo 6 tháng",
    NINE_MONTHS: "báo cáo 9 tháng",
    YEAR: "báo cáo năm",
}
_EXAMPLES = {MONTH: "2024-M09", QUARTER: "2024-Q3", HALF: "2024-H1", NINE_MONTHS: "2024-9M", YEAR: "2024"}


def checked_period(kind: str, text: str) -> Period:
    """The period of a report of that kind. Raises Refused("bad_kind", "bad_period")."""
    if kind not in KINDS:
        raise Refused("bad_kind", f"Không có loại báo cáo «{kind}»; chọn {', '.join(KINDS)}.")
    period = parse_period(text)
    if period.kind != kind:
        fitting = (
            f"{KINDS[period.kind]} ({period.kind})" if period.kind != RANGE else "không có loại báo cáo nào"
        )
        raise Refused(
            "bad_kind",
            f"Kỳ «{text}» không hợp với {KINDS[kind]}; kỳ này là của {fitting}. Viết kỳ như {_EXAMPLES[kind]}.",
        )
    return period


def periods_of(year: int) -> tuple[tuple[Period, ...], ...]:
    """The periods of a year that reports are written for, by kind: the year and its parts, quarters, months."""
    texts = (
        [f"{year:04d}-H1", f"{year:04d}-9M", f"{year:04d}-H2", f"{year:04d}"],
        [f"{year:04d}-Q{quarter}" for quarter in range(1, 5)],
        [f"{year:04d}-M{month:02d}" for month in range(1, 13)],
    )
    return tuple(tuple(map(parse_period, row)) for row in texts)


def calendar_words(content: Content) -> str:
    """«lịch kỳ báo cáo theo NĐ 09/2019/NĐ-CP: 15/12/2023–14/09/2024»."""
    span = "–".join(vi_date(day) for day in content.window)
    if content.calendar == "decree":
        return f"lịch kỳ báo cáo theo NĐ 09/2019/NĐ-CP: {span}"
    return f"lịch kỳ báo cáo theo tháng dương lịch: {span}"
