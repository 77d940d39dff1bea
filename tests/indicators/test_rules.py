"""Qualifiers and bounds."""

from __future__ import annotations

import pytest

from nhanlucso.indicators.rules import combine, share


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([], "exact"),
        (["exact", "exact"], "exact"),
        (["exact", "over"], "over"),
        (["over", "over"], "over"),
        (["over", "nearly"], "about"),
        (["over", "under"], "about"),
        (["nearly", "under"], "under"),
        (["nearly", "nearly", "exact"], "nearly"),
        (["about", "exact"], "about"),
        (["about", "under"], "about"),
    ],
)
def test_combined_qualifiers(parts: list[str], whole: str) -> None:
    assert combine(parts) == whole


def test_share_without_a_denominator_is_unknown_not_zero() -> None:
    assert share(0, 0, 0, 0) == (None, None, None)
    assert share(0, 0, 0, 3) == (None, 0.0, 0.0)
    assert share(0, 0, 3, 3) == (None, 100.0, 100.0)
    assert share(0, 0, 1, 3) == (None, 0.0, 100.0)


@pytest.mark.parametrize("n", range(4))
@pytest.mark.parametrize("q", range(3))
def test_bounds_of_a_share_are_its_extremes(n: int, q: int) -> None:
    """Against every choice of the undecided members."""
    d, u = 3, 2
    if q > u:
        return
    choices = [100 * (n + hits) / (d + hits + others) for hits in range(q + 1) for others in range(u - q + 1)]
    assert share(n, d, q, u)[1:] == (min(choices), max(choices))
