"""The page of a plan; plans, and directives that follow from them, written and removed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import reach
from nhanlucso.plans.documents.queries import (
    plan_view,
    programmes,
    unit_choices,
    writable_directive,
    writable_plan,
)
from nhanlucso.plans.documents.services.plans import (
    add_directive,
    add_plan,
    change_directive,
    change_plan,
    remove_directive,
    remove_plan,
)
from nhanlucso.plans.models import Plan, Programme
from nhanlucso.plans.queries import may_edit
from nhanlucso.plans.steering.queries import boards_of_unit
from nhanlucso.web.kit.asking import own_unit, scope_of, unit_or_404
from nhanlucso.web.kit.crossing import changed, watching
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.filling import attempt, known_day
from nhanlucso.web.kit.wording import number
from nhanlucso.web.plans.forming import Crumbs, FormPage, Removal, form_page, remove_page
from nhanlucso.web.plans.forms import Choices, DirectiveForm, PlanForm, unit_options
from nhanlucso.web.plans.shown import activity_lines, target_groups, unit_name


@needs(Permission.SEE_PLANS)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: what it asks, who does what, what followed from it, who steers."""
    scope = scope_of(request)
    view = plan_view(scope, pk)
    found = view.plan
    context = {
        "title": found.title,
        "crumbs": [(_("Kế hoạch"), board_address(scope, found.issuer_unit_id))],
        "view": view,
        "plan": found,
        "issuer": unit_name(found.issuer_unit_id) if found.issuer_unit_id else "",
        "groups": target_groups(scope, view.targets, found.issuer_unit_id),
        "activities": activity_lines(scope, view.activities),
        "boards": boards_of_unit(scope, found.issuer_unit_id),
    }
    return render(request, "plans/plan.html", context)


@needs(Permission.EDIT_PLANS)
def plan_add(request: HttpRequest) -> HttpResponse:
    """A new plan of a unit."""
    scope = scope_of(request)
    unit = _writing_unit(request)
    form = PlanForm(request.POST or None, _issuers(scope, unit.pk), programmes(scope), {"issuer": unit.pk})
    if form.is_valid():
        given = form.plan(_issuer(scope, form), _programme(scope, form))
        key = form.cleaned_data["key"]
        made = attempt(form, lambda: add_plan(plan=given, key=key, by=scope, at=now()))
        if made:
            messages.success(request, _("Đã lập kế hoạch. Thêm chỉ tiêu và nhiệm vụ ở dưới."))
            return redirect("plan", made.pk)
    back = f"{reverse('plans')}?unit={unit.pk}"
    page = FormPage(_("Lập kế hoạch"), _("Lập kế hoạch"), back, [(_("Kế hoạch"), back)])
    return form_page(request, form, page)


@needs(Permission.EDIT_PLANS)
def plan_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrections to a plan."""
    scope = scope_of(request)
    found = writable_plan(scope, pk)
    names = ("title", "number", "issued_on")
    initial = {name: getattr(found, name) for name in names} | {
        "issuer": found.issuer_unit_id,
        "programme": found.programme_id or "",
        "valid_from": known_day(found.valid_from),
        "valid_to": known_day(found.valid_to),
    }
    form = watching(
        PlanForm(request.POST or None, _issuers(scope, found.issuer_unit_id), programmes(scope), initial),
        found,
    )
    if form.is_valid():
        given = form.plan(_issuer(scope, form), _programme(scope, form))
        if changed(form, found, lambda: change_plan(plan=found, data=given, by=scope, at=now())):
            messages.success(request, _("Đã sửa kế hoạch."))
            return redirect("plan", pk)
    return form_page(request, form, of_plan(scope, found, _("Sửa kế hoạch"), _("Lưu")))


@needs(Permission.EDIT_PLANS)
def plan_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, and removes a plan with its targets and activities."""
    scope = scope_of(request)
    found = writable_plan(scope, pk)
    goes = {"targets": number(found.targets.count()), "activities": number(found.activities.count())}
    removal = Removal(
        title=_("Xóa kế hoạch?"),
        done=_("Đã xóa kế hoạch."),
        back=reverse("plan", args=[pk]),
        after=board_address(scope, found.issuer_unit_id),
        crumbs=plan_crumbs(scope, found),
        goes=[found.title, _("%(targets)s chỉ tiêu, %(activities)s nhiệm vụ của kế hoạch") % goes],
    )
    return remove_page(request, removal, lambda: remove_plan(plan=found, by=scope, at=now()))


@needs(Permission.EDIT_PLANS)
def directive_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new directive that follows from a plan."""
    scope = scope_of(request)
    found = writable_plan(scope, pk)
    units = unit_options(unit_choices(scope, found.issuer_unit_id))
    form = DirectiveForm(request.POST or None, units, {"issuer": found.issuer_unit_id or ""})
    if form.is_valid():
        given, key = form.directive(chosen_unit(scope, form.cleaned_data["issuer"])), form.cleaned_data["key"]
        if attempt(form, lambda: add_directive(plan=found, directive=given, key=key, by=scope, at=now())):
            messages.success(request, _("Đã thêm văn bản chỉ đạo."))
            return redirect("plan", pk)
    return form_page(request, form, of_plan(scope, found, _("Thêm văn bản chỉ đạo"), _("Thêm")))


@needs(Permission.EDIT_PLANS)
def directive_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrections to a directive."""
    scope = scope_of(request)
    found = writable_directive(scope, pk)
    plan_of = _plan_of(found.plan)
    units = with_current(unit_options(unit_choices(scope, plan_of.issuer_unit_id)), found.issuer_unit_id)
    initial = {name: getattr(found, name) for name in ("title", "number", "issued_on")}
    form = watching(
        DirectiveForm(request.POST or None, units, initial | {"issuer": found.issuer_unit_id or ""}), found
    )
    if form.is_valid():
        given = form.directive(chosen_unit(scope, form.cleaned_data["issuer"]))
        if changed(form, found, lambda: change_directive(directive=found, data=given, by=scope, at=now())):
            messages.success(request, _("Đã sửa văn bản chỉ đạo."))
            return redirect("plan", plan_of.pk)
    return form_page(request, form, of_plan(scope, plan_of, _("Sửa văn bản chỉ đạo"), _("Lưu")))


@needs(Permission.EDIT_PLANS)
def directive_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, and removes a directive."""
    scope = scope_of(request)
    found = writable_directive(scope, pk)
    plan_of = _plan_of(found.plan)
    removal = Removal(
        title=_("Xóa văn bản chỉ đạo?"),
        done=_("Đã xóa văn bản chỉ đạo."),
        back=reverse("plan", args=[plan_of.pk]),
        after=reverse("plan", args=[plan_of.pk]),
        crumbs=plan_crumbs(scope, plan_of),
        goes=[found.title],
    )
    return remove_page(request, removal, lambda: remove_directive(directive=found, by=scope, at=now()))


def board_address(scope: Scope, unit: int | None) -> str:
    """The board of a unit; of one's own where that lies outside the reach."""
    seen = unit is not None and reach(scope).holds(unit)
    return f"{reverse('plans')}?unit={unit}" if seen else reverse("plans")


def plan_crumbs(scope: Scope, plan: Plan) -> Crumbs:
    back = board_address(scope, plan.issuer_unit_id)
    return [(_("Kế hoạch"), back), (short(plan.title), reverse("plan", args=[plan.pk]))]


def of_plan(
    scope: Scope, plan: Plan, title: str, submit: str, about: tuple[str, str] | None = None
) -> FormPage:
    """A form that belongs to a plan."""
    return FormPage(title, submit, reverse("plan", args=[plan.pk]), plan_crumbs(scope, plan), about)


def short(title: str) -> str:
    return title if len(title) <= 36 else title[:34].rstrip() + "…"


def with_current(options: Choices, unit: int | None) -> Choices:
    """The options with the unit that stands there now, wherever it lies."""
    if unit is None or any(value == unit for value, _label in options):
        return options
    return [(unit, unit_name(unit)), *options]


def chosen_unit(scope: Scope, text: str, current: Unit | None = None) -> Unit | None:
    """The unit that a field names, if the scope reaches it or it stands there already; None for none."""
    if not text:
        return None
    if current is not None and text == str(current.pk):
        return current
    return unit_or_404(scope, int(text))


def _plan_of(plan: Plan | None) -> Plan:
    if plan is None:
        raise Http404
    return plan


def _writing_unit(request: HttpRequest) -> Unit:
    """The unit of the address, or the first of one's own where plans may be edited."""
    scope, text = scope_of(request), request.GET.get("unit", "")
    unit = int(text) if text.isdecimal() else own_unit(scope.to(Permission.EDIT_PLANS))
    if unit is None or not may_edit(scope, unit):
        raise Http404
    return unit_or_404(scope, unit)


def _issuers(scope: Scope, unit: int | None) -> Choices:
    return with_current(unit_options(unit_choices(scope, unit)), unit)


def _issuer(scope: Scope, form: PlanForm) -> Unit:
    return unit_or_404(scope, int(form.cleaned_data["issuer"]))


def _programme(scope: Scope, form: PlanForm) -> Programme | None:
    chosen = form.cleaned_data["programme"]
    return programmes(scope).get(pk=chosen) if chosen else None
