"""Whose hand a report waits for: the leader of its own unit approves, the level above takes it over."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from nhanlucso.access.queries import entrusted_everywhere, entrusted_units
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history, reach
from nhanlucso.reports.enums import ReportState, Verb
from nhanlucso.reports.models import ReportStep


@dataclass(frozen=True, slots=True)
class Hands:
    """Who there is to decide: somebody of the `own` unit, somebody of a unit `above`."""

    own: bool
    above: bool


def approvable(scope: Scope) -> Q:
    """Submitted reports that the scope decides on: those of the very units that it approves for, and those below
    whose unit has nobody of its own to approve; never what its account submitted."""
    scope = scope.to(Permission.APPROVE_REPORTS)
    led = _standing_for(entrusted_units(Permission.APPROVE_REPORTS)) - _own(scope)
    mine = reach(scope).rows("unit") & ~Q(unit__in=led)
    return Q(state=ReportState.SUBMITTED) & mine & ~Q(Exists(_submitted_by(scope)))


def acceptable(scope: Scope) -> Q:
    """Approved reports that the scope takes over or sends back: those of units below the ones that it approves for,
    never what its account submitted."""
    scope = scope.to(Permission.APPROVE_REPORTS)
    below = reach(scope).rows("unit") & ~Q(unit__in=_own(scope))
    return Q(state=ReportState.APPROVED) & below & ~Q(Exists(_submitted_by(scope)))


def stands_above(scope: Scope, unit: int) -> bool:
    """Whether the scope approves for a unit above this one."""
    scope = scope.to(Permission.APPROVE_REPORTS)
    return reach(scope).holds(unit) and unit not in _own(scope)


def has_own_leader(scope: Scope, unit: int) -> bool:
    """Whether the scope stands above a unit that somebody of its own approves for."""
    return stands_above(scope, unit) and unit in _standing_for(entrusted_units(Permission.APPROVE_REPORTS))


def hands_of(unit: int) -> Hands:
    """Whether somebody is entrusted with deciding on the reports of a unit. Public: it names nobody."""
    units = entrusted_units(Permission.APPROVE_REPORTS)
    own = unit in _standing_for(units)
    past, on = history(), today()
    version = past.version(unit, on)
    heirs = {unit} if version else past.carry(unit, past.versions[unit][-1].valid_to, on)
    lines = past.closure(on)
    line = {above for heir in heirs for above in lines.get(heir, ())}
    above = bool(units & (line - heirs)) or (not own and bool(units & heirs))
    return Hands(own, above or entrusted_everywhere(Permission.APPROVE_REPORTS))


def _submitted_by(scope: Scope) -> QuerySet[ReportStep]:
    return ReportStep.objects.filter(
        report=OuterRef("pk"),
        revision__number=OuterRef("revision"),
        verb=Verb.SUBMIT,
        account_id=scope.account_id or 0,
    )


def _own(scope: Scope) -> frozenset[int]:
    return _standing_for(scope.unit_ids)


def _standing_for(units: Collection[int]) -> frozenset[int]:
    """The units, and those of the past that have become exactly one of them and were of its kind: the commune after a
    commune; a province that took over a district stands above it."""
    if not units:
        return frozenset()
    past, on = history(), today()
    tops, found = frozenset(units), set(units)
    for unit in past.inside_since(tops, on):
        last = past.versions[unit][-1]
        heirs = past.carry(unit, last.valid_to, on)
        if len(heirs) == 1 and heirs <= tops and last.kind == past.versions[min(heirs)][-1].kind:
            found.add(unit)
    return frozenset(found)
