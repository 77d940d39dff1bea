"""Importing: drop a file, see what it would do, write it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nhanlucso.exchange.uploads import CHECK, Given, start_apply, start_check
from nhanlucso.jobs.enums import JobState
from nhanlucso.jobs.queries import own_jobs
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.permissions import Permission
from nhanlucso.web.imports.forms import ImportForm
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs


@needs(Permission.IMPORT_LISTS)
def imports(request: HttpRequest) -> HttpResponse:
    """The form, and what was imported last."""
    scope = scope_of(request)
    form = ImportForm(request.POST or None, request.FILES or None, scope=scope)
    if request.method == "POST" and form.is_valid():
        return redirect("job", job_id=start_check(given=Given(**form.cleaned_data), by=scope, at=now()).pk)
    context = {
        "title": _("Nhập liệu"),
        "form": form,
        "jobs": own_jobs(scope).filter(kind__startswith="import.")[:5],
    }
    return render(request, "imports/page.html", context)


@needs(Permission.IMPORT_LISTS)
@require_POST
def apply(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Writes what a finished check showed."""
    scope = scope_of(request)
    checked = get_object_or_404(own_jobs(scope), pk=job_id, kind=CHECK, state=JobState.DONE)
    return redirect("job", job_id=start_apply(checked=checked, by=scope, at=now()).pk)
