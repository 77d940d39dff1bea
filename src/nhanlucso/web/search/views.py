"""One search box: people, units by old and new names, classes, figures."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nhanlucso.indicators.catalogue import INDICATORS
from nhanlucso.kernel.clock import ALWAYS, today
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import fold
from nhanlucso.orgs.queries import find_units
from nhanlucso.people.queries import find_people
from nhanlucso.training.queries.classes import find_classes
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import everyone

MOST = 20


@everyone("finds only what is in reach")
def search(request: HttpRequest) -> HttpResponse:
    """Everything in reach whose name contains the words, marks or not."""
    words = request.GET.get("q", "").strip()
    found = _found(scope_of(request), words) if words else {}
    context = {
        "title": _("Tìm"),
        "q": words,
        "most": MOST,
        "any": any(found.values()),
        "open": ALWAYS,
        **found,
    }
    return render(request, "search/page.html", context)


def _found(scope: Scope, words: str) -> dict[str, object]:
    wanted = fold(words)
    return {
        "units": find_units(scope, words)[:MOST],
        "people": find_people(scope, words, on=today(), most=MOST),
        "classes": find_classes(scope, words, most=MOST),
        "indicators": [i for i in INDICATORS.values() if wanted in fold(f"{i.name} {i.code}")],
    }
