"""`figures`: figures from the records as they are now."""

from __future__ import annotations

import argparse

from nhanlucso.cli.output import emit
from nhanlucso.indicators.figures import as_json, sentence
from nhanlucso.indicators.queries import ask, figure_rows, pick
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.orgs.queries import resolve_unit


def arguments(parser: argparse.ArgumentParser) -> None:
    selection(parser)
    parser.add_argument("--indicator", nargs="+", action="extend", metavar="CODE")
    parser.add_argument("--by-child", action="store_true", help="đơn vị trước, rồi từng đơn vị trực thuộc")
    parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
    parser.add_argument("--frozen", action="store_true", help="giá trị đã công bố của kỳ đã chốt")


def selection(parser: argparse.ArgumentParser) -> None:
    """The arguments that name a unit, a period and a tree; shared by figures, passport and report."""
    parser.add_argument("--unit", required=True, metavar="ID")
    parser.add_argument("--period", required=True)
    parser.add_argument("--calendar", choices=("decree", "civil"), default="decree")
    parser.add_argument("--tree", default="then", metavar="then|YYYY-MM-DD")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> None:
    if options.engine == "spark":
        raise Refused("engine_missing", "Bản này chưa có bộ máy spark; dùng --engine duckdb.")
    if options.frozen:
        raise Refused("not_frozen", "Kỳ này chưa được chốt số liệu.")
    indicators = pick(options.indicator)
    asked = ask(options.period, options.calendar, options.tree)
    rows = figure_rows(SYSTEM, asked, indicators, resolve_unit(options.unit).pk, options.by_child)
    if options.json:
        emit([as_json(figure, unit, options.period) for unit, figure in rows])
        return
    for unit, figure in rows:
        print(f"{unit:<20} {figure.indicator.code:<24} {sentence(figure)}")
