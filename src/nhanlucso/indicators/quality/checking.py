"""Searching the records anew as a job, where there are so many that nobody waits for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from nhanlucso.indicators.quality.books import make_book
from nhanlucso.jobs.models import Job
from nhanlucso.jobs.services import Say, run_job, start
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope


def start_check(*, by: Scope, at: datetime) -> Job:
    """Searches the records of now as a job. Raises Refused("not_allowed")."""
    by.require(Permission.SEE_FIGURES)
    with transaction.atomic():
        return start(
            kind="quality.check",
            title=_("Kiểm tra chất lượng số liệu"),
            task=run_check,
            arguments={},
            by=by.account_id,
            at=at,
            repeatable=True,
        )


@task()
def run_check(job_id: str) -> None:
    """Task: searches the records of now."""
    run_job(job_id=job_id, work=_check)


def _check(job: Job, say: Say) -> dict[str, Any]:
    return {"findings": len(make_book(now(), say).findings)}
