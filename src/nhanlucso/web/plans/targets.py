"""Targets of a plan: chosen by the name of the indicator, written, corrected, handed down to units below."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhanlucso.indicators.definitions import definitions, newest
from nhanlucso.kernel.clock import ALWAYS, EVER, now, today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.orgs.queries import history
from nhanlucso.orgs.rules import History
from nhanlucso.plans.documents.queries import unit_choices, writable_plan, writable_target
from nhanlucso.plans.documents.services.targets import add_target, change_target, remove_target
from nhanlucso.plans.models import Plan, Target
from nhanlucso.web.kit.asking import scope_of, unit_or_404
from nhanlucso.web.kit.crossing import changed, watching
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.filling import attempt
from nhanlucso.web.kit.frame import indicator_or_404
from nhanlucso.web.plans.documents import of_plan, plan_crumbs, with_current
from nhanlucso.web.plans.forming import Removal, form_page, remove_page
from nhanlucso.web.plans.forms import TargetForm, unit_options
from nhanlucso.web.plans.handing import written
from nhanlucso.web.plans.shown import target_line


@needs(Permission.EDIT_PLANS)
def target_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new target: the indicator is chosen first, with what it counts."""
    scope = scope_of(request)
    found = writable_plan(scope, pk)
    code = request.GET.get("indicator", "")
    if not code:
        context = {
            "title": _("Thêm chỉ tiêu: đo bằng chỉ số nào?"),
            "crumbs": plan_crumbs(scope, found),
            "indicators": definitions().values(),
            "plan": found,
        }
        return render(request, "plans/choose_indicator.html", context)
    indicator = indicator_or_404(code)
    units = unit_options(unit_choices(scope, found.issuer_unit_id))
    first = {"unit": found.issuer_unit_id, "year": year_of(found), "comparator": "at_least"}
    form = TargetForm(request.POST or None, indicator, units, first)
    if form.is_valid():
        unit = unit_or_404(scope, int(form.cleaned_data["unit"]))
        given = form.target(code, unit)
        if attempt(form, lambda: add_target(plan=found, target=given, by=scope, at=now())):
            messages.success(request, _("Đã thêm chỉ tiêu."))
            return redirect("plan", pk)
    about = (str(indicator.name), str(indicator.definition))
    return form_page(request, form, of_plan(scope, found, _("Thêm chỉ tiêu"), _("Thêm"), about))


@needs(Permission.EDIT_PLANS)
def target_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrections to a target; another indicator is another target."""
    scope = scope_of(request)
    found = writable_target(scope, pk)
    indicator = indicator_or_404(found.indicator)
    units = with_current(unit_options(unit_choices(scope, found.plan.issuer_unit_id)), found.unit_id)
    initial = {
        "unit": found.unit_id,
        "year": found.year,
        "comparator": found.comparator,
        "value": written(found.value),
        "quote": found.quote,
    }
    form = watching(TargetForm(request.POST or None, indicator, units, initial), found)
    if form.is_valid():
        given = form.target(found.indicator, unit_or_404(scope, int(form.cleaned_data["unit"])))
        if changed(form, found, lambda: change_target(target=found, data=given, by=scope, at=now())):
            messages.success(request, _("Đã sửa chỉ tiêu."))
            return redirect("plan", found.plan_id)
    about = (str(indicator.name), str(indicator.definition))
    return form_page(request, form, of_plan(scope, found.plan, _("Sửa chỉ tiêu"), _("Lưu"), about))


@needs(Permission.EDIT_PLANS)
def target_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, and removes a target."""
    scope = scope_of(request)
    found = writable_target(scope, pk)
    removal = Removal(
        title=_("Xóa chỉ tiêu?"),
        done=_("Đã xóa chỉ tiêu."),
        back=reverse("plan", args=[found.plan_id]),
        after=reverse("plan", args=[found.plan_id]),
        crumbs=plan_crumbs(scope, found.plan),
        goes=[target_sentence(found, history())],
    )
    return remove_page(request, removal, lambda: remove_target(target=found, by=scope, at=now()))


def target_sentence(target: Target, past: History) -> str:
    """A target in one line: indicator, unit, year, value."""
    line, indicator = target_line(target, past), newest(target.indicator)
    return _("%(name)s, %(unit)s, năm %(year)s: %(value)s") % {
        "name": indicator.name if indicator else target.indicator,
        "unit": line.unit,
        "year": target.year,
        "value": line.words,
    }


def year_of(plan: Plan) -> int:
    """The year that a plan most likely speaks of: of its newest target, of its days, else this one."""
    newest = plan.targets.order_by("-year").values_list("year", flat=True).first()
    days: list[date | None] = [plan.valid_to, plan.valid_from, plan.issued_on]
    told = next((day.year for day in days if day not in (None, EVER, ALWAYS) and day), None)
    return newest or told or today().year
