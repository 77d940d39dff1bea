"""What stands behind a figure of one unit: rows counted, not counted, undecided."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from nhanlucso.indicators.catalogue import STAFF, Indicator
from nhanlucso.indicators.engine import conditions, relations
from nhanlucso.indicators.engine.placing import FEW, among
from nhanlucso.indicators.engine.relations import DISTINCT, Window
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
        self._places = store.places_for(indicator, window, tree)
        touching = store.placing_for(indicator, window, tree).touching([unit])
        self._among = among(touching) if len(touching) <= FEW else ""  # what lies elsewhere need not be read

    @property
    def indicator(self) -> Indicator:
        return self._indicator

    @property
    def last_day(self) -> date:
        return self._window.b

    def groups(self) -> list[str]:
        """The groups that rows of this indicator can fall into, in the order of reading."""
        has_missing = bool(self._indicator.event) or self._indicator.is_share or bool(self._missing())
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
        return [
            Reason(*row)
            for row in self._store.rows(conditions.reasons(self._indicator.event, self._window, who))
        ]

    def _all(self) -> str:
        parts = [self._main()]
        if self._indicator.relation in ("pairs", "trained"):
            parts.append(self._heads())
        if missing := self._missing():
            parts.append(missing)
        return " UNION ALL ".join(parts)

    def _main(self) -> str:
        sql = relations.whole(self._indicator, self._window)
        near = f"SELECT * FROM ({sql}) WHERE TRUE{self._among}"
        joined = f"FROM ({near}) r JOIN {self._places} l USING (anchor) WHERE l.x = {int(self._unit)}"
        if self._indicator.relation in DISTINCT:
            rows = f"""SELECT any_value(r.person) AS person, arg_min(r.item, (r.day, r.item)) AS item,
              min(r.day) AS day, any_value(r.amount) AS amount, any_value(r.hit) AS hit,
              bool_or(l.certain) AS certain {joined} GROUP BY r.key"""
        else:
            rows = f"SELECT r.person, r.item, r.day, r.amount, r.hit, l.certain {joined}"
        return f"""SELECT {self._group()} AS grp, person, item, day, greatest(amount, 1) AS amount, '' AS qualifier
        FROM ({rows}) WHERE {"TRUE" if self._indicator.is_share else "certain OR hit"}"""

    def _group(self) -> str:
        """Where a row stands: of a share the undecided belong to the denominator, of a number to what is counted."""
        if self._indicator.is_share:
            return f"CASE WHEN NOT certain THEN '{OPEN}' WHEN hit THEN '{COUNTED}' ELSE '{MISSING}' END"
        return f"CASE WHEN NOT hit THEN '{MISSING}' WHEN certain THEN '{COUNTED}' ELSE '{OPEN}' END"

    def _heads(self) -> str:
        return f"""SELECT '{HEADS}' AS grp, NULL AS person, r.item, r.day, r.amount, r.qualifier
        FROM ({relations.heads(self._window)}) r JOIN {self._places} l USING (anchor)
        WHERE l.x = {int(self._unit)}"""

    def _missing(self) -> str:
        """People of the unit whom a count of people leaves out: staff without training, posts outside the
        audience."""
        relation = self._indicator.relation
        if relation in ("trained", "learners"):
            condition = conditions.post(STAFF, self._window.b)
        elif relation == "people" and not self._indicator.event:
            condition = conditions.valid("p", self._window.b)
        else:
            return ""
        near = f"person IN (SELECT person FROM posts WHERE TRUE{self._among})" if self._among else "TRUE"
        all_counted = relations.relation(self._indicator, self._window)
        counted = f"SELECT r.person FROM ({all_counted}) r WHERE {near}"
        return f"""SELECT '{MISSING}' AS grp, r.person, NULL AS item, NULL AS day, 1 AS amount, '' AS qualifier
        FROM (SELECT person, min(post) AS post FROM posts p WHERE {condition} AND {near}
              GROUP BY person) r
        JOIN posts USING (post) JOIN {self._places} l USING (anchor)
        WHERE l.x = {int(self._unit)} AND l.certain AND r.person NOT IN ({counted})"""


def _known(group: str) -> str:
    if group not in (COUNTED, MISSING, OPEN, HEADS):
        raise ValueError(group)
    return group
