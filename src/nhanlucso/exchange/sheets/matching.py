"""From what a sheet says to what an import would write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from nhanlucso.exchange.sheets.attendance import AttendancePlanner, SessionSpan
from nhanlucso.exchange.sheets.collecting import uncollected
from nhanlucso.exchange.sheets.headcounts import ClassDay, HeadCountPlanner
from nhanlucso.exchange.sheets.pairing import Matching, check_decisions
from nhanlucso.exchange.sheets.places import Places
from nhanlucso.exchange.sheets.plan import Ground, ImportPlan, ImportRequest
from nhanlucso.exchange.sheets.reading import SheetReading
from nhanlucso.exchange.sheets.register import Register
from nhanlucso.exchange.sheets.results import ResultsPlanner
from nhanlucso.exchange.sheets.rows import SheetRow
from nhanlucso.exchange.sheets.staff import StaffPlanner
from nhanlucso.exchange.sheets.understanding import ATTENDANCE, HEADCOUNTS, RESULTS
from nhanlucso.exchange.sheets.unitfinding import UnitFinder
from nhanlucso.kernel.clock import ZONE, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history, reach_below, writable_unit
from nhanlucso.orgs.rules import History
from nhanlucso.people.enums import Category
from nhanlucso.training.models import ClassSession
from nhanlucso.training.queries.classes import hosted_classes


@uncollected()
def plan_import(scope: Scope, reading: SheetReading, request: ImportRequest) -> ImportPlan:
    """What the import of a sheet would write; certain matches only, all else is told.

    Raises Refused("not_allowed", "unit_not_valid", "unknown_session", "bad_category", "unknown_row",
    "unknown_person", "bad_decision", "unknown_unit"), Unit.DoesNotExist outside the scope.
    """
    writable_unit(scope, Permission.IMPORT_LISTS, request.unit.pk)
    if request.category and request.category not in Category.values:
        raise Refused(
            "bad_category", _("Không có đối tượng «%(category)s».") % {"category": request.category}
        )
    past = history()
    on = _day(past, request, reading.rows)
    if not past.subtree(request.unit.pk, on):
        raise Refused("unit_not_valid", _("Đơn vị không có hiệu lực vào ngày này."))
    check_decisions(request.decisions, reading.rows)
    matching = _matching(scope, past, request, on)
    plan = _planned(scope, reading, request, matching)
    plan.unknown_units = matching.units.unknown()
    plan.dropped_columns = reading.dropped_columns
    plan.problems = [*reading.problems, *plan.problems]
    place = {(row.sheet, row.row): number for number, row in enumerate(reading.rows)}
    plan.rows.sort(key=lambda row: place[row.sheet, row.row])
    return plan


def _matching(scope: Scope, past: History, request: ImportRequest, on: date) -> Matching:
    ground = Ground(request.unit, on, request.category, request.since)
    below = reach_below(scope, request.unit.pk, on)
    register = Register(scope, request.unit, on)
    units = UnitFinder(ground, past, below, request.units)
    return Matching(ground, past, register, units, Places(past, on, register), request.decisions)


def _planned(scope: Scope, reading: SheetReading, request: ImportRequest, matching: Matching) -> ImportPlan:
    if not reading.rows:
        return ImportPlan(reading.kind)
    if reading.kind == ATTENDANCE:
        ground = matching.ground
        below = set(matching.past.subtree(ground.unit.pk, ground.on))
        sessions = _sessions(scope, request, reading.rows, below)
        return AttendancePlanner(matching, sessions).run(reading.rows)
    if reading.kind == HEADCOUNTS:
        return HeadCountPlanner(matching, _class_days(scope, request)).run(reading.rows)
    if reading.kind == RESULTS:
        return ResultsPlanner(matching).run(reading.rows)
    return StaffPlanner(matching).run(reading.rows)


def _day(past: History, request: ImportRequest, rows: Sequence[SheetRow]) -> date:
    """The day whose tree is meant."""
    if request.on is not None:
        return request.on
    marked = min((day for row in rows for day in _days_of(row)), default="")
    days = [date.fromisoformat(marked)] if marked else []
    if valid := next((day for day in [*days, today()] if past.version(request.unit.pk, day)), None):
        return valid
    last = past.last_version(request.unit.pk)
    return last.valid_to if last is not None else today()


def _days_of(row: SheetRow) -> list[str]:
    """The days that a row tells of."""
    return [row.date] if row.date else [key[:10] for key in row.marks]


def _class_days(scope: Scope, request: ImportRequest) -> list[ClassDay]:
    """The days of the classes that head counts may go to: of the sessions named, else of all that the unit hosts."""
    rows = _asked_sessions(scope, request, {request.unit.pk}).order_by("starts_at")
    return [
        ClassDay(training_class, starts_at.astimezone(ZONE).date())
        for training_class, starts_at in rows.values_list("training_class_id", "starts_at")
    ]


def _sessions(
    scope: Scope, request: ImportRequest, rows: Sequence[SheetRow], below: set[int]
) -> list[SessionSpan]:
    """The sessions that marks may go to: those named, else of the unit on those days, else of the units below it.

    Raises Refused("unknown_session") for one that the scope does not host.
    """
    days = {key[:10] for row in rows for key in row.marks}
    for hosts in ({request.unit.pk},) if request.sessions else ({request.unit.pk}, below):
        sessions = _asked_sessions(scope, request, hosts).values_list("pk", "starts_at", "ends_at")
        spans = [span for found in sessions if (span := SessionSpan.of(*found)).day.isoformat() in days]
        if spans:
            return spans
    return []


def _asked_sessions(scope: Scope, request: ImportRequest, hosts: set[int]) -> QuerySet[ClassSession]:
    """The sessions that the import names, else those of the hosts. Raises Refused("unknown_session")."""
    sessions = ClassSession.objects.filter(training_class__in=hosted_classes(scope).values("pk"))
    if not request.sessions:
        return sessions.filter(training_class__host_unit__in=hosts)
    asked = sessions.filter(pk__in=request.sessions)
    if asked.count() != len(set(request.sessions)):
        raise Refused("unknown_session", _("Có buổi học không tồn tại hoặc không do đơn vị này tổ chức."))
    return asked
