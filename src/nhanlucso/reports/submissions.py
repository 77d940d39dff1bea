"""Submitting a report as long work: composing and rendering it takes a while for a province."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django_tasks import task

from nhanlucso.access.queries import scope_of
from nhanlucso.jobs.enums import JobState
from nhanlucso.jobs.models import Job
from nhanlucso.jobs.services import Say, run_job, start
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.scope import Scope
from nhanlucso.reports.models import Report
from nhanlucso.reports.queries.signing import submittable
from nhanlucso.reports.services.submitting import submit_report

SUBMIT = "report.submit"


def start_submission(*, report: Report, seen: int, comment: str, title: str, by: Scope, at: datetime) -> Job:
    """Begins to submit a report; `title` names the work. What can be refused at once is. Raises as `submit_report`."""
    report = submittable(by, report.pk, seen, comment)
    arguments = {"report": report.pk, "seen": seen, "comment": comment}
    with transaction.atomic():
        return start(
            kind=SUBMIT,
            title=title,
            task=run_submission,
            arguments=arguments,
            by=by.account_id,
            at=at,
            repeatable=True,
        )


def under_way(report: Report) -> Job | None:
    """The work that submits a report right now, if any. The caller found the report in its scope."""
    waiting = Job.objects.filter(kind=SUBMIT, state__in=(JobState.WAITING, JobState.RUNNING))
    return waiting.filter(arguments__report=report.pk).order_by("-created_at").first()


@task()
def run_submission(job_id: str) -> None:
    """Task of a submission."""
    run_job(job_id=job_id, work=_submit)


def _submit(job: Job, say: Say) -> dict[str, Any]:
    assert job.account is not None
    revision = submit_report(
        report=Report.objects.get(pk=job.arguments["report"]),
        seen=job.arguments["seen"],
        comment=job.arguments["comment"],
        by=scope_of(job.account),  # as it is now: what was entrusted may have been taken back meanwhile
        at=now(),
        say=say,
    )
    return {"report": revision.report_id, "revision": revision.number}
