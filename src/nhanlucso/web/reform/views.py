"""The resolutions, and one of them: what it says."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.enums import ChangeKind
from nhanlucso.orgs.models import Unit
from nhanlucso.reform.proposing import offered_changes
from nhanlucso.reform.queries.assigning import open_splits
from nhanlucso.reform.queries.lines import told_lines
from nhanlucso.reform.queries.resolutions import visible_resolution, visible_resolutions
from nhanlucso.reform.queries.stored import last_rehearsal
from nhanlucso.reform.services.drafting import (
    change_resolution,
    draft_resolution,
    drop_resolution,
    remove_row,
)
from nhanlucso.web.kit.asking import own_unit, scope_of
from nhanlucso.web.kit.crossing import changed, status_of, watching
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.filling import attempt
from nhanlucso.web.reform.crumbs import crumbs
from nhanlucso.web.reform.forms import WordsForm
from nhanlucso.web.reform.progress import asks_for_part, progress_page, work_on

ROWS = 100


@needs(Permission.EDIT_UNITS, Permission.EDIT_PEOPLE)
def resolutions(request: HttpRequest) -> HttpResponse:
    """Drafts and what was carried out; below them, what is still to be assigned."""
    scope = scope_of(request)
    editing = scope.may(Permission.EDIT_UNITS)
    splits = open_splits(scope)
    context = {
        "title": _("Sắp xếp đơn vị"),
        "crumbs": crumbs()[:1],
        "editing": editing,
        "resolutions": visible_resolutions(scope) if editing else [],
        "open": [one for one in splits if one.left],
        "closed": [one for one in splits if not one.left and one.total],
        "offers": offered_changes(scope) if editing else [],
    }
    return render(request, "reform/page.html", context)


@needs(Permission.EDIT_UNITS)
def draft(request: HttpRequest) -> HttpResponse:
    """A new draft; `ngay` of the address is the day that the catalogue offers."""
    scope = scope_of(request)
    form = WordsForm(request.POST or None, initial={"date": request.GET.get("ngay", "")})
    if form.is_valid():
        made = attempt(form, lambda: draft_resolution(words=form.words(_unit(scope)), by=scope, at=now()))
        if made is not None:
            return redirect("resolution-catalogue" if request.GET.get("ngay") else "resolution", made.uid)
    context = {
        "title": _("Soạn nghị quyết, quyết định"),
        "crumbs": crumbs(),
        "form": form,
        "back": reverse("reform"),
    }
    return render(request, "reform/words.html", context)


def _unit(scope: Scope) -> Unit | None:
    """Below which the drafts of an account work: nothing for who runs the installation."""
    allowed = scope.to(Permission.EDIT_UNITS)
    own = None if allowed.everything else own_unit(allowed)
    return None if own is None else Unit.objects.get(pk=own)


@needs(Permission.EDIT_UNITS)
def resolution(request: HttpRequest, uid: str) -> HttpResponse:
    """What a resolution says, row by row, and what to do next."""
    scope = scope_of(request)
    held = visible_resolution(scope, uid)
    work = work_on(held)
    if asks_for_part(request) or (work.is_open and not work.rehearses):
        return progress_page(request, held, work, held.document)
    told = told_lines(scope, uid)
    page = Paginator(told.lines, ROWS).get_page(request.GET.get("page"))
    context = {
        "title": held.document,
        "crumbs": crumbs(),
        "resolution": held,
        "is_draft": held.state == "draft",
        "work": work,
        "rehearsed": last_rehearsal(scope, uid),
        "told": told,
        "page": page,
        "kinds": [(kind.value, kind.label) for kind in ChangeKind],
        "offered": any(day == held.date for day, _size, _documents in offered_changes(scope)),
    }
    return render(request, "reform/resolution.html", context)


@needs(Permission.EDIT_UNITS)
def change(request: HttpRequest, uid: str) -> HttpResponse:
    """Another number, title or day of a draft."""
    scope = scope_of(request)
    held = visible_resolution(scope, uid)
    known = {"title": held.title, "number": held.number, "date": held.date}
    form = watching(WordsForm(request.POST or None, initial=known), held)
    if form.is_valid() and changed(
        form,
        held,
        lambda: change_resolution(resolution=held, words=form.words(held.unit), by=scope, at=now()),
    ):
        return redirect("resolution", uid)
    back = reverse("resolution", args=[uid])
    context = {"title": _("Sửa số, ngày, trích yếu"), "crumbs": crumbs(held), "form": form, "back": back}
    return render(request, "reform/words.html", context, status=status_of(form))


@needs(Permission.EDIT_UNITS)
@require_POST
def drop(request: HttpRequest, uid: str) -> HttpResponse:
    """Throws a draft away."""
    scope = scope_of(request)
    drop_resolution(resolution=visible_resolution(scope, uid), by=scope, at=now())
    messages.success(request, _("Đã xóa dự thảo."))
    return redirect("reform")


@needs(Permission.EDIT_UNITS)
@require_POST
def remove(request: HttpRequest, uid: str, row: int) -> HttpResponse:
    """Takes a row out of a draft."""
    scope = scope_of(request)
    remove_row(resolution=visible_resolution(scope, uid), row=row, by=scope, at=now())
    messages.success(request, _("Đã bỏ dòng."))
    return redirect("resolution", uid)
