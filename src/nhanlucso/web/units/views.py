"""The tree of a day, and one unit."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import pgettext

from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.orgs.adoption.queries import found_entries, offers
from nhanlucso.orgs.browsing.queries import unit_lines, unit_tree, unit_view
from nhanlucso.orgs.queries import find_units
from nhanlucso.web.kit.asking import scope_of, unit_or_404
from nhanlucso.web.kit.doors import everyone, needs
from nhanlucso.web.units.numbers import unit_numbers

FOUND_AT_MOST = 30


@everyone("shows only units in reach")
def units(request: HttpRequest) -> HttpResponse:
    """The tree of a day, or what was searched for; `below` shows one branch."""
    scope, words, text = scope_of(request), request.GET.get("q", "").strip(), request.GET.get("below", "")
    below = unit_or_404(scope, int(text)).pk if text.isdecimal() else None
    on = day_of(request)
    tree = unit_tree(scope, on, below)
    context: dict[str, object] = {
        "title": pgettext("phòng", "Đơn vị"),
        "q": words,
        "on": on,
        "today": today(),
        "tree": tree,
    }
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "units/_branches.html", {"branches": tree.tops, "on": on})
    if below is not None:
        context["view"] = unit_view(scope, below, on)
    if words:
        entries, total = found_entries(scope, words, None, FOUND_AT_MOST)
        own = find_units(scope, words)[:FOUND_AT_MOST]
        context |= {"own": unit_lines(scope, own), "entries": entries, "total": total}
    return render(request, "units/page.html", context | {"offers": offers(scope)})


@everyone("shows only units in reach")
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: what stands above and below it, what it was and became; its figures when asked for."""
    scope, on = scope_of(request), day_of(request)
    view = unit_view(scope, pk, on)
    context: dict[str, object] = {
        "title": view.version.name,
        "crumbs": [(pgettext("phòng", "Đơn vị"), reverse("units"))]
        + [(above.name, reverse("unit", args=[above.unit])) for above in view.line],
        "view": view,
        "on": on,
        "changeable": scope.may(Permission.EDIT_UNITS) and (scope.everything or pk not in scope.unit_ids),
        "numbers": unit_numbers(scope, pk) if request.GET.get("figures") else None,
    }
    return render(request, "units/unit.html", context)


@needs(Permission.SEE_FIGURES)
def numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures of a unit as a part of its page: they may take a while after records changed."""
    scope = scope_of(request)
    found = unit_or_404(scope, pk)
    return render(request, "units/_numbers.html", {"numbers": unit_numbers(scope, found.pk)})


def day_of(request: HttpRequest) -> date:
    """The day of the address; today if there is none or it does not exist."""
    try:
        return parse_date(request.GET.get("on", "")) or today()
    except ValueError:
        return today()
