"""Rows of a resolution: chosen on screen, from a file, from the national catalogue."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.orgs.queries import history
from nhanlucso.reform.enums import ResolutionState
from nhanlucso.reform.loading import read_rows
from nhanlucso.reform.models import Resolution
from nhanlucso.reform.proposing import proposed_rows
from nhanlucso.reform.queries.resolutions import visible_resolution
from nhanlucso.reform.rules.draft import ONE_DAY
from nhanlucso.reform.services.drafting import add_rows
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.wording import number
from nhanlucso.web.reform.choosing import SHAPES, Builder
from nhanlucso.web.reform.crumbs import crumbs
from nhanlucso.web.reform.forms import FileForm


@needs(Permission.EDIT_UNITS)
def add(request: HttpRequest, uid: str, kind: str) -> HttpResponse:
    """One change: old units are chosen, then what they become; what is chosen stands in the address."""
    held = _draft(request, uid)
    if kind not in SHAPES:
        raise Http404
    builder = Builder(request, held, kind)
    form = builder.form()
    if request.method == "POST" and form.is_valid() and builder.is_whole(form):
        scope = scope_of(request)
        units, rows = builder.rows(form)
        add_rows(resolution=held, units=units, rows=rows, by=scope, at=now())
        messages.success(request, _("Đã thêm vào nghị quyết."))
        return redirect("resolution", uid)
    context = {
        "title": builder.shape.title,
        "crumbs": crumbs(held),
        "resolution": held,
        "form": form,
        "builder": builder,
        "shape": builder.shape,
    }
    return render(request, "reform/row.html", context)


def _draft(request: HttpRequest, uid: str) -> Resolution:
    held = visible_resolution(scope_of(request), uid)
    if held.state != ResolutionState.DRAFT:
        raise Refused("not_a_draft", _("Nghị quyết đã thực hiện; hoàn tác rồi mới sửa được."))
    return held


@needs(Permission.EDIT_UNITS)
def upload(request: HttpRequest, uid: str) -> HttpResponse:
    """Rows from a file: all of them, or none with every line that cannot be taken."""
    held, scope = _draft(request, uid), scope_of(request)
    form = FileForm(request.POST or None, request.FILES or None)
    wrong: list[str] = []
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "rows"
                path.write_bytes(file.read())
                units, rows = read_rows(scope, held, path, file.name or "")
            replace = form.cleaned_data["replace"]
            count = add_rows(resolution=held, units=units, rows=rows, by=scope, at=now(), replace=replace)
        except Refused as refusal:
            form.add_error("file", refusal.message)
            wrong = [str(detail) for detail in refusal.details]
        else:
            messages.success(request, _("Đã thêm %(count)s dòng.") % {"count": number(count)})
            return redirect("resolution", uid)
    context = {
        "title": _("Dòng thay đổi từ tệp"),
        "crumbs": crumbs(held),
        "resolution": held,
        "form": form,
        "wrong": wrong,
    }
    return render(request, "reform/file.html", context)


@needs(Permission.EDIT_UNITS)
def propose(request: HttpRequest, uid: str) -> HttpResponse:
    """What the national catalogue has for the day of the resolution, and taking it."""
    held, scope = _draft(request, uid), scope_of(request)
    units, rows = proposed_rows(scope, held)
    if request.method == "POST":
        count = add_rows(resolution=held, units=units, rows=rows, by=scope, at=now(), replace=True)
        messages.success(request, _("Đã lấy %(count)s dòng từ danh mục.") % {"count": number(count)})
        return redirect("resolution", uid)
    past, names = history(), {unit.key: unit.name for unit in units}
    last = held.date - ONE_DAY

    def name(ref: int | str | None) -> str:
        version = past.version_near(ref, last) if isinstance(ref, int) else None
        return version.name if version else names.get(str(ref), "")

    told = [(name(row.origin), name(row.target) if not row.name else row.name) for row in rows]
    context = {
        "title": _("Theo danh mục quốc gia"),
        "crumbs": crumbs(held),
        "resolution": held,
        "rows": told,
        "made": len(units),
        "old": len({row.origin for row in rows if row.origin}),
        "there": held.changes.count(),
    }
    return render(request, "reform/catalogue.html", context)
