"""What every opening of facts gives to those who count: queries over its tables, and where anchors lie on a tree."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy.typing as npt
import pyarrow as pa

from nhanlucso.indicators.catalogue import Indicator
from nhanlucso.indicators.engine.placing import Placing
from nhanlucso.indicators.engine.presence import FirstPosts, Presence
from nhanlucso.indicators.engine.relations import Window, village_table
from nhanlucso.indicators.engine.tally import Tally, once
from nhanlucso.indicators.engine.tree import Ints, Tree
from nhanlucso.indicators.rules import Count
from nhanlucso.kernel.clock import ALWAYS
from nhanlucso.orgs.rules import History, PostSpan


class Source(ABC):
    """Opened facts. Safe to use from several threads.

    Its SQL is what DuckDB and Spark both speak; what one of them alone does lies in the class of that engine.
    """

    def __init__(self, history: History) -> None:
        self.history = history
        self._lock = threading.Lock()
        self._trees: dict[date, Tree] = {}
        self._turns = _turns(history)
        self._placings: dict[str, Placing] = {}
        self._made: set[str] = set()
        self.known: dict[tuple[Indicator, Window, date, int], Count] = {}
        """Counts of units that were large to count."""

    def _prepare(self) -> None:
        """Reads what placing needs; called once, when the tables can be asked."""
        self._create("unit_kinds", _kinds(self.history))
        self._anchors = self.rows("SELECT anchor, unit, since, person FROM anchors")
        self._posts = self._posts_at_splits()

    @abstractmethod
    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""

    @abstractmethod
    def columns(self, sql: str) -> dict[str, npt.NDArray[Any]]:
        """The columns of a query, none of which holds NULL."""

    @abstractmethod
    def files(self, name: str) -> list[Path]:
        """The files of a table where they may be read past the engine; none: only queries may."""

    @abstractmethod
    def _make(self, name: str, table: pa.Table) -> None:
        """Makes a table that queries can name."""

    def around(self, anchors: Ints, *, with_teams: bool = False) -> Source:
        """The same facts for whom has to do with some anchors alone: people with a post there (`with_teams`: or in a
        team of there), all that they did. What hangs at these anchors is all in it. Engines without a short way to
        people give everything."""
        return self

    def presence(self, window: Window) -> Presence | None:
        """Who attended in a window, where the engine has a short way to it."""
        return None

    def first_posts(self, condition: str) -> FirstPosts | None:
        """Everybody with a post `p` that meets a condition, likewise."""
        return None

    def foresee(self, relations: Sequence[str]) -> None:  # noqa: B027 - most engines gain nothing by it
        """Relations that will be asked to be `summed`; an engine may find them all at once."""

    def summed(self, relation: str) -> dict[str, npt.NDArray[Any]]:
        """Columns anchor, amount, hits: what the rows (anchor, amount, hit) of a relation add up to at each anchor."""
        return self.columns(sum_of(relation))

    def tallied_once(self, rows: str, placing: Placing) -> list[Tally]:
        """The tallies of amounts and of hits of a query's rows (key, anchor, amount, hit), each key counting once."""
        found = self.columns(
            f"SELECT DISTINCT key::BIGINT AS key, anchor, amount::BIGINT AS amount, hit::BIGINT AS hits FROM ({rows})"
        )
        return once(placing, found["key"], found["anchor"], [found["amount"], found["hits"]])

    def era(self, tree: date) -> date:
        """The first day on which the tree was as it is on a date: one placing serves all days between two changes."""
        passed = bisect_right(self._turns, tree)
        return self._turns[passed - 1] if passed else tree

    def placing(self, tree: date) -> Placing:
        """Where all anchors lie on the tree of a date; found on first use."""
        tree = self.era(tree)
        with self._lock:
            return self._placed(
                f"{tree}", tree, ((a, u, d, self._posts.get(p)) for a, u, d, p in self._anchors)
            )

    def placing_for(self, indicator: Indicator, window: Window, tree: date) -> Placing:
        """Where the anchors of an indicator's relation lie."""
        if indicator.relation != "villages":
            return self.placing(tree)
        with self._lock:
            return self._villages_placed(window.b, tree)

    def _villages_placed(self, day: date, tree: date) -> Placing:
        """Where the villages valid on `day` lie on a tree; their table is made on first use."""
        tree = self.era(tree)
        valid = self._valid_villages(day)
        if village_table(day) not in self._made:
            self._make_villages(day, valid)
        return self._placed(f"villages {day} {tree}", tree, ((v, v, day, None) for v in valid))

    def _placed(
        self, name: str, tree: date, anchors: Iterable[tuple[int, int, date, Sequence[PostSpan] | None]]
    ) -> Placing:
        if name not in self._placings:
            if tree not in self._trees:
                self._trees[tree] = Tree(self.history.closure(tree))
            carry = self.history.carry
            self._placings[name] = Placing(
                self._trees[tree], ((a, carry(u, since, tree, posts)) for a, u, since, posts in anchors)
            )
        return self._placings[name]

    def _valid_villages(self, day: date) -> list[int]:
        return [
            v.unit
            for versions in self.history.versions.values()
            for v in versions
            if v.kind == "village" and v.valid_from <= day <= v.valid_to
        ]

    def _make_villages(self, day: date, valid: list[int]) -> None:
        teams = self.rows(
            f"SELECT DISTINCT unit, valid_from FROM teams WHERE DATE '{day}' BETWEEN valid_from AND valid_to"
        )
        held = {frozenset(self.history.carry(unit, since, day)) for unit, since in teams}
        self._create(
            village_table(day),
            {
                "village": pa.array(valid, pa.int64()),
                "anchor": pa.array(valid, pa.int64()),
                "has_team": pa.array([frozenset({v}) in held for v in valid], pa.bool_()),
            },
        )

    def _create(self, name: str, columns: Mapping[str, pa.Array]) -> None:
        self._make(name, pa.table(dict(columns)))
        self._made.add(name)

    def _posts_at_splits(self) -> dict[int, list[PostSpan]]:
        """All posts of the persons whose anchors a split may touch."""
        posts: dict[int, list[PostSpan]] = {}
        for person, unit, start, end in self.rows(
            "SELECT person, unit, valid_from, valid_to FROM posts "
            "WHERE person IN (SELECT person FROM anchors WHERE person IS NOT NULL)"
        ):
            posts.setdefault(person, []).append(PostSpan(unit, start, end))
        return posts


def _turns(history: History) -> list[date]:
    """The days on which a unit begins, has ended or becomes another, in order."""
    versions = [v for of_unit in history.versions.values() for v in of_unit]
    ended = {v.valid_to + timedelta(days=1) for v in versions if v.valid_to != ALWAYS}
    return sorted({v.valid_from for v in versions} | ended | {way.date for way in history.exits.values()})


def sum_of(relation: str) -> str:
    """The query of `Source.summed`."""
    return f"""SELECT anchor, sum(amount)::BIGINT AS amount, count(*) FILTER (WHERE hit) AS hits FROM ({relation})
    GROUP BY anchor"""


def _kinds(history: History) -> dict[str, pa.Array]:
    """The kind of every version of a unit."""
    versions = [v for of_unit in history.versions.values() for v in of_unit]
    return {
        "unit": pa.array([v.unit for v in versions], pa.int64()),
        "kind": pa.array([v.kind for v in versions], pa.string()),
        "valid_from": pa.array([v.valid_from for v in versions], pa.date32()),
    }
