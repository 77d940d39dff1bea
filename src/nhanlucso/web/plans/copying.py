"""The plan of the next year, begun from this one: looked at, ticked, then written as a draft."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.orgs.queries import Reach, history, reach
from nhanlucso.orgs.rules import History
from nhanlucso.plans.documents.queries import PlanView, plan_view, writable_plan
from nhanlucso.plans.documents.services.copying import CopyData, copy_plan
from nhanlucso.plans.models import Activity, Target
from nhanlucso.plans.rules import a_year_later, for_next_year
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.filling import attempt, known_day
from nhanlucso.web.kit.wording import day
from nhanlucso.web.plans.documents import plan_crumbs
from nhanlucso.web.plans.forms import CopyForm
from nhanlucso.web.plans.targets import target_sentence, year_of


@dataclass(frozen=True, slots=True)
class Ticked:
    """One thing that may go over: ticked or not; `blocked` says why it cannot."""

    pk: int
    words: str
    chosen: bool
    note: str = ""
    blocked: str = ""


@needs(Permission.EDIT_PLANS)
def plan_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """What of a plan goes into the one of the next year."""
    scope = scope_of(request)
    found = writable_plan(scope, pk)
    view, year = plan_view(scope, pk), year_of(found)
    form = CopyForm(request.POST or None, initial={"title": for_next_year(found.title, year)})
    picked = set(request.POST.getlist("target")), set(request.POST.getlist("activity"))
    if form.is_valid():
        told = form.cleaned_data
        data = CopyData(told["title"], _ids(picked[0]), _ids(picked[1]))
        made = attempt(form, lambda: copy_plan(plan=found, data=data, key=told["key"], by=scope, at=now()))
        if made:
            messages.success(
                request, _("Đã lập bản nháp. Sửa mức, ngày; số và ngày ban hành ghi khi văn thư cấp.")
            )
            return redirect("plan", made.pk)
    past, inside = history(), reach(scope.to(Permission.EDIT_PLANS))
    sent = request.method == "POST"
    context = {
        "title": _("Kế hoạch năm sau"),
        "crumbs": plan_crumbs(scope, found),
        "form": form,
        "plan": found,
        "targets": [_target(past, inside, row, picked[0] if sent else None) for row in _of_year(view, year)],
        "activities": [_activity(past, row, picked[1] if sent else None) for row in view.activities],
        "span": [
            day(d)
            for d in (known_day(a_year_later(found.valid_from)), known_day(a_year_later(found.valid_to)))
            if d
        ],
        "year": str(year + 1),
        "ended": found.issuer_unit_id is None or history().version(found.issuer_unit_id, today()) is None,
    }
    return render(request, "plans/copy.html", context)


def _ids(texts: set[str]) -> list[int]:
    return [int(text) for text in sorted(texts) if text.isdecimal()]


def _of_year(view: PlanView, year: int) -> list[Target]:
    """The targets of the plan's own year: those of other years are not shifted."""
    return [target for target in view.targets if target.year == year]


def _target(past: History, inside: Reach, row: Target, picked: set[str] | None) -> Ticked:
    """A target with its next year; one of a unit that has ended, or lies elsewhere, cannot go over."""
    valid = past.version(row.unit_id, today()) is not None
    row.year += 1
    words = target_sentence(row, past)
    if not valid:
        return Ticked(
            row.pk,
            words,
            False,
            blocked=_("%(unit)s không còn hoạt động") % {"unit": past.names()[row.unit_id]},
        )
    if not inside.holds(row.unit_id):
        return Ticked(row.pk, words, False, blocked=_("ngoài phạm vi của bạn"))
    return Ticked(row.pk, words, picked is None or str(row.pk) in picked)


def _activity(past: History, row: Activity, picked: set[str] | None) -> Ticked:
    """An activity with its days a year later, and which of its units have ended."""
    first, last = a_year_later(row.starts_on), a_year_later(row.ends_on)
    words = row.title
    if first or last:
        words += f" ({' – '.join(day(d) for d in (first, last) if d)})"
    units = [row.lead_unit_id, *(unit.pk for unit in row.partner_units.all())]
    gone = [u for u in units if u is not None and past.version(u, today()) is None]
    note = ""
    if gone:
        note = _("Không mang theo đơn vị đã kết thúc: %(units)s") % {
            "units": ", ".join(past.names()[unit] for unit in gone)
        }
    return Ticked(row.pk, words, picked is None or str(row.pk) in picked, note)
