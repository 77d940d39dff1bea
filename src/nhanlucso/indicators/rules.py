"""What a figure is, and the arithmetic of bounds and qualifiers; plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from nhanlucso.indicators.catalogue import Indicator


class Count(NamedTuple):
    """Raw counts of one indicator for one unit.

    value, unallocated: in the indicator's own measure (for shares: members of the denominator); hits,
    unallocated_hits: those of them in the numerator. heads: head counts that are placed, heads_open: those that
    may belong here; qualifiers of the placed ones; largest: the most people surely at one class.
    """

    value: int = 0
    unallocated: int = 0
    hits: int = 0
    unallocated_hits: int = 0
    heads: int = 0
    heads_open: int = 0
    qualifiers: tuple[str, ...] = ()
    largest: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as shown everywhere: never a number alone."""

    indicator: Indicator
    unit_id: int
    window: tuple[date, date]
    tree: date
    value: float | int | None
    numerator: int | None
    denominator: int | None
    qualifier: str
    low: float | int | None
    high: float | int | None
    unallocated: int
    as_of: str

    @property
    def unit(self) -> str:
        """The unit of the figure, as the exchange contract writes it."""
        return str(self.indicator.measure.value)


def combine(qualifiers: Iterable[str]) -> str:
    """The qualifier of a sum. exact with q is q; about with any, over with nearly or under: about; nearly with
    under: under."""
    kinds = set(qualifiers) - {"exact"}
    if not kinds:
        return "exact"
    if len(kinds) == 1:
        return kinds.pop()
    return "under" if kinds == {"nearly", "under"} else "about"


def judge(
    indicator: Indicator, unit_id: int, window: tuple[date, date], tree: date, count: Count, as_of: str
) -> Figure:
    """The figure that raw counts give."""
    if indicator.is_share:
        value, low, high = share(count.hits, count.value, count.unallocated_hits, count.unallocated)
        return Figure(
            indicator, unit_id, window, tree, value, count.hits, count.value, "exact", low, high,
            count.unallocated, as_of,
        )  # fmt: skip
    total, low, high, unallocated, qualifier = _bounds(indicator, count)
    return Figure(
        indicator, unit_id, window, tree, total, None, None, qualifier, low, high, unallocated, as_of
    )  # fmt: skip


def _bounds(indicator: Indicator, count: Count) -> tuple[int, int, int, int, str]:
    """(value, low, high, unallocated, qualifier) of a number that is not a share."""
    if indicator.relation == "pairs":
        value, unallocated = count.value + count.heads, count.unallocated + count.heads_open
        return value, value, value + unallocated, unallocated, combine(count.qualifiers)
    if indicator.relation == "trained":
        high = count.value + count.unallocated + count.heads + count.heads_open
        qualifier = "over" if count.heads else "exact"
        return count.value, max(count.value, count.largest), high, count.unallocated, qualifier
    return count.value, count.value, count.value + count.unallocated, count.unallocated, "exact"


def share(n: int, d: int, q: int, u: int) -> tuple[float | None, float | None, float | None]:
    """(value, low, high) in percent of n of d, with u undecided members of whom q would be in the numerator."""
    value = 100 * n / d if d else None
    if d:
        return value, 100 * n / (d + u - q), 100 * (n + q) / (d + q)
    if not u:
        return None, None, None
    return None, 0.0 if q < u else 100.0, 100.0 if q else 0.0
