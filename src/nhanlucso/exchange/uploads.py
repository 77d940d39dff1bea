"""Importing an uploaded file as long work: first what it would do, then doing it."""

from __future__ import annotations

from dataclasses import dataclass
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
from nhanlucso.exchange.sheets.applying import import_sheet
from nhanlucso.exchange.sheets.plan import ImportRequest, Outcome
from nhanlucso.files.models import Upload
from nhanlucso.files.services import store
from nhanlucso.jobs.models import Job
from nhanlucso.jobs.services import Say, run_job, start
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import visible_unit
from nhanlucso.training.models import TrainingClass
from nhanlucso.training.queries.classes import hosted_class

CHECK, APPLY = "import.check", "import.apply"
LISTED = 200


@dataclass(frozen=True, slots=True)
class Given:
    """What is uploaded, and for lists whose people they name: a unit, a category where the title tells none, and
    for attendance the class whose sessions the marks go to."""

    file: UploadedFile
    unit: Unit
    category: str = ""
    training_class: TrainingClass | None = None


def start_check(*, given: Given, by: Scope, at: datetime) -> Job:
    """Keeps the file and begins to look at what it would do. Raises Refused("not_allowed")."""
    name = given.file.name or ""
    _check_allowed(by, name)
    visible_unit(by.to(Permission.IMPORT_LISTS), given.unit.pk)
    with transaction.atomic():
        upload = store(file=given.file, name=name, by=by.account_id, at=at)
        arguments = {
            "upload": upload.pk,
            "unit": given.unit.pk,
            "category": given.category,
            "class": given.training_class.pk if given.training_class else None,
        }
        title = _("Xem trước %(name)s") % {"name": upload.name}
        return start(
            kind=CHECK,
            title=title,
            task=run_import,
            arguments=arguments,
            by=by.account_id,
            at=at,
            repeatable=True,
        )


def start_apply(*, checked: Job, by: Scope, at: datetime) -> Job:
    """Begins to write what a check of the same account showed. Raises Refused("not_allowed")."""
    upload = Upload.objects.get(pk=checked.arguments["upload"])
    _check_allowed(by, upload.name)
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


def _check_allowed(by: Scope, name: str) -> None:
    """Raises Refused("not_allowed") unless `by` may import a file of this name: bundles reach everything."""
    allowed = by.to(Permission.OPERATE if is_bundle(name) else Permission.IMPORT_LISTS)
    if allowed.is_empty or (is_bundle(name) and not allowed.everything):
        raise Refused("not_allowed", _("Tài khoản này không được nhập tệp loại này."))


def is_bundle(name: str) -> bool:
    """Whether a file of this name is taken for an exchange bundle; all others are lists."""
    return name.lower().endswith(".zip")


@task()
def run_import(job_id: str) -> None:
    """Task of both steps; the job's kind tells which."""
    run_job(job_id=job_id, work=_import)


def _import(job: Job, say: Say) -> dict[str, Any]:
    upload = Upload.objects.get(pk=job.arguments["upload"])
    path = Path(settings.DATA) / "uploads" / upload.stored_name
    assert job.account is not None
    scope = scope_of(
        job.account
    )  # as it is now: what was entrusted when the file came may have been taken back
    _check_allowed(scope, upload.name)
    if is_bundle(upload.name):
        return _bundle(job, path, say)
    return _sheet(job, path, upload.name, scope.to(Permission.IMPORT_LISTS), say)


def _bundle(job: Job, path: Path, say: Say) -> dict[str, Any]:
    report = import_bundle(path, dry_run=job.kind == CHECK, by=job.account_id, at=now(), progress=say)
    return report.as_json() | {
        "writes": bool(report.created or report.updated),
        "updates": [update.as_json() for update in report.updates[:LISTED]],
    }


def _sheet(job: Job, path: Path, upload_name: str, scope: Scope, say: Say) -> dict[str, Any]:
    request = ImportRequest(
        unit=visible_unit(scope, job.arguments["unit"]),
        sessions=_sessions(scope, job.arguments["class"]),
        category=job.arguments["category"],
    )
    say(0, 0, _("Đọc và đối chiếu danh sách"))
    plan = import_sheet(path, request=request, dry_run=job.kind == CHECK, by=scope, at=now())
    result = plan.as_json()
    rows = [row.as_json() for row in plan.rows if row.outcome in (Outcome.CREATED, Outcome.UPDATED)]
    named = upload_name.rpartition(".")[
        0
    ]  # a CSV file has one sheet, called by the name that it is stored under
    problems = [
        problem.as_json() | ({"sheet": named} if problem.sheet == path.stem else {})
        for problem in plan.problems
    ]
    return result | {
        "writes": plan.writes,
        "unchanged": plan.count(Outcome.MATCHED),
        "rows": rows[:LISTED],
        "problems": problems[:LISTED],
        "problem_count": len(problems),
    }


def _sessions(scope: Scope, class_id: int | None) -> tuple[int, ...]:
    if class_id is None:
        return ()
    return tuple(hosted_class(scope, class_id).sessions.values_list("pk", flat=True))
