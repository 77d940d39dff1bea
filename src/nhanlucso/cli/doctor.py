"""`doctor`: health and integrity. Exit 0 if nothing is bad, else 1."""

from __future__ import annotations

import argparse
from contextlib import suppress

from django.db import DatabaseError

from nhanlucso.audit.chain import Anchor
from nhanlucso.audit.sealing import seal_all
from nhanlucso.cli.output import emit
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.upkeep.health.examination import examine
from nhanlucso.upkeep.health.finding import BAD
from nhanlucso.upkeep.places import migrations, require_database

_SIGNS = {"ok": "tốt", "warn": "lưu ý", "bad": "HỎNG"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--anchor", metavar="N:MÃ", help="mã của một niêm phong nhật ký đã ghi lại ở nơi khác: còn đúng không"
    )


def anchor_of(text: str) -> Anchor:
    """Raises Refused("bad_anchor")."""
    number, _colon, digest = text.strip().partition(":")
    if not number.isascii() or not number.isdigit() or not digest:
        raise Refused("bad_anchor", f"«{text}» không phải mã niêm phong dạng 12:3fa9….")
    return Anchor(int(number), digest.lower())


def run(options: argparse.Namespace) -> int:
    anchor = anchor_of(options.anchor) if options.anchor else None
    with suppress(DatabaseError, Refused):  # what cannot be sealed is found below
        require_database()
        if migrations().agree:
            seal_all(now())
    findings = examine(now(), anchor)
    well = all(finding.state != BAD for finding in findings)
    if options.json:
        emit({"ok": well, "checks": [finding.as_json() for finding in findings]})
        return int(not well)
    for finding in findings:
        print(f"{_SIGNS[finding.state]:<6} {finding.name:<15} {finding.found}")
        if finding.do:
            print(f"{'':<22} → {finding.do}")
    return int(not well)
