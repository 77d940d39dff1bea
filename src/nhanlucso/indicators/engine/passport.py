"""What stands behind a figure of one unit: rows counted, not counted, undecided."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from nhanlucso.indicators.catalogue import STAFF, Indicator
from nhanlucso.indicators.engine import conditions, relations
from nhanlucso.indicators.engine.compute import counts
from nhanlucso.indicators.engine.placing import FEW, among
from nhanlucso.indicators.engine.relations import DISTINCT, Window
from nhanlucso.indicators.engine.store import Store
from nhanlucso.indicators.rules import Count

ROSTERS = ("pairs", "trained")
OF_PEOPLE = (*ROSTERS, "days", "learners", "completions", "people", "members")
_MANY = 200_000  # people who are worth choosing out
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
    """The rows behind one indicator for one unit, window and tree.

    What a unit with few anchors has is read once and kept; of a large one the sizes are counted, and rows are read for
    the page that is asked for.
    """

    def __init__(
        self, store: Store, indicator: Indicator, window: Window, tree: date, unit: int, few: int = FEW
    ) -> None:
        """`few`: anchors of a unit whose rows are all read at once."""
        self._store, self._indicator, self._window, self._unit = store, indicator, window, unit
        self._tree = tree
        self._places = store.places_for(indicator, window, tree)
        touching = store.placing_for(indicator, window, tree).touching([unit])
        self._is_small = len(touching) <= few  # what lies elsewhere need not be read
        self._among = among(touching) if self._is_small else ""
        self._among_rows = among(touching, twins=indicator.has_twins) if self._is_small else ""
        self._held: pa.Table | None = None

    @property
    def indicator(self) -> Indicator:
        return self._indicator

    @property
    def last_day(self) -> date:
        return self._window.b

    def groups(self) -> list[str]:
        """The groups that rows of this indicator can fall into, in the order of reading."""
        has_missing = bool(self._indicator.event) or self._indicator.is_share or self._leaves_out
        return [COUNTED, *([MISSING] if has_missing else []), OPEN, *([HEADS] if self._has_heads else [])]

    @property
    def _leaves_out(self) -> bool:
        """Whether it counts people of an audience of which others may be named."""
        relation = self._indicator.relation
        return relation in ("trained", "learners") or (relation == "people" and not self._indicator.event)

    @property
    def _has_heads(self) -> bool:
        return self._indicator.relation in ROSTERS

    def sizes(self) -> dict[str, int]:
        """How many rows each group has, with 0 for those that are empty."""
        found = dict.fromkeys(self.groups(), 0)
        if self._is_small:
            counted = self._kept()["grp"].value_counts().to_pylist()
            return found | {one["values"]: one["counts"] for one in counted}
        parts = self._parts()
        if self._has_heads:  # there each row counts 1, so that the figure tells how many there are
            figure = counts(self._store, self._indicator, self._window, self._tree, [self._unit])
            count = figure.get(self._unit, Count())
            found |= {COUNTED: count.value, OPEN: count.unallocated}
            parts = parts[1:]
        rest = f"SELECT grp, count(*) FROM ({' UNION ALL '.join(parts)}) GROUP BY grp"
        return found | dict(self._store.rows(rest))

    def rows(self, group: str, offset: int = 0, limit: int | None = None) -> list[Row]:
        """Rows of a group, people in the order of their names."""
        wanted = _known(group)
        if self._is_small:
            kept = self._kept()
            kept = kept.filter(pc.equal(kept["grp"], wanted)).slice(offset, limit)
            return [Row(*row) for row in zip(*(column.to_pylist() for column in kept.columns), strict=True)]
        found = self._from_the_top(wanted, offset + limit) if limit is not None else None
        if found is None:
            found = [Row(*row) for row in self._store.rows(self._listed(wanted))]
        return found[offset:] if limit is None else found[offset : offset + limit]

    def _from_the_top(self, group: str, enough: int) -> list[Row] | None:
        """The first rows of a group, at least so many: those of ever more people from the top of the list of all
        names. None where that is no shorter way."""
        people = 4 * enough
        while group != HEADS and self._indicator.relation in OF_PEOPLE and people < _MANY:
            found = self._store.rows(self._listed(group, people))
            if len(found) >= enough:
                return [Row(*row) for row in found]
            people *= 8
        return None

    def _kept(self) -> pa.Table:
        if self._held is None:
            self._held = self._store.table(self._listed(None))
        return self._held

    def _listed(self, group: str | None, first: int | None = None) -> str:
        """All rows in order, or those of a group; only of so many people from the top of the list of all names."""
        who = "" if first is None else f" AND person IN (SELECT person FROM persons WHERE place < {first})"
        named = "LEFT JOIN persons n" if first is None else "JOIN persons n"
        return f"""SELECT g.grp, g.person, g.item, g.day, g.amount::BIGINT AS amount, g.qualifier
        FROM ({" UNION ALL ".join(self._parts(who))}) g {named} ON n.person = g.person
        {f"WHERE g.grp = '{group}'" if group else ""} ORDER BY n.place NULLS LAST, g.day, g.item"""

    def reasons(self, people: Collection[int]) -> list[Reason]:
        """What the given people did that bears on this share, newest first; empty for other indicators."""
        if not self._indicator.event or not people:
            return []
        who = f"person IN ({', '.join(map(str, people))})"
        return [
            Reason(*row)
            for row in self._store.rows(conditions.reasons(self._indicator.event, self._window, who))
        ]

    def _parts(self, who: str = "") -> list[str]:
        """`who`: a further condition on `person`; head counts are of nobody."""
        parts = [self._main(who)]
        if self._has_heads:
            parts.append(self._heads())
        if missing := self._missing(who):
            parts.append(missing)
        return parts

    def _main(self, who: str) -> str:
        sql = relations.whole(self._indicator, self._window)
        near = f"SELECT * FROM ({sql}) WHERE TRUE{self._among_rows}{who}"
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

    def _missing(self, who: str = "") -> str:
        """People of the unit whom a count of people leaves out: staff without training, posts outside the
        audience."""
        if not self._leaves_out:
            return ""
        if self._indicator.relation == "people":
            condition = conditions.valid("p", self._window.b)
        else:
            condition = conditions.post(STAFF, self._window.b)
        near = f"person IN (SELECT person FROM posts WHERE TRUE{self._among})" if self._among else "TRUE"
        near += who
        all_counted = relations.relation(self._indicator, self._window)
        counted = self._store.kept(f"SELECT DISTINCT person FROM ({all_counted})")
        return f"""SELECT '{MISSING}' AS grp, r.person, NULL AS item, NULL AS day, 1 AS amount, '' AS qualifier
        FROM (SELECT person, arg_min(anchor, post) AS anchor FROM posts p WHERE {condition} AND {near}
              GROUP BY person) r JOIN {self._places} l USING (anchor) ANTI JOIN {counted} c ON c.person = r.person
        WHERE l.x = {int(self._unit)} AND l.certain"""


def _known(group: str) -> str:
    if group not in (COUNTED, MISSING, OPEN, HEADS):
        raise ValueError(group)
    return group
