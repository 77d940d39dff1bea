"""Reading jobs: everybody sees their own; who runs the installation sees all."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, IntegerField, QuerySet, Value, When

from nhanlucso.jobs import progress
from nhanlucso.jobs.enums import JobState
from nhanlucso.jobs.models import Job
from nhanlucso.jobs.progress import Running
from nhanlucso.jobs.rules import TASK, UNCLAIMED, is_lost
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope


def own_jobs(scope: Scope) -> QuerySet[Job]:
    """The jobs of the account, newest first. Whoever only adds their own records, by a card or at all, has none:
    work runs with all roles of its account, which the session at hand may not have."""
    if scope.is_empty:
        return Job.objects.none()
    return Job.objects.filter(account_id=scope.account_id or 0).order_by("-created_at")


def sees_all_jobs(scope: Scope) -> bool:
    """Whether the work of others is shown too."""
    return scope.to(Permission.OPERATE).everything


def visible_jobs(scope: Scope, own: bool = False) -> QuerySet[Job]:
    """The jobs of the account, or all for who runs the installation unless `own`: what runs first, then what waits,
    then the newest."""
    jobs = Job.objects.all() if sees_all_jobs(scope) and not own else own_jobs(scope)
    order = Case(
        When(state=JobState.RUNNING, then=Value(0)),
        When(state=JobState.WAITING, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return jobs.select_related("account").order_by(order, "-created_at")


def may_restart(scope: Scope, job: Job) -> bool:
    """Whether the work may be done again: one's own that ended without an outcome and is repeatable."""
    ended = job.state in (JobState.FAILED, JobState.CANCELLED)
    own = scope.account_id is not None and job.account_id == scope.account_id
    return own and ended and TASK in job.arguments


def lost_jobs(scope: Scope, at: datetime) -> list[Job]:
    """Jobs in sight whose process is gone: begun, and nobody holds their sign of life, or there was none for a quarter
    of an hour."""
    running = visible_jobs(scope).filter(state=JobState.RUNNING)
    return [job for job in running if _is_lost(job, at)]


def _is_lost(job: Job, at: datetime) -> bool:
    return is_lost(progress.is_left(job.pk), job.started_at, progress.last_sign(job.pk), at)


def work_beside(scope: Scope, at: datetime) -> list[Running]:
    """What pages and commands do themselves at the moment, whoever asked for it: building facts makes all wait.
    Work with a job stands among the jobs."""
    found = progress.working(at)
    if not found or scope.account_id is None:
        return []
    jobs = set(Job.objects.filter(pk__in=[one.job for one in found]).values_list("pk", flat=True))
    return [one for one in found if one.job not in jobs]


def nobody_works(scope: Scope, at: datetime) -> bool:
    """Whether something in sight waits that no worker takes."""
    waiting = visible_jobs(scope).filter(state=JobState.WAITING, created_at__lt=at - UNCLAIMED).exists()
    return waiting and not progress.working(at)
