"""The rows of the room: the periods of a year, the units below, what waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhanlucso.kernel.periods import HALF, MONTH, NINE_MONTHS, YEAR, Period
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history, reach
from nhanlucso.reports.enums import ReportState
from nhanlucso.reports.models import Report, ReportRevision
from nhanlucso.reports.queries.signing import reports_of
from nhanlucso.reports.rules.periods import periods_of
from nhanlucso.web.kit.asking import THEN, Question
from nhanlucso.web.kit.choices import in_order, query
from nhanlucso.web.kit.periods import period_label
from nhanlucso.web.kit.wording import day, moment

TAGS = {
    ReportState.DRAFT: "info",
    ReportState.CHECKED: "info",
    ReportState.SUBMITTED: "wait",
    ReportState.RETURNED: "warn",
    ReportState.APPROVED: "ok",
    ReportState.ACCEPTED: "ok",
}


@dataclass(frozen=True, slots=True)
class State:
    """Where a report stands: the tag and its word."""

    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A period of the year: how it is called, where its report stands, when it closes, where it opens."""

    label: str
    state: State
    due: str
    as_of: str
    href: str
    chosen: bool
    begun: bool


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit below with its report of the chosen period."""

    name: str
    state: State
    moved: str
    href: str


def state_of(report: Report | None) -> State:
    """The tag of a report; of none, that it is not begun."""
    if report is None:
        return State("", _("Chưa lập"))
    label = str(ReportState(report.state).label)
    if report.state == ReportState.SUBMITTED and report.revision > 1:
        label = _("%(state)s lần %(number)s") % {"state": label, "number": report.revision}
    if report.state == ReportState.DRAFT and report.revision:
        label = _("Đang đính chính")
    return State(TAGS[ReportState(report.state)], label)


def tree_of(asked: Question) -> str:
    """The tree that a report of this question is written on: that of its last day; for a unit that began later,
    that of its first day, so that it does not move from day to day."""
    if asked.tree == THEN:
        return THEN
    first, last = history().versions[asked.unit.pk][0].valid_from, asked.asked.window.b
    if asked.tree == "now":
        return first.isoformat() if first > last else THEN
    return asked.asked.tree.isoformat()


def period_rows(scope: Scope, asked: Question, today: date) -> list[list[PeriodRow]]:
    """The periods of the year, the year and its parts first, then quarters, then months."""
    groups = periods_of(asked.period.year)
    texts = [period.text for group in groups for period in group]
    found = {r.period: r for r in reports_of(scope, [asked.unit.pk], texts, asked.calendar)}
    return [[_period_row(asked, period, found.get(period.text), today) for period in row] for row in groups]


def _period_row(asked: Question, period: Period, report: Report | None, today: date) -> PeriodRow:
    start, end = period.window(asked.calendar)
    as_of = getattr(report, "as_of", None)
    open_report = reverse("report", args=[report.pk]) if report else ""
    return PeriodRow(
        label=_in_year(period),
        begun=report is not None,
        state=state_of(report),
        due=_due(start, end, today),
        as_of=_("Số liệu lúc %(moment)s") % {"moment": moment(as_of)} if as_of else "",
        href=open_report or f"?{query(asked, period=period.text, tree=THEN)}",
        chosen=period.text == asked.period.text,
    )


def _in_year(period: Period) -> str:
    """A period below the heading of its year: «Quý III»."""
    if period.kind == YEAR:
        return _("Cả năm")
    if period.kind == NINE_MONTHS:
        return _("9 tháng")
    if period.kind == HALF:
        return _("6 tháng đầu năm") if period.first_month == 1 else _("6 tháng cuối năm")
    if period.kind == MONTH:
        return _("Tháng %(number)s") % {"number": period.last_month}
    return _("Quý %(number)s") % {"number": ("I", "II", "III", "IV")[period.last_month // 3 - 1]}


def _due(start: date, end: date, today: date) -> str:
    if today < start:
        return _("Bắt đầu %(day)s") % {"day": day(start)}
    if today > end:
        return _("Chốt %(day)s") % {"day": day(end)}
    left = (end - today).days
    if not left:
        return _("Chốt hôm nay")
    return ngettext("Chốt %(day)s, còn %(left)s ngày", "Chốt %(day)s, còn %(left)s ngày", left) % {
        "day": day(end),
        "left": left,
    }


def unit_rows(scope: Scope, asked: Question) -> list[UnitRow]:
    """The units just below in reach with their report of the period: who has not written yet is seen at once."""
    past, on = history(), asked.asked.tree
    inside = reach(scope.to(Permission.SEE_FIGURES))
    children = [v for v in past.children(asked.unit.pk, on) if v.kind != "village" and inside.holds(v.unit)]
    found = {
        r.unit_id: r
        for r in reports_of(scope, [v.unit for v in children], [asked.period.text], asked.calendar)
    }
    return [
        UnitRow(v.name, state_of(report), _moved(report), _unit_href(asked, v.unit, report))
        for v in in_order(children)
        for report in (found.get(v.unit),)
    ]


def _moved(report: Report | None) -> str:
    return moment(report.moved_at) if report else ""  # type: ignore[attr-defined]


def _unit_href(asked: Question, unit: int, report: Report | None) -> str:
    return reverse("report", args=[report.pk]) if report else f"?{query(asked, unit=unit)}"


def named(reports: Iterable[Report]) -> list[tuple[str, str, State]]:
    """Reports of any units as links: what they are called, where they open, where they stand."""
    return [(f"{title_of(r)}, {unit_name(r)}", reverse("report", args=[r.pk]), state_of(r)) for r in reports]


def title_of(report: Report) -> str:
    """«Báo cáo 9 tháng năm 2024»."""
    return _("Báo cáo %(period)s") % {"period": period_label(report.when)}


def unit_name(report: Report) -> str:
    """The unit as it was called on the last day of the period, else as it first was."""
    past, unit = history(), report.unit_id
    version = past.version(unit, report.when.window(report.calendar)[1]) or past.versions[unit][0]
    return version.name


def closed_files(revision: ReportRevision | None) -> list[tuple[str, str]]:
    """The files of what was approved; none where nothing was."""
    if revision is None:
        return []
    forms = (("docx", "Word"), ("pdf", "PDF"), ("xlsx", "Excel"))
    return [
        (label, reverse("report-file", args=[revision.report_id, revision.number, form]))
        for form, label in forms
    ]
