"""`backup`: a safe copy while running."""

from __future__ import annotations

import argparse
from pathlib import Path

from nhanlucso.cli.output import emit
from nhanlucso.exchange.backups import make_backup


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="PATH", help="tệp .tar mới")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> None:
    made = make_backup(options.path)
    if options.json:
        emit(made)
    else:
        print(f"Đã sao lưu vào {options.path}: {made['files']} tệp. Khóa mã hóa ở tệp riêng: {made['keys']}")
