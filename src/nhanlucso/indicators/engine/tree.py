"""The tree of a date as arrays, and counting distinct things in all its units at once.

Units are numbered depth first, so that a unit and all below it are one run of numbers. If the places of one person are
sorted by these numbers, then 1 added at every place and 1 taken away at the lowest common ancestor of each two
neighbours sum up, over the run of any unit, to 1 if the person has a place there and to 0 if not: one sort counts
distinct people everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.signedinteger[Any]]
NOWHERE = -1


class Tree:
    """Units in depth-first order; a *position* is the number of a unit in it, NOWHERE that of no unit."""

    def __init__(self, closure: Mapping[int, tuple[int, ...]]) -> None:
        """`closure`: for every unit itself and its ancestors, nearest first."""
        lines = sorted(line[::-1] for line in closure.values())
        self.units = [line[-1] for line in lines]
        self.positions = {unit: place for place, unit in enumerate(self.units)}
        self.size = len(lines)
        depth = max(map(len, lines), default=0)
        # levels[d][p]: the ancestor of p at depth d; below p itself a number that nothing else has.
        self.levels = np.repeat(-2 - np.arange(self.size, dtype=np.int32)[None, :], depth, axis=0)
        for place, line in enumerate(lines):
            self.levels[: len(line), place] = [self.positions[unit] for unit in line]
        self._ends = np.zeros(self.size, dtype=np.int64)
        for level in self.levels:
            held = np.flatnonzero(level >= 0)
            np.maximum.at(self._ends, level[held], held + 1)

    def common(self, one: Ints, other: Ints) -> Ints:
        """The lowest common ancestor of each pair of positions, NOWHERE for pairs without one."""
        return common(self.levels, one, other)

    def lines(self, positions: Ints) -> tuple[Ints, Ints]:
        """(which, above): every position itself and all above it; `which` numbers the given ones."""
        which, above = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for level in self.levels:
            at = level[positions]
            held = np.flatnonzero((at >= 0) & (positions >= 0))
            which.append(held)
            above.append(at[held])
        return np.concatenate(which), np.concatenate(above)

    def rolled_up(self, at: Ints) -> Ints:
        """For every unit the sum over itself and all below it."""
        running = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(at)])
        total: Ints = running[self._ends] - running[: self.size]
        return total

    def distinct(self, things: Ints, positions: Ints, amounts: Ints | None = None) -> Ints:
        """For every unit how many things have a position in it, or the sum of their amounts. Rows are sorted by
        thing, then position, and no two are alike; `amounts` are of the things of the rows."""
        at = scattered(self.size, positions, amounts)
        again = np.flatnonzero(things[1:] == things[:-1])
        meet = self.common(positions[again], positions[again + 1])
        at -= scattered(self.size, meet, None if amounts is None else amounts[again])
        return self.rolled_up(at)


def side_by_side(trees: Sequence[Tree]) -> Ints:
    """The levels of trees one after the other; units of two trees have nothing in common."""
    depth = max(len(tree.levels) for tree in trees)
    found, before = [], 0
    for tree in trees:
        levels = np.repeat(-2 - np.arange(tree.size, dtype=np.int32)[None, :], depth, axis=0)
        levels[: len(tree.levels)] = tree.levels
        found.append(np.where(levels >= 0, levels + before, levels - before))
        before += tree.size
    return np.concatenate(found, axis=1)


def common(levels: Ints, one: Ints, other: Ints) -> Ints:
    """As `Tree.common`, by the levels of a tree or of several side by side."""
    found: Ints = np.full(len(one), NOWHERE, dtype=np.int32)
    for level in levels:
        above = level[one]
        same = above == level[other]
        if not same.any():
            break
        np.copyto(found, above, where=same)
    return found


def scattered(size: int, positions: Ints, amounts: Ints | None = None) -> Ints:
    """The sum of amounts (without any: 1 each) at every position below `size`; those NOWHERE are left out."""
    if len(positions) and positions.min() < 0:
        held = positions >= 0
        positions, amounts = positions[held], None if amounts is None else amounts[held]
    sums = np.zeros(size, dtype=np.int64)
    if amounts is None:
        sums += np.bincount(positions, minlength=size)
    else:
        np.add.at(sums, positions, amounts)
    return sums
