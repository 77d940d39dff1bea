"""What is known of people of several provinces together; plain values.

A pseudonym means somebody within one province. Whether two provinces mean the same person is not known here, so people
of several provinces are added up, and the figure says between which bounds the truth lies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nhanlucso.indicators.catalogue import Indicator
from nhanlucso.indicators.enums import Measure
from nhanlucso.indicators.rules import Figure, combine

OF_PEOPLE = frozenset({"people", "members", "trained", "learners", "days"})
"""Relations that count a person (or the day of a person) once wherever they are; all others count what belongs to one
province alone: classes, teams, a person in a class, a course passed."""


def together(whole: Figure, parts: Sequence[Figure], *, lacking: bool) -> Figure:
    """The figure of all provinces, from that of their facts side by side and that of each. `lacking`: whether there are
    provinces of which nothing is known."""
    found = whole
    if is_of_people(whole.indicator) and sum(_counts(part) for part in parts) > 1:
        found = _share(whole, parts) if whole.indicator.is_share else _number(whole, parts)
    if not lacking:
        return found
    if whole.indicator.is_share:
        return replace(found, qualifier="about", low=None, high=None)
    return replace(found, qualifier=combine([found.qualifier, "over"]), high=None)


def is_of_people(indicator: Indicator) -> bool:
    """Whether somebody of two provinces would be counted twice; what was attended was attended in one of them."""
    return indicator.relation in OF_PEOPLE and indicator.measure is not Measure.ATTENDANCES


def _counts(figure: Figure) -> bool:
    """Whether anybody is, or may be, in it."""
    return bool(figure.denominator or figure.unallocated) if figure.indicator.is_share else bool(figure.high)


def _number(whole: Figure, parts: Sequence[Figure]) -> Figure:
    """At most all of them side by side; at least the people of the largest province."""
    low = max(part.low or 0 for part in parts)
    return replace(whole, low=low, qualifier=combine([whole.qualifier, "under"]))


def _share(whole: Figure, parts: Sequence[Figure]) -> Figure:
    """Everybody who is in several provinces may, at worst, be one of those who qualify (or of those who do not)."""
    spans = [_span(part) for part in parts]
    qualify, not_qualify = sum(s[1] for s in spans), sum(s[3] for s in spans)
    least = max(s[0] for s in spans)
    most_kept = max(0, max(s[2] - (qualify - s[1]) for s in spans))
    low = 100 * least / (least + not_qualify) if least + not_qualify else None
    high = 100 * qualify / (qualify + most_kept) if qualify + most_kept else None
    return replace(
        whole, low=low, high=high if low is None or high is None else max(low, high), qualifier="about"
    )


def _span(figure: Figure) -> tuple[int, int, int, int]:
    """Of a share: fewest and most who qualify, fewest and most who do not."""
    n, d, u = figure.numerator or 0, figure.denominator or 0, figure.unallocated
    return n, n + u, d - n, d - n + u
