"""`figures`: figures from the records as they are now."""

from __future__ import annotations

import argparse

from nhanlucso.cli.output import emit
from nhanlucso.indicators.engine.opening import DUCKDB, ENGINES
from nhanlucso.indicators.figures import QUALIFIER_WORDS, as_json, sentence
from nhanlucso.indicators.queries import Ask, ask, figure_rows, pick
from nhanlucso.kernel.numbers import vi_number
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.orgs.queries import resolve_unit
from nhanlucso.reports.queries.published import frozen_figures


def arguments(parser: argparse.ArgumentParser) -> None:
    selection(parser)
    parser.add_argument("--indicator", nargs="+", action="extend", metavar="CODE")
    parser.add_argument("--by-child", action="store_true", help="đơn vị trước, rồi từng đơn vị trực thuộc")
    parser.add_argument("--engine", choices=ENGINES, default=DUCKDB)
    parser.add_argument("--frozen", action="store_true", help="giá trị đã công bố của kỳ đã chốt")


def selection(parser: argparse.ArgumentParser) -> None:
    """The arguments that name a unit, a period and a tree; shared by figures, passport and report."""
    parser.add_argument("--unit", required=True, metavar="ID")
    parser.add_argument("--period", required=True)
    parser.add_argument("--calendar", choices=("decree", "civil"), default="decree")
    parser.add_argument("--tree", default="then", metavar="then|YYYY-MM-DD")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> None:
    asked = ask(options.period, options.calendar, options.tree)
    if options.frozen:
        _published(options, asked)
        return
    indicators = pick(options.indicator, asked.window.b)
    of = resolve_unit(options.unit).pk
    rows = figure_rows(SYSTEM, asked, indicators, of, options.by_child, options.engine)
    if options.json:
        emit([as_json(figure, unit, options.period) for unit, figure in rows])
        return
    for unit, figure in rows:
        print(f"{unit:<20} {figure.indicator.code:<24} {sentence(figure)}")


def _published(options: argparse.Namespace, asked: Ask) -> None:
    """The values of a closed period as they were approved."""
    rows = frozen_figures(
        SYSTEM,
        resolve_unit(options.unit).pk,
        options.period,
        asked,
        calendar=options.calendar,
        codes=options.indicator,
        by_child=options.by_child,
    )
    if options.json:
        emit(rows)
        return
    for row in rows:
        value = "–" if row["value"] is None else vi_number(row["value"], 1 if row["unit"] == "%" else None)
        print(
            f"{row['unit_id']:<20} {row['indicator']:<24} {QUALIFIER_WORDS[row['qualifier']]}{value} {row['unit']}"
        )
