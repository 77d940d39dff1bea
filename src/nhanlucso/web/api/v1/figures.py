"""Figures, their definitions, reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhanlucso.indicators.definitions import definitions
from nhanlucso.indicators.figures import as_json
from nhanlucso.indicators.queries import ask, figure_rows, passport, pick
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.periods import DECREE
from nhanlucso.kernel.permissions import Permission as P
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.reports.models import Report, ReportStep
from nhanlucso.reports.queries.signing import approved_revision, visible_reports
from nhanlucso.web.api.v1.operations import Asked, Dated, Operation, Param, operation
from nhanlucso.web.api.v1.paging import PAGED, Page, paged
from nhanlucso.web.api.v1.rows import (
    FigureRow,
    Figures,
    IndicatorRow,
    Indicators,
    PublishedFigure,
    ReportFile,
    ReportRow,
    Text,
)
from nhanlucso.web.api.v1.shapes import Says
from nhanlucso.web.api.v1.telling import ids
from nhanlucso.web.api.v1.units import unit_asked

_SEE = (P.SEE_FIGURES,)
_PERIOD = Annotated[str, Says(most=30)]
_State = Literal["draft", "checked", "submitted", "returned", "approved", "accepted"]


@operation(
    Operation(
        "get_figures", "figures", _("Số liệu của một đơn vị trong một kỳ."), _SEE, Figures,
        (
            Param("unit", Text, _("Mã đơn vị."), required=True),
            Param("period", _PERIOD, _("Kỳ: 2024, 2024-9M, 2024-Q3, 2024-M09, 2024-01-01..2024-09-30."), True),
            Param("calendar", Literal["decree", "civil"], _("Lịch kỳ báo cáo; mặc định decree.")),
            Param("tree", Annotated[str, Says(most=10)], _("Cây đơn vị: then hoặc một ngày.")),
            Param("indicator", Text, _("Mã chỉ số; không gửi: tất cả."), many=True),
            Param("by_child", bool, _("Cả từng đơn vị trực thuộc.")),
            Param("passport", bool, _("Kèm số dòng đứng sau từng số liệu; không đi cùng by_child.")),
        ),
    )
)  # fmt: skip
def figures(scope: Scope, asked: Asked) -> Figures:
    if asked["passport"] and asked["by_child"]:
        raise Refused("bad_parameter", gettext("Chọn passport hoặc by_child, không cùng lúc."))
    wanted = ask(asked["period"], asked["calendar"] or DECREE, asked["tree"] or "then")
    indicators = pick(asked["indicator"], wanted.window.b)
    unit = unit_asked(scope, asked)
    assert unit is not None  # a required parameter
    rows = figure_rows(scope, wanted, indicators, unit, bool(asked["by_child"]))
    sizes: Mapping[str, dict[str, int]] = {}
    if asked["passport"]:
        sizes = {one.code: passport(scope, wanted, one, unit).sizes() for one in indicators}
    told: list[dict[str, Any]] = [as_json(figure, of, asked["period"]) for of, figure in rows]
    return Figures([FigureRow(**row, passport=sizes.get(row["indicator"])) for row in told])


@operation(
    Operation(
        "list_indicators", "figures", _("Danh mục chỉ số với định nghĩa."), (), Indicators,
        why="definitions, no figures",
    )
)  # fmt: skip
def indicators(scope: Scope, asked: Asked) -> Indicators:
    return Indicators(
        [
            IndicatorRow(one.code, str(one.name), str(one.definition), str(one.measure.value), one.version)
            for one in definitions().values()
        ]
    )


@operation(
    Operation(
        "list_reports", "reports", _("Báo cáo của đơn vị trong phạm vi."), _SEE, ReportRow,
        (
            Param("unit", Text, _("Chỉ đơn vị này.")),
            Param("period", _PERIOD, _("Kỳ báo cáo.")),
            Param("state", _State, _("Tình trạng.")),
            *PAGED,
        ),
    )
)  # fmt: skip
def reports(scope: Scope, asked: Asked) -> Page:
    rows = visible_reports(scope)
    unit = unit_asked(scope, asked)
    if unit is not None:
        rows = rows.filter(unit=unit)
    for name in ("period", "state"):
        if asked[name] is not None:
            rows = rows.filter(**{name: asked[name]})
    return paged(asked, rows, _reports)


@operation(Operation("get_report", "reports", _("Một báo cáo với số liệu đã duyệt."), _SEE, ReportFile))
def report(scope: Scope, asked: Asked) -> Dated:
    last = ReportStep.objects.filter(report=OuterRef("pk")).order_by("-pk")
    number = asked.path["report_id"]
    if not (number.isascii() and number.isdecimal() and len(number) < 18):
        raise Report.DoesNotExist
    found: Any = visible_reports(scope).annotate(moved_at=Subquery(last.values("at")[:1])).get(pk=int(number))
    held = approved_revision(scope, found)
    own = [day.isoformat() for day in found.when.window(found.calendar)]
    rows = [row for row in (held.figures if held else []) if row["window"] == own]
    told = ReportFile(
        _reports([found])[0],
        held.number if held else None,
        held.as_of if held else None,
        [
            PublishedFigure(
                row["indicator"], row["value"], row["qualifier"], row["low"], row["high"], row["unit"]
            )
            for row in rows
        ],
    )
    # Every change of a report is a step, so the last one is its last change.
    return Dated(told, found.moved_at)


def _reports(rows: list[Report]) -> list[ReportRow]:
    units = ids(Unit, [row.unit_id for row in rows])
    return [
        ReportRow(r.pk, units[r.unit_id], r.kind, r.period, r.calendar, r.tree, r.state, r.revision)  # type: ignore[arg-type]
        for r in rows
    ]
