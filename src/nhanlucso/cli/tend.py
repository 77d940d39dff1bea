"""`tend`: what is to be done from time to time: seal the log, take away what is past its time, end lost work."""

from __future__ import annotations

import argparse

from nhanlucso.audit.sealing import seal_all
from nhanlucso.cli.chores import cleared, swept
from nhanlucso.cli.output import emit
from nhanlucso.jobs.services import tidy
from nhanlucso.kernel.clock import now
from nhanlucso.upkeep.retention.registers import register


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> None:
    at = now()
    tidy(by=None, at=at)
    loose = cleared(at)
    gone = swept(at)
    sealed = seal_all(at)
    if options.json:
        emit({"sealed": sealed, "removed": gone, "loose_files": loose})
        return
    print(f"Đã niêm phong {sealed} sự việc; xóa {loose} tệp không còn ai dùng.")
    for code, count in gone.items():
        print(f"Hết hạn, đã xóa: {register(code).name} – {count}")
