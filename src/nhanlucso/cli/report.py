"""`report`: the official report of a unit and period as a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from nhanlucso.cli.figures import selection
from nhanlucso.cli.output import emit
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.orgs.queries import resolve_unit, unit_reference
from nhanlucso.reports.services.writing import Wanted, save_report


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND", help="month, quarter, half-year, nine-month, year")
    selection(parser)
    parser.add_argument("--out", required=True, type=Path, metavar="FILE", help="tệp .docx, .pdf hoặc .xlsx")


def run(options: argparse.Namespace) -> None:
    unit = resolve_unit(options.unit)
    wanted = Wanted(options.kind, unit, options.period, options.calendar, options.tree)
    size = save_report(wanted=wanted, path=options.out, by=SYSTEM, at=now())
    if options.json:
        emit(
            {
                "file": str(options.out),
                "size": size,
                "kind": options.kind,
                "unit_id": unit_reference(unit),
                "period": options.period,
            }
        )
        return
    print(f"Đã lập {options.out} ({size} byte).")
