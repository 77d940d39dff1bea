"""Long work: how far it is, how it ended."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nhanlucso.jobs import progress
from nhanlucso.jobs.queries import own_jobs
from nhanlucso.jobs.services import cancel
from nhanlucso.kernel.clock import now
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import everyone

SHOWN = 50


@everyone("one's own work")
def jobs(request: HttpRequest) -> HttpResponse:
    """The account's long work, newest first."""
    return render(
        request, "jobs/list.html", {"title": _("Việc đang chạy"), "jobs": own_jobs(scope_of(request))[:SHOWN]}
    )


@everyone("one's own work")
def job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """One job; asked for by htmx, only the part that changes."""
    found = get_object_or_404(own_jobs(scope_of(request)), pk=job_id)
    context = {
        "title": found.title,
        "job": found,
        "progress": progress.read(found.pk),
        "result_template": f"imports/_{found.kind.replace('.', '_')}.html",
    }
    return render(request, "jobs/_job.html" if request.htmx else "jobs/page.html", context)  # type: ignore[attr-defined]


@everyone("one's own work")
@require_POST
def stop(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Asks a job to stop; what it had begun is not written."""
    found = get_object_or_404(own_jobs(scope_of(request)), pk=job_id)
    cancel(job=found, by=scope_of(request).account_id, at=now())
    return redirect("job", job_id=job_id)
