"""Plans and programmes as documents: who may read them, who may change them, what hangs on them.

A plan binds its issuer and everyone below, so plans of ancestors beyond the reach can be read; it is changed only
where its issuer lies inside the reach of whoever may edit plans.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import F, Q, QuerySet

from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import SYSTEM, Scope
from nhanlucso.kernel.text import fold, natural_key
from nhanlucso.orgs.queries import Reach, find_units, history, reach
from nhanlucso.orgs.rules import Version
from nhanlucso.plans.models import Activity, Directive, Plan, Programme, Target
from nhanlucso.plans.queries import concerning, concerns, may_edit

_MATCHES = 500  # plans that one search looks into
_OfPlan = TypeVar("_OfPlan", Target, Activity, Directive)


def visible_plan(scope: Scope, pk: int) -> Plan:
    """The plan, if it binds or names a unit in reach; raises Plan.DoesNotExist otherwise.

    A plan binds its issuer, the units of its targets, who chairs its activities, and everyone below them, so plans
    of ancestors beyond the reach can be read. A partner reads it too, but not whoever stands below the partner.
    """
    plan = Plan.objects.select_related("programme").get(pk=pk)
    inside = reach(scope.to(Permission.SEE_PLANS))
    bound, partners = _named_units(plan)
    if not concerns(scope, plan.issuer_unit_id, *bound) and not any(map(inside.holds, partners)):
        raise Plan.DoesNotExist
    return plan


def visible_plans(scope: Scope) -> QuerySet[Plan]:
    """All plans that `visible_plan` would give."""
    if not scope.may(Permission.SEE_PLANS):
        return Plan.objects.none()
    units = concerning(scope)
    if units is None:
        return Plan.objects.all()
    bound = Q(issuer_unit__in=units) | Q(targets__unit__in=units) | Q(activities__lead_unit__in=units)
    partners = reach(scope.to(Permission.SEE_PLANS)).rows("activities__partner_units")
    return Plan.objects.filter(pk__in=Plan.objects.filter(bound | partners).values("pk"))


def find_plans(scope: Scope, words: str, most: int) -> list[Plan]:
    """The newest plans that bind or name a unit in reach and whose title or number contains the words, marks or
    not."""
    seen = scope.to(Permission.SEE_PLANS)
    if seen.is_empty:
        return []
    wanted, inside = fold(words), reach(seen)
    rows = Plan.objects.values_list("pk", "issuer_unit_id", "title", "number")
    named = [(pk, issuer) for pk, issuer, *texts in rows if wanted in fold(" ".join(texts))][:_MATCHES]
    plans = Plan.objects.filter(pk__in=[pk for pk, _ in named])
    if inside.since is not None:
        issuers = [issuer for issuer in {issuer for _, issuer in named} if concerns(scope, issuer)]
        naming = inside.rows("targets__unit") | inside.rows("activities__lead_unit")
        naming |= inside.rows("activities__partner_units")
        allowed = plans.filter(Q(issuer_unit__in=issuers) | naming)
        plans = Plan.objects.filter(pk__in=allowed.values("pk"))
    return list(plans.order_by(F("issued_on").desc(nulls_last=True), "uid")[:most])


def writable_plan(scope: Scope, pk: int) -> Plan:
    """The plan, if its issuer lies where plans may be edited. Raises Refused("not_allowed"), Plan.DoesNotExist."""
    scope = scope.require(Permission.EDIT_PLANS)
    plan = Plan.objects.select_related("programme").get(pk=pk)
    if not may_edit(scope, plan.issuer_unit_id):
        raise Plan.DoesNotExist
    return plan


def _named_units(plan: Plan) -> tuple[set[int], set[int]]:
    """The units that a plan names: of its targets and who chairs its activities; who joins them."""
    bound, partners = set(plan.targets.values_list("unit_id", flat=True)), set[int]()
    for lead, partner in plan.activities.values_list("lead_unit_id", "partner_units"):
        bound |= {lead} if lead is not None else set()
        partners |= {partner} if partner is not None else set()
    return bound, partners


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan with what hangs on it. Targets in the order of years and units of the plan, activities by their days;
    `partner_units` of activities are read. `editable`: the asker may change it.
    """

    plan: Plan
    targets: list[Target]
    activities: list[Activity]
    directives: list[Directive]
    editable: bool


def plan_view(scope: Scope, pk: int) -> PlanView:
    """Everything of a plan. Raises Plan.DoesNotExist outside the scope."""
    plan = visible_plan(scope, pk)
    activities = plan.activities.order_by(F("starts_on").asc(nulls_last=True), "uid")
    return PlanView(
        plan=plan,
        targets=list(plan.targets.order_by("-year", "indicator", "uid")),
        activities=list(activities.prefetch_related("partner_units")),
        directives=list(plan.directives.order_by(F("issued_on").desc(nulls_last=True), "uid")),
        editable=may_edit(scope, plan.issuer_unit_id),
    )


def writable_target(scope: Scope, pk: int) -> Target:
    """A target of a plan that may be edited. Raises Refused("not_allowed"), Target.DoesNotExist."""
    return _of_writable_plan(scope, Target.objects.select_related("plan", "unit").get(pk=pk))


def targets_beside(scope: Scope, target: Target) -> dict[int, Target]:
    """The targets of the same plan, indicator and year in reach, by unit."""
    inside = reach(scope.to(Permission.EDIT_PLANS))
    rows = Target.objects.filter(plan=target.plan_id, indicator=target.indicator, year=target.year)
    return {row.unit_id: row for row in rows.order_by("pk") if inside.holds(row.unit_id)}


def writable_activity(scope: Scope, pk: int) -> Activity:
    """An activity of a plan that may be edited. Raises Refused("not_allowed"), Activity.DoesNotExist."""
    return _of_writable_plan(scope, Activity.objects.select_related("plan", "lead_unit").get(pk=pk))


def writable_directive(scope: Scope, pk: int) -> Directive:
    """A directive of a plan that may be edited. Raises Refused("not_allowed"), Directive.DoesNotExist."""
    return _of_writable_plan(scope, Directive.objects.select_related("plan", "issuer_unit").get(pk=pk))


def _of_writable_plan(scope: Scope, row: _OfPlan) -> _OfPlan:
    scope = scope.require(Permission.EDIT_PLANS)
    if row.plan is None or not may_edit(scope, row.plan.issuer_unit_id):
        raise type(row).DoesNotExist
    return row


def visible_activity(scope: Scope, pk: int) -> Activity:
    """An activity of a plan that the scope may read. Raises Activity.DoesNotExist, Plan.DoesNotExist."""
    found = Activity.objects.select_related("plan", "lead_unit").prefetch_related("partner_units").get(pk=pk)
    visible_plan(scope, found.plan_id)
    return found


def has_classes(scope: Scope, activities: Iterable[int]) -> bool:
    """Whether classes belong to any of the activities that the scope may edit. The classes live upstairs; the
    relation is theirs."""
    inside = scope.to(Permission.EDIT_PLANS)
    return not inside.is_empty and Activity.objects.filter(pk__in=activities, classes__isnull=False).exists()


def partner_choices(scope: Scope, words: str, most: int = 20) -> list[Version]:
    """Units valid today with these words in a name of theirs or of what became them, anywhere in the
    tree: partners of an activity may stand outside the reach, and names of units are open to whoever may edit plans."""
    if not words.strip() or not scope.may(Permission.EDIT_PLANS):
        return []
    return history().standing((match.unit for match in find_units(SYSTEM, words)), today())[:most]


def unit_choices(scope: Scope, unit_id: int | None) -> list[Version]:
    """A unit and what stands directly below it today (no villages), as far as plans may be edited there."""
    if unit_id is None:
        return []
    past, day, inside = history(), today(), reach(scope.to(Permission.EDIT_PLANS))
    own = past.version(unit_id, day) or past.last_version(unit_id)
    below = sorted(
        (v for v in past.children(unit_id, day) if v.kind != "village"),
        key=lambda v: (v.kind, v.code, natural_key(v.name), v.unit),
    )
    return [v for v in ([own] if own else []) + below if inside.holds(v.unit)]


def programmes(scope: Scope) -> QuerySet[Programme]:
    """All programmes, the newest first. They are documents for everyone who sees plans."""
    found = Programme.objects.order_by(F("issued_on").desc(nulls_last=True), "title", "uid")
    return found if scope.may(Permission.SEE_PLANS) else found.none()


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """A programme with the number of plans that carry it out, and whether the asker may change it."""

    programme: Programme
    plans: int
    editable: bool


def programme_lines(scope: Scope) -> list[ProgrammeLine]:
    """All programmes with their plans counted, in two queries."""
    plans: dict[int | None, list[int | None]] = {}
    for programme, issuer in Plan.objects.filter(programme__isnull=False).values_list(
        "programme_id", "issuer_unit_id"
    ):
        plans.setdefault(programme, []).append(issuer)
    may, inside = scope.may(Permission.EDIT_PLANS), reach(scope.to(Permission.EDIT_PLANS))
    return [
        ProgrammeLine(p, len(issuers), may and all(_held(inside, unit) for unit in issuers))
        for p in programmes(scope)
        for issuers in [plans.get(p.pk, [])]
    ]


def _held(inside: Reach, unit: int | None) -> bool:
    return inside.since is None if unit is None else inside.holds(unit)


def writable_programme(scope: Scope, pk: int) -> Programme:
    """A programme that no plan outside the reach carries out. Raises Refused("not_allowed"),
    Programme.DoesNotExist."""
    scope = scope.require(Permission.EDIT_PLANS)
    found = Programme.objects.get(pk=pk)
    if not all(may_edit(scope, unit) for unit in found.plans.values_list("issuer_unit_id", flat=True)):
        raise Programme.DoesNotExist
    return found
