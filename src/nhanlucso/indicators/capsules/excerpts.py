"""What the figures of one unit need of a build, with small numbers instead of all keys."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from nhanlucso.indicators.capsules import trees
from nhanlucso.indicators.capsules.tables import COLUMNS, Kind, table_of
from nhanlucso.indicators.engine.store import Store
from nhanlucso.orgs.rules import PostSpan

Rows = list[tuple[Any, ...]]
_NUMBERED = (Kind.PERSON, Kind.UNIT, Kind.POST, Kind.CLASS, Kind.SESSION, Kind.COURSE, Kind.TEAM, Kind.RECORD)


@dataclass(frozen=True, slots=True)
class Wish:
    """What an excerpt is made for: a unit on a tree, windows that end by `last`, the last days of these windows.

    `courses`: named by declarations; `personal`: whether these ask for sex or year of birth.
    """

    unit: int
    tree: date
    days: tuple[date, ...]
    courses: tuple[int, ...] = ()
    personal: bool = False

    @property
    def last(self) -> date:
        return max(self.days)


@dataclass(slots=True)
class Excerpt:
    """Tables by name, and the number of every unit and course in them by its key."""

    tables: dict[str, pa.Table] = field(default_factory=dict)
    units: dict[int, int] = field(default_factory=dict)
    courses: dict[int, int] = field(default_factory=dict)


def excerpt(store: Store, wish: Wish, pseudonyms: Any) -> Excerpt:
    """The facts that are, or may be, of a unit, with all posts of the people concerned.

    `pseudonyms`: from primary keys of persons to their names in the capsule.
    """
    rows = _Reader(store, wish).rows()
    below = store.history.subtree(wish.unit, wish.tree)
    units = set(below) | {
        row[at] for name, found in rows.items() for at in _places(name, Kind.UNIT) for row in found
    }
    for day in wish.days:
        units |= trees.villages_within(store.history, below, day, wish.tree)
    units.discard(None)
    return _Numbering(rows, trees.needed(store.history, units), wish, pseudonyms).excerpt()


class _Reader:
    """Reads the rows of a wish from a build, with the keys of the build."""

    def __init__(self, store: Store, wish: Wish) -> None:
        self._store, self._last = store, f"DATE '{wish.last}'"
        near = ", ".join(map(str, _near(store, wish.unit, wish.tree))) or "NULL"
        self._near = f"IN ({near})"
        self._people = f"""IN (SELECT person FROM posts WHERE anchor {self._near}
          UNION SELECT m.person FROM members m JOIN teams t USING (team)
          WHERE t.anchor {self._near} AND m.valid_from <= {self._last})"""

    def rows(self) -> dict[str, Rows]:
        """The rows of every table, in the columns that the format knows, in the order of the build's keys."""
        sessions = f"SELECT session FROM sessions WHERE day <= {self._last}"
        conditions = {
            "persons": f"person {self._people}",
            "posts": f"person {self._people}",
            "attendance": f"person {self._people} AND session IN ({sessions})",
            "heads": f"day <= {self._last} AND unit IN (SELECT unit FROM heads WHERE anchor {self._near})",
            "results": f"person {self._people} AND least(enrolled, completed) <= {self._last}",
            "teams": f"anchor {self._near}",
            "members": f"""valid_from <= {self._last}
              AND team IN (SELECT team FROM teams WHERE anchor {self._near})""",
            "assists": f"day <= {self._last} AND team IN (SELECT team FROM teams WHERE anchor {self._near})",
            "outreach": f"day <= {self._last} AND anchor {self._near}",
        }
        classes = f"""(first_day <= {self._last} AND anchor {self._near} OR training_class IN (
          SELECT training_class FROM sessions JOIN attendance USING (session)
          WHERE {conditions["attendance"]}))"""
        conditions["classes"] = classes
        conditions["sessions"] = f"training_class IN (SELECT training_class FROM classes WHERE {classes})"
        conditions["topics"] = f"""course IN (SELECT course FROM results WHERE {conditions["results"]}
          UNION SELECT course FROM classes WHERE {classes})"""
        return {name: self._read(name, conditions[name]) for name in COLUMNS}

    def _read(self, table: str, condition: str) -> Rows:
        columns = ", ".join(self._column(table, column) for column in COLUMNS[table])
        return self._store.rows(f"SELECT {columns} FROM {table} WHERE {condition} ORDER BY ALL")

    def _column(self, table: str, column: str) -> str:
        """A column as the capsule holds it: a host that is elsewhere is not named, nor what came after the last day."""
        special = {
            ("persons", "pseudonym"): "NULL",
            ("classes", "host_unit"): f"CASE WHEN anchor {self._near} THEN host_unit END",
            ("results", "enrolled"): f"CASE WHEN enrolled <= {self._last} THEN enrolled END",
            ("results", "completed"): f"CASE WHEN completed <= {self._last} THEN completed END",
            ("results", "passed"): f"CASE WHEN completed <= {self._last} THEN passed END",
            ("outreach", "unit"): "(SELECT unit FROM anchors a WHERE a.anchor = outreach.anchor)",
        }
        return f"{special.get((table, column), column)} AS {column}"


def _near(store: Store, unit: int, tree: date) -> list[int]:
    """The anchors whose facts are, or may be, of the unit."""
    below = store.history.subtree(unit, tree)
    posts: dict[int, list[PostSpan]] = {}
    for person, at, start, end in store.rows(
        "SELECT person, unit, valid_from, valid_to FROM posts "
        "WHERE person IN (SELECT person FROM anchors WHERE person IS NOT NULL)"
    ):
        posts.setdefault(person, []).append(PostSpan(at, start, end))
    anchors = store.rows("SELECT anchor, unit, since, person FROM anchors ORDER BY anchor")
    return [
        anchor
        for anchor, of, since, person in anchors
        if not below.isdisjoint(store.history.carry(of, since, tree, posts.get(person)))
    ]


class _Numbering:
    """Puts small numbers for keys, counted from 1 in an order that tells nothing of names."""

    def __init__(self, rows: Mapping[str, Rows], units: Collection[int], wish: Wish, pseudonyms: Any) -> None:
        self._rows, self._wish = rows, wish
        people = sorted({row[at] for name in rows for at in _places(name, Kind.PERSON) for row in rows[name]})
        self._names: dict[int, str] = pseudonyms(people)
        self._numbers: dict[Kind, dict[Any, int]] = {
            kind: _numbered({row[at] for name in rows for at in _places(name, kind) for row in rows[name]})
            for kind in (Kind.CLASS, Kind.SESSION, Kind.TEAM)
        }
        courses = {row[at] for name in rows for at in _places(name, Kind.COURSE) for row in rows[name]}
        self._numbers[Kind.COURSE] = _numbered(courses | set(wish.courses))
        self._numbers[Kind.UNIT] = _numbered(units)
        self._numbers[Kind.PERSON] = {
            pk: n for n, pk in enumerate(sorted(people, key=self._names.__getitem__), 1)
        }

    def excerpt(self) -> Excerpt:
        tables = {name: self._table(name, rows) for name, rows in self._rows.items()}
        return Excerpt(tables, self._numbers[Kind.UNIT], self._numbers[Kind.COURSE])

    def _table(self, name: str, rows: Rows) -> pa.Table:
        """The table with its numbers; its own key counts the rows in their order."""
        kinds = COLUMNS[name]
        if name == "persons":
            rows = [(row[0], self._names[row[0]], *row[2:]) for row in rows]
        if name == "posts":  # of several posts of one person the order decides which is the main one
            rows = sorted(rows, key=lambda row: (self._numbers[Kind.PERSON][row[1]], row[0]))
        columns = [self._column(kind, [row[at] for row in rows]) for at, kind in enumerate(kinds.values())]
        made = sorted(zip(*columns, strict=True), key=_order)
        left_out = {"sex", "born"} if name == "persons" and not self._wish.personal else set()
        kept = [column for column in kinds if column not in left_out]
        places = [at for at, column in enumerate(kinds) if column not in left_out]
        return table_of(name, kept, [tuple(row[at] for at in places) for row in made])

    def _column(self, kind: Kind, values: Sequence[Any]) -> Iterable[Any]:
        if kind in (Kind.RECORD, Kind.POST):
            return range(1, len(values) + 1)
        if kind == Kind.LABEL:
            labels = _numbered({value for value in values if value})
            return [labels.get(value, 0) for value in values]
        numbers = self._numbers.get(kind)
        return values if numbers is None else [None if value is None else numbers[value] for value in values]


def _numbered(keys: Iterable[Any]) -> dict[Any, int]:
    return {key: number for number, key in enumerate(sorted(key for key in keys if key is not None), 1)}


def _places(table: str, kind: Kind) -> list[int]:
    return [at for at, found in enumerate(COLUMNS[table].values()) if found == kind]


def _order(row: tuple[Any, ...]) -> tuple[tuple[bool, Any], ...]:
    return tuple((value is not None, value) for value in row)
