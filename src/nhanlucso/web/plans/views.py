"""The board of targets of a unit and year, with the plans and steering boards behind it."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nhanlucso.kernel.permissions import Permission
from nhanlucso.orgs.queries import history
from nhanlucso.plans.queries import boards_of, may_edit, plans_of
from nhanlucso.web.kit.asking import Question, question, scope_of
from nhanlucso.web.kit.board import Line, by_plan, earlier, line_of, targets_behind
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.frame import asked_of, frame
from nhanlucso.web.kit.lists import Listing, listing
from nhanlucso.web.kit.periods import period_label
from nhanlucso.web.kit.sharing import Share, board_words, share
from nhanlucso.web.plans.board import as_of, head, rows


@needs(Permission.SEE_PLANS)
def plans(request: HttpRequest) -> HttpResponse:
    """What the plans ask of a unit in the year, how far it is, who is furthest below, which plans there are."""
    scope, asked = scope_of(request), question(request)
    context: dict[str, object] = {"title": _("Kế hoạch")}
    if asked is not None:
        context |= frame(request, asked)
    if asked is not None and asked.valid:
        line, behind = line_of(asked), targets_behind(scope, asked)
        context |= {
            "behind": behind,
            "groups": by_plan(behind.own),
            "as_of": as_of((*behind.own, *behind.below)),
            "earlier": earlier(scope, asked),
            "plans": plans_of(scope, line),
            "boards": boards_of(scope, line, asked.asked.window.b),
            "names": history().names(),
            "editable": may_edit(scope, asked.unit.pk),
            "share": _share(request, asked, behind.own) if behind.own else None,
        }
    return render(request, "plans/page.html", context)


def _share(request: HttpRequest, asked: Question, lines: Sequence[Line]) -> Share:
    words = board_words(asked.version.name, asked.period.year, lines, as_of(lines))
    return share(request, words, f"{request.path}?{asked.query}")


@needs(Permission.SEE_PLANS)
@require_POST
def plans_export(request: HttpRequest) -> HttpResponse:
    """The board as a file."""
    asked = asked_of(request)
    behind = targets_behind(scope_of(request), asked)
    notes = [f"{asked.version.name}, {period_label(asked.period)}", as_of((*behind.own, *behind.below))]
    given = Listing(
        title=_("Kết quả thực hiện chỉ tiêu"),
        notes=[note for note in notes if note],
        head=head(),
        rows=rows(behind),
        subject=("unit", asked.unit.uid),
    )
    return listing(request, given)
