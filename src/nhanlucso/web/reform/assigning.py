"""After a split: saying where villages and posts went, many at once, and taking that back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nhanlucso.journal.queries import changes
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.reform.queries.assigning import (
    assignment,
    assignments,
    late_posts,
    open_posts,
    split_progress,
    suggested,
)
from nhanlucso.reform.services.assigning import Assigned, assign_posts, assign_units, undo_assignment
from nhanlucso.web.kit.acts import undoing
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.wording import number
from nhanlucso.web.reform.crumbs import crumbs
from nhanlucso.web.reform.open_figures import open_figures

LISTED = 30
SUGGESTED = "suggested"


@needs(Permission.EDIT_UNITS, Permission.EDIT_PEOPLE)
def split(request: HttpRequest, unit: int) -> HttpResponse:
    """How far it is, what is left, what was said last."""
    scope = scope_of(request)
    progress = split_progress(scope, unit)
    whole = request.GET.get("whole") == "1"
    own, every = open_posts(scope, progress.split), open_posts(scope, progress.split, whole=True)
    page = Paginator(every if whole else own, LISTED).get_page(request.GET.get("page"))
    rows = suggested(scope, progress.split, list(page))
    names = {heir.version.unit: heir.version.name for heir in progress.heirs}
    context = {
        "title": _("Phân về: %(name)s") % {"name": progress.split.name},
        "crumbs": crumbs(),
        "progress": progress,
        "split": progress.split,
        "for_units": [heir.version for heir in progress.heirs if heir.units],
        "for_people": [heir.version for heir in progress.heirs if heir.people],
        "page": page,
        "rows": [(row, names.get(row.suggested or 0, "")) for row in rows],
        "whole": whole,
        "inside": every.count() - own.count() if progress.split.waiting else 0,
        "sure": any(row.suggested in names for row in rows),
        "late": late_posts(scope, progress.split)[:LISTED],
        "acts": assignments(scope, progress.split),
        "counted": scope.may(Permission.SEE_FIGURES) and bool(progress.left),
        "figures": open_figures(scope, progress) if request.GET.get("figures") == "1" else None,
    }
    return render(request, "reform/split.html", context)


@needs(Permission.EDIT_UNITS)
@require_POST
def place_units(request: HttpRequest, unit: int) -> HttpResponse:
    """The units that were ticked go below an heir."""
    heir, ticked = _said(request, "units")

    def act(to: int, which: list[int]) -> Assigned:
        return assign_units(split=unit, units=which, heir=to, by=scope_of(request), at=now())

    return _done(request, unit, heir, ticked, act)


@needs(Permission.EDIT_PEOPLE)
@require_POST
def place_posts(request: HttpRequest, unit: int) -> HttpResponse:
    """The posts that were ticked go on in an heir, or each where another post of the person speaks for one."""
    scope = scope_of(request)
    heir, ticked = _said(request, "posts")

    def act(to: int, which: list[int]) -> Assigned:
        return assign_posts(split=unit, posts=which, heir=to, by=scope, at=now())

    if request.POST.get("heir") != SUGGESTED:
        return _done(request, unit, heir, ticked, act)
    found = split_progress(scope, unit)
    mine = {one.version.unit for one in found.heirs if one.people}
    posts = list(open_posts(scope, found.split, whole=True).filter(pk__in=ticked))
    count = 0
    for place in mine:
        which = [row.post.pk for row in suggested(scope, found.split, posts) if row.suggested == place]
        count += act(place, which).count if which else 0
    messages.success(request, _("Đã phân %(count)s vị trí theo gợi ý.") % {"count": number(count)})
    return redirect("split", unit)


def _said(request: HttpRequest, name: str) -> tuple[int | None, list[int]]:
    text = request.POST.get("heir", "")
    ticked = [int(value) for value in request.POST.getlist(name) if value.isdecimal()]
    return (int(text) if text.isdecimal() else None), ticked


def _done(
    request: HttpRequest,
    unit: int,
    heir: int | None,
    ticked: list[int],
    act: Callable[[int, list[int]], Assigned],
) -> HttpResponse:
    if heir is None or not ticked:
        words = _("Chưa chọn dòng nào.") if not ticked else _("Chưa chọn nơi nhận.")
        messages.error(request, words)
        return redirect("split", unit)
    try:
        done = act(heir, ticked)
    except Refused as refusal:
        if refusal.code == "not_allowed":
            raise
        messages.error(request, refusal.message)
        return redirect("split", unit)
    messages.success(request, _("Đã phân %(count)s mục.") % {"count": number(done.count)})
    return redirect("split", unit)


@needs(Permission.EDIT_UNITS, Permission.EDIT_PEOPLE)
def take_back(request: HttpRequest, unit: int, act: str) -> HttpResponse:
    """What taking one assignment back would do; taking it back."""
    scope = scope_of(request)
    progress = split_progress(scope, unit)
    held = assignment(scope, progress.split, act)
    told = changes(scope, held)
    if request.method == "POST" and told.may_be_undone:
        undo_assignment(split=unit, act=act, by=scope, at=now())
        messages.success(request, _("Đã hoàn tác."))
        return redirect("split", unit)
    context = {
        "title": _("Hoàn tác: %(what)s") % {"what": held.title},
        "crumbs": crumbs(),
        "told": undoing(scope, told),
        "unit": unit,
    }
    return render(request, "reform/unassign.html", context)
