"""Starting long work, running it, stopping it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language, override
from django_tasks.base import Task

from nhanlucso.jobs import progress
from nhanlucso.jobs.enums import JobState
from nhanlucso.jobs.models import Job
from nhanlucso.jobs.progress import Cancelled, Progress
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused

log = logging.getLogger(__name__)
Say = Callable[[int, int, str], None]
Work = Callable[[Job, Say], dict[str, Any]]


def start(
    *, kind: str, title: str, task: Task[[str], None], arguments: dict[str, Any], by: int | None, at: datetime
) -> Job:
    """Queues a task that calls `run_job`; the worker takes it once the transaction around this has committed.

    What the work says is kept as text, so it speaks the language of whoever starts it.
    """
    job = Job.objects.create(
        kind=kind,
        title=title[:300],
        account_id=by,
        arguments=arguments | {"language": get_language()},
        created_at=at,
    )
    transaction.on_commit(lambda: task.enqueue(str(job.pk)))
    return job


def run_job(*, job_id: str, work: Work) -> None:
    """Does the work of a job in this process and keeps how it ended. Called by task functions, once."""
    taken = Job.objects.filter(pk=job_id, state=JobState.WAITING).update(
        state=JobState.RUNNING, started_at=now()
    )
    if not taken:
        return
    job = Job.objects.get(pk=job_id)
    try:
        with override(job.arguments.get("language")):
            state, result = JobState.DONE, work(job, _speaker(job.pk))
    except Refused as refusal:
        state, result = JobState.REFUSED, refusal.as_json()
    except Cancelled:
        state, result = JobState.CANCELLED, {}
    except Exception:
        log.exception("job %s (%s) failed", job.pk, job.kind)
        state, result = JobState.FAILED, {}
    Job.objects.filter(pk=job_id).update(state=state, result=result, finished_at=now())
    progress.forget(job.pk)


def cancel(*, job: Job, by: int | None, at: datetime) -> None:
    """Stops a job: one that waits never begins, one that runs is asked to stop and writes nothing."""
    waiting = Job.objects.filter(pk=job.pk, state=JobState.WAITING)
    if not waiting.update(state=JobState.CANCELLED, finished_at=at):
        progress.ask_to_stop(job.pk)


def _speaker(job: UUID) -> Say:
    def say(done: int, total: int, step: str) -> None:
        progress.say(job, Progress(done, total, step))

    return say
