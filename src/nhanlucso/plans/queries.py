"""Reading plans and what they ask of units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import natural_key
from nhanlucso.orgs.queries import history, reach
from nhanlucso.orgs.rules import History, Version
from nhanlucso.people.queries import people_by_ids
from nhanlucso.plans.models import Board, BoardMember, Plan, Target


@dataclass(frozen=True, slots=True)
class Aim:
    """What a plan asks: the value (in the indicator's own measure) that `unit_id` must reach in the year."""

    indicator: str
    unit_id: int
    value: float
    comparator: str
    quote: str
    plan_title: str
    plan_number: str
    plan_id: int
    issuer_id: int | None


def targets_for(scope: Scope, line: Sequence[int], year: int) -> dict[str, list[Aim]]:
    """Targets of a year for a unit and its ancestors, by indicator, the nearest unit first.

    `line` is the unit and its ancestors, nearest first. A plan binds everyone below it, so a unit in reach sees
    the targets of ancestors beyond its reach; for a unit outside the reach there are none. Of several plans of
    one unit the newest comes first.
    """
    return targets_of_lines(scope, [line], year)[0]


def targets_of_lines(scope: Scope, lines: Sequence[Sequence[int]], year: int) -> list[dict[str, list[Aim]]]:
    """As `targets_for`, for many units in one query, in the order of the lines."""
    inside = reach(scope.to(Permission.SEE_PLANS))
    asked = [line if line and inside.holds(line[0]) else () for line in lines]
    units = {unit for line in asked for unit in line}
    aims: dict[int, list[Aim]] = {}
    rows = Target.objects.filter(unit__in=units, year=year, value__isnull=False).select_related("plan")
    for row in rows.order_by(F("plan__issued_on").desc(nulls_last=True), "plan__uid", "uid"):
        aims.setdefault(row.unit_id, []).append(_aim(row))
    return [_by_indicator(aim for unit in line for aim in aims.get(unit, ())) for line in asked]


def _aim(row: Target) -> Aim:
    plan, value = row.plan, row.value or 0.0
    return Aim(
        row.indicator, row.unit_id, value, row.comparator, row.quote, plan.title, plan.number, plan.pk,
        plan.issuer_unit_id,
    )  # fmt: skip


def _by_indicator(aims: Iterable[Aim]) -> dict[str, list[Aim]]:
    found: dict[str, list[Aim]] = {}
    for aim in aims:
        found.setdefault(aim.indicator, []).append(aim)
    return found


def plans_of(scope: Scope, line: Sequence[int]) -> list[Plan]:
    """The plans that a unit or one of its ancestors issued or that name one of them, newest first, each with
    `target_count` and `activity_count`.

    `line` as in `targets_for`; outside the reach there are none.
    """
    if not line or not reach(scope.to(Permission.SEE_PLANS)).holds(line[0]):
        return []
    named = Plan.objects.filter(
        Q(issuer_unit__in=line) | Q(targets__unit__in=line) | Q(activities__lead_unit__in=line)
    )
    return list(
        Plan.objects.filter(pk__in=named.values("pk"))
        .select_related("programme")
        .annotate(
            target_count=Count("targets", distinct=True), activity_count=Count("activities", distinct=True)
        )
        .order_by(F("issued_on").desc(nulls_last=True), "uid")
    )


def boards_of(scope: Scope, line: Sequence[int], on: date) -> list[Board]:
    """The steering boards of the unit and its ancestors valid on a day, nearest first."""
    if not line or not reach(scope.to(Permission.SEE_PLANS)).holds(line[0]):
        return []
    rows = Board.objects.filter(unit__in=line, valid_from__lte=on, valid_to__gte=on).annotate(
        size=Count("members")
    )
    return sorted(rows, key=lambda row: (line.index(row.unit_id), natural_key(row.name), row.pk))


def with_targets(scope: Scope, units: Sequence[int], year: int) -> list[int]:
    """Those of the units in reach that have targets of their own for the year, in the order given."""
    inside = reach(scope.to(Permission.SEE_PLANS))
    asked = [unit for unit in units if inside.holds(unit)]
    found = set(Target.objects.filter(unit__in=asked, year=year).values_list("unit_id", flat=True))
    return [unit for unit in asked if unit in found]


@dataclass(frozen=True, slots=True)
class BoardSeat:
    """Somebody's time on a steering board, with the board's unit as it was called when the seat began."""

    member: BoardMember
    unit: Version | None
    current: bool


def board_seats_of(scope: Scope, person_id: int) -> list[BoardSeat]:
    """The board seats of somebody, newest first, for who sees plans: all for whom the scope reaches by a post there,
    else those of boards of units in reach."""
    seen = scope.to(Permission.SEE_PLANS)
    rows = BoardMember.objects.filter(person=person_id)
    if not scope.may(Permission.SEE_PLANS):
        return []
    if person_id not in people_by_ids(seen, [person_id]):
        rows = rows.filter(reach(seen).rows("board__unit", "board__valid_from"))
    return _board_seats(rows)


def own_board_seats(scope: Scope) -> list[BoardSeat]:
    """The board seats of the person behind the account, newest first; never by reach."""
    return _board_seats(BoardMember.objects.filter(person=scope.person_id or 0))


def _board_seats(rows: QuerySet[BoardMember]) -> list[BoardSeat]:
    past, day = history(), today()
    return [
        BoardSeat(
            row, past.version_near(row.board.unit_id, row.valid_from), row.valid_from <= day <= row.valid_to
        )
        for row in rows.select_related("board").order_by("-valid_from", "pk")
    ]


def concerns(scope: Scope, *units: int | None) -> bool:
    """Whether plans and boards of any of the units may be read: it lies in the reach, or stands or stood above what
    does."""
    inside = reach(scope.to(Permission.SEE_PLANS))
    if inside.since is None:
        return True
    known = {unit for unit in units if unit is not None}
    return not known.isdisjoint(inside.since) or not known.isdisjoint(_above(history(), inside.since))


def concerning(scope: Scope) -> frozenset[int] | None:
    """All units of which `concerns` says yes; None: every one."""
    inside = reach(scope.to(Permission.SEE_PLANS))
    return None if inside.since is None else frozenset(inside.since) | _above(history(), inside.since)


def may_edit(scope: Scope, unit_id: int | None) -> bool:
    """Whether plans and boards of a unit may be edited; of an unknown issuer only by who reaches everything."""
    if not scope.may(Permission.EDIT_PLANS):
        return False
    inside = reach(scope.to(Permission.EDIT_PLANS))
    return inside.since is None if unit_id is None else inside.holds(unit_id)


def _above(past: History, units: Iterable[int]) -> set[int]:
    """Everything that ever stood above the units."""
    found: set[int] = set()
    pending = list(units)
    while pending:
        for version in past.versions.get(pending.pop(), ()):
            if version.parent is not None and version.parent not in found:
                found.add(version.parent)
                pending.append(version.parent)
    return found
