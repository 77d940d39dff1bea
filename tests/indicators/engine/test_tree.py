"""The arithmetic of the tree, against counting with sets."""

from __future__ import annotations

from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nhanlucso.indicators.engine.placing import Placing
from nhanlucso.indicators.engine.tally import every, once
from nhanlucso.indicators.engine.tree import NOWHERE, Tree

# Units 1 and 2 are roots; 1 holds 3 and 4, 3 holds 5 and 6.
CLOSURE = {1: (1,), 2: (2,), 3: (3, 1), 4: (4, 1), 5: (5, 3, 1), 6: (6, 3, 1)}


def test_common_ancestors() -> None:
    tree = Tree(CLOSURE)
    place = tree.positions
    pairs = {(5, 6): 3, (5, 4): 1, (3, 6): 3, (1, 5): 1, (5, 2): None}
    one, other = (np.array([place[pair[n]] for pair in pairs], dtype=np.int32) for n in (0, 1))
    expected = [NOWHERE if unit is None else place[unit] for unit in pairs.values()]
    assert tree.common(one, other).tolist() == expected


def test_a_person_in_two_units_is_one_person_above_them() -> None:
    """The worked example of docs/engine.md."""
    tree = Tree(CLOSURE)
    placing = Placing(tree, enumerate([[5], [6], [4]]))
    people, anchors = np.array([1, 1, 2, 2, 3]), np.array([0, 1, 1, 2, 2])
    ((value, undecided),) = once(placing, people, anchors, [np.ones(5, dtype=np.int64)])
    assert dict(zip(tree.units, value.tolist(), strict=True)) == {1: 3, 3: 2, 5: 1, 6: 2, 4: 2, 2: 0}
    assert not undecided.any()


@given(seed=st.integers(0, 10**9))
def test_counts_are_those_of_sets(seed: int) -> None:
    random = Random(seed)
    closure = random_closure(random)
    units = list(closure)
    anchors = [
        random.sample([*units, -1], random.randint(1, min(4, len(units))))  # -1: a unit that is not there
        if random.random() < 0.4
        else [random.choice(units)]
        for _ in range(random.randint(1, 12))
    ]
    placing = Placing(Tree(closure), enumerate(anchors))
    size = random.randint(0, 60)
    people = [random.randrange(10) for _ in range(size)]
    held = [random.randrange(-len(anchors), len(anchors)) for _ in range(size)]  # below 0: twins
    amounts = [person % 3 for person in people]
    columns = [np.array(column, dtype=np.int64) for column in (people, held, amounts)]
    ((value, undecided),) = once(placing, columns[0], columns[1], [columns[2]])
    summed, perhaps = every(placing, columns[1], columns[2])
    for place, unit in enumerate(placing.tree.units):
        rows = [(p, how(closure, anchors, anchor, unit)) for p, anchor in zip(people, held, strict=True)]
        sure = {p for p, standing in rows if standing == 2}
        some = {p for p, standing in rows if standing == 1} - sure
        assert value[place] == sum(p % 3 for p in sure)
        assert undecided[place] == sum(p % 3 for p in some)
        assert summed[place] == sum(p % 3 for p, standing in rows if standing == 2)
        assert perhaps[place] == sum(p % 3 for p, standing in rows if standing == 1)


def how(closure: dict[int, tuple[int, ...]], anchors: list[list[int]], anchor: int, unit: int) -> int:
    """2: surely in the unit; 1: perhaps; 0: not."""
    inside = [unit in closure.get(one, ()) for one in anchors[anchor if anchor >= 0 else -1 - anchor]]
    return 0 if not any(inside) else 2 if all(inside) and anchor >= 0 else 1


def random_closure(random: Random) -> dict[int, tuple[int, ...]]:
    closure: dict[int, tuple[int, ...]] = {}
    for unit in random.sample(range(100), random.randint(1, 25)):
        above = random.choice([None, *closure])
        closure[unit] = (unit, *(closure[above] if above is not None else ()))
    return closure
