"""Figures of the country, its provinces and every unit below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from nhanlucso.indicators.catalogue import Indicator
from nhanlucso.indicators.engine.compute import counts_everywhere
from nhanlucso.indicators.engine.relations import Window
from nhanlucso.indicators.engine.source import Source
from nhanlucso.indicators.rollup.nation import COUNTRY, Nation
from nhanlucso.indicators.rollup.own import Own
from nhanlucso.indicators.rollup.rules import together
from nhanlucso.indicators.rules import Count, Figure, judge
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.language import say as _
from nhanlucso.kernel.numbers import vi_date

Figures = Mapping[int, Sequence[Figure]]


def rolled_up(
    nation: Nation,
    source: Source,
    indicators: Sequence[Indicator],
    window: Window,
    tree: date,
    *,
    missing: Sequence[str] = (),
    own: Sequence[Own] = (),
) -> Figures:
    """All figures of all units on the tree of a date, by unit. `source`: the facts of the nation, opened on any engine;
    `missing`: sources of which nothing is there, for which the figures of the country are open upwards; `own`: own
    indicators, of the sources that declare them and, where all declare them alike, of the country."""
    span = (window.a, window.b)
    counted = counts_everywhere(source, indicators, window, tree)
    found: dict[int, list[Figure]] = {}
    for unit in nation.history.closure(tree):
        moment = nation.as_of(unit)
        found[unit] = [
            judge(i, unit, span, tree, counted[i.code].get(unit, Count()), moment) for i in indicators
        ]
    wholes = [nation.whole_of(place) for place in range(len(nation.extracts))]
    found[COUNTRY] = [
        together(figure, [found[whole][number] for whole in wholes], lacking=bool(missing))
        for number, figure in enumerate(found[COUNTRY])
    ]
    for one in own:
        for unit, figure in _of_own(nation, source, one, window, tree, lacking=bool(missing)).items():
            found[unit].append(figure)
    return found


def _of_own(
    nation: Nation, source: Source, own: Own, window: Window, tree: date, *, lacking: bool
) -> dict[int, Figure]:
    """Figures of an own indicator by unit, each by the declaration of its source."""
    counted = counts_everywhere(source, [own.indicator], window, tree)[own.indicator.code]

    def figure(unit: int, indicator: Indicator) -> Figure:
        count = counted.get(unit, Count())
        return judge(indicator, unit, (window.a, window.b), tree, count, nation.as_of(unit))

    found = {}
    for unit in nation.history.closure(tree):
        if unit != COUNTRY and (place := nation.place_of(unit)) in own.by_place:
            found[unit] = figure(unit, own.by_place[place])
    if own.everywhere:
        parts = [found[nation.whole_of(place)] for place in own.by_place]
        found[COUNTRY] = together(figure(COUNTRY, own.indicator), parts, lacking=lacking)
    return found


def rows(
    nation: Nation, found: Figures, tree: date, unit: str, *, by_child: bool = False
) -> list[tuple[str, Figure]]:
    """Figures of a unit with its id, with `by_child` then of every child, by id; `unit` «all»: of every unit.

    Raises Refused("unknown_unit", "unit_not_valid").
    """
    if unit == "all":
        return [
            (nation.ids[of], figure)
            for of in sorted(found, key=nation.ids.__getitem__)
            for figure in found[of]
        ]
    number = next((number for number, name in nation.ids.items() if name == unit), None)
    if number is None:
        raise Refused("unknown_unit", _("Không có đơn vị «%(unit)s».") % {"unit": unit})
    if number not in found:
        raise Refused(
            "unit_not_valid", _("Đơn vị không có hiệu lực vào ngày %(day)s.") % {"day": vi_date(tree)}
        )
    below = [version.unit for version in nation.history.children(number, tree)] if by_child else []
    units = [number, *sorted(below, key=nation.ids.__getitem__)]
    return [(nation.ids[of], figure) for of in units for figure in found[of]]
