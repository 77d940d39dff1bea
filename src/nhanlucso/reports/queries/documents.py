"""Plans, targets, directives and boards that bear on a unit on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Q, QuerySet

from nhanlucso.indicators.definitions import definitions
from nhanlucso.indicators.rules import Figure
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history, require_reach
from nhanlucso.plans.models import Board as BoardRow
from nhanlucso.plans.models import Directive, Plan, Programme, Target
from nhanlucso.reports.placing import body
from nhanlucso.reports.rules.content import Board, Issued, TargetLine
from nhanlucso.reports.rules.naming import short

MOST_PLANS = 6


def line(scope: Scope, unit: int, on: date) -> tuple[int, ...]:
    """The unit and its ancestors on a day, nearest first. Raises Unit.DoesNotExist outside the scope."""
    require_reach(scope, unit)
    return history().closure(on).get(unit, (unit,))


def plans(scope: Scope, unit: int, end: date, on: date) -> tuple[Issued, ...]:
    """Plans in force when the period ended, of the unit and its ancestors on the tree of a day, from the top down."""
    above = line(scope, unit, on)
    found = list(_plans_in_force(above, end))
    found.sort(
        key=lambda plan: (-above.index(plan.issuer_unit_id or unit), plan.issued_on or date.min, plan.pk)
    )
    return tuple(_issued(plan, on) for plan in found[-MOST_PLANS:])


def programmes(scope: Scope, unit: int, end: date, on: date) -> tuple[Issued, ...]:
    """What those plans carry out."""
    ids = _plans_in_force(line(scope, unit, on), end).values("programme")
    return tuple(
        Issued(row.number, row.title, row.issuer, row.issued_on)
        for row in Programme.objects.filter(pk__in=ids).order_by("issued_on", "pk")
    )


def _plans_in_force(units: Sequence[int], on: date) -> QuerySet[Plan]:
    unissued = Q(issued_on__isnull=True) | Q(issued_on__lte=on)
    return Plan.objects.filter(unissued, issuer_unit__in=units, valid_from__lte=on, valid_to__gte=on)


def _issued(row: Plan | Directive, on: date) -> Issued:
    issuer = short(body(history(), row.issuer_unit_id, row.issued_on or on)) if row.issuer_unit_id else ""
    return Issued(row.number, row.title, issuer, row.issued_on)


def issued_in(scope: Scope, unit: int, window: tuple[date, date], on: date) -> tuple[Issued, ...]:
    """Plans and directives that the unit itself issued in the window, by date."""
    require_reach(scope, unit)
    rows: list[Plan | Directive] = [
        *Plan.objects.filter(issuer_unit=unit, issued_on__range=window),
        *Directive.objects.filter(issuer_unit=unit, issued_on__range=window),
    ]
    rows.sort(key=lambda row: (row.issued_on or date.min, row.number, row.title))
    return tuple(replace(_issued(row, on), issuer="") for row in rows)


def board(scope: Scope, unit: int, on: date) -> Board | None:
    """The steering board of the unit on a day."""
    require_reach(scope, unit)
    row = (
        BoardRow.objects.filter(unit=unit, valid_from__lte=on, valid_to__gte=on)
        .order_by("-valid_from", "pk")
        .first()
    )
    if row is None:
        return None
    standing = short(body(history(), row.standing_unit_id, on)) if row.standing_unit_id else ""
    return Board(row.name, standing, row.decision)


def targeted(scope: Scope, unit: int, year: int, end: date, on: date) -> set[str]:
    """The codes that targets of the year name, of the unit or of what lies above it on a day."""
    return set(_targets(line(scope, unit, on), year, end).values_list("indicator", flat=True))


def _targets(units: Sequence[int], year: int, end: date) -> QuerySet[Target]:
    in_force = Q(plan__valid_from__lte=end, plan__valid_to__gte=end)
    return Target.objects.filter(in_force, unit__in=units, year=year)


def target_lines(
    scope: Scope, unit: int, year: int, days: tuple[date, date], figures: Mapping[str, Figure]
) -> tuple[TargetLine, ...]:
    """Targets of the year for the unit, in the order of the indicators; of plans in force when the period ended.

    `days`: the end of the period, and the day whose tree is read.

    A share that an ancestor's plan asks for binds the unit too, unless the unit or a nearer ancestor has its own
    target for it. A count asked of an ancestor is no target of the unit.
    """
    end, on = days
    above = line(scope, unit, on)
    rows = sorted(_targets(above, year, end).select_related("plan"), key=lambda row: above.index(row.unit_id))
    known = definitions(end)
    owners: dict[str, int] = {}
    for row in rows:
        if row.unit_id == unit or (row.indicator in known and known[row.indicator].is_share):
            owners.setdefault(row.indicator, row.unit_id)
    places = {code: place for place, code in enumerate(known)}
    mine = sorted(
        (row for row in rows if owners.get(row.indicator) == row.unit_id),
        key=lambda row: (places.get(row.indicator, len(places)), row.plan.issued_on or date.min, row.pk),
    )
    return tuple(
        TargetLine(
            row.indicator,
            row.value,
            row.comparator,
            _issued(row.plan, on),
            row.quote,
            None if row.unit_id == unit else body(history(), row.unit_id, on),
            figures.get(row.indicator),
        )
        for row in mine
    )
