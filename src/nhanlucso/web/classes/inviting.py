"""The invitation list of a class: looking for people, asking them to come, taking that back."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.orgs.queries import reach, today_tree
from nhanlucso.people.queries import PeopleAsked, PeopleList, PersonLine, people_list
from nhanlucso.training.queries.class_view import class_view
from nhanlucso.training.queries.classes import hosted_class
from nhanlucso.training.services.invitations import invite, uninvite
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.choices import Option
from nhanlucso.web.kit.doors import needs

INVITED_ON_A_PAGE = 100
FOUND_AT_MOST = 50
WHOLE_AT_MOST = 2_000  # people whom one press invites


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Somebody who can be asked; `invited` already."""

    pk: int
    name: str
    birth: str
    post: str
    invited: bool


@needs(Permission.EDIT_CLASSES)
@require_http_methods(["GET", "POST"])
def inviting(request: HttpRequest, class_id: int) -> HttpResponse:
    """People by name and unit; a POST invites those who are ticked, or all whom the question finds."""
    scope = scope_of(request)
    held = hosted_class(scope.to(Permission.EDIT_CLASSES), class_id)
    found = _asked(request, request.GET)
    if request.method == "POST":
        people = _ticked(request.POST) if "all" not in request.POST else _everybody(found)
        outcome = invite(training_class=held, people=people, by=scope, at=now())
        words = _("Đã mời %(added)s người; %(already)s người đã có trong danh sách từ trước.")
        if not outcome.already:
            words = ngettext("Đã mời %(added)s người.", "Đã mời %(added)s người.", outcome.added)
        messages.success(request, words % {"added": outcome.added, "already": outcome.already})
        return redirect(request.get_full_path())
    view = class_view(scope, class_id)
    invited = [one.person for one in view.people if one.invited]
    already = {person.person_id for person in invited}
    invited_page = Paginator(invited, INVITED_ON_A_PAGE).get_page(request.GET.get("page"))
    words, unit = request.GET.get("q", ""), request.GET.get("unit", "")
    context = {
        "title": _("Mời vào lớp"),
        "crumbs": [
            (_("Lớp học"), reverse("classes")),
            (held.title, reverse("training-class", args=[class_id])),
        ],
        "held": held,
        "q": words,
        "units": [
            Option(str(v.unit), "\u2003" * depth + v.name, str(v.unit) == unit)
            for v, depth in today_tree(scope.to(Permission.SEE_PEOPLE))
        ],
        "asked": found is not None,
        "total": len(found) if found is not None else 0,
        "found": [_person(line, already) for line in found[:FOUND_AT_MOST]] if found is not None else [],
        "most": FOUND_AT_MOST,
        "whole": found is not None and FOUND_AT_MOST < len(found) <= WHOLE_AT_MOST,
        "invited": invited_page.object_list,
        "page": invited_page,
        "invited_size": view.sizes.invited,
    }
    return render(request, "classes/inviting.html", context)


@needs(Permission.EDIT_CLASSES)
@require_POST
def uninviting(request: HttpRequest, class_id: int) -> HttpResponse:
    """Takes one person off the list."""
    held = hosted_class(scope_of(request).to(Permission.EDIT_CLASSES), class_id)
    people = _ticked(request.POST)
    gone = uninvite(training_class=held, people=people, by=scope_of(request), at=now())
    if gone:
        messages.success(
            request, ngettext("Đã bỏ mời %(n)s người.", "Đã bỏ mời %(n)s người.", gone) % {"n": gone}
        )
    query = request.GET.urlencode()
    return redirect(reverse("inviting", args=[class_id]) + (f"?{query}" if query else ""))


def _asked(request: HttpRequest, words: QueryDict) -> PeopleList | None:
    """The people whom the address asks for; None where it asks for nobody. Raises Http404 outside the scope."""
    name, unit = words.get("q", "").strip(), words.get("unit", "")
    if unit and not unit.isdecimal():
        raise Http404
    if not name and not unit:
        return None
    scope = scope_of(request).to(Permission.EDIT_CLASSES)
    if unit and not reach(scope).holds(int(unit)):
        raise Http404
    return people_list(scope, PeopleAsked(on=today(), unit=int(unit) if unit else None, words=name))


def _everybody(found: PeopleList | None) -> list[int]:
    if found is None or len(found) > WHOLE_AT_MOST:
        raise Refused("too_many", _("Mời mỗi lần nhiều nhất 2.000 người: chọn một đơn vị nhỏ hơn."))
    return [line.person.pk for line in found[:]]


def _ticked(sent: QueryDict) -> list[int]:
    return [int(person) for person in sent.getlist("person") if person.isdecimal()]


def _person(line: PersonLine, already: set[int]) -> FoundPerson:
    person, posts = line.person, line.posts
    post = posts[0] if posts else None
    said = ", ".join(filter(None, (post.post.title, post.unit.name if post.unit else ""))) if post else ""
    return FoundPerson(person.pk, person.full_name, person.birth[:4], said, person.pk in already)
