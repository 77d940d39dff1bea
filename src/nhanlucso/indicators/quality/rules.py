"""Quarters by number, and what is usual; plain values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from statistics import median

NORMAL = 1.4826  # median distances to one standard deviation


def quarter_of(day: date) -> int:
    """The reporting quarter (by decree) of a day: year * 4 + 0 … 3; from the 15th on the next month counts."""
    months = day.year * 12 + day.month - 1 + (day.day >= 15)
    return months // 3


def quarter_name(number: int) -> str:
    """«2024-Q3»."""
    return f"{number // 4:04d}-Q{number % 4 + 1}"


def year_of(day: date) -> int:
    """The reporting year (by decree) of a day."""
    return quarter_of(day) // 4


def expected_range(earlier: Sequence[int], spread: int) -> tuple[int, int]:
    """What is usual after these values: their median plus and minus `spread` times their median distance from it
    (never less than a tenth of the median, nor than 1)."""
    middle = median(earlier)
    distance = NORMAL * median(abs(value - middle) for value in earlier)
    reach = spread * max(distance, middle / 10, 1)
    return max(0, math.ceil(middle - reach)), math.floor(middle + reach)
