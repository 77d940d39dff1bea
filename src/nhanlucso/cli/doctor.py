"""`doctor`: health and integrity. Exit 0 if nothing is bad, else 1."""

from __future__ import annotations

import argparse

from nhanlucso.cli.output import emit
from nhanlucso.kernel.clock import now
from nhanlucso.upkeep.health.examination import examine
from nhanlucso.upkeep.health.finding import BAD

_SIGNS = {"ok": "tốt", "warn": "lưu ý", "bad": "HỎNG"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    findings = examine(now())
    well = all(finding.state != BAD for finding in findings)
    if options.json:
        emit({"ok": well, "checks": [finding.as_json() for finding in findings]})
        return int(not well)
    for finding in findings:
        print(f"{_SIGNS[finding.state]:<6} {finding.name:<15} {finding.found}")
        if finding.do:
            print(f"{'':<22} → {finding.do}")
    return int(not well)
