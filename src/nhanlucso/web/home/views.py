"""Today: the three jobs, and progress to each target in one line."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nhanlucso.indicators.catalogue import INDICATORS
from nhanlucso.indicators.queries import figures, passport
from nhanlucso.jobs.queries import own_jobs
from nhanlucso.web.kit.asking import question, scope_of
from nhanlucso.web.kit.board import board, earlier
from nhanlucso.web.kit.doors import everyone
from nhanlucso.web.kit.frame import frame

SHOWN = ("staff.headcount", "training.attendances", "training.persons", "teams.count")
MISSING = "coverage.basic"


@everyone("every role begins here; what it shows is in reach")
def home(request: HttpRequest) -> HttpResponse:
    """What is due, who is missing, and how far each target is."""
    scope, asked = scope_of(request), question(request)
    context: dict[str, object] = {"title": _("Hôm nay"), "scope": scope}
    if asked is not None:
        context |= frame(request, asked)
    if asked is not None and asked.valid:
        unit = asked.unit.pk
        missing = passport(scope, asked.asked, INDICATORS[MISSING], unit)
        context |= {
            "figures": figures(scope, asked.asked, [INDICATORS[code] for code in SHOWN], [unit])[unit],
            "board": board(scope, asked),
            "earlier": earlier(scope, asked),
            "missing": missing.sizes().get("missing", 0),
            "missing_code": MISSING,
            "jobs": [job for job in own_jobs(scope)[:5] if job.is_open],
        }
    return render(request, "home/page.html", context)
