"""The page of the check: what the rules of quality find, what is missing, what moved against the last period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from nhanlucso.indicators.quality.declared import RULES
from nhanlucso.indicators.quality.queries import ready_findings
from nhanlucso.kernel.periods import previous
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history
from nhanlucso.reports.compose import composed
from nhanlucso.reports.models import Report
from nhanlucso.reports.queries.earlier import Earlier, earlier_figures
from nhanlucso.reports.rules.signing import Difference, Row, digest_of, table_of
from nhanlucso.web.kit.periods import period_label
from nhanlucso.web.kit.wording import number
from nhanlucso.web.reports.changes import Change, changes
from nhanlucso.web.reports.gaps import Gap, gaps_of


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a rule of quality finds in the unit and below: how often, and where it is opened."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class CheckPage:
    """Everything the template names. `figures`: the short name of what is shown; `doubts_known`: whether the rules
    of quality have searched; `against`: the last period, and whether its figures were published; `why_not`: why
    there is nothing to compare with; `twin_href`: where a unit that did not stand then is compared all the same."""

    figures: str
    as_of: datetime
    doubts: list[Doubt]
    doubts_known: bool
    gaps: list[Gap]
    moved: list[Change]
    against: str
    why_not: str
    twin_href: str


def check_page(scope: Scope, report: Report, at: datetime) -> CheckPage:
    """The check of a report in work. Raises as `compose`."""
    made = composed(
        scope,
        kind=report.kind,
        unit=report.unit,
        period=report.period,
        calendar=report.calendar,
        tree=report.tree,
        at=at,
    )
    rows = table_of(made.content.figures, made.content.to_date)
    before = earlier_figures(scope, report)
    found = ready_findings(scope, report.unit_id)
    return CheckPage(
        figures=digest_of(rows),
        as_of=made.content.as_of,
        doubts=[_doubt(report, code, count) for code, count in (found or {}).items()],
        doubts_known=found is not None,
        gaps=gaps_of(report, made),
        moved=changes(_moved(before, table_of(made.content.figures, {}))) if before else [],
        against=_against(before) if before else "",
        why_not="" if before else _why_not(report),
        twin_href=_twin_href(report) if before is None and _is_new(report) else "",
    )


def _doubt(report: Report, code: str, count: int) -> Doubt:
    words = {"rule": RULES[code].name, "count": number(count)}
    return Doubt(
        _("%(rule)s: %(count)s chỗ") % words,
        f"{reverse('quality-rule', args=[code])}?unit={report.unit_id}",
    )


def _moved(before: Earlier, rows: Sequence[Row]) -> list[Difference]:
    old = {row["indicator"]: row for row in before.rows}
    pairs = ((old.get(row["indicator"]), row) for row in rows)
    return [
        Difference(a, b)
        for a, b in pairs
        if a and (a["value"], a["qualifier"]) != (b["value"], b["qualifier"])
    ]


def _against(before: Earlier) -> str:
    period = period_label(before.period)
    if before.published:
        return _("%(period)s, số đã chốt") % {"period": period}
    return _("%(period)s, theo hồ sơ hôm nay") % {"period": period}


def _why_not(report: Report) -> str:
    return _("Kỳ trước đơn vị này chưa có.") if _is_new(report) else _("Không có kỳ trước để so.")


def _is_new(report: Report) -> bool:
    """Whether the unit did not stand in the period before."""
    period = previous(report.when)
    return period is not None and history().version(report.unit_id, period.window(report.calendar)[1]) is None


def _twin_href(report: Report) -> str:
    """The figures of then, on the boundary of the unit of now."""
    before = previous(report.when)
    words: dict[str, str | int] = {
        "unit": report.unit_id,
        "before": before.text if before else "",
        "period": report.period,
        "calendar": report.calendar,
    }
    return f"{reverse('twin')}?{urlencode(words)}"
