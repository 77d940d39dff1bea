"""Sums and distinct counts on trees from rows that hang at anchors: what surely belongs, and what may."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nhanlucso.indicators.engine.placing import Placing
from nhanlucso.indicators.engine.tree import Ints

Tally = tuple[Ints, Ints]  # for every position of a tree: surely, perhaps
_WIDTH = 63  # bits of a key


def every(placing: Placing, anchors: Ints, amounts: Ints) -> Tally:
    """Sums of amounts, each row counting for itself."""
    tree = placing.tree
    sure = placing.at[anchors]
    value = tree.rolled_up(tree.scattered(sure, amounts))
    undecided = np.flatnonzero(placing.is_open[anchors])
    if not len(undecided):
        return value, np.zeros_like(value)
    which, candidates = placing.candidates(anchors[undecided])
    order = np.lexsort((candidates, which))
    which, candidates = which[order], candidates[order]
    possible = tree.distinct(which, candidates, amounts[undecided][which])
    return value, possible - tree.rolled_up(tree.scattered(sure[undecided], amounts[undecided]))


def once(placing: Placing, things: Ints, anchors: Ints, amounts: Sequence[Ints]) -> list[Tally]:
    """Sums of amounts, each thing counting once in every unit where it has rows; amounts are alike in all rows of a
    thing. What surely belongs to a unit by one row is not open there by another."""
    names, numbers = np.unique(things, return_inverse=True)
    keys = Keys([placing], len(names))
    keys.add(keys.gathered(np.zeros_like(numbers), numbers, anchors))
    weights = []
    for amount in amounts:
        weight = np.zeros(len(names), dtype=np.int64)
        weight[numbers] = amount
        weights.append(weight)
    return keys.tallies(0, weights)


class Keys:
    """Things by group and position, each packed into one number; gathered in parts, sorted once.

    A group has a placing of its own (all of the same anchors); things are numbers from 0 below `things`.
    """

    def __init__(self, placings: Sequence[Placing], things: int) -> None:
        """Raises OverflowError if there are too many things for one number."""
        self._placings = placings
        self._stride = len(placings[0].at)
        self._at = np.concatenate([placing.at for placing in placings])
        self._is_open = np.concatenate([placing.is_open for placing in placings])
        self._position_bits = max(placing.tree.size for placing in placings).bit_length()
        self._bits = max(things, 1).bit_length() + self._position_bits  # of a key without its group
        if self._bits + len(placings).bit_length() > _WIDTH:
            raise OverflowError
        self._parts: list[tuple[Ints, Ints]] = []
        self._sorted: tuple[Ints, Ints] | None = None

    def gathered(self, groups: Ints, things: Ints, anchors: Ints) -> tuple[Ints, Ints]:
        """The keys (sure, possible) of rows, sorted, repeats left out; to be `add`ed. Safe in several threads."""
        index = groups * self._stride + anchors
        positions = self._at[index]
        names = (groups.astype(np.int64) << self._bits) | (things.astype(np.int64) << self._position_bits)
        held = positions >= 0
        sure = sorted_once((names | positions)[held] if not held.all() else names | positions)
        undecided = np.flatnonzero(self._is_open[index])
        if not len(undecided):
            return sure, sure[:0]
        found = []
        for group, placing in enumerate(self._placings):
            mine = undecided[groups[undecided] == group]
            which, candidates = placing.candidates(anchors[mine])
            found.append(names[mine][which] | candidates)
        return sure, sorted_once(*found)

    def add(self, part: tuple[Ints, Ints]) -> None:
        self._parts.append(part)

    def tallies(self, group: int, weights: Sequence[Ints | None]) -> list[Tally]:
        """The tally of a group for each list of amounts by thing, where None counts things."""
        sure, possible = (self._of_group(keys, group) for keys in self._in_order())
        placing = self._placings[group]
        values = [self._counted(placing, sure, weight) for weight in weights]
        if not len(possible):
            return [(value, np.zeros_like(value)) for value in values]
        undecided = np.unique(possible >> self._position_bits)
        theirs = sure[np.isin(sure >> self._position_bits, undecided)]
        reach = sorted_once(possible, theirs)
        return [
            (value, self._counted(placing, reach, weight) - self._counted(placing, theirs, weight))
            for value, weight in zip(values, weights, strict=True)
        ]

    def _in_order(self) -> tuple[Ints, Ints]:
        if self._sorted is None:
            self._sorted = (
                sorted_once(*(sure for sure, _ in self._parts)),
                sorted_once(*(possible for _, possible in self._parts)),
            )
            self._parts = []
        return self._sorted

    def _of_group(self, keys: Ints, group: int) -> Ints:
        start, end = np.searchsorted(keys, [group << self._bits, (group + 1) << self._bits])
        return keys[start:end] & ((1 << self._bits) - 1)

    def _counted(self, placing: Placing, keys: Ints, weight: Ints | None) -> Ints:
        things = keys >> self._position_bits
        positions = keys & ((1 << self._position_bits) - 1)
        return placing.tree.distinct(things, positions, None if weight is None else weight[things])


def sorted_once(*parts: Ints) -> Ints:
    """All numbers of the parts in order, each once."""
    numbers: Ints = np.concatenate([np.zeros(0, dtype=np.int64), *parts])
    numbers.sort()
    new = np.ones(len(numbers), dtype=np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=new[1:])
    return numbers if new.all() else numbers[new]
