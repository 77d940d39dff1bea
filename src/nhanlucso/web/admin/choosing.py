"""Choosing the unit of a role: by name, or going down the tree."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.orgs.browsing.queries.tree import choices
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history
from nhanlucso.web.kit.asking import scope_of, unit_or_404

EVERYTHING = "all"  # in the address, instead of a unit


def choose_unit(request: HttpRequest, title: str, back: str) -> HttpResponse:
    """The page of units to choose from; `q` and `below` of the address lead through them."""
    scope = scope_of(request).to(Permission.MANAGE_ACCOUNTS)
    words, text = request.GET.get("q", ""), request.GET.get("below", "")
    below = unit_or_404(scope, int(text)).pk if text.isdecimal() else None
    context = {
        "title": title,
        "crumbs": [(_("Quay lại"), back)],
        "q": words,
        "below": history().version_near(below, today()) if below else None,
        "choices": choices(scope, words, below, today()),
        "everything": scope.everything and not words and below is None,
    }
    return render(request, "admin/choose_unit.html", context)


def unit_name(unit: Unit | None) -> str:
    """How the unit is called today."""
    return history().names().get(unit.pk, "") if unit else _("toàn hệ thống")
