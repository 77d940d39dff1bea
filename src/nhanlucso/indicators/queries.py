"""Figures, and the people behind them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock

from nhanlucso.indicators.builds import current_build, facts_folder
from nhanlucso.indicators.catalogue import INDICATORS, Indicator
from nhanlucso.indicators.engine.compute import counts
from nhanlucso.indicators.engine.passport import Passport
from nhanlucso.indicators.engine.relations import Window
from nhanlucso.indicators.engine.store import Store
from nhanlucso.indicators.facts import as_of
from nhanlucso.indicators.rules import Count, Figure, judge
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.periods import DECREE, parse_period
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history, reach

_stores: dict[str, Store] = {}
_stores_lock = Lock()


@dataclass(frozen=True, slots=True)
class Ask:
    """What figures are asked of: window and tree, checked."""

    window: Window
    tree: date


def ask(period: str, calendar: str = DECREE, tree: str = "then") -> Ask:
    """Reads period, calendar and tree date. Raises Refused("bad_period", "bad_calendar", "bad_tree",
    "tree_before_period")."""
    if calendar not in ("decree", "civil"):
        raise Refused("bad_calendar", f"Không có lịch «{calendar}»; chọn decree hoặc civil.")
    a, b = parse_period(period).window(calendar)
    try:
        on = b if tree == "then" else date.fromisoformat(tree)
    except ValueError:
        raise Refused(
            "bad_tree", f"Không hiểu ngày của cây đơn vị «{tree}»; viết then hoặc 2025-07-01."
        ) from None
    if on < b:
        raise Refused("tree_before_period", f"Cây đơn vị ngày {on} có trước ngày cuối kỳ {b}.")
    return Ask(Window(a, b), on)


def pick(codes: Sequence[str] | None) -> list[Indicator]:
    """The indicators asked for, in the order of the catalogue. Raises Refused("unknown_indicator")."""
    unknown = [code for code in codes or () if code not in INDICATORS]
    if unknown:
        raise Refused("unknown_indicator", f"Không có chỉ số «{unknown[0]}».")
    return [i for i in INDICATORS.values() if not codes or i.code in codes]


def figures(
    scope: Scope, asked: Ask, indicators: Sequence[Indicator], units: Collection[int] | None
) -> dict[int, list[Figure]]:
    """Figures by unit (None: of every unit valid on the tree that the scope reaches).

    Raises Refused("unit_not_valid") for a unit that is not valid on the tree; Unit.DoesNotExist outside the scope.
    """
    wanted = _checked(scope, asked, units)
    store, stamp = open_store()
    window = (asked.window.a, asked.window.b)
    result: dict[int, list[Figure]] = {unit: [] for unit in wanted}
    for indicator in indicators:
        found = counts(store, indicator, asked.window, asked.tree, None if units is None else wanted)
        for unit in wanted:
            result[unit].append(judge(indicator, unit, window, asked.tree, found.get(unit, Count()), stamp))
    return result


def _checked(scope: Scope, asked: Ask, units: Collection[int] | None) -> list[int]:
    closure, inside = history().closure(asked.tree), reach(scope)
    if units is None:
        return [unit for unit in closure if inside.holds(unit)]
    for unit in units:
        if not inside.holds(unit):
            raise Unit.DoesNotExist
        if unit not in closure:
            raise Refused("unit_not_valid", f"Đơn vị không có hiệu lực vào ngày {asked.tree:%d/%m/%Y}.")
    return list(units)


def open_store() -> tuple[Store, str]:
    """The current build, opened, and its time as text. Public: callers check the scope of what they read."""
    build = current_build(now())
    with _stores_lock:
        if build.name not in _stores:
            _stores.clear()
            _stores[build.name] = Store(facts_folder() / build.name, history())
        return _stores[build.name], as_of(build.as_of)


def passport(scope: Scope, asked: Ask, indicator: Indicator, unit: int) -> Passport:
    """What stands behind a figure. Raises as `figures`."""
    _checked(scope, asked, [unit])
    store, _ = open_store()
    return Passport(store, indicator, asked.window, asked.tree, unit)


def last_day_with_data(unit: int, tree: date) -> date | None:
    """The last day on which something was recorded for the unit. Public: a date of a unit, no person."""
    store, _ = open_store()
    return store.last_day(unit, tree)
