"""Importing a list that nobody watches: what is certain is written, the rest is told."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from nhanlucso.access.queries import scope_of
from nhanlucso.exchange.sheets.applying import apply_reading
from nhanlucso.exchange.sheets.matching import plan_import
from nhanlucso.exchange.sheets.packages import MOST_BYTES, too_large
from nhanlucso.exchange.sheets.plan import ImportPlan, ImportRequest, Outcome
from nhanlucso.exchange.sheets.reading import SheetReading, read_sheet
from nhanlucso.files.models import Upload
from nhanlucso.files.services import store
from nhanlucso.jobs.enums import JobState
from nhanlucso.jobs.models import Job
from nhanlucso.jobs.services import Say, run_job, start
from nhanlucso.kernel.clock import EVER, now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import writable_unit

LIST_IMPORT = "list.import"
AT_ONCE_ROWS = 2_000  # more become a job: whoever sends a file does not wait for minutes
AT_ONCE_BYTES = 2 * 1024 * 1024
TOLD = 1_000  # rows and problems kept with the outcome of a job
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked with a file: as `ImportRequest`, in values that a job can keep (units and sessions as keys)."""

    unit: int
    kind: str
    category: str = ""
    sessions: tuple[int, ...] = ()
    on: date | None = None
    since: date = EVER
    dry_run: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "unit": self.unit,
            "kind": self.kind,
            "category": self.category,
            "sessions": list(self.sessions),
            "on": self.on.isoformat() if self.on else None,
            "since": self.since.isoformat(),
            "dry_run": self.dry_run,
        }

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> Wanted:
        return cls(
            unit=said["unit"],
            kind=said["kind"],
            category=said["category"],
            sessions=tuple(said["sessions"]),
            on=date.fromisoformat(said["on"]) if said["on"] else None,
            since=date.fromisoformat(said["since"]),
            dry_run=said["dry_run"],
        )


def import_or_queue(*, file: UploadedFile, wanted: Wanted, by: Scope, at: datetime) -> ImportPlan | Job:
    """Imports a list at once, or as a job where it is long. The same list a second time changes nothing.

    Raises Refused("not_allowed", "too_large"), and as `read_sheet` and `plan_import` do, Unit.DoesNotExist outside
    the scope; nothing is written then.
    """
    writable_unit(by, Permission.IMPORT_LISTS, wanted.unit)
    if (file.size or 0) > MOST_BYTES:
        raise too_large()
    if (file.size or 0) > AT_ONCE_BYTES:
        return _queue(file, wanted, by, at)
    with _named_copy(file.name or "") as path:
        with path.open("wb") as copy:
            for chunk in file.chunks():
                copy.write(chunk)
        reading = read_sheet(path, wanted.kind)
        if len(reading.rows) > AT_ONCE_ROWS:
            return _queue(file, wanted, by, at)
        return _imported(reading, wanted, by, at)


def _queue(file: UploadedFile, wanted: Wanted, by: Scope, at: datetime) -> Job:
    with transaction.atomic():
        upload = store(file=file, name=file.name or "", by=by.account_id, at=at)
        return start(
            kind=LIST_IMPORT,
            title=_("Nhập %(name)s") % {"name": upload.name},
            task=run_list_import,
            arguments={"upload": upload.pk, "wanted": wanted.as_json()},
            by=by.account_id,
            at=at,
            repeatable=True,
        )


@task()
def run_list_import(job_id: str) -> None:
    """Task of a list that was too long for a request."""
    run_job(job_id=job_id, work=_work)


def outcome_of(scope: Scope, job: Job) -> dict[str, Any] | None:
    """How a job ended. What an import found names people: only for who may still import into its unit."""
    if job.kind == LIST_IMPORT and job.state == JobState.DONE and not _may_still(scope, job):
        return None
    return job.result or None


def _may_still(scope: Scope, job: Job) -> bool:
    try:
        writable_unit(scope, Permission.IMPORT_LISTS, job.arguments["wanted"]["unit"])
    except (Refused, Unit.DoesNotExist):
        return False
    return True


def _work(job: Job, say: Say) -> dict[str, Any]:
    assert job.account is not None
    scope = scope_of(
        job.account
    )  # as it is now: what was entrusted when the file came may have been taken back
    upload, wanted = Upload.objects.get(pk=job.arguments["upload"]), Wanted.from_json(job.arguments["wanted"])
    say(0, 0, _("Đọc và đối chiếu danh sách"))
    with _named_copy(upload.name) as path:
        shutil.copyfile(Path(settings.DATA) / "uploads" / upload.stored_name, path)
        reading = read_sheet(path, wanted.kind)
    return bounded(outcome_json(_imported(reading, wanted, scope, now())))


def _imported(reading: SheetReading, wanted: Wanted, by: Scope, at: datetime) -> ImportPlan:
    by = by.require(Permission.IMPORT_LISTS)
    request = ImportRequest(
        unit=writable_unit(by, Permission.IMPORT_LISTS, wanted.unit),
        on=wanted.on,
        sessions=wanted.sessions,
        category=wanted.category,
        since=wanted.since,
    )
    if wanted.dry_run:
        return plan_import(by, reading, request)
    return apply_reading(reading=reading, request=request, by=by, at=at)


@contextmanager
def _named_copy(name: str) -> Iterator[Path]:
    """Where a copy of a file may stand under its own name, which a list without sheets is called by."""
    bare = clean(name.replace("\\", "/").rpartition("/")[2])[-_LONGEST_NAME:].strip(". ") or "list"
    with tempfile.TemporaryDirectory(prefix="list-") as folder:
        yield Path(folder) / bare


def outcome_json(plan: ImportPlan) -> dict[str, Any]:
    """The plan, whether it changes anything, and how many rows it leaves to people."""
    left = plan.count(Outcome.AMBIGUOUS) + plan.count(Outcome.SKIPPED)
    return plan.as_json() | {"changed": plan.writes, "left": left, "act": plan.act}


def bounded(outcome: dict[str, Any]) -> dict[str, Any]:
    """The same for a long list: of the rows those that are left to people, at most so many, as of the problems."""
    open_ = {Outcome.AMBIGUOUS.value, Outcome.SKIPPED.value}
    rows = [row for row in outcome["rows"] if row["outcome"] in open_]
    return outcome | {
        "rows": rows[:TOLD],
        "problems": outcome["problems"][:TOLD],
        "row_count": len(outcome["rows"]),
        "problem_count": len(outcome["problems"]),
    }
