"""How two births (ISO dates or years) compare."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

_DAY = 10  # letters of an ISO date
LEVELS = ("", "same_birth", "same_year", "swapped_birth", "near_birth", "other_birth")
NONE, SAME, YEAR, SWAPPED, NEAR, OTHER = range(len(LEVELS))


def births_differ(one: str | None, other: str) -> bool:
    """Whether two births (dates or years) cannot be the same."""
    if not one or not other:
        return False
    return one != other if len(one) == len(other) == _DAY else one[:4] != other[:4]


def letters_of(births: Iterable[str]) -> NDArray[np.uint8]:
    """Births as rows of ten letters, zeros behind those of a year."""
    return np.array(list(births), f"S{_DAY}").view(np.uint8).reshape(-1, _DAY)


def birth_levels(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.int8]:
    """What births have in common, row by row of `letters_of`: places in LEVELS, which are keys of `weights.BIRTH`;
    NONE where one of them is unknown."""
    differing = one != other
    count = differing.sum(axis=1)
    known = (one[:, 0] > 0) & (other[:, 0] > 0)
    whole = (one[:, -1] > 0) & (other[:, -1] > 0)
    same_year = ~differing[:, :4].any(axis=1)
    swapped = (one[:, 5:7] == other[:, 8:]).all(axis=1) & (one[:, 8:] == other[:, 5:7]).all(axis=1)
    first = np.minimum(differing.argmax(axis=1), _DAY - 2)
    rows = np.arange(len(one))
    crossed = (one[rows, first] == other[rows, first + 1]) & (one[rows, first + 1] == other[rows, first])
    return np.select(
        [
            *(~known, ~whole & same_year, ~whole, count == 0, same_year & swapped),
            (count == 1) | ((count == 2) & crossed),
        ],
        [NONE, YEAR, OTHER, SAME, SWAPPED, NEAR],
        OTHER,
    ).astype(np.int8)
