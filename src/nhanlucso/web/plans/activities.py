"""Activities of a plan: the page of one, with partners found by name and the classes that belong to it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import natural_key
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history, reach
from nhanlucso.plans.documents.queries import (
    partner_choices,
    unit_choices,
    visible_activity,
    writable_activity,
    writable_plan,
)
from nhanlucso.plans.documents.services.activities import (
    ActivityData,
    add_activity,
    add_partner,
    change_activity,
    remove_activity,
    remove_partner,
)
from nhanlucso.plans.models import Activity
from nhanlucso.plans.queries import may_edit
from nhanlucso.training.models import TrainingClass
from nhanlucso.training.queries.classes import visible_classes
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.crossing import changed, watching
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.filling import attempt
from nhanlucso.web.plans.documents import chosen_unit, of_plan, plan_crumbs, with_current
from nhanlucso.web.plans.forming import Removal, form_page, remove_page
from nhanlucso.web.plans.forms import ActivityForm, unit_options
from nhanlucso.web.plans.shown import unit_name


@needs(Permission.SEE_PLANS)
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity: who chairs, who joins, when, which classes belong to it."""
    scope = scope_of(request)
    found = visible_activity(scope, pk)
    words = request.GET.get("q", "").strip()
    editable = may_edit(scope, found.plan.issuer_unit_id)
    partners = list(found.partner_units.all())
    taken = {unit.pk for unit in partners} | {found.lead_unit_id}
    inside = reach(scope.to(Permission.EDIT_PLANS))
    choices = [v for v in partner_choices(scope, words) if v.unit not in taken] if editable else []
    context = {
        "title": found.title,
        "crumbs": plan_crumbs(scope, found.plan),
        "activity": found,
        "chair": unit_name(found.lead_unit_id) if found.lead_unit_id else "",
        "partners": sorted(
            ((unit_name(unit.pk), unit.pk) for unit in partners),
            key=lambda one: (natural_key(one[0]), one[1]),
        ),
        "classes": _classes(scope, found),
        "editable": editable,
        "q": words,
        "choices": [(version, _above(version.parent), inside.holds(version.unit)) for version in choices],
    }
    return render(request, "plans/activity.html", context)


@needs(Permission.EDIT_PLANS)
def activity_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new activity of a plan."""
    scope = scope_of(request)
    found = writable_plan(scope, pk)
    units = unit_options(unit_choices(scope, found.issuer_unit_id))
    form = ActivityForm(request.POST or None, units, {"lead": found.issuer_unit_id or ""})
    if form.is_valid():
        given, key = form.activity(chosen_unit(scope, form.cleaned_data["lead"])), form.cleaned_data["key"]
        made = attempt(form, lambda: add_activity(plan=found, activity=given, key=key, by=scope, at=now()))
        if made:
            messages.success(request, _("Đã thêm nhiệm vụ. Thêm đơn vị phối hợp ở dưới."))
            return redirect("activity", made.pk)
    return form_page(request, form, of_plan(scope, found, _("Thêm nhiệm vụ"), _("Thêm")))


@needs(Permission.EDIT_PLANS)
def activity_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrections to an activity."""
    scope = scope_of(request)
    found = writable_activity(scope, pk)
    units = with_current(unit_options(unit_choices(scope, found.plan.issuer_unit_id)), found.lead_unit_id)
    initial = {name: getattr(found, name) for name in ("title", "starts_on", "ends_on")}
    form = watching(
        ActivityForm(request.POST or None, units, initial | {"lead": found.lead_unit_id or ""}), found
    )
    if form.is_valid():
        given = form.activity(chosen_unit(scope, form.cleaned_data["lead"], found.lead_unit))
        if changed(form, found, lambda: change_activity(activity=found, data=given, by=scope, at=now())):
            messages.success(request, _("Đã sửa nhiệm vụ."))
            return redirect("activity", pk)
    return form_page(request, form, of_plan(scope, found.plan, _("Sửa nhiệm vụ"), _("Lưu")))


@needs(Permission.EDIT_PLANS)
@require_POST
def activity_units(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds or removes a partner, or makes a unit the chair: `add`, `remove`, `lead` name it."""
    scope = scope_of(request)
    found = writable_activity(scope, pk)
    for name, act in (("add", _add), ("remove", _remove), ("lead", _lead)):
        text = request.POST.get(name, "")
        if text.isdecimal():
            unit = Unit.objects.get(pk=int(text))
            try:
                act(scope, found, unit)
            except Refused as refusal:
                if refusal.code == "not_allowed":
                    raise
                messages.error(request, refusal.message)
            return redirect("activity", pk)
    raise Http404


@needs(Permission.EDIT_PLANS)
def activity_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, and removes an activity."""
    scope = scope_of(request)
    found = writable_activity(scope, pk)
    removal = Removal(
        title=_("Xóa nhiệm vụ?"),
        done=_("Đã xóa nhiệm vụ."),
        back=reverse("activity", args=[pk]),
        after=reverse("plan", args=[found.plan_id]),
        crumbs=plan_crumbs(scope, found.plan),
        goes=[found.title],
    )
    return remove_page(request, removal, lambda: remove_activity(activity=found, by=scope, at=now()))


def _add(scope: Scope, found: Activity, unit: Unit) -> None:
    add_partner(activity=found, unit=unit, by=scope, at=now())


def _remove(scope: Scope, found: Activity, unit: Unit) -> None:
    remove_partner(activity=found, unit=unit, by=scope, at=now())


def _lead(scope: Scope, found: Activity, unit: Unit) -> None:
    data = ActivityData(found.title, unit, found.starts_on, found.ends_on)
    change_activity(activity=found, data=data, by=scope, at=now())


def _classes(scope: Scope, found: Activity) -> list[TrainingClass]:
    classes = visible_classes(scope).filter(activity=found)
    return list(classes.order_by(F("first_day").desc(nulls_last=True), "pk"))


def _above(parent: int | None) -> str:
    version = history().last_version(parent) if parent else None
    return version.name if version else ""
