"""Long work on a resolution as its own pages show it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nhanlucso.jobs import progress
from nhanlucso.jobs.enums import JobState
from nhanlucso.jobs.models import Job
from nhanlucso.jobs.progress import Progress
from nhanlucso.jobs.queries import lost_jobs, nobody_works
from nhanlucso.jobs.services import tidy
from nhanlucso.kernel.clock import now
from nhanlucso.reform.models import Resolution
from nhanlucso.reform.work import REHEARSE
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.reform.crumbs import crumbs


@dataclass(frozen=True, slots=True)
class Work:
    """The last long work on a resolution, if there was any, and how far it is."""

    job: Job | None
    progress: Progress
    stopping: bool

    @property
    def is_open(self) -> bool:
        return self.job is not None and self.job.is_open

    @property
    def failed(self) -> Job | None:
        """The last work, if it came to nothing."""
        ended = (JobState.REFUSED, JobState.FAILED, JobState.CANCELLED)
        return self.job if self.job is not None and self.job.state in ended else None

    @property
    def rehearses(self) -> bool:
        return self.job is not None and self.job.kind == REHEARSE


def work_on(held: Resolution) -> Work:
    """How the last long work on a resolution stands."""
    job = held.job
    if job is None or not job.is_open:
        return Work(job, Progress(), False)
    return Work(job, progress.read(job.pk), progress.stop_asked(job.pk))


def asks_for_part(request: HttpRequest) -> bool:
    """Whether a page that showed progress asks how far it is now."""
    return bool(request.htmx)  # type: ignore[attr-defined]


def progress_page(request: HttpRequest, held: Resolution, work: Work, title: str) -> HttpResponse:
    """How far the work is; once it has ended, a page that shows progress loads itself anew. Work that a lost process
    left behind is ended first."""
    scope, at = scope_of(request), now()
    if lost_jobs(scope, at):
        tidy(by=scope.account_id, at=at)
        held.refresh_from_db()
        work = work_on(held)
    if not work.is_open:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {
        "title": title,
        "crumbs": crumbs(held),
        "resolution": held,
        "work": work,
        "own": work.job is not None and work.job.account_id == scope.account_id,
        "nobody_works": nobody_works(scope, at),
    }
    part = "reform/_work.html" if asks_for_part(request) else "reform/work.html"
    return render(request, part, context)
