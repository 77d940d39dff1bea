"""Starting long work, running it, stopping it, finding out what was left behind."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import OperationalError, transaction
from django.db.models import Q
from django.utils.module_loading import import_string
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from nhanlucso.audit.services import record
from nhanlucso.jobs import progress
from nhanlucso.jobs.enums import JobState
from nhanlucso.jobs.models import Job
from nhanlucso.jobs.progress import Cancelled, Progress, Running
from nhanlucso.jobs.queries import lost_jobs, may_restart
from nhanlucso.jobs.rules import BEGUN, CLAIMED, KEPT, MOST_BEGUN, RUNS, SILENCE, TASK
from nhanlucso.kernel import tracing
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.disk import refused, trouble_of
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM, Scope
from nhanlucso.kernel.stopping import stoppable

log = logging.getLogger(__name__)
Say = Callable[[int, int, str], None]
Work = Callable[[Job, Say], dict[str, Any]]

TRACE = "trace"  # in the arguments of a job: the request that asked for it
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

    Where the process that does it is killed, another one begins it again: the work must see what was committed before,
    or find that nothing was. What it says is kept as text, so it speaks the language of whoever starts it.
    `repeatable`: people may begin it again themselves after it failed, as a new job.
    """
    again = {TASK: task.module_path} if repeatable else {}
    job = Job.objects.create(
        kind=kind,
        title=title[:300],
        account_id=by,
        arguments=arguments
        | {"language": get_language(), TRACE: tracing.current(), RUNS: task.module_path, BEGUN: 0}
        | again,
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
    processes left behind is taken up first."""
    tidy(by=None, at=now())
    job = Job.objects.filter(pk=job_id, state=JobState.WAITING).first()
    if job is None:
        return
    # The sign of life comes before the state: whoever is killed from here on is missed at once.
    with progress.alive(Running(job.pk, job.account_id, job.title, now())):
        waiting = Job.objects.filter(pk=job_id, state=JobState.WAITING)
        if not waiting.update(state=JobState.RUNNING, started_at=now()):
            return
        job.refresh_from_db()
        with override(job.arguments.get("language")), stoppable(lambda: progress.go_on(job.pk)):
            state, result = _traced(job, work)
        Job.objects.filter(pk=job_id).update(state=state, result=result, finished_at=now())
    tidy(by=None, at=now())


def _traced(job: Job, work: Work) -> tuple[JobState, dict[str, Any]]:
    """How the work of a job ended; the log says so under the id of the request that asked for it."""
    with tracing.following(job.arguments.get(TRACE, "")):
        begun = time.monotonic()
        state, result = _done(job, work)
        told = {"job": str(job.pk), "kind": job.kind, "state": state.value, "account": job.account_id}
        log.info("job", extra={"told": told | {"ms": round((time.monotonic() - begun) * 1000)}})
        return state, result


def _done(job: Job, work: Work) -> tuple[JobState, dict[str, Any]]:
    """How the work of a job ended."""
    try:
        return JobState.DONE, work(job, _speaker(job.pk))
    except Refused as refusal:
        return JobState.REFUSED, refusal.as_json()
    except Cancelled:
        return JobState.CANCELLED, {}
    except Exception as problem:
        log.exception("job %s (%s) failed", job.pk, job.kind)
        return JobState.FAILED, _failure(problem).as_json()


def _failure(problem: Exception) -> Refused:
    """What is told of a fault."""
    if trouble := trouble_of(problem):
        return refused(trouble)
    if isinstance(problem, OperationalError):
        message = _("Cơ sở dữ liệu đang bận hoặc không dùng được (%(why)s). Chạy lại sau ít phút.")
        return Refused("busy", message % {"why": problem})
    message = _("Máy chủ gặp lỗi %(what)s. Thử lại; nếu vẫn lỗi, báo người quản trị kèm giờ xảy ra.")
    return Refused("fault", message % {"what": type(problem).__name__})


def cancel(*, job: Job, by: int | None, at: datetime) -> None:
    """Stops a job: one that waits never begins, one that runs is asked to stop and writes nothing."""
    waiting = Job.objects.filter(pk=job.pk, state=JobState.WAITING)
    with transaction.atomic():
        record(verb="job.stop", object_type="job", object_id=str(job.pk), by=by, at=at)
        ended = waiting.update(state=JobState.CANCELLED, finished_at=at)
    if not ended:
        progress.ask_to_stop(job.pk)


def tidy(*, by: int | None, at: datetime) -> None:
    """Takes up what processes that are gone left behind: work is begun again, and ends as failed with the reason where
    it was begun too often; what waits without a place in the queue gets one. Drops what ended long ago."""
    for job in lost_jobs(SYSTEM, at):
        _take_up(job, at)
    _queue_lost(at)
    open_states = (JobState.RUNNING, JobState.WAITING)
    open_jobs = Job.objects.filter(state__in=open_states).values_list("pk", flat=True)
    progress.sweep(list(open_jobs), at - SILENCE)
    Job.objects.filter(created_at__lt=at - KEPT).exclude(state__in=open_states).delete()
    DBTaskResult.objects.filter(enqueued_at__lt=at - KEPT).delete()


def _take_up(job: Job, at: datetime) -> None:
    """Puts work back whose process is gone; it ends where it was to stop, was begun too often, or is of an earlier
    release, which did not note how it is begun."""
    begun, runs = job.arguments.get(BEGUN, 0), job.arguments.get(RUNS)
    running = Job.objects.filter(pk=job.pk, state=JobState.RUNNING)
    if progress.stop_asked(job.pk):
        running.update(state=JobState.CANCELLED, finished_at=at)
        progress.forget(job.pk)
    elif runs and begun < MOST_BEGUN:
        log.warning("job %s (%s) was left by its process and is begun again", job.pk, job.kind)
        arguments = job.arguments | {BEGUN: begun + 1}
        with transaction.atomic():
            if running.update(state=JobState.WAITING, started_at=None, arguments=arguments):
                _enqueue(job)
        progress.forget(job.pk)
    else:
        _give_up(job, at)


def _give_up(job: Job, at: datetime) -> None:
    with override(job.arguments.get("language")):
        message = _(
            "Tiến trình làm việc này đã dừng giữa chừng (máy chủ tắt hoặc bị ngắt), không còn dấu hiệu."
            " Chưa ghi gì. Chạy lại, hoặc làm lại từ đầu."
        )
        result = Refused("worker_lost", message).as_json()
    Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(
        state=JobState.FAILED, result=result, finished_at=at
    )
    progress.forget(job.pk)


def _queue_lost(at: datetime) -> None:
    """A process may be killed after the job was kept and before it was queued, or after it took the job from the queue
    and before it began."""
    waiting = [
        job
        for job in Job.objects.filter(state=JobState.WAITING, created_at__lt=at - CLAIMED)
        if RUNS in job.arguments
    ]
    if not waiting:
        return
    just_taken = Q(status=TaskResultStatus.RUNNING, started_at__gte=at - CLAIMED)
    placed = DBTaskResult.objects.filter(Q(status=TaskResultStatus.READY) | just_taken)
    queued = {word for said in placed.values_list("args_kwargs", flat=True) for word in said["args"]}
    for job in waiting:
        if str(job.pk) not in queued:
            log.warning("job %s (%s) had lost its place in the queue", job.pk, job.kind)
            _enqueue(job)


def _enqueue(job: Job) -> None:
    task: Task[[str], None] = import_string(job.arguments[RUNS])
    transaction.on_commit(lambda: task.enqueue(str(job.pk)))


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
