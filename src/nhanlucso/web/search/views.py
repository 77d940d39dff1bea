"""One search box: people, units by old and new names, figures."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nhanlucso.indicators.catalogue import INDICATORS
from nhanlucso.kernel.text import fold
from nhanlucso.orgs.queries import find_units
from nhanlucso.web.kit.asking import scope_of


def search(request: HttpRequest) -> HttpResponse:
    """Everything in reach whose name contains the words, marks or not."""
    words = request.GET.get("q", "").strip()
    scope = scope_of(request)
    context = {
        "title": _("Tìm"),
        "q": words,
        "units": find_units(scope, words)[:20] if words else [],
        "indicators": [i for i in INDICATORS.values() if words and fold(words) in fold(f"{i.name} {i.code}")],
    }
    return render(request, "search/page.html", context)
