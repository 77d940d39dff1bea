"""A target handed down to the units below: proposed, edited, looked at, then written."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.permissions import Permission
from nhanlucso.plans.documents.queries import writable_target
from nhanlucso.plans.documents.services.targets import hand_down
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.frame import indicator_or_404
from nhanlucso.web.kit.wording import number
from nhanlucso.web.plans.documents import plan_crumbs
from nhanlucso.web.plans.handing import Proposal, edited, proposal, shared_out
from nhanlucso.web.plans.shown import unit_name

PROPOSE, PREVIEW, CONFIRM = "propose", "preview", "confirm"


@needs(Permission.EDIT_PLANS)
def target_cascade(request: HttpRequest, pk: int) -> HttpResponse:
    """The units below with a value each; nothing is written before it was looked at and confirmed."""
    scope = scope_of(request)
    target = writable_target(scope, pk)
    indicator_or_404(target.indicator)
    given, step = proposal(scope, target), request.POST.get("step", "")
    if step == PROPOSE:
        return _page(request, shared_out(scope, edited(given, request.POST)), "plans/cascade.html")
    if step not in (PREVIEW, CONFIRM):
        return _page(
            request, edited(given, request.POST) if step else given, "plans/cascade.html", silent=True
        )
    given = edited(given, request.POST)
    if given.problems or not given.values:
        return _page(request, given, "plans/cascade.html")
    if step == PREVIEW:
        return _page(request, given, "plans/cascade_check.html")
    done = hand_down(target=target, values=given.values, by=scope, at=now())
    said = _("Đã giao chỉ tiêu cho %(count)s đơn vị.") % {"count": number(len(done.made))}
    if done.standing:
        said += " " + _("%(count)s đơn vị đã có từ trước, giữ nguyên.") % {
            "count": number(len(done.standing))
        }
    messages.success(request, said)
    return redirect("plan", target.plan_id)


def _page(request: HttpRequest, given: Proposal, template: str, silent: bool = False) -> HttpResponse:
    nobody = bool(given.rows) and not given.values and not given.problems and not silent
    context = {
        "title": _("Giao chỉ tiêu xuống đơn vị"),
        "crumbs": plan_crumbs(scope_of(request), given.target.plan),
        "given": given,
        "unit": unit_name(given.target.unit_id),
        "problems": [_Problem(row.version.name, row.problem, f"#{row.field}") for row in given.problems],
        "nobody": nobody,
        "free": any(not row.standing for row in given.rows),
    }
    return render(request, template, context)


class _Problem:
    """A line of the summary of errors."""

    def __init__(self, name: str, words: str, url: str) -> None:
        self.message, self.url = f"{name}: {words}", url
