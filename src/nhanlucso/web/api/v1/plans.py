"""Programmes, plans and their targets; village teams."""

from __future__ import annotations

from typing import Annotated

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import Permission as P
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.references import found_by
from nhanlucso.plans.documents.queries import programmes as visible_programmes
from nhanlucso.plans.documents.queries import visible_plans
from nhanlucso.plans.models import Plan, Programme, Target
from nhanlucso.teams.models import Team, TeamMember
from nhanlucso.teams.queries import teams_in_reach
from nhanlucso.web.api.v1.operations import Asked, Operation, Param, operation
from nhanlucso.web.api.v1.paging import PAGED, Page, paged
from nhanlucso.web.api.v1.rows import PlanRow, ProgrammeRow, TargetRow, TeamRow, Text
from nhanlucso.web.api.v1.shapes import Says
from nhanlucso.web.api.v1.telling import ids, since, until
from nhanlucso.web.api.v1.units import unit_asked

_SEE = (P.SEE_PLANS,)


@operation(Operation("list_programmes", "plans", _("Đề án, chương trình."), _SEE, ProgrammeRow, PAGED))
def programmes(scope: Scope, asked: Asked) -> Page:
    def told(rows: list[Programme]) -> list[ProgrammeRow]:
        own = ids(Programme, [row.pk for row in rows])
        return [ProgrammeRow(own[r.pk], r.number, r.title, r.issuer, r.issued_on) for r in rows]

    return paged(asked, visible_programmes(scope), told)


@operation(
    Operation(
        "list_plans",
        "plans",
        _("Kế hoạch ràng buộc hoặc nêu tên đơn vị trong phạm vi."),
        _SEE,
        PlanRow,
        PAGED,
    )
)
def plans(scope: Scope, asked: Asked) -> Page:
    return paged(asked, visible_plans(scope), _plans)


@operation(Operation("get_plan", "plans", _("Một kế hoạch."), _SEE, PlanRow))
def plan(scope: Scope, asked: Asked) -> PlanRow:
    return _plans([found_by(visible_plans(scope), asked.path["plan_id"])])[0]


def _plans(rows: list[Plan]) -> list[PlanRow]:
    own, units = ids(Plan, [row.pk for row in rows]), ids(Unit, [row.issuer_unit_id for row in rows])
    carried = ids(Programme, [row.programme_id for row in rows])
    return [
        PlanRow(
            own[r.pk], r.number, r.title, carried.get(r.programme_id), units.get(r.issuer_unit_id), r.issued_on,
            since(r.valid_from), until(r.valid_to),
        )
        for r in rows
    ]  # fmt: skip


@operation(
    Operation(
        "list_targets", "plans", _("Chỉ tiêu của các kế hoạch xem được."), _SEE, TargetRow,
        (
            Param("plan", Text, _("Chỉ kế hoạch này.")),
            Param("year", Annotated[int, Says(least=2000, most=2100)], _("Năm.")),
            Param("indicator", Text, _("Mã chỉ số.")),
            *PAGED,
        ),
    )
)  # fmt: skip
def targets(scope: Scope, asked: Asked) -> Page:
    rows = Target.objects.filter(plan__in=visible_plans(scope).values("pk"))
    if asked["plan"] is not None:
        rows = rows.filter(plan=found_by(visible_plans(scope), asked["plan"]))
    for name in ("year", "indicator"):
        if asked[name] is not None:
            rows = rows.filter(**{name: asked[name]})
    return paged(asked, rows, _targets)


def _targets(rows: list[Target]) -> list[TargetRow]:
    own, units = ids(Target, [row.pk for row in rows]), ids(Unit, [row.unit_id for row in rows])
    plans_of = ids(Plan, [row.plan_id for row in rows])
    return [
        TargetRow(
            own[r.pk], plans_of[r.plan_id], r.indicator, units[r.unit_id], r.year, r.value, r.comparator, r.quote
        )
        for r in rows
    ]  # fmt: skip


@operation(
    Operation(
        "list_teams", "teams", _("Tổ công nghệ số cộng đồng."), (P.SEE_TEAMS,), TeamRow,
        (Param("unit", Text, _("Chỉ tổ của chính đơn vị này.")), *PAGED),
    )
)  # fmt: skip
def teams(scope: Scope, asked: Asked) -> Page:
    rows = teams_in_reach(scope, P.SEE_TEAMS)
    unit = unit_asked(scope, asked)
    return paged(asked, rows if unit is None else rows.filter(unit=unit), _teams)


def _teams(rows: list[Team]) -> list[TeamRow]:
    keys, day = [row.pk for row in rows], today()
    on_it = TeamMember.objects.filter(team__in=keys, valid_from__lte=day, valid_to__gte=day).values("team")
    sizes = dict(on_it.annotate(n=Count("person", distinct=True)).values_list("team", "n"))
    own, units = ids(Team, keys), ids(Unit, [row.unit_id for row in rows])
    return [
        TeamRow(
            own[r.pk], units[r.unit_id], r.name, r.decision, sizes.get(r.pk, 0), since(r.valid_from),
            until(r.valid_to),
        )
        for r in rows
    ]  # fmt: skip
