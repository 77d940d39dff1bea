"""Raw counts of indicators: for some units, for all of them, for many windows.

Rows of a relation hang at anchors. What an anchor's rows add up to, and which things have a row there, is found by one
query; what that makes of every unit, by the arithmetic of the tree (`engine.tree`), the same for one unit and for all.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

import numpy as np

from nhanlucso.indicators.catalogue import STAFF, Indicator
from nhanlucso.indicators.engine import conditions, relations
from nhanlucso.indicators.engine.heads import Heads
from nhanlucso.indicators.engine.placing import FEW, Placing, among
from nhanlucso.indicators.engine.presence import FirstPosts
from nhanlucso.indicators.engine.relations import DISTINCT, OF_PEOPLE, ROSTERS, Window
from nhanlucso.indicators.engine.rosters import RELATIONS, Rosters, most_people
from nhanlucso.indicators.engine.source import Source
from nhanlucso.indicators.engine.tally import Tally, every
from nhanlucso.indicators.engine.tree import Ints
from nhanlucso.indicators.rules import Count


def counts(
    store: Source, indicator: Indicator, window: Window, tree: date, units: Collection[int] | None
) -> dict[int, Count]:
    """Counts by unit on the tree of a date; units without any are absent. `units` None: all."""
    return counts_within(store, [indicator], window, tree, units)[indicator.code]


def counts_within(
    store: Source, indicators: Sequence[Indicator], window: Window, tree: date, units: Collection[int] | None
) -> dict[str, dict[int, Count]]:
    """As `counts`, for several indicators, by their codes."""
    if units is None:
        return counts_everywhere(store, indicators, window, tree)
    touching = store.placing(tree).touching(units)
    if len(touching) <= FEW:
        found = {i.code: _by_query(store, i, window, tree, units) for i in indicators}
    else:
        found = _of_large(store, indicators, window, tree, units)
    return {code: {unit: held[unit] for unit in units if unit in held} for code, held in found.items()}


def _of_large(
    store: Source, indicators: Sequence[Indicator], window: Window, tree: date, units: Collection[int]
) -> dict[str, dict[int, Count]]:
    """Counts that are right for the units. Those of one unit are known afterwards."""
    if len(units) != 1:
        return counts_everywhere(store, indicators, window, tree)
    (unit,) = units
    new = [i for i in indicators if (i, window, tree, unit) not in store.known]
    marked = {i: tallied for i in new if (tallied := _marked(store, i, window, tree, unit)) is not None}
    rest = [i for i in new if i not in marked]
    found = counts_everywhere(store, rest, window, tree) if rest else {}
    for indicator, tally in marked.items():
        placing = store.placing(tree)
        found[indicator.code] = _counted(store, indicator, window, placing, [tally, tally], None)
    for indicator in new:
        store.known[indicator, window, tree, unit] = found[indicator.code].get(unit, Count())
    return {i.code: {unit: store.known[i, window, tree, unit]} for i in indicators}


def _marked(store: Source, indicator: Indicator, window: Window, tree: date, unit: int) -> Tally | None:
    """The tally of a unit by marking people, where that can be."""
    if indicator.relation in ROSTERS:
        presence = store.presence(window)
        return None if presence is None else presence.tally(indicator.relation, store.placing(tree), unit)
    posts = first_posts_of(store, indicator, window)
    return None if posts is None else posts.tally(store.placing(tree), unit)


def first_posts_of(store: Source, indicator: Indicator, window: Window) -> FirstPosts | None:
    """All whom an indicator counts that asks for posts and nothing else, where the engine has a short way to them."""
    if indicator.relation != "people" or indicator.event or indicator.has_twins:
        return None
    return store.first_posts(conditions.post(indicator.audience or STAFF, window.b))


def _by_query(
    store: Source, indicator: Indicator, window: Window, tree: date, units: Collection[int]
) -> dict[int, Count]:
    """Counts that are right for the units alone: of rows elsewhere nothing is read."""
    placing = store.placing_for(indicator, window, tree)
    only = placing.touching(units)
    if indicator.relation in OF_PEOPLE:
        store = store.around(only, with_teams=indicator.relation == "members")
    return _counted(
        store, indicator, window, placing, _tallies(store, indicator, window, placing, only), only
    )


def counts_everywhere(
    store: Source, indicators: Sequence[Indicator], window: Window, tree: date
) -> dict[str, dict[int, Count]]:
    """By code and unit, the counts of all units on the tree of a date; units without any are absent."""
    return counts_over(store, indicators, [(window, tree)])[0]


def counts_over(
    store: Source, indicators: Sequence[Indicator], asked: Sequence[tuple[Window, date]]
) -> list[dict[str, dict[int, Count]]]:
    """As `counts_everywhere`, for many windows, each with its tree; what people attended is read and sorted once."""
    rosters = _rosters(store, {indicator.relation for indicator in indicators}, asked)
    store.foresee(_foreseen(store, indicators, asked, RELATIONS if rosters else ()))
    found: list[dict[str, dict[int, Count]]] = []
    for number, (window, tree) in enumerate(asked):
        counted = {}
        for indicator in indicators:
            placing = store.placing_for(indicator, window, tree)
            if rosters is not None and indicator.relation in RELATIONS:
                tally = rosters.tally(number, indicator.relation)
                tallies = [tally, tally]
            else:
                tallies = _tallies(store, indicator, window, placing, None)
            counted[indicator.code] = _counted(store, indicator, window, placing, tallies, None)
        found.append(counted)
    return found


def _rosters(store: Source, wanted: Collection[str], asked: Sequence[tuple[Window, date]]) -> Rosters | None:
    files = store.files("attended") if asked and not RELATIONS.isdisjoint(wanted) else []
    if not files:
        return None
    placed = [(window, store.placing(tree)) for window, tree in asked]
    try:
        rosters = Rosters(placed, most_people(files), "days" in wanted)
    except OverflowError:  # numbers beyond those of any installation: the queries count with any
        return None
    rosters.read(files)
    return rosters


def _rows(indicator: Indicator, window: Window, only: Ints | None) -> str:
    """The rows of an indicator that lie anywhere. `only`: anchors that are enough to look at."""
    near = among(only, twins=indicator.has_twins)
    return f"SELECT * FROM ({relations.relation(indicator, window)}) WHERE anchor IS NOT NULL{near}"


def _foreseen(
    store: Source, indicators: Sequence[Indicator], asked: Sequence[tuple[Window, date]], but: Collection[str]
) -> list[str]:
    """The relations that will be summed, once the tables for the villages of the windows are there."""
    summed = [i for i in indicators if i.relation not in DISTINCT and i.relation not in but]
    found = []
    for window, tree in asked:
        for indicator in summed:
            store.placing_for(indicator, window, tree)
            found.append(_rows(indicator, window, None))
    return found


def _tallies(
    store: Source, indicator: Indicator, window: Window, placing: Placing, only: Ints | None
) -> list[Tally]:
    """The tallies of amounts and of hits. `only`: anchors that are enough to look at."""
    rows = _rows(indicator, window, only)
    if indicator.relation in DISTINCT:
        return store.tallied_once(rows, placing)
    found = store.summed(rows)
    return [every(placing, found["anchor"], found[name]) for name in ("amount", "hits")]


def _counted(
    store: Source,
    indicator: Indicator,
    window: Window,
    placing: Placing,
    tallies: Sequence[Tally],
    only: Ints | None,
) -> dict[int, Count]:
    (value, undecided), (hits, undecided_hits) = tallies
    heads = None
    columns = [value, undecided, hits, undecided_hits]
    if indicator.relation in ("pairs", "trained"):
        heads = Heads(store, window, placing, among(only), with_classes=indicator.relation == "trained")
        columns += [heads.placed, heads.open, heads.rows, heads.largest]
    some = np.flatnonzero(np.any(np.stack(columns), axis=0))
    units = placing.tree.units
    numbers = zip(some.tolist(), *(column[some].tolist() for column in columns), strict=True)
    if heads is None:
        return {units[place]: Count(*found) for place, *found in numbers}
    return {
        units[place]: Count(v, u, n, q, placed, opened, heads.qualifiers(place) if rows else (), largest)
        for place, v, u, n, q, placed, opened, rows, largest in numbers
    }
