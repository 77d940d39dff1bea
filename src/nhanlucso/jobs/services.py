"""Starting long work, running it, stopping it, finding out what was left behind."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import OperationalError, transaction
from django.utils.module_loading import import_string
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django_tasks.base import Task

from nhanlucso.audit.services import record
from nhanlucso.jobs import progress
from nhanlucso.jobs.enums import JobState
from nhanlucso.jobs.models import Job
from nhanlucso.jobs.progress import Cancelled, Progress, Running
from nhanlucso.jobs.queries import lost_jobs, may_restart
from nhanlucso.jobs.rules import KEPT, TASK
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM, Scope
from nhanlucso.kernel.stopping import stoppable

log = logging.getLogger(__name__)
Say = Callable[[int, int, str], None]
Work = Callable[[Job, Say], dict[str, Any]]

WORTH_KEEPING = timedelta(seconds=5)  # work beside a page that took longer stays in the list of jobs


def start(
    *,
    kind: str,
    title: str,
    task: Task[[str], None],
    arguments: dict[str, Any],
    by: int | None,
    at: datetime,
    repeatable: bool = False,
) -> Job:
    """Queues a task that calls `run_job`; the worker takes it once the transaction around this has committed.

    What the work says is kept as text, so it speaks the language of whoever starts it. `repeatable`: doing it twice
    does no more than doing it once, so that it may be done again where a worker was lost.
    """
    again = {TASK: task.module_path} if repeatable else {}
    job = Job.objects.create(
        kind=kind,
        title=title[:300],
        account_id=by,
        arguments=arguments | {"language": get_language()} | again,
        created_at=at,
    )
    transaction.on_commit(lambda: task.enqueue(str(job.pk)))
    return job


def restart(*, job: Job, by: Scope, at: datetime) -> Job:
    """Queues the same work once more as a new job. Raises Refused("not_repeatable")."""
    if not may_restart(by, job):
        raise Refused("not_repeatable", _("Việc này không chạy lại được; hãy làm lại từ đầu."))
    task: Task[[str], None] = import_string(job.arguments[TASK])
    with transaction.atomic():
        return start(
            kind=job.kind,
            title=job.title,
            task=task,
            arguments=job.arguments,
            by=by.account_id,
            at=at,
            repeatable=True,
        )


def run_job(*, job_id: str, work: Work) -> None:
    """Does the work of a job in this process and keeps how it ended. Called by task functions, once. What other
    processes left behind is ended first."""
    tidy(by=None, at=now())
    taken = Job.objects.filter(pk=job_id, state=JobState.WAITING).update(
        state=JobState.RUNNING, started_at=now()
    )
    if not taken:
        return
    job = Job.objects.get(pk=job_id)
    with progress.alive(Running(job.pk, job.account_id, job.title, now())):
        with override(job.arguments.get("language")), stoppable(lambda: progress.go_on(job.pk)):
            state, result = _done(job, work)
        Job.objects.filter(pk=job_id).update(state=state, result=result, finished_at=now())
    tidy(by=None, at=now())


def _done(job: Job, work: Work) -> tuple[JobState, dict[str, Any]]:
    """How the work of a job ended."""
    try:
        return JobState.DONE, work(job, _speaker(job.pk))
    except Refused as refusal:
        return JobState.REFUSED, refusal.as_json()
    except Cancelled:
        return JobState.CANCELLED, {}
    except OperationalError as problem:
        log.exception("job %s (%s) failed", job.pk, job.kind)
        message = _("Cơ sở dữ liệu đang bận hoặc không dùng được (%(why)s). Chạy lại sau ít phút.")
        return JobState.FAILED, Refused("busy", message % {"why": problem}).as_json()
    except Exception as problem:
        log.exception("job %s (%s) failed", job.pk, job.kind)
        message = _("Máy chủ gặp lỗi %(what)s. Thử lại; nếu vẫn lỗi, báo người quản trị kèm giờ xảy ra.")
        return JobState.FAILED, Refused("fault", message % {"what": type(problem).__name__}).as_json()


def cancel(*, job: Job, by: int | None, at: datetime) -> None:
    """Stops a job: one that waits never begins, one that runs is asked to stop and writes nothing."""
    waiting = Job.objects.filter(pk=job.pk, state=JobState.WAITING)
    with transaction.atomic():
        record(verb="job.stop", object_type="job", object_id=str(job.pk), by=by, at=at)
        ended = waiting.update(state=JobState.CANCELLED, finished_at=at)
    if not ended:
        progress.ask_to_stop(job.pk)


def tidy(*, by: int | None, at: datetime) -> None:
    """Ends jobs whose process is gone as failed, with the reason, and drops those that ended long ago."""
    for job in lost_jobs(SYSTEM, at):
        with override(job.arguments.get("language")):
            message = _(
                "Tiến trình làm việc này đã dừng giữa chừng (máy chủ tắt hoặc bị ngắt), 15 phút không còn dấu hiệu."
                " Chưa ghi gì. Chạy lại, hoặc làm lại từ đầu."
            )
            result = Refused("worker_lost", message).as_json()
        Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(
            state=JobState.FAILED, result=result, finished_at=at
        )
        progress.forget(job.pk)
    open_states = (JobState.RUNNING, JobState.WAITING)
    Job.objects.filter(created_at__lt=at - KEPT).exclude(state__in=open_states).delete()


@contextmanager
def shown(*, kind: str, title: str, by: int | None, at: datetime) -> Iterator[Say]:
    """Shows work that a page or command does itself among the jobs while it runs, without asking the database; in the
    list it stays only if it took long."""
    job = uuid4()
    state, result = JobState.DONE, dict[str, Any]()
    with progress.alive(Running(job, by, title, at)):
        try:
            yield _speaker(job)
        except Exception as problem:
            state = JobState.FAILED
            result = Refused("fault", f"{type(problem).__name__}: {problem}"[:500]).as_json()
            raise
        finally:
            if now() - at >= WORTH_KEEPING:
                _keep(
                    Job(id=job, kind=kind, title=title[:300], account_id=by, state=state, result=result), at
                )


def _keep(job: Job, at: datetime) -> None:
    """Writes down work that has ended; what cannot be written now is not worth failing for."""
    job.created_at, job.started_at, job.finished_at = at, at, now()
    try:
        with transaction.atomic():
            job.save(force_insert=True)
    except OperationalError:
        log.warning("job %s (%s) could not be kept", job.pk, job.kind)


def _speaker(job: UUID) -> Say:
    def say(done: int, total: int, step: str) -> None:
        progress.say(job, Progress(done, total, step))

    return say
