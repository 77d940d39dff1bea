"""`oneroster export`: the subtree of a unit as a OneRoster 1.2 package."""

from __future__ import annotations

import argparse
from pathlib import Path

from nhanlucso.cli.output import emit
from nhanlucso.exchange.oneroster.exporting import export_roster
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.orgs.queries import resolve_unit


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="OUT.zip")
    parser.add_argument("--unit", metavar="ID", required=True, help="đơn vị; lấy cả các đơn vị bên dưới")
    parser.add_argument("--contacts", action="store_true", help="kèm điện thoại và thư điện tử")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> None:
    counts = export_roster(
        options.path,
        unit=resolve_unit(options.unit),
        by=SYSTEM,
        at=now(),
        contacts=options.contacts,
    )
    if options.json:
        emit({"path": str(options.path), "rows": counts})
    else:
        print(f"Đã xuất {sum(counts.values())} dòng vào {options.path}")
