"""`oneroster undo`: all that an import of a package wrote is taken back."""

from __future__ import annotations

import argparse

from nhanlucso.cli.output import emit
from nhanlucso.exchange.oneroster.importing import IMPORTED, undo_roster
from nhanlucso.journal.models import Act
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", metavar="ACT", help="mã mà oneroster import in ra khi ghi («act»)")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> None:
    """Taken back already, nothing happens: `rows` is 0."""
    act = Act.objects.filter(uid=options.act, kind=IMPORTED).first()
    if act is None:
        raise Refused("unknown_act", f"Không có lần nhập «{options.act}».")
    done = undo_roster(act=act, by=SYSTEM, at=now())
    rows = 0 if done.already else done.rows
    if options.json:
        emit({"act": act.uid, "rows": rows})
    else:
        print(f"Đã trả lại như cũ: {rows} dòng.")
