"""The roster of a class: looking people up, pasting names, taking them from another class, taking them off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history
from nhanlucso.training.queries.classes import hosted_class
from nhanlucso.training.roster.queries import adding as queries
from nhanlucso.training.roster.rules import written_names
from nhanlucso.training.roster.services.adding import add_from_class, remove_from_roster
from nhanlucso.training.services.invitations import invite
from nhanlucso.web.classes.attending.words import post_of
from nhanlucso.web.kit.asking import scope_of, unit_or_404
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.wording import number

LEAST_TO_FIND = 2  # letters
MEMBERS_ON_A_PAGE = 100


@needs(Permission.EDIT_CLASSES)
@require_GET
def roster(request: HttpRequest, class_id: int) -> HttpResponse:
    """Who is on the roster, and three ways to put more people on it. htmx asks for the people found alone."""
    scope, words = scope_of(request), request.GET.get("q", "").strip()
    if getattr(request, "htmx", False):
        return render(request, "classes/_roster_found.html", _found(scope, class_id, words))
    held = queries.roster(scope, class_id)
    page = Paginator(held.members, MEMBERS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = _found(scope, class_id, words) | {
        "title": _("Danh sách lớp"),
        "held": held,
        "size": len(held.members),
        "page": page,
        "members": [(one.person.person_id, one.person.name, post_of(one.person), one.marks) for one in page],
        "classes": queries.classes_to_copy(scope, class_id),
        "units": _units(scope, held.training_class.host_unit_id),
        "session": held.training_class.sessions.order_by("starts_at", "pk").first(),
    }
    return render(request, "classes/roster.html", context)


def _found(scope: Scope, class_id: int, words: str) -> dict[str, Any]:
    enough = len(words) >= LEAST_TO_FIND
    return {
        "class_id": class_id,
        "q": words,
        "asked": enough,
        "found": queries.found_to_add(scope, class_id, words) if enough else [],
    }


def _units(scope: Scope, host: int | None) -> list[tuple[int, str, bool]]:
    """The units to look names up in: id, name by depth, whether it is chosen (the host, else the first)."""
    tree = queries.units_to_search(scope)
    chosen = host if any(version.unit == host for version, _depth in tree) else None
    return [(version.unit, "– " * depth + version.name, version.unit == chosen) for version, depth in tree]


@needs(Permission.EDIT_CLASSES)
@require_POST
def add(request: HttpRequest, class_id: int) -> HttpResponse:
    """Puts the people chosen on the roster."""
    scope = scope_of(request)
    people = {int(pk) for name in request.POST for pk in _chosen(request, name)}
    found = hosted_class(scope, class_id)
    try:
        done = invite(training_class=found, people=people, by=scope, at=now())
    except Refused as refusal:
        if refusal.code != "nobody_to_invite":
            raise
        messages.error(request, _("Chưa chọn ai."))
    else:
        messages.success(request, _added(done.added))
    words = request.POST.get("q", "")
    return redirect(reverse("roster", args=[class_id]) + (f"?q={words}" if words else ""))


def _chosen(request: HttpRequest, name: str) -> list[str]:
    """People of fields called person, or person-1, person-2 … where one of several was chosen."""
    values = request.POST.getlist(name) if name == "person" or name.startswith("person-") else []
    return [value for value in values if value.isdecimal()]


def _added(count: int) -> str:
    if not count:
        return _("Những người này đã có trong danh sách.")
    words = ngettext("Đã thêm %(count)s người.", "Đã thêm %(count)s người.", count)
    return words % {"count": number(count)}


@needs(Permission.EDIT_CLASSES)
@require_POST
def paste(request: HttpRequest, class_id: int) -> HttpResponse:
    """Whom pasted names mean, before anybody is added; writes nothing."""
    scope, text = scope_of(request), request.POST.get("names", "")
    names = written_names(text)
    unit = request.POST.get("unit", "")
    if not names:
        raise Refused("no_names", _("Chưa có tên nào. Dán mỗi dòng một họ tên."))
    if len(names) > queries.MOST_NAMES:
        raise Refused(
            "too_many_names",
            _("Mỗi lần dán nhiều nhất %(most)s tên. Danh sách dài hơn thì nhập bằng tệp.")
            % {"most": number(queries.MOST_NAMES)},
        )
    unit_id = unit_or_404(scope, int(unit) if unit.isdecimal() else 0).pk
    found = queries.names_found(scope, class_id, unit_id, names)
    counts = {state: sum(one.state is state for one in found) for state in queries.Found}
    version = history().version_near(unit_id, today())
    context = {
        "title": _("Tên đã dán"),
        "held": hosted_class(scope, class_id),
        "found": found,
        "counts": counts,
        "unit": version,
        "may_add_people": scope.may(Permission.EDIT_PEOPLE),
    }
    return render(request, "classes/roster_names.html", context)


@needs(Permission.EDIT_CLASSES)
@require_POST
def copy(request: HttpRequest, class_id: int) -> HttpResponse:
    """Everybody of another class."""
    other = request.POST.get("class", "")
    if not other.isdecimal():
        raise Refused("no_class", _("Hãy chọn lớp để lấy danh sách."))
    try:
        done = add_from_class(class_id=class_id, other_id=int(other), by=scope_of(request), at=now())
    except Refused as refusal:
        if refusal.code != "nobody_to_invite":
            raise
        messages.error(request, _("Lớp ấy không có ai trong phạm vi của bạn."))
    else:
        messages.success(request, _added(done.added))
        if done.outside:
            words = _("%(count)s người ngoài phạm vi không được thêm: nhờ đơn vị đồng chủ trì thêm.")
            messages.warning(request, words % {"count": number(done.outside)})
    return redirect("roster", class_id)


@needs(Permission.EDIT_CLASSES)
@require_POST
def remove(request: HttpRequest, class_id: int, person_id: int) -> HttpResponse:
    """Takes somebody without a mark off the roster."""
    try:
        remove_from_roster(class_id=class_id, person_id=person_id, by=scope_of(request), at=now())
    except Refused as refusal:
        if refusal.code != "has_marks":
            raise
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Đã bỏ khỏi danh sách."))
    return redirect("roster", class_id)
