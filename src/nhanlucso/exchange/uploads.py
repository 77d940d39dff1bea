"""Importing an uploaded bundle as long work: first what it would do, then doing it. Lists go their own way (lists/)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from nhanlucso.access.queries import scope_of
from nhanlucso.exchange.bundle.importing import import_bundle
from nhanlucso.exchange.bundle.report import ImportReport
from nhanlucso.exchange.oneroster.importing import import_roster
from nhanlucso.exchange.oneroster.package import is_roster
from nhanlucso.files.models import Upload
from nhanlucso.files.services import store
from nhanlucso.jobs.models import Job
from nhanlucso.jobs.services import Say, run_job, start
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope

CHECK, APPLY = "import.check", "import.apply"
LISTED = 200


def start_check(*, file: UploadedFile, by: Scope, at: datetime) -> Job:
    """Keeps the file and begins to look at what it would do. Raises Refused("not_allowed")."""
    _check_allowed(by)
    with transaction.atomic():
        upload = store(file=file, name=file.name or "", by=by.account_id, at=at)
        title = _("Xem trước %(name)s") % {"name": upload.name}
        return start(
            kind=CHECK,
            title=title,
            task=run_import,
            arguments={"upload": upload.pk},
            by=by.account_id,
            at=at,
            repeatable=True,
        )


def start_apply(*, checked: Job, by: Scope, at: datetime) -> Job:
    """Begins to write what a check of the same account showed. Raises Refused("not_allowed")."""
    upload = Upload.objects.get(pk=checked.arguments["upload"])
    _check_allowed(by)
    if checked.account_id != by.account_id:
        raise Refused("not_allowed", _("Tài khoản này không được nhập tệp loại này."))
    title = _("Nhập %(name)s") % {"name": upload.name}
    with transaction.atomic():
        return start(
            kind=APPLY,
            title=title,
            task=run_import,
            arguments=checked.arguments,
            by=by.account_id,
            at=at,
            repeatable=True,
        )


def _check_allowed(by: Scope) -> None:
    """Raises Refused("not_allowed") unless `by` runs the installation: bundles reach everything."""
    if not by.to(Permission.OPERATE).everything:
        raise Refused("not_allowed", _("Tài khoản này không được nhập tệp loại này."))


def is_bundle(name: str) -> bool:
    """Whether a file of this name is taken for a bundle or a roster; all others are lists."""
    return name.lower().endswith(".zip")


@task()
def run_import(job_id: str) -> None:
    """Task of both steps; the job's kind tells which."""
    run_job(job_id=job_id, work=_import)


def _import(job: Job, say: Say) -> dict[str, Any]:
    upload = Upload.objects.get(pk=job.arguments["upload"])
    path = Path(settings.DATA) / "uploads" / upload.stored_name
    assert job.account is not None
    # As it is now: what was entrusted when the file came may have been taken back.
    _check_allowed(scope_of(job.account))
    if is_roster(path):
        return _roster(job, path, say)
    report = import_bundle(path, dry_run=job.kind == CHECK, by=job.account_id, at=now(), progress=say)
    return report.as_json() | _more(report)


def _roster(job: Job, path: Path, say: Say) -> dict[str, Any]:
    assert job.account is not None
    by = scope_of(job.account)
    report = import_roster(path, dry_run=job.kind == CHECK, by=by, at=now(), progress=say)
    return report.as_json() | _more(report.bundle)


def _more(report: ImportReport) -> dict[str, Any]:
    """What the page of the job shows beside the counts."""
    return {
        "writes": bool(report.created or report.updated),
        "updates": [update.as_json() for update in report.updates[:LISTED]],
    }
