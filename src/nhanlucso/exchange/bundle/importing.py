"""Importing an exchange bundle: all or nothing.

Every row is read and judged first, without a lock; then the same pass runs again inside one transaction and writes.
A bundle that changes nothing writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.exchange.bundle.columns import FileSpec
from nhanlucso.exchange.bundle.filepass import FilePass, Work
from nhanlucso.exchange.bundle.files import FILES, UNIT_CHANGES, UNITS
from nhanlucso.exchange.bundle.package import MANIFEST, Package, open_package
from nhanlucso.exchange.bundle.report import ImportReport
from nhanlucso.exchange.bundle.unitpass import ChangePass, UnitPass
from nhanlucso.kernel.errors import Detail, Refused
from nhanlucso.orgs.services import structure_changed

Progress = Callable[[int, int, str], None]  # done, total (bytes over all passes), what is being done
_PASSES: dict[str, type[FilePass]] = {UNITS.name: UnitPass, UNIT_CHANGES.name: ChangePass}


def import_bundle(
    path: Path, *, dry_run: bool, by: int | None, at: datetime, progress: Progress | None = None
) -> ImportReport:
    """Imports the folder or .zip at `path`; with `dry_run` only tells what it would do.

    `by` is the account id, None for the command line. `progress` may raise to cancel: nothing is written then.
    Raises Refused with all that must be mended (file, line, column), nothing written.
    """
    with open_package(path) as package:
        return import_package(package, dry_run=dry_run, by=by, at=at, progress=progress)


def import_package(
    package: Package,
    *,
    dry_run: bool,
    by: int | None,
    at: datetime,
    progress: Progress | None = None,
    verb: str = "bundle.import",
) -> ImportReport:
    """As `import_bundle`, of a package that is open already; `verb`: what the log calls it."""
    passes = 1 if dry_run else 2
    planned = _pass(package, writing=False, progress=progress, passes=passes)
    if dry_run or not planned.created + planned.updated:
        planned.dry_run = dry_run
        return planned
    try:
        with transaction.atomic():
            report = _pass(package, writing=True, progress=progress, passes=passes)
            _conclude(report, verb=verb, by=by, at=at)
    except IntegrityError:
        raise Refused(
            "conflict", _("Dữ liệu đã lưu vừa thay đổi trong lúc nhập; chưa ghi gì, xin nhập lại.")
        ) from None
    report.warnings, report.warning_count = planned.warnings, planned.warning_count
    return report


def _pass(package: Package, *, writing: bool, progress: Progress | None, passes: int) -> ImportReport:
    """One pass over all files, in the order of their references. Raises Refused if anything must be mended."""
    files = [spec for spec in FILES if spec.file in package.sizes]
    size = sum(package.sizes[spec.file] for spec in files)
    before = size if writing else 0

    def step(spec: FileSpec, position: int) -> None:
        if progress:
            action = _("Ghi %(file)s") if writing else _("Kiểm tra %(file)s")
            progress(min(before + position, size * passes), size * passes, action % {"file": spec.file})

    report = ImportReport(package.source, dry_run=not writing)
    work = Work(package, writing, report, step)
    for spec in files:
        _PASSES.get(spec.name, FilePass)(work, spec).run()
        before += package.sizes[spec.file]
    work.problems.refuse()
    known = {MANIFEST, *(spec.file for spec in FILES)}
    for name in sorted(package.sizes.keys() - known):
        report.warn(Detail(_("không biết tệp này; đã bỏ qua."), name))
    return report


def _conclude(report: ImportReport, *, verb: str, by: int | None, at: datetime) -> None:
    """Marks what depends on the records as old, and puts the act on record, in the same transaction."""
    structural = [report.files[spec.file] for spec in (UNITS, UNIT_CHANGES) if spec.file in report.files]
    if any(count.created + count.updated for count in structural):
        structure_changed()
    record(
        verb=verb,
        object_type="bundle",
        object_id=report.source,
        by=by,
        at=at,
        count=report.created + report.updated,
        facts=True,
    )
