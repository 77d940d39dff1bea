"""`bundle export`: everything, or the subtree of a unit with its people and their facts."""

from __future__ import annotations

import argparse
from pathlib import Path

from nhanlucso.cli.output import emit
from nhanlucso.exchange.bundle.exporting import export_bundle
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.orgs.queries import resolve_unit


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="PATH", help="thư mục, hoặc tệp .zip")
    parser.add_argument("--unit", metavar="ID")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> None:
    unit = resolve_unit(options.unit) if options.unit else None
    counts = export_bundle(options.path, scope=SYSTEM, unit=unit, by=None, at=now())
    if options.json:
        emit({"path": str(options.path), "rows": counts})
    else:
        print(f"Đã xuất {sum(counts.values())} dòng vào {options.path}")
