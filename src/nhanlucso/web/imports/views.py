"""Importing: drop a file; lists then have four steps, bundles are looked at and written as one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nhanlucso.exchange.lists.queries import own_imports, seen_imports
from nhanlucso.exchange.lists.services import begin, give_up, read_again, stop
from nhanlucso.exchange.uploads import CHECK, is_bundle, start_apply, start_check
from nhanlucso.jobs.enums import JobState
from nhanlucso.jobs.queries import own_jobs
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.permissions import Permission
from nhanlucso.web.imports.flow import next_step, opened
from nhanlucso.web.imports.forms import UploadForm
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs

LAST = 8


@needs(Permission.IMPORT_LISTS)
def imports(request: HttpRequest) -> HttpResponse:
    """The first step: a file; below it, the last imports and what is next in each."""
    scope = scope_of(request)
    form = UploadForm(request.POST or None, request.FILES or None, scope=scope)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        if is_bundle(file.name or ""):
            return redirect("job", job_id=start_check(file=file, by=scope, at=now()).pk)
        item = begin(file=file, unit=form.cleaned_data["unit"], by=scope, at=now())
        return redirect("list-import", uid=item.uid)
    context = {
        "title": _("Nhập liệu"),
        "form": form,
        "items": own_imports(scope)[:LAST],
        "others": scope.may(Permission.READ_AUDIT),
        "jobs": own_jobs(scope).filter(kind__in=(CHECK, "import.apply"))[:3],
    }
    return render(request, "imports/page.html", context)


@needs(Permission.READ_AUDIT)
def all_imports(request: HttpRequest) -> HttpResponse:
    """Who imported which list, when, and what became of it; no row of any."""
    items = seen_imports(scope_of(request))[:200]
    return render(request, "imports/all.html", {"title": _("Các lần nhập danh sách"), "items": items})


@needs(Permission.IMPORT_LISTS)
def list_import(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Leads to the step where the import goes on."""
    return redirect(next_step(opened(request, uid)), uid=uid)


@needs(Permission.IMPORT_LISTS)
@require_POST
def stop_work(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Stops what is under way; nothing of it is kept."""
    stop(uid=uid, by=scope_of(request), at=now())
    return redirect("list-import", uid=uid)


@needs(Permission.IMPORT_LISTS)
@require_POST
def again(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Reads the list once more."""
    read_again(uid=uid, by=scope_of(request), at=now())
    return redirect("list-import", uid=uid)


@needs(Permission.IMPORT_LISTS)
@require_POST
def drop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Gives an import up that has written nothing."""
    give_up(uid=uid, by=scope_of(request), at=now())
    return redirect("imports")


@needs(Permission.IMPORT_LISTS)
@require_POST
def apply(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Writes what a finished check of a bundle showed."""
    scope = scope_of(request)
    checked = get_object_or_404(own_jobs(scope), pk=job_id, kind=CHECK, state=JobState.DONE)
    return redirect("job", job_id=start_apply(checked=checked, by=scope, at=now()).pk)
