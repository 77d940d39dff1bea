"""Where every anchor lies on the tree of a date: surely, or perhaps."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from nhanlucso.indicators.engine.tree import NOWHERE, Ints, Tree

Flags = npt.NDArray[np.bool_]
FEW = 2_000  # anchors that are worth naming in a query


class Placing:
    """Anchors on a tree. An anchor whose unit was split has several *candidates*: its facts surely belong to the units
    that hold them all, and perhaps to those that hold some.

    The twin -1 - a of anchor a stands for facts of which it is not known whether they count: perhaps, wherever a is.
    Arrays by anchor have a place for «no anchor» (`missing`) and, from the end, one for every twin, so that anchors,
    twins and `missing` are all plain indices.
    """

    def __init__(self, tree: Tree, anchors: Iterable[tuple[int, Collection[int]]]) -> None:
        """`anchors`: with their candidates, which need not all be in the tree."""
        self.tree = tree
        held = list(anchors)
        self.missing = max((anchor for anchor, _ in held), default=-1) + 1
        self.size = 2 * self.missing + 1
        self.at: Ints = np.full(self.size, NOWHERE, dtype=np.int32)
        self.is_open: Flags = np.arange(self.size) > self.missing
        owners, places = [], []
        for anchor, candidates in held:
            found = sorted(tree.positions[unit] for unit in candidates if unit in tree.positions)
            if len(candidates) == 1:
                self.at[anchor] = found[0] if found else NOWHERE
            elif found:
                self.is_open[anchor] = True
                self.at[anchor] = self._above_all(found) if len(found) == len(candidates) else NOWHERE
            owners.extend([anchor] * len(found))
            places.extend(found)
        order = np.argsort(np.array(owners, dtype=np.int64), kind="stable")
        self._owners: Ints = np.array(owners, dtype=np.int64)[order]
        self._candidates: Ints = np.array(places, dtype=np.int32)[order]
        self._first = np.searchsorted(self._owners, np.arange(self.missing + 2))
        self.has_open = bool(self.is_open[: self.missing].any())

    def _above_all(self, positions: list[int]) -> int:
        """The lowest unit that holds all positions, which are in order: that above the first and the last."""
        ends = np.array([positions[0], positions[-1]], dtype=np.int32)
        return int(self.tree.common(ends[:1], ends[1:])[0])

    def named(self, index: Ints) -> Ints:
        """The anchors and twins at indices of the arrays."""
        return np.where(index > self.missing, index - self.size, index)

    def candidates(self, anchors: Ints) -> tuple[Ints, Ints]:
        """(which, position) of all candidates of the given anchors or twins; `which` numbers these."""
        real = np.where(anchors >= 0, anchors, -1 - anchors)
        first, count = self._first[real], self._first[real + 1] - self._first[real]
        which = np.repeat(np.arange(len(real)), count)
        step = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
        return which, self._candidates[first[which] + step]

    def rows(self) -> dict[str, npt.NDArray[Any]]:
        """Columns anchor, x (a unit), certain: every unit that an anchor lies in, surely or perhaps."""
        anchors: Ints = np.arange(self.missing)
        which, above = self.tree.lines(self.at[: self.missing])
        owner, candidate = self.candidates(anchors)
        nth, over = self.tree.lines(candidate)
        size = self.tree.size
        surely = anchors[which] * size + above
        both = np.unique(anchors[owner[nth]] * size + over)
        units = np.array(self.tree.units, dtype=np.int64)
        return {"anchor": both // size, "x": units[both % size], "certain": np.isin(both, surely)}

    def inside(self, unit: int) -> tuple[Flags, Flags]:
        """By anchor, whether its facts surely lie in a unit; whether perhaps, and not surely."""
        below = self._below([unit])
        some = np.zeros(self.missing + 1, dtype=np.bool_)
        some[self._owners[below[self._candidates]]] = True
        at = self.at[: self.missing + 1]
        surely: Flags = below[at] & (at >= 0)
        return surely, some & ~surely

    def _below(self, units: Collection[int]) -> Flags:
        """By position, whether it lies in any of the units."""
        asked = np.zeros(self.tree.size, dtype=np.bool_)
        asked[[self.tree.positions[unit] for unit in units if unit in self.tree.positions]] = True
        below = np.zeros(self.tree.size, dtype=np.bool_)
        for level in self.tree.levels:
            below |= (level >= 0) & asked[np.maximum(level, 0)]
        return below

    def touching(self, units: Collection[int]) -> Ints:
        """The anchors with a candidate in any of the units."""
        return np.unique(self._owners[self._below(units)[self._candidates]])


def among(anchors: Ints | None, *, twins: bool = False) -> str:
    """A condition on `anchor` that keeps some anchors (in order; None: all), with their twins if there are any.

    Anchors of a unit are mostly numbered in a row, and groups of rows that lie apart from their range are not read.
    """
    if anchors is None:
        return ""
    if not len(anchors):
        return " AND FALSE"
    ends = np.flatnonzero(np.diff(anchors) != 1)
    runs = list(zip(anchors[[0, *(ends + 1)]].tolist(), anchors[[*ends, -1]].tolist(), strict=True))
    if twins:
        runs += [(-1 - last, -1 - first) for first, last in runs]
    said = " OR ".join(f"anchor BETWEEN {first} AND {last}" for first, last in runs)
    low, high = min(first for first, _ in runs), max(last for _, last in runs)
    return f" AND anchor BETWEEN {low} AND {high} AND ({said})"
