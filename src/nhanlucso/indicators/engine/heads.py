"""Head counts on a tree: people present who stand on no roster."""

from __future__ import annotations

import numpy as np

from nhanlucso.indicators.engine import relations
from nhanlucso.indicators.engine.placing import Placing
from nhanlucso.indicators.engine.relations import Window
from nhanlucso.indicators.engine.source import Source
from nhanlucso.indicators.engine.tally import every
from nhanlucso.indicators.engine.tree import Ints

_AT_LEAST = ("exact", "over")  # of these at least so many were there


class Heads:
    """The head counts of a window, by position: `placed` and `open` people, how many `rows` are placed, and the
    `largest` number of people surely at one class that has a head count (0 unless asked for)."""

    def __init__(
        self, store: Source, window: Window, placing: Placing, among: str, *, with_classes: bool
    ) -> None:
        """`among`: a further condition on anchors."""
        self._tree = placing.tree
        found = store.columns(
            f"""SELECT anchor, qualifier, sum(amount)::BIGINT AS amount, count(*) AS rows
            FROM ({relations.heads(window)}) WHERE anchor IS NOT NULL{among} GROUP BY anchor, qualifier"""
        )
        self.placed, self.open = every(placing, found["anchor"], found["amount"])
        self._by_qualifier = {
            str(kind): every(placing, found["anchor"], found["rows"] * (found["qualifier"] == kind))[0]
            for kind in sorted(set(found["qualifier"]))
        }
        self.rows = np.zeros(placing.tree.size, dtype=np.int64)
        for rows in self._by_qualifier.values():
            self.rows += rows
        self.largest: Ints = np.zeros(placing.tree.size, dtype=np.int64)
        if with_classes and len(found["anchor"]):
            self._find_largest(store, window, placing, among)

    def qualifiers(self, position: int) -> tuple[str, ...]:
        """Those of the head counts placed in a unit."""
        return tuple(kind for kind, rows in self._by_qualifier.items() if rows[position])

    def _find_largest(self, store: Source, window: Window, placing: Placing, among: str) -> None:
        """Of each class, people of the roster and of the head counts that say no less; a head count without a class
        is a class of its own. Rosters alone are never more than the people trained, so they are not looked at."""
        counted = f"SELECT * FROM ({relations.heads(window)}) WHERE qualifier IN {_AT_LEAST}"
        found = store.columns(
            f"""SELECT anchor, class, sum(amount)::BIGINT AS people FROM (
              SELECT anchor, coalesce(item, -1 - key) AS class, amount FROM ({counted})
              UNION ALL SELECT anchor, item, amount FROM ({relations.pairs(window)})
              WHERE item IN (SELECT item FROM ({counted})))
            WHERE anchor IS NOT NULL{among} GROUP BY anchor, class"""
        )
        which, above = self._tree.lines(placing.at[found["anchor"]])
        _, numbers = np.unique(found["class"], return_inverse=True)
        keys, sums = np.unique(numbers[which] * self._tree.size + above, return_inverse=True)
        people = np.zeros(len(keys), dtype=np.int64)
        np.add.at(people, sums, found["people"][which])
        np.maximum.at(self.largest, keys % self._tree.size, people)
