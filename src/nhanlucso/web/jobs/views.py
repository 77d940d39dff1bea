"""Long work: how far it is, how it ended."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nhanlucso.exchange.lists.queries import own_imports
from nhanlucso.jobs import progress
from nhanlucso.jobs.models import Job
from nhanlucso.jobs.progress import Progress, Running
from nhanlucso.jobs.queries import (
    lost_jobs,
    may_restart,
    nobody_works,
    own_jobs,
    sees_all_jobs,
    visible_jobs,
    work_beside,
)
from nhanlucso.jobs.services import cancel, restart, tidy
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.scope import Scope
from nhanlucso.reform.queries.resolutions import visible_resolutions
from nhanlucso.reform.work import REHEARSE
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import everyone

ON_A_PAGE = 30
_STATES = {"done": "ok", "refused": "warn", "failed": "danger", "running": "info", "waiting": "wait"}


@dataclass(frozen=True, slots=True)
class Line:
    """A job in the list, with how far it is; `own`: of the account that looks; `lost`: nobody is at it any more."""

    job: Job
    progress: Progress
    state: str
    stopping: bool
    own: bool
    lost: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """Work that a page or command does itself, as long as it lasts."""

    running: Running
    progress: Progress


@everyone("one's own work")
def jobs(request: HttpRequest) -> HttpResponse:
    """Long work, what runs first; asked for by htmx, only the list."""
    scope, at = scope_of(request), now()
    everybody = sees_all_jobs(scope) and request.GET.get("of") != "me"
    page = Paginator(visible_jobs(scope, own=not everybody), ON_A_PAGE).get_page(request.GET.get("page"))
    lost = {one.pk for one in lost_jobs(scope, at)}
    lines = [_line(found, scope, lost) for found in page]
    beside = [Beside(running, progress.read(running.job)) for running in work_beside(scope, at)]
    context = {
        "title": _("Việc đang chạy"),
        "page": page,
        "lines": lines,
        "beside": beside,
        "all": everybody,
        "sees_all": sees_all_jobs(scope),
        "nobody_works": nobody_works(scope, at),
        "open": bool(beside) or any(line.job.is_open and not line.lost for line in lines),
    }
    return render(request, "jobs/_list.html" if request.htmx else "jobs/list.html", context)  # type: ignore[attr-defined]


def _line(found: Job, scope: Scope, lost: Collection[UUID]) -> Line:
    said = progress.read(found.pk) if found.is_open else Progress()
    stopping = found.is_open and progress.stop_asked(found.pk)
    own = found.account_id == scope.account_id
    return Line(found, said, _STATES.get(found.state, ""), stopping, own, found.pk in lost)


@everyone("one's own work")
def job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """One job; asked for by htmx, only the part that changes."""
    scope, at = scope_of(request), now()
    found = get_object_or_404(visible_jobs(scope), pk=job_id)
    about = found.arguments.get("list")
    if about and own_imports(scope).filter(uid=about).exists():
        return redirect("list-import", uid=about)  # a list tells of itself on its own pages
    about = found.arguments.get("resolution")
    if about and visible_resolutions(scope).filter(uid=about).exists():  # and so does a resolution
        return redirect("resolution-rehearsal" if found.kind == REHEARSE else "resolution", uid=about)
    context = {
        "title": found.title,
        "job": found,
        "progress": progress.read(found.pk),
        "stopping": progress.stop_asked(found.pk),
        "own": found.account_id == scope.account_id,
        "lost": found in lost_jobs(scope, at),
        "again": may_restart(scope, found),
        "nobody_works": nobody_works(scope, at),
        "result_template": _outcomes(found.kind),
        "report": found.arguments.get("report"),
    }
    return render(request, "jobs/_job.html" if request.htmx else "jobs/page.html", context)  # type: ignore[attr-defined]


def _outcomes(kind: str) -> list[str]:
    """The templates that may show how a kind of work ended: `reports/_report_submit.html` for report.submit."""
    name = f"_{kind.replace('.', '_')}.html"
    room = kind.partition(".")[0]
    return [f"{room}s/{name}", f"{room}/{name}", "jobs/_outcome.html"]


@everyone("one's own work")
@require_POST
def stop(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Asks a job to stop; what it had begun is not written. One that nobody is at any more ends here."""
    scope, at = scope_of(request), now()
    found = get_object_or_404(visible_jobs(scope), pk=job_id)
    if found in lost_jobs(scope, at):
        tidy(by=scope.account_id, at=at)
    else:
        cancel(job=found, by=scope.account_id, at=at)
    return redirect("job", job_id=job_id)


@everyone("one's own work")
@require_POST
def again(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Does the same work once more."""
    found = get_object_or_404(own_jobs(scope_of(request)), pk=job_id)
    made = restart(job=found, by=scope_of(request), at=now())
    return redirect("job", job_id=made.pk)
