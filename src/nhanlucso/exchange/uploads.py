"""Importing an uploaded file as long work: first what it would do, then doing it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from nhanlucso.exchange.bundle.importing import import_bundle
from nhanlucso.files.models import Upload
from nhanlucso.files.services import store, stored_name
from nhanlucso.jobs.models import Job
from nhanlucso.jobs.services import Say, run_job, start
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import visible_unit

CHECK, APPLY = "import.check", "import.apply"
LISTED = 200


def start_check(*, file: UploadedFile, unit: Unit, by: Scope, at: datetime) -> Job:
    """Keeps the file and begins to look at what it would do. Raises Refused("not_allowed")."""
    name = file.name or ""
    if not by.can_write or (name.lower().endswith(".zip") and not by.everything):
        raise Refused("not_allowed", _("Tài khoản này không được nhập tệp loại này."))
    visible_unit(by, unit.pk)
    with transaction.atomic():
        upload = store(file=file, name=name, by=by.account_id, at=at)
        return start(
            kind=CHECK,
            title=_("Xem trước %(name)s") % {"name": upload.name},
            task=run_import,
            arguments={"upload": upload.pk, "unit": unit.pk},
            by=by.account_id,
            at=at,
        )


def start_apply(*, checked: Job, by: Scope, at: datetime) -> Job:
    """Begins to write what a check of the same account showed. Raises Refused("not_allowed")."""
    if not by.can_write or checked.account_id != by.account_id:
        raise Refused("not_allowed", _("Tài khoản này không được nhập tệp loại này."))
    upload = Upload.objects.get(pk=checked.arguments["upload"])
    with transaction.atomic():
        return start(
            kind=APPLY,
            title=_("Nhập %(name)s") % {"name": upload.name},
            task=run_import,
            arguments=checked.arguments,
            by=by.account_id,
            at=at,
        )


@task()
def run_import(job_id: str) -> None:
    """Task of both steps; the job's kind tells which."""
    run_job(job_id=job_id, work=_import)


def _import(job: Job, say: Say) -> dict[str, Any]:
    upload = Upload.objects.get(pk=job.arguments["upload"])
    path = Path(settings.DATA) / "uploads" / stored_name(upload)
    report = import_bundle(path, dry_run=job.kind == CHECK, by=job.account_id, at=now(), progress=say)
    result = report.as_json()
    return result | {"updates": [update.as_json() for update in report.updates[:LISTED]]}
