"""One search box for everything in reach."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nhanlucso.kernel.text import fold
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import everyone
from nhanlucso.web.search import finding


@everyone("finds only what is in reach")
def search(request: HttpRequest) -> HttpResponse:
    """What the words find, marks or not: a few of each kind, or all of one; asked for by htmx, only the finds."""
    scope, words, of = scope_of(request), request.GET.get("q", "").strip(), request.GET.get("of", "")
    groups = finding.search(scope, words, of)
    context = {
        "title": _("Tìm"),
        "seeking": True,
        "q": words,
        "short": len(fold(words)) < finding.SHORTEST,
        "of": of,
        "groups": groups,
        "hits": sum(len(group.hits) for group in groups),
        "where": ", ".join(str(kind.label) for kind in finding.kinds_of(scope)),
        "most": finding.ALL,
    }
    return render(request, "search/_found.html" if request.htmx else "search/page.html", context)  # type: ignore[attr-defined]
