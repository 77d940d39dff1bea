"""Where people of the register are, against the unit that a row names: the same, what became of it, near, elsewhere."""

from __future__ import annotations

from collections import Counter
from datetime import date

from nhanlucso.exchange.sheets.linkage.people import Known, KnownPost
from nhanlucso.exchange.sheets.register import Register
from nhanlucso.orgs.rules import History


class Places:
    """Units of people on the day of the import, carried through all that became of them."""

    def __init__(self, past: History, on: date, register: Register) -> None:
        self.past, self.on = past, on
        self._register = register
        self._carried: dict[tuple[int, date], frozenset[int]] = {}
        self._relations: dict[tuple[int, date, int], tuple[str, float]] = {}
        self._lines: dict[int, frozenset[int]] = {}
        self._shares: dict[tuple[str, int], float] = {}
        self._people: Counter[int] | None = None

    def relation(self, known: Known, unit: int) -> tuple[str, float]:
        """A key of `weights.UNIT` and the share of the register of which it is true; empty where nothing is known of
        the person's units."""
        posts = known.posts
        if len(posts) > 1:
            posts = known.posts_on(self.on) or posts[-1:]
            return min((self._of_post(post, unit) for post in posts), key=_rank)
        return self._of_post(posts[0], unit) if posts else ("", 1.0)

    def same(self, post: KnownPost, unit: int) -> bool:
        """Whether a post is in the unit, or both have become one."""
        return self._of_post(post, unit)[0] in ("same_unit", "became_unit")

    def _of_post(self, post: KnownPost, unit: int) -> tuple[str, float]:
        key = (post.unit, post.valid_from, unit)
        found = self._relations.get(key)
        if found is None:
            level = self._compare(post, unit)
            found = self._relations[key] = (level, self._share(level, unit))
        return found

    def _compare(self, post: KnownPost, unit: int) -> str:
        if post.unit == unit:
            return "same_unit"
        mine, theirs = self.carried(post.unit, post.valid_from), self.carried(unit, self.on)
        if mine == theirs and len(mine) == 1:
            return "became_unit"
        if not mine.isdisjoint(theirs):
            return "near_unit"
        near = any(not self._line(one).isdisjoint(theirs) for one in mine)
        near = near or any(not self._line(one).isdisjoint(mine) for one in theirs)
        return "near_unit" if near else "other_unit"

    def carried(self, unit: int, since: date) -> frozenset[int]:
        """What a unit of some day has become on the day of the import."""
        key = (unit, since)
        found = self._carried.get(key)
        if found is None:
            position = self.past.first_exit(unit, min(since, self.on))
            found = self._carried[key] = self.past.carry_from(unit, position, self.on)
        return found

    def _line(self, unit: int) -> frozenset[int]:
        """A unit and those above it."""
        if unit not in self._lines:
            self._lines[unit] = frozenset(self.past.closure(self.on).get(unit, (unit,)))
        return self._lines[unit]

    def _share(self, level: str, unit: int) -> float:
        """Of the register in a unit, or above and below it; nearly all are elsewhere."""
        if level == "other_unit":
            return 1.0
        key = (level, unit)
        if key not in self._shares:
            people = self._count()
            homes = self.carried(unit, self.on)
            count = sum(people[home] for home in homes)
            if level == "near_unit":
                count += sum(
                    number
                    for other, number in people.items()
                    if not homes.isdisjoint(self._line(other)) or other in self._line(unit)
                )
            self._shares[key] = min(1.0, count / max(self._register.frequencies.size, 1))
        return self._shares[key]

    def _count(self) -> Counter[int]:
        """How many people of the subtree there are in each unit of the day."""
        if self._people is None:
            self._people = Counter()
            for known in self._register.inside:
                for post in (known.posts_on(self.on) or known.posts[-1:])[:1]:
                    for home in self.carried(post.unit, post.valid_from):
                        self._people[home] += 1
        return self._people


def _rank(relation: tuple[str, float]) -> int:
    return _ORDER.index(relation[0])


_ORDER = ("same_unit", "became_unit", "near_unit", "other_unit")
