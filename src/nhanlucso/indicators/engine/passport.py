"""What stands behind a figure of one unit: rows counted, not counted, undecided."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from nhanlucso.indicators import catalogue as c
from nhanlucso.indicators.catalogue import Indicator
from nhanlucso.indicators.engine import relations
from nhanlucso.indicators.engine.relations import CONDITIONS, DISTINCT, Window
from nhanlucso.indicators.engine.store import Store

COUNTED, MISSING, OPEN, HEADS = "counted", "missing", "unallocated", "heads"


@dataclass(frozen=True, slots=True)
class Row:
    """One row behind a figure: whom, which class, course, team, village or entry, when, how much."""

    group: str
    person: int | None
    item: int | None
    day: date | None
    amount: int
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Something a person did that bears on a share. attended/sessions for classes; passed for courses."""

    person: int
    source: str
    item: int
    day: date | None
    attended: int
    sessions: int
    passed: bool
    counts: bool


class Passport:
    """The rows behind one indicator for one unit, window and tree."""

    def __init__(self, store: Store, indicator: Indicator, window: Window, tree: date, unit: int) -> None:
        self._store, self._indicator, self._window, self._unit = store, indicator, window, unit
        self._places = (
            store.villages(window.b, tree) if indicator.relation == "villages" else store.places(tree)
        )

    @property
    def indicator(self) -> Indicator:
        return self._indicator

    @property
    def last_day(self) -> date:
        return self._window.b

    def groups(self) -> list[str]:
        """The groups that rows of this indicator can fall into, in the order of reading."""
        has_missing = self._indicator.is_share or bool(self._missing())
        has_heads = self._indicator.relation in ("pairs", "trained")
        return [COUNTED, *([MISSING] if has_missing else []), OPEN, *([HEADS] if has_heads else [])]

    def sizes(self) -> dict[str, int]:
        """How many rows each group has, with 0 for those that are empty."""
        return dict.fromkeys(self.groups(), 0) | dict(
            self._store.rows(f"SELECT grp, count(*) FROM ({self._all()}) GROUP BY grp")
        )

    def rows(self, group: str, offset: int = 0, limit: int | None = None) -> list[Row]:
        """Rows of a group, people in the order of their names."""
        cut = "" if limit is None else f"LIMIT {int(limit)} OFFSET {int(offset)}"
        return [
            Row(*row)
            for row in self._store.rows(
                f"""SELECT g.grp, g.person, g.item, g.day, g.amount, g.qualifier FROM ({self._all()}) g
                LEFT JOIN persons n ON n.person = g.person WHERE g.grp = '{_known(group)}'
                ORDER BY n.place NULLS LAST, g.day, g.item {cut}"""
            )
        ]

    def reasons(self, people: Collection[int]) -> list[Reason]:
        """What the given people did that bears on this share, newest first; empty for other indicators."""
        if not self._indicator.event or not people:
            return []
        who = f"person IN ({', '.join(map(str, people))})"
        span = f"<= DATE '{self._window.b}'" if self._indicator.ever else self._window.sql
        track = relations.TRACKS[self._indicator.event]
        return [
            Reason(*row)
            for row in self._store.rows(
                f"""SELECT person, 'class', training_class, last_day, attended, sessions, TRUE,
                  attended * 5 >= sessions * 4 AND last_day {span} FROM progress WHERE {track} AND {who}
                UNION ALL SELECT person, 'course', course, coalesce(completed, enrolled), 0, 0,
                  coalesce(passed, FALSE), coalesce(passed AND completed {span}, FALSE)
                FROM results WHERE {track} AND {who} ORDER BY 1, 8 DESC, 4 DESC NULLS LAST"""
            )
        ]

    def _all(self) -> str:
        parts = [self._main()]
        if self._indicator.relation in ("pairs", "trained"):
            parts.append(self._heads())
        if missing := self._missing():
            parts.append(missing)
        return " UNION ALL ".join(parts)

    def _main(self) -> str:
        sql = relations.relation(self._indicator, self._window)
        group = f"CASE WHEN NOT l.certain THEN '{OPEN}' WHEN r.hit THEN '{COUNTED}' ELSE '{MISSING}' END"
        joined = f"FROM ({sql}) r JOIN {self._places} l USING (anchor) WHERE l.x = {int(self._unit)}"
        if self._indicator.relation not in DISTINCT:
            return f"SELECT {group} AS grp, r.person, r.item, r.day, r.amount, '' AS qualifier {joined}"
        return f"""SELECT CASE WHEN bool_or(l.certain) THEN '{COUNTED}' ELSE '{OPEN}' END AS grp,
          any_value(r.person) AS person, arg_min(r.item, r.day) AS item, min(r.day) AS day, 1 AS amount,
          '' AS qualifier {joined} GROUP BY r.key"""

    def _heads(self) -> str:
        return f"""SELECT '{HEADS}' AS grp, NULL AS person, r.item, r.day, r.amount, r.qualifier
        FROM ({relations.heads(self._window)}) r JOIN {self._places} l USING (anchor)
        WHERE l.x = {int(self._unit)}"""

    def _missing(self) -> str:
        """People of the unit whom a count of people leaves out: staff without training, posts outside the
        audience."""
        relation = self._indicator.relation
        if relation in ("trained", "learners"):
            condition = CONDITIONS[c.STAFF]
        elif relation == "people" and not self._indicator.event:
            condition = "TRUE"
        else:
            return ""
        counted = f"SELECT r.person FROM ({relations.relation(self._indicator, self._window)}) r"
        return f"""SELECT '{MISSING}' AS grp, r.person, NULL AS item, NULL AS day, 1 AS amount, '' AS qualifier
        FROM (SELECT person, min(post) AS post FROM posts p
              WHERE DATE '{self._window.b}' BETWEEN p.valid_from AND p.valid_to AND {condition}
              GROUP BY person) r
        JOIN posts USING (post) JOIN {self._places} l USING (anchor)
        WHERE l.x = {int(self._unit)} AND l.certain AND r.person NOT IN ({counted})"""


def _known(group: str) -> str:
    if group not in (COUNTED, MISSING, OPEN, HEADS):
        raise ValueError(group)
    return group
