"""What stands behind a figure of one unit: rows counted, not counted, undecided."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nhanlucso.indicators.catalogue import STAFF, Indicator
from nhanlucso.indicators.engine import conditions, relations
from nhanlucso.indicators.engine.compute import counts, first_posts_of
from nhanlucso.indicators.engine.placing import FEW, among
from nhanlucso.indicators.engine.presence import FirstPosts, Presence, count_without
from nhanlucso.indicators.engine.relations import DISTINCT, OF_PEOPLE, ROSTERS, Window
from nhanlucso.indicators.engine.store import Store
from nhanlucso.indicators.engine.tree import Ints
from nhanlucso.indicators.rules import Count

_MANY = 100_000  # people who are worth choosing out
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
        self._of_people = indicator.relation in OF_PEOPLE
        if self._is_small and self._of_people:
            self._store = store.around(touching, with_teams=indicator.relation == "members")
        self._held: pa.Table | None = None
        self._sizes: dict[str, int] | None = None

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
        if self._sizes is None:
            found = self._counted_rows() if self._is_small else self._counted_groups()
            self._sizes = dict.fromkeys(self.groups(), 0) | found
        return dict(self._sizes)

    def _counted_rows(self) -> dict[str, int]:
        return {one["values"]: one["counts"] for one in self._kept()["grp"].value_counts().to_pylist()}

    def _counted_groups(self) -> dict[str, int]:
        found: dict[str, int] = {}
        parts = [self._heads()] if self._has_heads else []
        if self._of_people and (self._indicator.is_share or not self._indicator.event):
            found |= self._counted_figure()
        else:
            parts.append(self._main())
        if self._leaves_out:
            found[MISSING] = self._missing_size()
        if parts:
            rest = f"SELECT grp, count(*) FROM ({' UNION ALL '.join(parts)}) GROUP BY grp"
            found |= dict(self._store.rows(rest))
        return found

    def _counted_figure(self) -> dict[str, int]:
        """Where each row counts 1, the figure tells how many there are."""
        figure = counts(self._store, self._indicator, self._window, self._tree, [self._unit])
        count = figure.get(self._unit, Count())
        if self._indicator.is_share:
            return {COUNTED: count.hits, MISSING: count.value - count.hits, OPEN: count.unallocated}
        return {COUNTED: count.value, OPEN: count.unallocated}

    def _missing_size(self) -> int:
        """How many rows `_missing` has."""
        posts = self._store.first_posts(self._left_out_from)
        if posts is None:
            return int(self._store.rows(f"SELECT count(*) FROM ({self._missing(self._store)})")[0][0])
        here = posts.surely_in(self._store.placing(self._tree), self._unit)
        return count_without(here, self._counted_people())

    def _counted_people(self) -> Ints:
        """Who is counted anywhere."""
        held: Presence | FirstPosts | None
        if self._has_heads:
            held = self._store.presence(self._window)
        else:
            held = first_posts_of(self._store, self._indicator, self._window)
        if held is not None:
            return held.people
        return self._store.columns(f"SELECT person FROM {self._counted_anywhere(self._store)}")["person"]

    def rows(self, group: str, offset: int = 0, limit: int | None = None) -> list[Row]:
        """Rows of a group, people in the order of their names."""
        wanted = _known(group)
        if self._is_small:
            kept = self._kept()
            kept = kept.filter(pc.equal(kept["grp"], wanted)).slice(offset, limit)
            return _rows(kept)
        if not self.sizes().get(wanted):
            return []
        found = self._from_the_top(wanted, offset + limit) if limit is not None else None
        if found is None:
            found = _rows(self._listed(self._store, wanted))
        return found[offset:] if limit is None else found[offset : offset + limit]

    def _from_the_top(self, group: str, enough: int) -> list[Row] | None:
        """The first rows of a group, at least so many: those of ever more people from the top of the list of all
        names. None where that is no shorter way."""
        people = 4 * enough
        while group != HEADS and self._of_people and self.sizes()[group] >= enough and people < _MANY:
            found = self._listed(self._store.of_first(people), group)
            if len(found) >= enough:
                return _rows(found)
            people *= 8
        return None

    def _kept(self) -> pa.Table:
        if self._held is None:
            self._held = self._listed(self._store, None)
        return self._held

    def _listed(self, facts: Store, group: str | None) -> pa.Table:
        """All rows in order, or those of a group."""
        return facts.table(
            f"""SELECT g.grp, g.person, g.item, g.day, g.amount::BIGINT AS amount, g.qualifier
            FROM ({" UNION ALL ".join(self._parts(facts))}) g LEFT JOIN persons n ON n.person = g.person
            {f"WHERE g.grp = '{group}'" if group else ""} ORDER BY n.place NULLS LAST, g.day, g.item"""
        )

    def reasons(self, people: Collection[int]) -> list[Reason]:
        """What the given people did that bears on this share, newest first; empty for other indicators."""
        if not self._indicator.event or not people:
            return []
        facts = self._store.about(np.unique(np.array([*people], dtype=np.int64)))
        who = f"person IN ({', '.join(map(str, people))})"
        return [
            Reason(*row) for row in facts.rows(conditions.reasons(self._indicator.event, self._window, who))
        ]

    def _parts(self, facts: Store) -> list[str]:
        parts = [self._main()]
        if self._has_heads:
            parts.append(self._heads())
        if self._leaves_out:
            parts.append(self._missing(facts))
        return parts

    def _main(self) -> str:
        sql = relations.whole(self._indicator, self._window)
        near = f"SELECT * FROM ({sql}) WHERE TRUE{self._among_rows}"
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

    def _missing(self, facts: Store) -> str:
        """People of the unit whom a count of people leaves out: staff without training, posts outside the
        audience."""
        near = f"person IN (SELECT person FROM posts WHERE TRUE{self._among})" if self._among else "TRUE"
        return f"""SELECT '{MISSING}' AS grp, r.person, NULL AS item, NULL AS day, 1 AS amount, '' AS qualifier
        FROM (SELECT person, arg_min(anchor, post) AS anchor FROM posts p WHERE {self._left_out_from} AND {near}
              GROUP BY person) r
        JOIN {self._places} l USING (anchor) ANTI JOIN {self._counted_anywhere(facts)} c ON c.person = r.person
        WHERE l.x = {int(self._unit)} AND l.certain"""

    @property
    def _left_out_from(self) -> str:
        """What a post must meet for its holder to be there at all."""
        if self._indicator.relation == "people":
            return conditions.valid("p", self._window.b)
        return conditions.post(STAFF, self._window.b)

    def _counted_anywhere(self, facts: Store) -> str:
        counted = relations.relation(self._indicator, self._window)
        return facts.kept(f"SELECT DISTINCT person FROM ({counted})")


def _rows(found: pa.Table) -> list[Row]:
    return [Row(*row) for row in zip(*(column.to_pylist() for column in found.columns), strict=True)]


def _known(group: str) -> str:
    if group not in (COUNTED, MISSING, OPEN, HEADS):
        raise ValueError(group)
    return group
