"""Raw counts of an indicator for some units or for all of them at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from nhanlucso.indicators.catalogue import Indicator
from nhanlucso.indicators.engine import relations
from nhanlucso.indicators.engine.relations import DISTINCT, Window
from nhanlucso.indicators.engine.store import Store
from nhanlucso.indicators.rules import Count


def counts(
    store: Store, indicator: Indicator, window: Window, tree: date, units: Collection[int] | None
) -> dict[int, Count]:
    """Counts by unit on the tree of a date; units without any are absent. `units` None: all."""
    places = store.places_for(indicator, window, tree)
    only = _only(units)
    sql = relations.relation(indicator, window)
    grouped = _distinct(sql, places, only) if indicator.relation in DISTINCT else _unique(sql, places, only)
    found = {x: Count(int(v), int(u), int(n), int(q)) for x, v, u, n, q in store.rows(grouped)}
    if indicator.relation in ("pairs", "trained"):
        _add_heads(found, store, window, places, only)
    if indicator.relation == "trained":
        for x, largest in store.rows(_largest(window, places, only)):
            found[x] = replace(found.get(x, Count()), largest=int(largest))
    return found


def _only(units: Collection[int] | None) -> str:
    return "" if units is None else f"WHERE l.x IN ({', '.join(str(int(unit)) for unit in units) or 'NULL'})"


def _unique(sql: str, places: str, only: str) -> str:
    """Every row of the relation counts: sum by anchor first, there are few of them."""
    return f"""SELECT l.x, coalesce(sum(r.amount) FILTER (l.certain), 0),
      coalesce(sum(r.amount) FILTER (NOT l.certain), 0),
      coalesce(sum(r.hits) FILTER (l.certain), 0), coalesce(sum(r.hits) FILTER (NOT l.certain), 0)
    FROM (SELECT anchor, sum(amount) AS amount, count(*) FILTER (hit) AS hits FROM ({sql}) GROUP BY anchor) r
    JOIN {places} l USING (anchor) {only} GROUP BY l.x"""


def _distinct(sql: str, places: str, only: str) -> str:
    """Every key counts once; one that surely belongs here is not uncertain as well."""
    return f"""SELECT x, coalesce(sum(amount) FILTER (certain), 0), coalesce(sum(amount) FILTER (NOT certain), 0),
      count(*) FILTER (certain AND hit), count(*) FILTER (NOT certain AND hit)
    FROM (SELECT l.x, r.key, any_value(r.amount) AS amount, any_value(r.hit) AS hit, bool_or(l.certain) AS certain
          FROM (SELECT DISTINCT key, anchor, amount, hit FROM ({sql})) r JOIN {places} l USING (anchor) {only}
          GROUP BY l.x, r.key)
    GROUP BY x"""


def _add_heads(found: dict[int, Count], store: Store, window: Window, places: str, only: str) -> None:
    sql = f"""SELECT l.x, coalesce(sum(r.amount) FILTER (l.certain), 0),
      coalesce(sum(r.amount) FILTER (NOT l.certain), 0),
      coalesce(list(DISTINCT r.qualifier) FILTER (l.certain), [])
    FROM ({relations.heads(window)}) r JOIN {places} l USING (anchor) {only} GROUP BY l.x"""
    for x, heads, heads_open, qualifiers in store.rows(sql):
        found[x] = replace(
            found.get(x, Count()), heads=int(heads), heads_open=int(heads_open), qualifiers=tuple(qualifiers)
        )


def _largest(window: Window, places: str, only: str) -> str:
    """The most people who were surely at one class: its placed roster and its placed head counts that are no
    less than they say. A head count without a class is a class of its own."""
    return f"""SELECT x, max(people) FROM (
      SELECT l.x, r.class_key, sum(r.people) AS people FROM (
        SELECT anchor, item AS class_key, count(*) AS people FROM ({relations.pairs(window)}) GROUP BY ALL
        UNION ALL SELECT anchor, coalesce(item, -1 - key), sum(amount) FROM ({relations.heads(window)})
          WHERE qualifier IN ('exact', 'over') GROUP BY ALL) r
      JOIN (SELECT * FROM {places} WHERE certain) l USING (anchor) {only} GROUP BY ALL)
    GROUP BY x"""
