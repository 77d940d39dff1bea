"""An opened build: tables to query, and where every anchor lies on the tree of a date."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy.typing as npt
import pyarrow as pa

from nhanlucso.indicators.catalogue import Indicator
from nhanlucso.indicators.engine.build import DERIVED, RAW, files
from nhanlucso.indicators.engine.placing import Placing
from nhanlucso.indicators.engine.relations import Window, village_table
from nhanlucso.indicators.engine.tree import Tree
from nhanlucso.orgs.rules import History, PostSpan

_MADE = 256  # tables for dates that one opening of a build holds in memory


class Store:
    """One build in an in-memory engine. Safe to use from several threads: each query has its own cursor."""

    def __init__(self, folder: Path, history: History) -> None:
        self.history = history
        self._engine = duckdb.connect(config={"threads": 2, "memory_limit": "2GB"})
        self._folder = folder
        for name in {*RAW, *DERIVED}:
            paths = ", ".join("'" + str(path).replace("'", "''") + "'" for path in self.files(name))
            self._engine.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{paths}])")
        self._lock = threading.Lock()
        self._trees: dict[date, Tree] = {}
        self._placings: dict[str, Placing] = {}
        self._made: set[str] = set()
        self._create("unit_kinds", _kinds(history))
        self._anchors = self.rows("SELECT anchor, unit, since, person FROM anchors")
        self._posts = self._posts_at_splits()

    @property
    def is_full(self) -> bool:
        """Whether so many dates were asked for that a fresh opening of the build should take over."""
        return len(self._made) + len(self._placings) >= _MADE

    def files(self, name: str) -> list[Path]:
        """The files of a table: one, or one for each of its parts."""
        return files(self._folder, name)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self._engine.cursor().execute(sql).fetchall()

    def columns(self, sql: str) -> dict[str, npt.NDArray[Any]]:
        """The columns of a query, none of which holds NULL."""
        found: dict[str, npt.NDArray[Any]] = self._engine.cursor().execute(sql).fetchnumpy()
        return found

    def places(self, tree: date) -> str:
        """Name of the table (anchor, x, certain) for the tree of a date; made on first use.

        A row says that the facts at `anchor` belong to unit `x` – wholly (`certain`) or perhaps.
        """
        name = f"places_{tree:%Y%m%d}"
        placing = self.placing(tree)
        with self._lock:
            self._make_places(name, placing)
        return name

    def placing(self, tree: date) -> Placing:
        """Where all anchors lie on the tree of a date; found on first use."""
        with self._lock:
            return self._placed(
                f"{tree}", tree, ((a, u, d, self._posts.get(p)) for a, u, d, p in self._anchors)
            )

    def placing_for(self, indicator: Indicator, window: Window, tree: date) -> Placing:
        """Where the anchors of an indicator's relation lie."""
        if indicator.relation != "villages":
            return self.placing(tree)
        self.villages(window.b, tree)
        return self._placings[f"villages {window.b} {tree}"]

    def places_for(self, indicator: Indicator, window: Window, tree: date) -> str:
        """Where the anchors of an indicator's relation lie. Of an audience that asks for what may be unknown of a
        person, the twin -1 - a of anchor a holds those of whom it is: everywhere above a, and nowhere for sure."""
        if indicator.relation == "villages":
            return self.villages(window.b, tree)
        places = self.places(tree)
        if indicator.audience is None or not indicator.audience.is_personal:
            return places
        return f"(FROM {places} UNION ALL SELECT -1 - anchor, x, FALSE FROM {places})"

    def busy_years(self, unit: int, tree: date) -> dict[int, tuple[int, date]]:
        """Of every reporting year (15/12 to 14/12) up to `tree` with attendances, head counts or completed courses
        placed in the unit: how many of these, and the last day."""
        places = self.places(tree)
        found = self.rows(
            f"""SELECT year(day + INTERVAL 17 DAY), count(*), max(day) FROM (
              SELECT p.anchor, a.day FROM attended a JOIN posts p USING (post)
              UNION ALL SELECT p.anchor, r.completed FROM results r JOIN posts p ON p.post = r.completed_post
              UNION ALL SELECT anchor, day FROM heads)
            JOIN (SELECT anchor FROM {places} WHERE x = {int(unit)}) USING (anchor)
            WHERE day <= DATE '{tree}' GROUP BY 1 ORDER BY 1"""
        )
        return {int(year): (int(rows), last) for year, rows, last in found}

    def villages(self, day: date, tree: date) -> str:
        """Makes the table of villages valid on `day` and returns the table of their places on `tree`."""
        name = f"{village_table(day)}_places_{tree:%Y%m%d}"
        with self._lock:
            if name not in self._made:
                valid = self._valid_villages(day)
                if village_table(day) not in self._made:
                    self._make_villages(day, valid)
                placing = self._placed(f"villages {day} {tree}", tree, ((v, v, day, None) for v in valid))
                self._make_places(name, placing)
        return name

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

    def _make_places(self, name: str, placing: Placing) -> None:
        if name not in self._made:
            self._create(name, {column: pa.array(values) for column, values in placing.rows().items()})

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

    def _create(self, name: str, columns: dict[str, pa.Array]) -> None:
        engine = self._engine.cursor()
        engine.register("made", pa.table(columns))
        engine.execute(f"CREATE TABLE {name} AS SELECT * FROM made")
        engine.unregister("made")
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


def _kinds(history: History) -> dict[str, pa.Array]:
    """The kind of every version of a unit."""
    versions = [v for of_unit in history.versions.values() for v in of_unit]
    return {
        "unit": pa.array([v.unit for v in versions], pa.int64()),
        "kind": pa.array([v.kind for v in versions], pa.string()),
        "valid_from": pa.array([v.valid_from for v in versions], pa.date32()),
    }
