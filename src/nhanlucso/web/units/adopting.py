"""Taking units from the national catalogue, and applying its changes."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.orgs.adoption.queries import found_entries, offers, preview
from nhanlucso.orgs.adoption.services import adopt, apply_offer
from nhanlucso.orgs.queries import require_everything
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.wording import number
from nhanlucso.web.units.days import day_of
from nhanlucso.web.units.forms import AdoptForm

FOUND_AT_MOST = 50


@needs(Permission.OPERATE)
def catalogue(request: HttpRequest) -> HttpResponse:
    """Searching the catalogue as it was on a day."""
    scope, words = scope_of(request), request.GET.get("q", "").strip()
    require_everything(scope)
    on = day_of(request)
    entries, total = found_entries(scope, words, on, FOUND_AT_MOST) if words else ([], 0)
    context = {
        "title": _("Lấy từ danh mục"),
        "crumbs": [(pgettext("phòng", "Đơn vị"), reverse("units"))],
        "form": AdoptForm({"on": on}),
        "q": words,
        "on": on,
        "entries": entries,
        "total": total,
    }
    return render(request, "units/catalogue.html", context)


@needs(Permission.OPERATE)
def entry(request: HttpRequest, key: str) -> HttpResponse:
    """What taking an entry would bring, and taking it."""
    scope, on = scope_of(request), day_of(request)
    require_everything(scope)
    if request.method == "POST":
        done = adopt(key=key, on=on, by=scope, at=now())
        words = ngettext("Đã lấy %(count)s đơn vị mới.", "Đã lấy %(count)s đơn vị mới.", done.created)
        messages.success(request, words % {"count": number(done.created)})
        return redirect("unit", done.root)
    try:
        seen = preview(scope, key, on)
    except KeyError:
        raise Http404 from None
    context = {
        "title": seen.entry.name if seen else _("Lấy từ danh mục"),
        "crumbs": [
            (pgettext("phòng", "Đơn vị"), reverse("units")),
            (_("Lấy từ danh mục"), reverse("unit-catalogue")),
        ],
        "form": AdoptForm({"on": on}),
        "preview": seen,
        "on": on,
    }
    return render(request, "units/adopt.html", context)


@needs(Permission.OPERATE)
def offer(request: HttpRequest, day: date) -> HttpResponse:
    """The changes of one day that are not applied yet, and applying them."""
    scope = scope_of(request)
    require_everything(scope)
    if request.method == "POST":
        done = apply_offer(day=day, by=scope, at=now())
        messages.success(request, _("Đã áp dụng %(count)s thay đổi.") % {"count": number(done.changes)})
        return redirect("units")
    found = next((one for one in offers(scope) if one.day == day), None)
    if found is None:
        raise Http404
    context = {
        "title": _("Thay đổi của danh mục"),
        "crumbs": [(pgettext("phòng", "Đơn vị"), reverse("units"))],
        "offer": found,
        "today": today(),
    }
    return render(request, "units/offer.html", context)
