"""An opened build in DuckDB: tables to query, and tables that say where every anchor lies on the tree of a date."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from nhanlucso.indicators.catalogue import Indicator
from nhanlucso.indicators.engine import build, by_person
from nhanlucso.indicators.engine.build import DERIVED, RAW
from nhanlucso.indicators.engine.by_person import ByPerson
from nhanlucso.indicators.engine.placing import Placing, among
from nhanlucso.indicators.engine.presence import FirstPosts, Presence
from nhanlucso.indicators.engine.relations import Window, village_table
from nhanlucso.indicators.engine.source import Source
from nhanlucso.indicators.engine.tree import Ints
from nhanlucso.orgs.rules import History

_Key = TypeVar("_Key", bound=Hashable)
_Answer = TypeVar("_Answer")
_MADE = 256  # tables for dates that one opening of a build holds in memory
_KEPT = 16_000_000  # rows of kept queries
_FEW_PEOPLE = 100_000  # whose rows are cut out
_NAMED = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)")  # the tables of a query
_PRESENCES, _FIRST_POSTS = 2, 4
_CUTS = 4  # that are held for the next question


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
        self._cuts: dict[tuple[bytes, bool], Store | None] = {}
        self._by_person: dict[str, ByPerson] = {}
        self._presences: dict[Window, Presence] = {}
        self._first_posts: dict[str, FirstPosts] = {}
        for name in tables:
            paths = ", ".join("'" + str(path).replace("'", "''") + "'" for path in self.files(name))
            self._engine.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{paths}])")
        self._prepare()
        copies = {name: [build.copies(path) for path in self.files(name)] for name in by_person.TABLES}
        if all(all(found) for found in copies.values()):
            self._by_person = {name: ByPerson([one for (one,) in found]) for name, found in copies.items()}

    @property
    def is_full(self) -> bool:
        """Whether so many dates were asked for that a fresh opening of the build should take over."""
        return len(self._made) + len(self._placings) >= _MADE or self._kept_rows >= _KEPT

    def files(self, name: str) -> list[Path]:
        """The files of a table: one, or one for each of its parts."""
        return build.files(self._folder, name)

    def around(self, anchors: Ints, *, with_teams: bool = False) -> Store:
        """As `Source.around`, where that is few enough people."""
        if not self._by_person or not len(anchors):
            return self
        with self._lock:
            cut = _held(
                self._cuts, (anchors.tobytes(), with_teams), _CUTS, lambda: self._cut(anchors, with_teams)
            )
        return cut or self

    def _cut(self, anchors: Ints, with_teams: bool) -> Store | None:
        people = self._people_at(anchors, with_teams)
        return self.about(people) if len(people) <= _FEW_PEOPLE else None

    def _people_at(self, anchors: Ints, with_teams: bool) -> Ints:
        asked = np.zeros(len(self._anchors) + 1, dtype=np.bool_)
        asked[anchors] = True
        people = self._by_person["posts"].people_at(asked)
        if not with_teams:
            return people
        there = self.columns(f"SELECT person FROM members JOIN teams USING (team) WHERE TRUE{among(anchors)}")
        return np.union1d(people, there["person"])

    def about(self, people: Ints) -> Store:
        """The same facts of some people alone, given in order."""
        if not self._by_person:
            return self
        return _Cut(self, people)

    def of_first(self, people: int) -> Store:
        """The same facts of so many people from the top of the list of all names."""
        top = self.columns(f"SELECT person FROM persons WHERE place < {int(people)} ORDER BY person")
        return self.about(top["person"])

    def first_posts(self, condition: str) -> FirstPosts | None:
        """As `Source.first_posts`; the last answers are held."""
        if not self._by_person:
            return None
        with self._lock:
            return _held(self._first_posts, condition, _FIRST_POSTS, lambda: self._first(condition))

    def _first(self, condition: str) -> FirstPosts:
        cursor = self._engine.cursor()
        cursor.register("posts", self._by_person["posts"].whole())
        cursor.execute(f"SELECT person, post, anchor FROM posts p WHERE {condition}")
        found = cursor.fetchnumpy()
        people, posts = found["person"], found["post"]
        first = np.full(people.max(initial=-1) + 1, np.iinfo(np.int64).max)
        np.minimum.at(first, people, posts)
        mine = first[people] == posts
        return FirstPosts(people[mine], found["anchor"][mine])

    def presence(self, window: Window) -> Presence | None:
        """As `Source.presence`; the last ones are held."""
        if not self._by_person:
            return None
        with self._lock:
            return _held(
                self._presences,
                window,
                _PRESENCES,
                lambda: Presence(self._by_person["attended"], window),
            )

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self._cursor(sql).execute(sql).fetchall()

    def table(self, sql: str) -> pa.Table:
        """A query's rows as they lie in memory."""
        return self._cursor(sql).sql(sql).to_arrow_table()

    def _cursor(self, sql: str) -> duckdb.DuckDBPyConnection:
        """Where a query is asked."""
        return self._engine.cursor()

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
        found: dict[str, npt.NDArray[Any]] = self._cursor(sql).execute(sql).fetchnumpy()
        return found

    def places(self, tree: date) -> str:
        """Name of the table (anchor, x, certain) for the tree of a date; made on first use.

        A row says that the facts at `anchor` belong to unit `x` – wholly (`certain`) or perhaps.
        """
        name = f"places_{self.era(tree):%Y%m%d}"
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
        name = f"{village_table(day)}_places_{self.era(tree):%Y%m%d}"
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


def _held(answers: dict[_Key, _Answer], key: _Key, most: int, find: Callable[[], _Answer]) -> _Answer:
    """An answer, found on first use; so many of the last are held."""
    if key not in answers:
        while len(answers) >= most:
            del answers[next(iter(answers))]
        answers[key] = find()
    return answers[key]


class _Cut(Store):
    """A build of which some tables hold the rows of some people alone; all else is that of the whole. A table is cut
    when a query names it."""

    def __init__(self, whole: Store, people: Ints) -> None:
        self.__dict__.update(whole.__dict__)
        self._cuts = {}  # else an old build with its maps would stay until somebody looks for circles
        self._people = people
        self._tables: dict[str, pa.Table] = {}

    def around(self, anchors: Ints, *, with_teams: bool = False) -> Store:
        return self

    def kept(self, sql: str) -> str:
        return f"({sql})"

    def _cursor(self, sql: str) -> duckdb.DuckDBPyConnection:
        cursor = self._engine.cursor()
        for name in {*_NAMED.findall(sql)} & {*self._by_person}:
            if name not in self._tables:
                self._tables[name] = self._by_person[name].rows(self._people)
            cursor.register(name, self._tables[name])  # before what the build has under that name
        return cursor
