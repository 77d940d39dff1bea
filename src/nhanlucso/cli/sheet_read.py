"""`sheet read`: what a spreadsheet says, without a database."""

from __future__ import annotations

import argparse
from pathlib import Path

from nhanlucso.cli.output import emit
from nhanlucso.exchange.sheets.reading import KINDS, SheetReading, read_sheet


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--kind", choices=KINDS, default="auto", help="loại danh sách; auto: tự nhận")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> None:
    reading = read_sheet(options.file, options.kind)
    if options.json:
        emit(reading.as_json())
        return
    _print(reading)


def _print(reading: SheetReading) -> None:
    for row in reading.rows:
        said = [
            f"{key}={value}" for key, value in row.as_json().items() if key not in ("sheet", "row") and value
        ]
        print(f"{row.sheet}:{row.row}  {'  '.join(said)}")
    for column in reading.dropped_columns:
        print(f"Không đọc cột nhạy cảm «{column.header}» ({column.sheet}).")
    for problem in reading.problems:
        print(f"! {problem.sheet}:{problem.row}  {problem.message}")
    print(f"Loại: {reading.kind}; {len(reading.rows)} dòng, {len(reading.problems)} chỗ cần xem.")
