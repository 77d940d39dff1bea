"""Sums and distinct counts on trees from rows that hang at anchors: what surely belongs, and what may."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from nhanlucso.indicators.engine.placing import Placing
from nhanlucso.indicators.engine.tree import NOWHERE, Ints, common, scattered, side_by_side

Tally = tuple[Ints, Ints]  # for every position of a tree: surely, perhaps
WORKERS = 2
_WIDTH = 63  # bits of a key
_TOGETHER = 1 << 19  # about how many keys are sorted at a time
_SAMPLE = 1 << 6  # every so manieth key is looked at to find equal ranges
_Result = TypeVar("_Result")


def every(placing: Placing, anchors: Ints, amounts: Ints) -> Tally:
    """Sums of amounts, each row counting for itself."""
    tree = placing.tree
    sure = placing.at[anchors]
    value = tree.rolled_up(scattered(tree.size, sure, amounts))
    undecided = np.flatnonzero(placing.is_open[anchors])
    if not len(undecided):
        return value, np.zeros_like(value)
    which, candidates = placing.candidates(anchors[undecided])
    order = np.lexsort((candidates, which))
    which, candidates = which[order], candidates[order]
    possible = tree.distinct(which, candidates, amounts[undecided][which])
    return value, possible - tree.rolled_up(scattered(tree.size, sure[undecided], amounts[undecided]))


def once(placing: Placing, things: Ints, anchors: Ints, amounts: Sequence[Ints]) -> list[Tally]:
    """Sums of amounts, each thing counting once in every unit where it has rows; amounts are alike in all rows of a
    thing. What surely belongs to a unit by one row is not open there by another."""
    names, numbers = np.unique(things, return_inverse=True)
    keys = Keys([placing], len(names), placing.size)
    keys.add(keys.gathered(numbers, np.where(anchors < 0, placing.size + anchors, anchors)))
    weights = []
    for amount in amounts:
        weight = np.zeros(len(names), dtype=np.int64)
        weight[numbers] = amount
        weights.append(weight)
    return [tallies[0] for tallies in keys.tallies(weights)]


class Keys:
    """Things by group and position, each packed into one number; gathered in parts, sorted once.

    A group has a placing of its own (all of the same anchors); things are numbers from 0 below `things`. Positions of
    all groups lie one after the other, so that all are counted in one go. An *index* is the number of the group times
    `stride` and the anchor; what has the group after the last one counts nowhere.
    """

    def __init__(self, placings: Sequence[Placing], things: int, stride: int) -> None:
        """Raises OverflowError if there are too many things for one number."""
        self._placings, self._stride = placings, stride
        trees = [placing.tree for placing in placings]
        self._ends = np.cumsum([tree.size for tree in trees])
        self._levels = side_by_side(trees)
        self._position_bits = int(self._ends[-1]).bit_length()
        self._bits = self._position_bits + len(placings).bit_length()  # of a key without its thing
        if self._bits + max(things, 1).bit_length() > _WIDTH:
            raise OverflowError
        self._codes = np.full((len(placings) + 1) * stride, NOWHERE, dtype=np.int64)
        self._is_open = np.zeros((len(placings) + 1) * stride, dtype=np.bool_)
        for group, placing in enumerate(placings):
            mine = slice(group * stride, (group + 1) * stride)
            at = placing.at[:stride].astype(np.int64)
            self._codes[mine] = np.where(at >= 0, self._code(group, at), NOWHERE)
            self._is_open[mine] = placing.is_open[:stride]
        self._has_open = bool(self._is_open.any())
        self._sure: list[Ints] = []
        self._possible: list[Ints] = []

    def _code(self, group: int, positions: Ints) -> Ints:
        before = int(self._ends[group]) - self._placings[group].tree.size
        return positions + (before + (group << self._position_bits))

    def gathered(self, things: Ints, index: Ints) -> tuple[Ints, Ints]:
        """The keys (sure, possible) of rows, sorted; to be `add`ed. Safe in several threads."""
        possible: Ints = np.zeros(0, dtype=np.int64)
        if self._has_open:
            undecided = np.flatnonzero(self._is_open.take(index))
            possible = self._candidates(things[undecided], index[undecided])
        codes = self._codes.take(index)
        if len(codes) and codes.min() < 0:
            held = codes >= 0
            things, codes = things[held], codes[held]
        keys = things << self._bits
        keys |= codes
        keys.sort()
        return keys, possible

    def _candidates(self, things: Ints, index: Ints) -> Ints:
        found = []
        for group, placing in enumerate(self._placings):
            mine = np.flatnonzero(index // self._stride == group)
            which, candidates = placing.candidates(placing.named(index[mine] % self._stride))
            found.append((things[mine][which] << self._bits) | self._code(group, candidates.astype(np.int64)))
        keys = np.concatenate(found)
        keys.sort()
        return keys

    def add(self, part: tuple[Ints, Ints]) -> None:
        self._sure.append(part[0])
        self._possible.append(part[1])

    def tallies(self, weights: Sequence[Ints | None]) -> list[list[Tally]]:
        """For each list of amounts by thing, where None counts things, the tallies of all groups."""
        shape = (len(weights), int(self._ends[-1]))
        value, undecided = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        for more, perhaps in in_ranges(
            (self._sure, self._possible),
            self._bits,
            lambda sure, possible: self._counted(sure, possible, weights),
        ):
            value += more
            undecided += perhaps
        return [
            [
                (
                    placing.tree.rolled_up(value[nth, end - placing.tree.size : end]),
                    placing.tree.rolled_up(undecided[nth, end - placing.tree.size : end]),
                )
                for placing, end in zip(self._placings, self._ends.tolist(), strict=True)
            ]
            for nth in range(len(weights))
        ]

    def _counted(self, sure: Ints, possible: Ints, weights: Sequence[Ints | None]) -> tuple[Ints, Ints]:
        """By weight and position what surely counts there, and what perhaps; to be summed up the trees."""
        value = np.stack([self._at(sure, weight) for weight in weights])
        if not len(possible):
            return value, np.zeros_like(value)
        undecided = np.unique(possible >> self._position_bits)
        theirs = sure[np.isin(sure >> self._position_bits, undecided)]
        reach = sorted_once(possible, theirs)
        return value, np.stack([self._at(reach, weight) - self._at(theirs, weight) for weight in weights])

    def _at(self, keys: Ints, weight: Ints | None) -> Ints:
        """1 (or its amount) for each key, taken away where two neighbours of one thing and group meet."""
        names, positions = keys >> self._position_bits, keys & ((1 << self._position_bits) - 1)
        again = np.flatnonzero(names[1:] == names[:-1])
        meet = common(self._levels, positions[again], positions[again + 1])
        size = int(self._ends[-1])
        if weight is None:
            return scattered(size, positions) - scattered(size, meet)
        amounts = weight[keys >> self._bits]
        return scattered(size, positions, amounts) - scattered(size, meet, amounts[again])


def in_ranges(piles: Sequence[Sequence[Ints]], bits: int, work: Callable[..., _Result]) -> Iterator[_Result]:
    """What `work` makes of the sorted numbers of each pile, each once: of one range of numbers after the other, two at
    a time. Numbers that differ in their lowest `bits` only are in one range."""
    some = np.sort(np.concatenate([np.zeros(0, dtype=np.int64), *(part[::_SAMPLE] for part in piles[0])]))
    cuts = np.unique(some[_TOGETHER // _SAMPLE :: _TOGETHER // _SAMPLE] >> bits) << bits
    bounds = [[[0, *np.searchsorted(part, cuts).tolist(), len(part)] for part in pile] for pile in piles]

    def one(nth: int) -> _Result:
        return work(
            *(
                sorted_once(*(part[at[nth] : at[nth + 1]] for part, at in zip(pile, of_pile, strict=True)))
                for pile, of_pile in zip(piles, bounds, strict=True)
            )
        )

    with ThreadPoolExecutor(WORKERS) as workers:
        yield from workers.map(one, range(len(cuts) + 1))


def sorted_once(*parts: Ints) -> Ints:
    """All numbers of the parts in order, each once."""
    numbers: Ints = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
    numbers.sort()
    new = np.ones(len(numbers), dtype=np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=new[1:])
    return numbers if new.all() else numbers[new]
