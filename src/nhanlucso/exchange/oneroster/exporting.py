"""Exporting the subtree of a unit as a OneRoster 1.2 package: the same records always give the same files."""

from __future__ import annotations

import csv
import io
import os
import secrets
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.exchange.bundle.selection import select_subtrees
from nhanlucso.exchange.oneroster.leaving import Leaving, Row, tops
from nhanlucso.exchange.oneroster.studying import Studying
from nhanlucso.exchange.oneroster.tables import (
    ACADEMIC_SESSIONS,
    CATEGORIES,
    CLASSES,
    COURSES,
    DEMOGRAPHICS,
    ENROLLMENTS,
    LINE_ITEMS,
    MANIFEST,
    MANIFEST_VERSION,
    NAMES,
    ORGS,
    OWN,
    OWN_SYSTEM,
    RESULTS,
    ROLES_OF_USERS,
    USERS,
    VERSION,
    Table,
)
from nhanlucso.kernel.clock import local_date
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.snapshots import snapshot
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history, unit_reference, writable_unit

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # one time for all: equal contents are equal archives
_UNIX, _MODE = 3, 0o600 << 16
_OWN: dict[str, tuple[str, ...]] = {
    ORGS.name: ("kind", "valid_from", "valid_to", "catalogue_key", "became"),
    USERS.name: ("full_name",),
    DEMOGRAPHICS.name: ("birth_date",),
    ROLES_OF_USERS.name: ("title", "category", "is_leader", "is_main", "duties", "qualification"),
    COURSES.name: ("topics", "counts_for", "delivery", "periods"),
    CLASSES.name: ("as", "hosted", "form", "mode", "round", "capacity"),
    ENROLLMENTS.name: ("invited", "invited_at"),
    LINE_ITEMS.name: ("as", "starts_at", "ends_at", "place"),
    RESULTS.name: ("status", "recorded_at", "enrolled_at", "completed_at", "score", "passed", "source"),
}
"""Columns of our own in each file, called as in the exchange bundle."""


def export_roster(
    path: Path, *, unit: Unit, by: Scope, at: datetime, contacts: bool = False, notice: str = ""
) -> dict[str, int]:
    """Writes the package of a unit's subtree of today to `path` and returns the number of rows per file.

    Identity numbers never leave; telephone and mail with `contacts` alone. `notice` (whose copy this is) becomes the
    comment of the archive. Raises Refused("not_allowed", "cannot_write"), Unit.DoesNotExist outside the scope.
    """
    _check_allowed(unit, by)
    beside = path.absolute().with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with beside.open("xb") as file:
            counts = _write(file, unit, at, contacts, notice)
        _put_on_record(unit, counts, by, at)  # before the package appears: no export goes unrecorded
        os.replace(beside, path)
    except OSError as error:
        words = _("Không ghi được vào «%(path)s»: %(reason)s.")
        raise Refused("cannot_write", words % {"path": path, "reason": error.strerror or error}) from error
    finally:
        with suppress(OSError):
            beside.unlink()
    return counts


def packed_roster(*, unit: Unit, by: Scope, at: datetime, notice: str) -> bytes:
    """The package as `export_roster` writes it, without telephone and mail. Raises Refused("not_allowed"),
    Unit.DoesNotExist outside the scope."""
    _check_allowed(unit, by)
    file = io.BytesIO()
    counts = _write(file, unit, at, False, notice)
    _put_on_record(unit, counts, by, at)
    return file.getvalue()


def _check_allowed(unit: Unit, by: Scope) -> None:
    for permission in (Permission.EXPORT_LISTS, Permission.SEE_PEOPLE):
        writable_unit(by, permission, unit.pk)


def _put_on_record(unit: Unit, counts: dict[str, int], by: Scope, at: datetime) -> None:
    with transaction.atomic():
        record(
            verb="oneroster.export",
            object_type="unit",
            object_id=unit_reference(unit),
            by=by.account_id,
            at=at,
            count=sum(counts.values()),
        )


def _write(file: IO[bytes], unit: Unit, at: datetime, contacts: bool, notice: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    with snapshot(), zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = notice.encode()[:1_000].decode(errors="ignore").encode()
        past, day = history(), local_date(at)
        picked = select_subtrees(sorted(tops(past, unit.pk, day)), day)
        leaving = Leaving(picked, unit.pk, past, at, contacts)
        given = _given(leaving, Studying(leaving))
        modes = {f"file.{name}": "bulk" if name in given else "absent" for name in NAMES}
        said = {
            "manifest.version": MANIFEST_VERSION,
            "oneroster.version": VERSION,
            **modes,
            "source.systemName": OWN_SYSTEM,
            "source.systemCode": "",
        }
        _file(archive, MANIFEST, [["propertyName", "value"], *([name, text] for name, text in said.items())])
        for table in sorted((table for table, _rows in given.values()), key=lambda table: table.name):
            lines = sorted(_lines(table, given[table.name][1]()))
            counts[table.file] = len(lines)
            head = table.head + [OWN + name for name in _OWN.get(table.name, ())]
            _file(archive, table.file, [head, *lines])
    return counts


def _given(
    leaving: Leaving, studying: Studying
) -> dict[str, tuple[Table, Callable[[], Iterator[tuple[Row, Row]]]]]:
    rows: tuple[tuple[Table, Callable[[], Iterator[tuple[Row, Row]]]], ...] = (
        (ACADEMIC_SESSIONS, studying.academic_session_rows),
        (ORGS, leaving.org_rows),
        (COURSES, studying.course_rows),
        (USERS, leaving.user_rows),
        (ROLES_OF_USERS, leaving.role_rows),
        (DEMOGRAPHICS, leaving.demographic_rows),
        (CLASSES, studying.class_rows),
        (ENROLLMENTS, studying.enrollment_rows),
        (CATEGORIES, studying.category_rows),
        (LINE_ITEMS, studying.line_item_rows),
        (RESULTS, studying.result_rows),
    )
    return {table.name: (table, make) for table, make in rows}


def _lines(table: Table, rows: Iterator[tuple[Row, Row]]) -> Iterator[list[str]]:
    own_names, names = _OWN.get(table.name, ()), table.head
    for told, own in rows:
        yield [told.get(name, "") for name in names] + [own.get(name, "") for name in own_names]


def _file(archive: zipfile.ZipFile, name: str, lines: Iterable[list[str]]) -> None:
    """A file by RFC 4180: CRLF, quotes where needed."""
    info = zipfile.ZipInfo(name, _LONG_AGO)
    info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, _UNIX, _MODE
    with archive.open(info, "w", force_zip64=True) as raw, io.TextIOWrapper(raw, "utf-8", newline="") as text:
        csv.writer(text, lineterminator="\r\n").writerows(lines)
