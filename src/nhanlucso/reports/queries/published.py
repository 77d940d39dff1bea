"""What is published: the last approved revision of a report, exactly as it was frozen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nhanlucso.indicators.queries import Ask, pick
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.language import say as _
from nhanlucso.kernel.periods import parse_period
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import unit_reference
from nhanlucso.reports.enums import Verb
from nhanlucso.reports.freezing import frozen_of
from nhanlucso.reports.models import Report, ReportRevision, ReportStep
from nhanlucso.reports.queries.signing import visible_reports


@dataclass(frozen=True, slots=True)
class Published:
    """The approved revision of a report, and when it was approved."""

    report: Report
    revision: ReportRevision
    at: datetime

    def row(self, code: str) -> dict[str, Any] | None:
        """The figure of the period in the shape of the exchange contract, without unit and period."""
        own = [day.isoformat() for day in self.report.when.window(self.report.calendar)]
        rows = (row for row in self.revision.figures if row["indicator"] == code and row["window"] == own)
        return next(rows, None)


def published(scope: Scope, unit: int, period: str, calendar: str, asked: Ask) -> Published | None:
    """What is published for a unit, period and tree; None where nothing was approved or it is out of reach."""
    tree = "then" if asked.tree == asked.window.b else asked.tree.isoformat()
    steps = ReportStep.objects.filter(
        verb=Verb.APPROVE,
        report__in=visible_reports(scope).filter(unit=unit, period=period, calendar=calendar, tree=tree),
    )
    step = steps.select_related("revision__frozen", "report__unit").order_by("pk").last()
    return Published(step.report, step.revision, step.at) if step and step.revision else None


def frozen_figures(
    scope: Scope,
    unit: int,
    period: str,
    asked: Ask,
    *,
    calendar: str,
    codes: Sequence[str] | None = None,
    by_child: bool = False,
) -> list[dict[str, Any]]:
    """The published figures of a closed period as they were, in the shape of the exchange contract: of the unit, with
    `by_child` then of its children.

    Raises Refused("not_frozen") where nothing was approved, also for an indicator that was no part of it;
    Refused("unknown_indicator", "damaged_file").
    """
    pick([code for code in codes or () if code not in _known(scope, unit, period, asked, calendar)])
    held = published(scope, unit, parse_period(period).text, calendar, asked)
    if held is None:
        raise _not_frozen(scope, unit, period, calendar, asked)
    rows = _rows(held, by_child)
    missing = set(codes or ()) - {row["indicator"] for row in rows}
    if missing:
        raise Refused(
            "not_frozen",
            _("Chỉ số «%(code)s» chưa có trong báo cáo đã chốt của kỳ này; bỏ --frozen để tính theo hồ sơ.")
            % {"code": min(missing)},
        )
    return [row for row in rows if not codes or row["indicator"] in codes]


def _known(scope: Scope, unit: int, period: str, asked: Ask, calendar: str) -> set[str]:
    """Codes that were frozen then: they are known also where their indicator is gone by now."""
    held = published(scope, unit, parse_period(period).text, calendar, asked)
    return {row["indicator"] for row in held.revision.figures} if held else set()


def _rows(held: Published, by_child: bool) -> list[dict[str, Any]]:
    found = frozen_of(held.revision)
    if found is not None:
        own = found.manifest["unit_id"]
        return [row for row in found.figures if by_child or row["unit_id"] == own]
    if by_child:
        raise Refused(
            "not_frozen",
            _("Báo cáo này được duyệt khi chưa chốt số liệu của đơn vị trực thuộc; bỏ --by-child."),
        )
    name, period = unit_reference(held.report.unit), held.report.period
    codes = dict.fromkeys(row["indicator"] for row in held.revision.figures)
    rows = (held.row(code) for code in codes)
    return [
        {"indicator": row["indicator"], "unit_id": name, "period": period}
        | {field: value for field, value in row.items() if field != "indicator"}
        for row in rows
        if row is not None
    ]


def _not_frozen(scope: Scope, unit: int, period: str, calendar: str, asked: Ask) -> Refused:
    others = visible_reports(scope).filter(
        unit=unit, period=parse_period(period).text, calendar=calendar, steps__verb=Verb.APPROVE
    )
    trees = sorted(set(others.values_list("tree", flat=True)))
    if trees:
        words = _("Kỳ này đã chốt trên cây đơn vị khác: thêm --tree %(trees)s.") % {"trees": ", ".join(trees)}
    else:
        words = _(
            "Chưa có báo cáo nào được duyệt cho đơn vị và kỳ này nên số liệu chưa chốt. Lập, trình và duyệt báo cáo, "
            "hoặc bỏ --frozen để tính theo hồ sơ hôm nay."
        )
    return Refused("not_frozen", words)
