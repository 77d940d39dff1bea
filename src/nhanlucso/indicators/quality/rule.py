"""What a quality rule is, what it searches, and how it says what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.functional import Promise

from nhanlucso.indicators.engine.store import Store
from nhanlucso.indicators.quality.enums import Severity, Subject
from nhanlucso.orgs.rules import History, Version

Text = str | Promise
Facts = Mapping[str, Any]
Limits = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Limit:
    """A number of a rule that an installation may set otherwise; `low` and `high` bound what makes sense."""

    name: str
    value: int
    label: Text
    low: int = 1
    high: int = 1_000


@dataclass(frozen=True, slots=True)
class Found:
    """What a search yields: the facts (whole numbers, texts of codes and dates, nothing personal), the day it shows
    (None: today's state), where it lies: an `anchor` of the build, else a `unit` of today's tree, else nowhere."""

    facts: Facts
    day: date | None = None
    anchor: int | None = None
    unit: int | None = None


class Search:
    """One build on one day, with today's tree."""

    def __init__(self, store: Store, today: date) -> None:
        self.store = store
        self.today = today
        self.past: History = store.history
        self.tree = self.past.closure(today)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of a query over the build."""
        return self.store.rows(sql)

    @cached_property
    def places(self) -> str:
        """The table (anchor, x, certain) of today's tree."""
        return self.store.places(self.today)

    @cached_property
    def standing(self) -> dict[int, Version]:
        """The version of every unit that is valid today."""
        return {unit: version for unit in self.tree if (version := self.past.version(unit, self.today))}

    def common(self, units: Iterable[int]) -> int | None:
        """The lowest unit of today's tree that holds all of the units; None if there is none."""
        lines = [self.tree[unit] for unit in units if unit in self.tree]
        if not lines:
            return None
        shared = set(lines[0]).intersection(*lines[1:])
        return next((unit for unit in lines[0] if unit in shared), None)

    def homes(self, anchors: Iterable[int]) -> dict[int, int]:
        """For anchors, the lowest unit that surely holds their facts; without those that nothing holds."""
        wanted = ", ".join(str(int(anchor)) for anchor in set(anchors)) or "NULL"
        found: dict[int, int] = {}
        for anchor, x in self.rows(
            f"SELECT anchor, x FROM {self.places} WHERE certain AND anchor IN ({wanted})"
        ):
            if anchor not in found or len(self.tree[x]) > len(self.tree[found[anchor]]):
                found[anchor] = x
        return found


Find = Callable[[Search, Limits], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A declared doubt: why it matters, how it is found, what to do. `short`: its name where columns are narrow.

    `key`: the facts that name what a finding is about; they stay while the others may change. `sentence` says one
    finding, with the names of its facts in it. `version` rises when the meaning changes: what was accepted under an
    older one is open again.
    """

    code: str
    name: Text
    short: Text
    why: Text
    how: Text
    mend: Text
    severity: Severity
    subject: Subject
    key: tuple[str, ...]
    sentence: Text
    find: Find
    limits: tuple[Limit, ...] = ()
    version: int = 1

    def set_limits(self, changed: Limits) -> dict[str, int]:
        """The limits in force, with those that the installation changed."""
        return {limit.name: changed.get(limit.name, limit.value) for limit in self.limits}


def query(text: str, on_tree: bool = False) -> Find:
    """A search by one SQL query over the build that yields (anchor, day, facts), with `on_tree` (unit, day, facts).

    The text may name {today}, {places} and the limits of the rule; facts are a struct.
    """

    def find(search: Search, limits: Limits) -> Iterable[Found]:
        asked = text.format(today=f"DATE '{search.today}'", places=search.places, **limits)
        for where, day, facts in search.rows(asked):
            if on_tree:
                yield Found(facts, day, unit=where)
            else:
                yield Found(facts, day, anchor=where)

    return find
