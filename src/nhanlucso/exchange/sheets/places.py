"""Where people of the register are, against the unit that a row names: the same, what became of it, near, elsewhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from functools import cached_property

from nhanlucso.exchange.sheets.linkage.people import Home, Known, KnownPost
from nhanlucso.exchange.sheets.register import Register
from nhanlucso.orgs.rules import History

ELSEWHERE = ("other_unit", 1.0)


class Places:
    """Units of people on the day of the import, carried through all that became of them."""

    def __init__(self, past: History, on: date, register: Register) -> None:
        self.past, self.on = past, on
        self._register = register
        self._carried: dict[tuple[int, date], frozenset[int]] = {}
        self._near: dict[int, dict[Home, tuple[str, float]]] = {}
        self._lines: dict[int, frozenset[int]] = {}
        self._shares: dict[tuple[str, int], float] = {}
        self._people: Counter[int] | None = None

    def relation(self, known: Known, unit: int) -> tuple[str, float]:
        """A key of `weights.UNIT` and the share of the register of which it is true; empty where nothing is known of
        the person's units."""
        posts, levels = known.posts, self.near(unit)
        if len(posts) == 1:
            return levels.get(posts[0].home, ELSEWHERE)
        posts = known.posts_on(self.on) or posts[-1:]
        return min((levels.get(post.home, ELSEWHERE) for post in posts), key=_rank, default=("", 1.0))

    def same(self, post: KnownPost, unit: int) -> bool:
        """Whether a post is in the unit, or both have become one."""
        return self.near(unit).get(post.home, ELSEWHERE)[0] in ("same_unit", "became_unit")

    def near(self, unit: int) -> dict[Home, tuple[str, float]]:
        """What `relation` tells of the posts in the unit, above and below it; all others are ELSEWHERE."""
        found = self._near.get(unit)
        if found is None:
            homes = {home for one in self._around(unit) for home in self._homes.get(one, ())}
            levels = {home: self._compare(home, unit) for home in homes | self._of_unit.get(unit, set())}
            found = {home: (level, self._share(level, unit)) for home, level in levels.items()}
            self._near[unit] = found
        return found

    @cached_property
    def _of_unit(self) -> dict[int, set[Home]]:
        """Where people of the register are or were, by unit."""
        found: dict[int, set[Home]] = defaultdict(set)
        for home in self._register.homes:
            found[home[0]].add(home)
        return found

    @cached_property
    def _homes(self) -> dict[int, list[Home]]:
        """The same by the units of the day."""
        found: dict[int, list[Home]] = defaultdict(list)
        for home in self._register.homes:
            for unit in self.carried(*home):
                found[unit].append(home)
        return found

    def _compare(self, home: Home, unit: int) -> str:
        if home[0] == unit:
            return "same_unit"
        mine = self.carried(*home)
        return "became_unit" if mine == self.carried(unit, self.on) and len(mine) == 1 else "near_unit"

    def _around(self, unit: int) -> frozenset[int]:
        """What a unit has become, with all above and below."""
        homes = self.carried(unit, self.on)
        return self._under(homes).union(homes, *(self._line(home) for home in homes))

    def _under(self, homes: frozenset[int]) -> frozenset[int]:
        """The units of the day and all below them."""
        return frozenset(one for home in homes for one in self._below.get(home, ()))

    @cached_property
    def _below(self) -> dict[int, list[int]]:
        """Every unit of the day with those below it."""
        below: dict[int, list[int]] = defaultdict(list)
        for unit, line in self.past.closure(self.on).items():
            for above in line:
                below[above].append(unit)
        return below

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
        """Of the register in a unit, or above and below it."""
        key = (level, unit)
        if key not in self._shares:
            people = self._count()
            homes = self.carried(unit, self.on)
            count = sum(people[home] for home in homes)
            if level == "near_unit":
                count += sum(people[one] for one in self._under(homes).union(homes, self._line(unit)))
            self._shares[key] = min(1.0, count / max(self._register.frequencies.size, 1))
        return self._shares[key]

    def _home(self, known: Known) -> Home:
        """Of a person with several posts: the first one of the day, else the last one."""
        return (known.posts_on(self.on) or known.posts[-1:])[0].home

    def _count(self) -> Counter[int]:
        """How many people of the subtree there are in each unit of the day."""
        if self._people is None:
            self._people = Counter()
            homes = Counter(known.home or self._home(known) for known in self._register.inside)
            for home, count in homes.items():
                for unit in self.carried(*home):
                    self._people[unit] += count
        return self._people


def _rank(relation: tuple[str, float]) -> int:
    return _ORDER.index(relation[0])


_ORDER = ("same_unit", "became_unit", "near_unit", "other_unit")
