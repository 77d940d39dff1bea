"""Writing targets, one by one and for all units below at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.kernel.clock import local_date
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history, writable_unit
from nhanlucso.plans.documents.queries import writable_plan, writable_target
from nhanlucso.plans.enums import Comparator
from nhanlucso.plans.models import Plan, Target
from nhanlucso.plans.rules import FIRST_YEAR, LAST_YEAR
from nhanlucso.plans.trail import written


@dataclass(frozen=True, slots=True)
class TargetData:
    """A target; `value` in the indicator's own measure, `quote` the sentence of the plan that sets it."""

    indicator: str
    unit: Unit
    year: int
    value: float
    comparator: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of a target that was handed down: the targets made, and the units that had one already."""

    made: list[Target]
    standing: list[int]


def add_target(*, plan: Plan, target: TargetData, by: Scope, at: datetime) -> Target:
    """Writes a target of a plan for a unit, both where plans may be edited.

    Raises Refused("not_allowed", "target_twice", "bad_year", "bad_value", "bad_comparator"), Plan.DoesNotExist,
    Unit.DoesNotExist.
    """
    by = by.require(Permission.EDIT_PLANS)
    writable_plan(by, plan.pk)
    _check(target, by)
    with transaction.atomic():
        _refuse_twice(plan.pk, target)
        made = Target.objects.create(
            uid=new_uid(), plan=plan, indicator=target.indicator, **_fields(target)
        )  # fmt: skip
        written("target.add", made.uid, by, at)
    return made


def change_target(*, target: Target, data: TargetData, by: Scope, at: datetime) -> Target:
    """Corrects a target; its indicator stays. Raises as `add_target`, Target.DoesNotExist."""
    by = by.require(Permission.EDIT_PLANS)
    writable_target(by, target.pk)
    _check(data, by)
    with transaction.atomic():
        _refuse_twice(target.plan_id, data, but=target.pk)
        Target.objects.filter(pk=target.pk).update(**_fields(data))
        written("target.change", target.uid, by, at)
    target.refresh_from_db()
    return target


def remove_target(*, target: Target, by: Scope, at: datetime) -> None:
    """Removes a target. Raises Refused("not_allowed"), Target.DoesNotExist."""
    by = by.require(Permission.EDIT_PLANS)
    writable_target(by, target.pk)
    with transaction.atomic():
        written("target.remove", target.uid, by, at)
        target.delete()


def hand_down(*, target: Target, values: Mapping[int, float], by: Scope, at: datetime) -> Handed:
    """Gives the units directly below that of a target (on the tree of today) targets of the same plan, indicator,
    year, comparator and sentence, each with the value written for it. Units that have one keep it.

    Raises Refused("not_allowed", "not_below", "bad_value"), Target.DoesNotExist, Unit.DoesNotExist.
    """
    by = by.require(Permission.EDIT_PLANS)
    writable_target(by, target.pk)
    below = {v.unit for v in history().children(target.unit_id, local_date(at))}
    for unit, value in values.items():
        if unit not in below:
            raise Refused("not_below", _("Chỉ giao được cho đơn vị trực thuộc đang hoạt động."))
        writable_unit(by, Permission.EDIT_PLANS, unit)
        _check_value(value)
    with transaction.atomic():
        _lock(target.plan_id)
        standing = _units_with(target)
        made = [_copy_for(target, unit, value) for unit, value in values.items() if unit not in standing]
        Target.objects.bulk_create(made)
        if made:
            written("target.hand_down", target.uid, by, at, count=len(made))
    return Handed(made, [unit for unit in values if unit in standing])


def _units_with(target: Target) -> set[int]:
    same = Target.objects.filter(plan=target.plan_id, indicator=target.indicator, year=target.year)
    return set(same.values_list("unit_id", flat=True))


def _copy_for(target: Target, unit: int, value: float) -> Target:
    return Target(
        uid=new_uid(), plan_id=target.plan_id, indicator=target.indicator, unit_id=unit, year=target.year,
        value=value, comparator=target.comparator, quote=target.quote,
    )  # fmt: skip


def _fields(data: TargetData) -> dict[str, object]:
    return {
        "unit": data.unit,
        "year": data.year,
        "value": data.value,
        "comparator": data.comparator,
        "quote": clean(data.quote),
    }


def _check(data: TargetData, by: Scope) -> None:
    writable_unit(by, Permission.EDIT_PLANS, data.unit.pk)
    if not FIRST_YEAR <= data.year <= LAST_YEAR:
        raise Refused("bad_year", _("Năm phải từ 2000 đến 2100."))
    if data.comparator and data.comparator not in Comparator.values:
        raise Refused("bad_comparator", _("Không có cách so sánh này."))
    _check_value(data.value)


def _check_value(value: float) -> None:
    if not 0 <= value < 1e12:
        raise Refused("bad_value", _("Mức phải là một số từ 0 trở lên."))


def _refuse_twice(plan: int, data: TargetData, but: int | None = None) -> None:
    _lock(plan)
    same = Target.objects.filter(plan=plan, indicator=data.indicator, unit=data.unit, year=data.year)
    if same.exclude(pk=but or 0).exists():
        raise Refused(
            "target_twice", _("Kế hoạch này đã có chỉ tiêu đó cho đơn vị và năm này. Hãy sửa chỉ tiêu đã có.")
        )


def _lock(plan: int) -> None:
    """Two writers of targets of one plan wait for each other, so that none is written twice."""
    Plan.objects.select_for_update().get(pk=plan)
