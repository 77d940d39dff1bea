"""An opened build in DuckDB: tables to query, and tables that say where every anchor lies on the tree of a date."""

from __future__ import annotations

from collections.abc import Collection
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
from nhanlucso.indicators.engine.source import Source
from nhanlucso.orgs.rules import History

_MADE = 256  # tables for dates that one opening of a build holds in memory
_KEPT = 16_000_000  # rows of kept queries


class Store(Source):
    """One build in an in-memory engine. Safe to use from several threads: each query has its own cursor."""

    def __init__(
        self, folder: Path, history: History, tables: Collection[str] = frozenset({*RAW, *DERIVED})
    ) -> None:
        """`tables`: those that the build has, where it is not a whole one."""
        super().__init__(history)
        self._engine = duckdb.connect(config={"threads": 2, "memory_limit": "2GB"})
        self._engine.execute("SET parquet_metadata_cache = true")  # files of a build never change
        self._folder = folder
        self._kept: dict[str, str] = {}
        self._kept_rows = 0
        for name in tables:
            paths = ", ".join("'" + str(path).replace("'", "''") + "'" for path in self.files(name))
            self._engine.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{paths}])")
        self._prepare()

    @property
    def is_full(self) -> bool:
        """Whether so many dates were asked for that a fresh opening of the build should take over."""
        return len(self._made) + len(self._placings) >= _MADE or self._kept_rows >= _KEPT

    def files(self, name: str) -> list[Path]:
        """The files of a table: one, or one for each of its parts."""
        return files(self._folder, name)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self._engine.cursor().execute(sql).fetchall()

    def table(self, sql: str) -> pa.Table:
        """A query's rows as they lie in memory."""
        return self._engine.cursor().sql(sql).to_arrow_table()

    def kept(self, sql: str) -> str:
        """Name of a table that holds the rows of a query that is asked for many units; read on first use."""
        with self._lock:
            if sql not in self._kept:
                name = f"kept_{len(self._kept)}"
                found = self.table(sql)
                self._make(name, found)
                self._kept[sql] = name
                self._kept_rows += found.num_rows
            return self._kept[sql]

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

    def places_for(self, indicator: Indicator, window: Window, tree: date) -> str:
        """Where the anchors of an indicator's relation lie. Of an audience that asks for what may be unknown of a
        person, the twin -1 - a of anchor a holds those of whom it is: everywhere above a, and nowhere for sure."""
        if indicator.relation == "villages":
            return self.villages(window.b, tree)
        places = self.places(tree)
        if not indicator.has_twins:
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
                self._make_places(name, self._villages_placed(day, tree))
        return name

    def _make_places(self, name: str, placing: Placing) -> None:
        if name not in self._made:
            self._create(name, {column: pa.array(values) for column, values in placing.rows().items()})

    def _make(self, name: str, table: pa.Table) -> None:
        engine = self._engine.cursor()
        engine.register("made", table)
        engine.execute(f"CREATE TABLE {name} AS SELECT * FROM made")
        engine.unregister("made")
