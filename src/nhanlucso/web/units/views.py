"""The tree of a day, and one unit."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from nhanlucso.kernel.clock import EVER, today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.adoption.queries import found_entries, offers
from nhanlucso.orgs.browsing.queries import UnitView, unit_lines, unit_rows, unit_tree, unit_view
from nhanlucso.orgs.enums import UnitKind
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history, may_add_below, may_change, reach
from nhanlucso.people.queries import PeopleAsked, people_list
from nhanlucso.web.kit.asking import scope_of, unit_or_404
from nhanlucso.web.kit.doors import everyone, needs
from nhanlucso.web.kit.lists import Listing, listing
from nhanlucso.web.kit.wording import day as day_words
from nhanlucso.web.units.days import day_of, offered_days
from nhanlucso.web.units.numbers import unit_numbers
from nhanlucso.web.units.roster import may_take_roster

FOUND_AT_MOST = 30


@everyone("shows only units in reach")
def units(request: HttpRequest) -> HttpResponse:
    """The tree of a day, or what was searched for; `below` shows one branch."""
    scope, words, on = scope_of(request), request.GET.get("q", "").strip(), day_of(request)
    below = _below(request)
    tree = unit_tree(scope, on, below.pk if below else None)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "units/_branches.html", {"branches": tree.tops, "on": on})
    context: dict[str, object] = {
        "title": pgettext("phòng", "Đơn vị"),
        "q": words,
        "on": on,
        "today": today(),
        "days": offered_days(on),
        "tree": tree,
        "operates": scope.to(Permission.OPERATE).everything,
        "addable": [b.version for b in tree.tops if on == today() and may_add_below(scope, b.version.unit)],
        "query": f"on={on:%Y-%m-%d}" + (f"&below={below.pk}" if below else ""),
        "top": history().version(below.pk, on) if below else None,
    }
    if words:
        entries, total = found_entries(scope, words, None, FOUND_AT_MOST)
        own, count = unit_lines(scope, words, FOUND_AT_MOST)
        context |= {"own": own, "own_total": count, "entries": entries, "total": total}
    return render(request, "units/page.html", context | {"offers": offers(scope)})


def _below(request: HttpRequest) -> Unit | None:
    text = request.GET.get("below", "")
    return unit_or_404(scope_of(request), int(text)) if text.isdecimal() else None


@everyone("shows only units in reach")
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: what stands above and below it, what it was and became; its figures when asked for."""
    scope, on = scope_of(request), day_of(request)
    view, inside = unit_view(scope, pk, on), reach(scope)
    living = view.valid and not view.became
    context: dict[str, object] = {
        "title": view.version.name,
        "crumbs": [(pgettext("phòng", "Đơn vị"), reverse("units"))]
        + [
            (above.name, reverse("unit", args=[above.unit]) if inside.holds(above.unit) else "")
            for above in view.line
        ],
        "view": view,
        "below": [(kind, str(UnitKind(kind).label), versions) for kind, versions in view.below],
        "on": on,
        "days": offered_days(on),
        "people": _people(scope, view),
        "changeable": living and may_change(scope, pk),
        "addable": living and view.version.kind != UnitKind.VILLAGE and may_add_below(scope, pk),
        "query": f"on={on:%Y-%m-%d}&below={pk}",
        "counted": reach(scope.to(Permission.SEE_FIGURES)).holds(pk),
        "roster": living and view.version.kind != UnitKind.VILLAGE and may_take_roster(scope, pk),
        "numbers": None,
    }
    if context["counted"] and request.GET.get("figures"):
        context["numbers"] = unit_numbers(scope, pk, request.GET.get("share", ""))
    return render(request, "units/unit.html", context)


def _people(scope: Scope, view: UnitView) -> int | None:
    """How many people have a post in or below the unit today; None where the scope does not see people."""
    seen = scope.to(Permission.SEE_PEOPLE)
    if view.became or not reach(seen).holds(view.unit.pk):
        return None
    return len(people_list(scope, PeopleAsked(on=today(), unit=view.unit.pk)))


@needs(Permission.SEE_FIGURES)
def numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures of a unit as a part of its page: they may take a while after records changed."""
    scope = scope_of(request)
    found = unit_or_404(scope.to(Permission.SEE_FIGURES), pk)
    shown = unit_numbers(scope, found.pk, request.GET.get("share", ""))
    return render(request, "units/_numbers.html", {"numbers": shown})


@needs(Permission.EXPORT_LISTS)
@require_POST
def units_file(request: HttpRequest) -> HttpResponse:
    """The tree of a day as a list: whole, or a unit and all below it."""
    scope, on, below = scope_of(request).to(Permission.EXPORT_LISTS), day_of(request), _below(request)
    rows = unit_rows(scope, on, below.pk if below else None)
    title = _("Danh sách đơn vị")
    given = Listing(
        title=f"{title} {rows[0][0].name}" if below else title,
        notes=[_("Theo ngày %(day)s") % {"day": day_words(on)}],
        head=[_("Đơn vị"), _("Loại"), _("Mã"), _("Thuộc"), _("Từ ngày")],
        rows=[
            (
                version.name,
                str(UnitKind(version.kind).label),
                version.code,
                above.name
                if version.parent and (above := history().version_near(version.parent, on))
                else "",
                None if version.valid_from == EVER else version.valid_from,
            )
            for version, _depth in rows
        ],
        subject=("unit", below.uid if below else ""),
    )
    return listing(request, given)
