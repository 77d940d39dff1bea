"""`twin`: an indicator on the tree of then and on that of now, with the effect of the boundary and the real change."""

from __future__ import annotations

import argparse

from nhanlucso.cli.output import emit
from nhanlucso.indicators.figures import as_json, sentence
from nhanlucso.indicators.queries import ask, pick
from nhanlucso.indicators.rules import Figure
from nhanlucso.indicators.twin import Gap, Twin, Twins, twins
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.numbers import vi_number
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.orgs.queries import references, resolve_unit


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--unit", required=True, metavar="ID")
    parser.add_argument("--indicator", required=True, metavar="CODE")
    parser.add_argument("--before", required=True, metavar="PERIOD", help="kỳ trước")
    parser.add_argument("--period", required=True, help="kỳ sau")
    parser.add_argument("--calendar", choices=("decree", "civil"), default="decree")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> None:
    windows = ask(options.before, options.calendar), ask(options.period, options.calendar)
    now = max(today(), *(each.window.b for each in windows))
    indicator = pick([options.indicator], windows[1].window.b)[0]
    held = twins(SYSTEM, indicator, resolve_unit(options.unit).pk, windows, now)
    rows = [held.own, *held.below]
    if options.json:
        emit(_document(held, rows, options))
        return
    for twin in rows:
        lead = sentence(twin.lead.figure) if twin.lead and twin.lead.figure else "–"
        print(twin.version.name, lead, sentence(twin.carried), sentence(twin.later), sep="  ")
        print(f"  địa giới {_signed(twin.boundary)}, thay đổi thật {_signed(twin.real)}")


def _document(held: Twins, rows: list[Twin], options: argparse.Namespace) -> list[dict[str, object]]:
    units = {p.version.unit for twin in rows for p in twin.predecessors} | {
        twin.version.unit for twin in rows
    }
    ids = references(sorted(units))

    def said(figure: Figure | None, period: str) -> dict[str, object] | None:
        return as_json(figure, ids[figure.unit_id], period) if figure else None

    return [
        {
            "unit_id": ids[twin.version.unit],
            "predecessors": [
                {
                    "unit_id": ids[p.version.unit],
                    "whole": p.whole,
                    "lead": p is twin.lead,
                    "figure": said(p.figure, options.before),
                }
                for p in twin.predecessors
            ],
            "carried": said(twin.carried, options.before),
            "later": said(twin.later, options.period),
            "boundary": _gap(twin.boundary),
            "real": _gap(twin.real),
            "redefined": held.redefined,
        }
        for twin in rows
    ]


def _gap(gap: Gap | None) -> dict[str, float] | None:
    return {"value": gap.value, "low": gap.low, "high": gap.high} if gap else None


def _signed(gap: Gap | None) -> str:
    if gap is None:
        return "chưa rõ"
    words = f"{'+' if gap.value > 0 else ''}{vi_number(gap.value)}"
    return words if gap.is_sure else f"{words} (từ {vi_number(gap.low)} đến {vi_number(gap.high)})"
