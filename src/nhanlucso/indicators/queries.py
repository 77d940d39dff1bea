"""Figures, and the people behind them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from threading import Lock

import pyarrow.parquet as pq
from django.conf import settings
from django.utils.translation import gettext

from nhanlucso.indicators.builds import current_build, facts_folder
from nhanlucso.indicators.catalogue import INDICATORS, Indicator
from nhanlucso.indicators.definitions import definition
from nhanlucso.indicators.engine.build import DERIVED, RAW
from nhanlucso.indicators.engine.compute import counts_within
from nhanlucso.indicators.engine.opening import DUCKDB, on_cluster
from nhanlucso.indicators.engine.passport import Passport
from nhanlucso.indicators.engine.relations import Window
from nhanlucso.indicators.engine.source import Source
from nhanlucso.indicators.engine.store import Store
from nhanlucso.indicators.facts import as_of
from nhanlucso.indicators.rules import Count, Figure, judge
from nhanlucso.kernel.clock import day_of, now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.numbers import vi_date
from nhanlucso.kernel.periods import DECREE, parse_period
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import Reach, history, reach, references
from nhanlucso.orgs.rules import History

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
        raise Refused(
            "bad_calendar",
            gettext("Không có lịch «%(calendar)s»; chọn decree hoặc civil.") % {"calendar": calendar},
        )
    a, b = parse_period(period).window(calendar)
    on = b if tree == "then" else day_of(tree)
    if on is None:
        raise Refused(
            "bad_tree",
            gettext("Không hiểu ngày của cây đơn vị «%(tree)s»; viết then hoặc 2025-07-01.") % {"tree": tree},
        )
    if on < b:
        raise Refused(
            "tree_before_period",
            gettext("Cây đơn vị ngày %(tree)s có trước ngày cuối kỳ %(end)s.") % {"tree": on, "end": b},
        )
    return Ask(Window(a, b), on)


def pick(codes: Sequence[str] | None, on: date | None = None) -> list[Indicator]:
    """The indicators asked for, in the order of the catalogue, own ones after them as they hold for a period that ends
    on the day; none asked for: those of the catalogue. Raises Refused("unknown_indicator", "not_in_force")."""
    asked = {code: definition(code, on) for code in codes or ()}
    shipped = [i for i in INDICATORS.values() if not codes or i.code in asked]
    return [*shipped, *(i for code, i in asked.items() if code not in INDICATORS)]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One part of a page: some indicators of some units, all asked of one window and tree."""

    asked: Ask
    indicators: Sequence[Indicator]
    units: Collection[int] | None


def figures(
    scope: Scope,
    asked: Ask,
    indicators: Sequence[Indicator],
    units: Collection[int] | None,
    engine: str = DUCKDB,
) -> dict[int, list[Figure]]:
    """Figures by unit (None: of every unit valid on the tree that the scope reaches).

    Raises Refused("unit_not_valid") for a unit that is not valid on the tree; Unit.DoesNotExist outside the scope; of
    another engine than the usual one as `engine.opening`.
    """
    return figure_sets(scope, [Wanted(asked, indicators, units)], engine)[0]


def figure_sets(
    scope: Scope, wanted: Sequence[Wanted], engine: str = DUCKDB
) -> list[dict[int, list[Figure]]]:
    """As `figures`, for several questions from one and the same build, at the cost of one in database queries."""
    past, inside = history(), reach(scope.to(Permission.SEE_FIGURES))
    units = [_checked(past, inside, part) for part in wanted]
    with _opened(engine) as (source, stamp):
        return [_computed(source, stamp, part, of) for part, of in zip(wanted, units, strict=True)]


def _computed(source: Source, stamp: str, part: Wanted, units: list[int]) -> dict[int, list[Figure]]:
    asked = part.asked
    window = (asked.window.a, asked.window.b)
    result: dict[int, list[Figure]] = {unit: [] for unit in units}
    every = counts_within(
        source, part.indicators, asked.window, asked.tree, None if part.units is None else units
    )
    for indicator in part.indicators:
        found = every[indicator.code]
        for unit in units:
            result[unit].append(judge(indicator, unit, window, asked.tree, found.get(unit, Count()), stamp))
    return result


def _checked(past: History, inside: Reach, part: Wanted) -> list[int]:
    closure = past.closure(part.asked.tree)
    if part.units is None:
        return [unit for unit in closure if inside.holds(unit)]
    for unit in part.units:
        if not inside.holds(unit):
            raise Unit.DoesNotExist
        if unit not in closure:
            raise Refused(
                "unit_not_valid",
                gettext("Đơn vị không có hiệu lực vào ngày %(day)s.") % {"day": vi_date(part.asked.tree)},
            )
    return list(part.units)


def figure_rows(
    scope: Scope,
    asked: Ask,
    indicators: Sequence[Indicator],
    unit: int,
    by_child: bool = False,
    engine: str = DUCKDB,
) -> list[tuple[str, Figure]]:
    """Figures with the id of their unit: the unit first, with `by_child` then every child in the tree that the
    scope reaches, by id. Raises as `figures`."""
    children: list[int] = []
    if by_child:
        inside = reach(scope.to(Permission.SEE_FIGURES))
        children = [v.unit for v in history().children(unit, asked.tree) if inside.holds(v.unit)]
    names = references([unit, *children])
    units = [unit, *sorted(children, key=names.__getitem__)]
    found = figures(scope, asked, indicators, units, engine)
    return [(names[of], figure) for of, figures_of in found.items() for figure in figures_of]


def open_store() -> tuple[Store, str]:
    """The current build, opened, and its time as text. Public: callers check the scope of what they read."""
    build = current_build(now())
    with _stores_lock:
        if build.name not in _stores or _stores[build.name].is_full:
            _stores.clear()
            _stores[build.name] = Store(facts_folder() / build.name, history())
        return _stores[build.name], as_of(build.as_of)


@contextmanager
def _opened(engine: str) -> Iterator[tuple[Source, str]]:
    """The current build on an engine, and its time as text."""
    store, stamp = open_store()
    if engine == DUCKDB:
        yield store, stamp
        return
    whole = {
        name: [([str(path) for path in paths], pq.read_schema(paths[0]), ("*",))]
        for name in (*RAW, *DERIVED)
        if (paths := store.files(name))
    }
    with on_cluster(settings.SPARK, store.history, whole) as source:
        yield source, stamp


def passport(scope: Scope, asked: Ask, indicator: Indicator, unit: int) -> Passport:
    """What stands behind a figure. Raises as `figures`."""
    _checked(history(), reach(scope.to(Permission.SEE_FIGURES)), Wanted(asked, [indicator], [unit]))
    store, _ = open_store()
    return Passport(store, indicator, asked.window, asked.tree, unit)


def busy_years(unit: int, tree: date) -> dict[int, tuple[int, date]]:
    """Reporting years with records of a unit: how many, and the last day. Public: counts of a unit, no person."""
    store, _ = open_store()
    return store.busy_years(unit, tree)
