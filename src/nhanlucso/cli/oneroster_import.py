"""`oneroster import`: a OneRoster 1.2 package, all or nothing."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from nhanlucso.cli.bundle_import import words
from nhanlucso.cli.output import emit
from nhanlucso.exchange.oneroster.importing import import_roster
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM

_TABLES = ("orgs", "users", "courses")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="FILE.zip")
    parser.add_argument("--dry-run", action="store_true", help="chỉ cho biết sẽ làm gì")
    parser.add_argument(
        "--same",
        action="append",
        default=[],
        metavar="BẢNG:MÃ=BẢN-GHI",
        help="nói rõ một dòng của orgs, users, courses là bản ghi nào ở đây; =new: là mới; users còn có =skip",
    )
    parser.add_argument("--category", default="", metavar="LOẠI", help="đối tượng của người mới")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> None:
    report = import_roster(
        options.path,
        dry_run=options.dry_run,
        by=SYSTEM,
        at=now(),
        decisions=_decisions(options.same),
        category=options.category,
    )
    if options.json:
        emit(report.as_json())
        return
    print(words(report.bundle))
    if report.ambiguous:
        print(f"Chưa nhận {report.ambiguous} người vì chưa chắc là ai.")
    if report.act:
        print(f"Trả lại như cũ: nhanlucso oneroster undo {report.act}")


def _decisions(texts: Sequence[str]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for text in texts:
        table, colon, rest = text.partition(":")
        uid, sign, said = rest.partition("=")
        if table not in _TABLES or not (colon and sign and uid and said):
            raise Refused("bad_decision", f"«{text}» phải viết như users:U1=MÃ; bảng: {', '.join(_TABLES)}.")
        found[table, uid] = said
    return found
