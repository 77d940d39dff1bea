"""Writing reports: rendered, logged, put where they are wanted."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from nhanlucso.audit.services import record
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.periods import DECREE
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import unit_reference
from nhanlucso.reports.compose import compose
from nhanlucso.reports.rendering import FORMATS, rendered


@dataclass(frozen=True, slots=True)
class Wanted:
    """The report that is asked for: kind (month … year), unit, period, calendar, tree (then or a date)."""

    kind: str
    unit: Unit
    period: str
    calendar: str = DECREE
    tree: str = "then"


def write_report(*, wanted: Wanted, form: str, by: Scope, at: datetime) -> bytes:
    """The report as a file of the format `docx`, `pdf` or `xlsx`, for the reach of `by`.

    Raises Refused("bad_format", "fonts_missing"), and as `compose`.
    """
    made = _made(wanted, form, by, at)
    with transaction.atomic():
        _log(wanted, form, by, at)
    return made


def save_report(*, wanted: Wanted, path: Path, by: Scope, at: datetime) -> int:
    """Writes the report to a file, whole or not at all, in the format that its suffix names; returns its size.

    A file that is there stays until the new one is whole. Raises Refused("bad_format", "bad_path",
    "fonts_missing"), and as `compose`.
    """
    form = path.suffix.lower().removeprefix(".")
    _known(form)
    draft = _draft(path)
    try:
        made = _made(wanted, form, by, at)
        with transaction.atomic():
            _log(wanted, form, by, at)
            _put(made, draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return len(made)


def _made(wanted: Wanted, form: str, by: Scope, at: datetime) -> bytes:
    _known(form)
    paper = compose(
        by,
        kind=wanted.kind,
        unit=wanted.unit,
        period=wanted.period,
        calendar=wanted.calendar,
        tree=wanted.tree,
        at=at,
    )
    return rendered(paper, form)


def _known(form: str) -> None:
    if form not in FORMATS:
        raise Refused("bad_format", f"Không lập được tệp «.{form}»; chọn đuôi {', '.join(FORMATS)}.")


def _log(wanted: Wanted, form: str, by: Scope, at: datetime) -> None:
    name = f"{wanted.kind} {wanted.period} {unit_reference(wanted.unit)} {form}"
    record(verb="report.write", object_type="report", object_id=name, by=by.account_id, at=at)


def _draft(path: Path) -> Path:
    """An empty file beside the wanted one: what cannot be written is refused before the work begins."""
    if path.is_dir():
        raise Refused("bad_path", f"«{path}» là một thư mục; hãy ghi tên tệp.")
    try:
        handle, name = tempfile.mkstemp(prefix=".report-", suffix=path.suffix, dir=path.parent)
    except OSError as error:
        raise _bad_path(path, error) from error
    os.close(handle)
    return Path(name)


def _put(made: bytes, draft: Path, path: Path) -> None:
    try:
        draft.write_bytes(made)
        draft.chmod(0o666 & ~_umask())
        draft.replace(path)
    except OSError as error:
        raise _bad_path(path, error) from error


def _bad_path(path: Path, error: OSError) -> Refused:
    return Refused("bad_path", f"Không ghi được «{path}»: {error.strerror or error}.")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
