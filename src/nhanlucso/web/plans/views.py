"""Plans: targets as a board, activities, directives, steering boards."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nhanlucso.kernel.permissions import Permission
from nhanlucso.orgs.queries import history
from nhanlucso.plans.queries import boards_of, plans_of
from nhanlucso.web.kit.asking import question, scope_of
from nhanlucso.web.kit.board import board, earlier, line_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.frame import frame


@needs(Permission.SEE_PLANS)
def plans(request: HttpRequest) -> HttpResponse:
    """What the plans ask of a unit in the year, what stands behind it, who steers."""
    scope, asked = scope_of(request), question(request)
    context: dict[str, object] = {"title": _("Kế hoạch")}
    if asked is not None:
        line = line_of(asked)
        context |= frame(request, asked) | {
            "board": board(scope, asked),
            "earlier": earlier(scope, asked),
            "plans": plans_of(scope, line),
            "boards": boards_of(scope, line, asked.asked.window.b),
            "names": history().names(),
        }
    return render(request, "plans/page.html", context)
