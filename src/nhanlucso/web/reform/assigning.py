"""After a split: saying where villages and posts went, many at once, and taking that back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nhanlucso.access.queries import entrusted_units
from nhanlucso.journal.queries import changes
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.browsing.rules import ordered
from nhanlucso.orgs.queries import history, reach
from nhanlucso.orgs.rules import Version
from nhanlucso.people.models import Post
from nhanlucso.reform.queries.assigning import (
    Progress,
    assignment,
    assignments,
    late_posts,
    open_by_unit,
    open_posts,
    split_progress,
    suggested,
)
from nhanlucso.reform.rules.splits import Split
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
    asked = Asked.of(request.GET)
    page = Paginator(asked.posts(scope, progress.split), LISTED).get_page(request.GET.get("page"))
    rows = suggested(scope, progress.split, list(page))
    names = {heir.version.unit: heir.version.name for heir in progress.heirs}
    groups = open_by_unit(scope, progress.split)
    acts = assignments(scope, progress.split)
    context = {
        "title": _("Phân về: %(name)s") % {"name": progress.split.name},
        "crumbs": crumbs(),
        "progress": progress,
        "split": progress.split,
        "for_units": [heir.version for heir in progress.heirs if heir.units],
        "for_people": [heir.version for heir in progress.heirs if heir.people],
        "page": page,
        "rows": [(row, names.get(row.suggested or 0, "")) for row in rows],
        "asked": asked,
        "groups": groups,
        "homeless": ordered(progress.split.homeless),
        "open": sum(count for _version, count in groups),
        "sure": any(row.suggested in names for row in rows),
        "late": late_posts(scope, progress.split)[:LISTED],
        "acts": acts,
        "just": next((act for act in acts if act.uid == request.GET.get("xong")), None),
        "in_charge": _in_charge(scope, progress),
        "counted": scope.may(Permission.SEE_FIGURES) and bool(progress.left),
        "figures": open_figures(scope, progress) if request.GET.get("figures") == "1" else None,
    }
    return render(request, "reform/split.html", context)


def _in_charge(scope: Scope, progress: Progress) -> list[tuple[Version, bool]]:
    """Of every heir whether somebody is entrusted with it, for who may invite somebody there."""
    if not progress.left or not scope.may(Permission.MANAGE_ACCOUNTS):
        return []
    held, inside = entrusted_units(Permission.EDIT_PEOPLE), reach(scope.to(Permission.MANAGE_ACCOUNTS))
    now_there = history().standing((heir.version.unit for heir in progress.heirs), today())
    return [(version, version.unit in held) for version in now_there if inside.holds(version.unit)]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which open posts: those of one unit, all, or (neither) those of the unit that was split alone."""

    unit: int | None
    whole: bool

    @classmethod
    def of(cls, given: QueryDict) -> Self:
        text = given.get("from", "")
        return cls(int(text) if text.isdecimal() else None, text == "all")

    @property
    def query(self) -> str:
        return f"from={self.unit}" if self.unit is not None else "from=all" if self.whole else ""

    def posts(self, scope: Scope, held: Split) -> QuerySet[Post]:
        return open_posts(scope, held, whole=self.whole, unit=self.unit)


@needs(Permission.EDIT_UNITS)
@require_POST
def place_units(request: HttpRequest, unit: int) -> HttpResponse:
    """The units that were ticked go below an heir; `all`: all that wait."""
    scope, heir, ticked = scope_of(request), _heir(request), _ticked(request, "units")
    if "all" in request.POST:
        ticked = [version.unit for version in split_progress(scope, unit).split.homeless]
    if heir is None or not ticked:
        return _said_too_little(request, unit, ticked)

    def act() -> list[Assigned]:
        return [assign_units(split=unit, units=ticked, heir=heir, by=scope, at=now())]

    return _done(request, unit, act)


@needs(Permission.EDIT_PEOPLE)
@require_POST
def place_posts(request: HttpRequest, unit: int) -> HttpResponse:
    """The posts that were ticked go on in an heir, or each where another post of the person speaks for one; `all`:
    all that the page lists, on its other pages too."""
    scope, heir, ticked = scope_of(request), _heir(request), _ticked(request, "posts")
    if "all" in request.POST:
        held = split_progress(scope, unit).split
        ticked = list(Asked.of(request.POST).posts(scope, held).values_list("pk", flat=True))
    by_suggestion = request.POST.get("heir") == SUGGESTED
    if not ticked or (heir is None and not by_suggestion):
        return _said_too_little(request, unit, ticked)

    def act() -> list[Assigned]:
        places = _suggestions(scope, unit, ticked) if heir is None else {heir: ticked}
        with transaction.atomic():
            return [
                assign_posts(split=unit, posts=which, heir=place, by=scope, at=now())
                for place, which in places.items()
            ]

    return _done(request, unit, act)


def _suggestions(scope: Scope, unit: int, ticked: list[int]) -> dict[int, list[int]]:
    """Of these posts those that another post of the person speaks for, by heir."""
    found = split_progress(scope, unit)
    mine = {one.version.unit for one in found.heirs if one.people}
    places: dict[int, list[int]] = {}
    posts = list(open_posts(scope, found.split, whole=True).filter(pk__in=ticked))
    for row in suggested(scope, found.split, posts):
        if row.suggested in mine and row.suggested is not None:
            places.setdefault(row.suggested, []).append(row.post.pk)
    return places


def _heir(request: HttpRequest) -> int | None:
    text = request.POST.get("heir", "")
    return int(text) if text.isdecimal() else None


def _ticked(request: HttpRequest, name: str) -> list[int]:
    return [int(value) for value in request.POST.getlist(name) if value.isdecimal()]


def _said_too_little(request: HttpRequest, unit: int, ticked: list[int]) -> HttpResponse:
    messages.error(request, _("Chưa chọn dòng nào.") if not ticked else _("Chưa chọn nơi nhận."))
    return _back(request, unit)


def _back(request: HttpRequest, unit: int, done: str = "") -> HttpResponse:
    """The page with the same posts listed; `done`: the act that it offers to take back."""
    query = "&".join(part for part in (Asked.of(request.POST).query, f"xong={done}" if done else "") if part)
    return redirect(reverse("split", args=[unit]) + (f"?{query}" if query else ""))


def _done(request: HttpRequest, unit: int, act: Callable[[], list[Assigned]]) -> HttpResponse:
    try:
        done = act()
    except Refused as refusal:
        if refusal.code == "not_allowed":
            raise
        messages.error(request, refusal.message)
        return _back(request, unit)
    acts = [one.act for one in done if one.act]
    if len(acts) == 1:
        return _back(request, unit, acts[0])
    count = sum(one.count for one in done)
    messages.success(request, _("Đã phân %(count)s mục.") % {"count": number(count)})
    return _back(request, unit)


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
