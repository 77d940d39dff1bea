"""Reporting quarters, and what is unusual, by the words of docs/quality.md."""

from __future__ import annotations

from datetime import date
from statistics import median

from tests.reference.world import Window


def quarter(on: date) -> int:
    """year * 4 + 0 … 3; from the 15th on a day is of the next month."""
    return (on.year * 12 + on.month - 1 + (on.day >= 15)) // 3


def window_of(slot: int) -> Window:
    """From the 15th of the month before the quarter to the 14th of its last month."""
    year, quarter = divmod(slot, 4)
    first = date(year - 1, 12, 15) if quarter == 0 else date(year, quarter * 3, 15)
    return first, date(year, quarter * 3 + 3, 14)


def name_of(slot: int) -> str:
    return f"{slot // 4}-Q{slot % 4 + 1}"


def unusual(value: int, earlier: list[int]) -> bool:
    """Five deviations from the median; a deviation is at least a tenth of the median, and at least 1."""
    middle = median(earlier)
    step = max(1.4826 * median(abs(one - middle) for one in earlier), middle / 10, 1)
    return abs(value - middle) > 5 * step
