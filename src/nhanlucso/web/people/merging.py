"""Who may stand twice: the list of pairs, one pair side by side, making one of two and two of one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from nhanlucso.access.queries import account_names
from nhanlucso.journal.queries import changes
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.people.duplicates.queries import Proposed, may_merge, proposed_pair, proposed_pairs
from nhanlucso.people.duplicates.services import say_distinct, take_back_distinct
from nhanlucso.people.merging.queries import last_merge, one_person_now
from nhanlucso.people.merging.rules import FIELDS, GONE, KEPT
from nhanlucso.people.merging.services import merge, unmerge
from nhanlucso.people.models import Person
from nhanlucso.people.queries import visible_person
from nhanlucso.web.kit.acts import undoing
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.lists import Listing, listing
from nhanlucso.web.people.pairing import OTHER, compared, file_head, file_rows, share, why

PAGE = 20


@needs(Permission.SEE_PEOPLE)
def duplicates(request: HttpRequest) -> HttpResponse:
    """The proposed pairs, the most likely first; nothing is merged by itself."""
    page = Paginator(proposed_pairs(scope_of(request)), PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Có thể cùng một người"),
        "crumbs": _crumbs(),
        "page": page,
        "count": page.paginator.count,
        "pairs": [(pair, share(pair.likelihood), why(pair.likelihood)) for pair in page],
    }
    return render(request, "people/duplicates.html", context)


@needs(Permission.EXPORT_LISTS)
@require_POST
def duplicates_file(request: HttpRequest) -> HttpResponse:
    """All proposed pairs as a file."""
    found = proposed_pairs(scope_of(request))
    title = _("Hồ sơ có thể cùng một người")
    return listing(request, Listing(title, file_head(), file_rows(found), [], ("person.duplicates", "")))


@needs(Permission.SEE_PEOPLE)
def pair(request: HttpRequest, one: int, other: int) -> HttpResponse:
    """Both people side by side, with what to choose."""
    scope = scope_of(request)
    try:
        found = proposed_pair(scope, one, other)
    except Person.DoesNotExist:
        if one == other:
            raise
        return redirect("person", _one_now(scope, one, other))
    context = {
        "title": _("Có phải một người?"),
        "crumbs": [*_crumbs(), (_("Có thể cùng một người"), reverse("people-duplicates"))],
        "pair": found,
        "share": share(found.likelihood),
        "why": why(found.likelihood),
        "compared": compared(scope, found),
        "may_merge": may_merge(scope, one, other),
        "said_by": _said_by(scope, found),
    }
    return render(request, "people/pair.html", context)


@needs(Permission.MERGE_PEOPLE)
@require_POST
def merge_pair(request: HttpRequest, one: int, other: int) -> HttpResponse:
    """Makes one of two, field by field as chosen."""
    scope = scope_of(request)
    keeps_other = request.POST.get("keep") == OTHER
    kept, gone = (other, one) if keeps_other else (one, other)
    choices = {
        name: KEPT if (request.POST[name] == OTHER) == keeps_other else GONE
        for name in FIELDS
        if name in request.POST
    }
    done = merge(kept=kept, gone=gone, choices=choices, by=scope, at=now())
    messages.success(request, _("Đã gộp hai hồ sơ thành một: %(name)s.") % {"name": done.person.full_name})
    return redirect("person", kept)


@needs(Permission.MERGE_PEOPLE)
@require_POST
def two_people(request: HttpRequest, one: int, other: int) -> HttpResponse:
    """Says that two people are two, or takes that back."""
    scope = scope_of(request)
    if "again" in request.POST:
        take_back_distinct(one=one, other=other, by=scope, at=now())
        return redirect("people-pair", one, other)
    said = say_distinct(one=one, other=other, by=scope, at=now())
    names = {"one": said.one.full_name, "other": said.other.full_name}
    messages.success(request, _("Đã ghi: %(one)s và %(other)s là hai người.") % names)
    return redirect("people-duplicates")


@needs(Permission.MERGE_PEOPLE)
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """What making two of one again would do, and what stands in the way; sent: does it."""
    scope = scope_of(request).to(Permission.MERGE_PEOPLE)
    found = visible_person(scope, pk)
    act = last_merge(scope, found)
    if act is None:
        if request.method == "POST":  # sent twice
            return redirect("person", pk)
        raise Http404
    if request.method == "POST":
        unmerge(act=act, by=scope, at=now())
        messages.success(request, _("Đã tách lại thành hai hồ sơ."))
        return redirect("person", pk)
    context = {
        "title": _("Tách lại hai hồ sơ"),
        "crumbs": [*_crumbs(), (found.full_name, reverse("person", args=[pk]))],
        "person": found,
        "act": act,
        "told": undoing(scope, changes(scope, act)),
    }
    return render(request, "people/split.html", context)


def _crumbs() -> list[tuple[Any, str]]:
    return [(pgettext("phòng", "Cán bộ"), reverse("people"))]


def _one_now(scope: Scope, one: int, other: int) -> int:
    """The person whom two records have become; raises Person.DoesNotExist where they have not."""
    for pk in (one, other):
        try:
            return one_person_now(scope, pk).pk
        except Person.DoesNotExist:
            continue
    raise Person.DoesNotExist


def _said_by(scope: Scope, found: Proposed) -> str:
    """Who said that they are two, as far as the scope may know."""
    said = found.distinct
    if said is None or said.account_id is None:
        return ""
    return account_names(scope, [said.account_id]).get(said.account_id, "")
