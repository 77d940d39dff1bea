"""`bundle import`: an exchange bundle, all or nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

from nhanlucso.cli.output import emit
from nhanlucso.exchange.bundle.importing import import_bundle
from nhanlucso.exchange.bundle.report import ImportReport
from nhanlucso.kernel.clock import now


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="PATH")
    parser.add_argument("--dry-run", action="store_true", help="chỉ cho biết sẽ làm gì")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> None:
    report = import_bundle(options.path, dry_run=options.dry_run, by=None, at=now())
    if options.json:
        emit(report.as_json())
    else:
        print(words(report))


def words(report: ImportReport) -> str:
    """The outcome in lines: a total, then the warnings."""
    verb = "Sẽ" if report.dry_run else "Đã"
    total = f"{verb} thêm {report.created}, sửa {report.updated}, giữ nguyên {report.unchanged} dòng."
    lines = [f"{update.file}: {dict(update.key)} – {', '.join(update.columns)}" for update in report.updates]
    warnings = [f"Lưu ý: {warning}" for warning in report.warnings]
    if report.warning_count > len(warnings):
        warnings.append(f"… và {report.warning_count - len(warnings)} lưu ý nữa.")
    return "\n".join([total, *lines, *warnings])
