"""The plan of the next year, begun from the one of this year."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.kernel.clock import ALWAYS, EVER, local_date
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history, reach, writable_unit
from nhanlucso.plans.documents.queries import writable_plan
from nhanlucso.plans.models import Activity, Plan, Target
from nhanlucso.plans.rules import a_year_later, title_of
from nhanlucso.plans.trail import owned, written


@dataclass(frozen=True, slots=True)
class CopyData:
    """What goes over: a title, and which targets and activities (ids). The year of each target is the next one."""

    title: str
    targets: Collection[int]
    activities: Collection[int]


def copy_plan(*, plan: Plan, data: CopyData, key: str = "", by: Scope, at: datetime) -> Plan:
    """A plan of the same issuer and programme with all dates a year later, without number and day of issue, which
    the registry has yet to give. With a `key` that was used before, the plan of then.

    Partners that have ended do not come along. Raises Refused("not_allowed", "title_missing", "title_too_long",
    "issuer_ended", "unit_ended"), Plan.DoesNotExist, Unit.DoesNotExist.
    """
    by = by.require(Permission.EDIT_PLANS)
    writable_plan(by, plan.pk)
    title = title_of(data.title)
    valid = history().closure(local_date(at))
    if plan.issuer_unit_id is None or plan.issuer_unit_id not in valid:
        raise Refused("issuer_ended", _("Đơn vị ban hành không còn hoạt động: hãy lập kế hoạch mới."))
    writable_unit(by, Permission.EDIT_PLANS, plan.issuer_unit_id)
    targets = _targets(plan, data.targets, set(valid), by)
    with transaction.atomic():
        fields = {
            "title": title,
            "programme": plan.programme,
            "valid_from": a_year_later(plan.valid_from) or EVER,
            "valid_to": a_year_later(plan.valid_to) or ALWAYS,
        }
        made, new = Plan.objects.get_or_create(
            defaults=fields, **owned(Plan, key, issuer_unit=plan.issuer_unit)
        )
        if new:
            Target.objects.bulk_create(_a_year_later(row, made) for row in targets)
            for activity in plan.activities.filter(pk__in=data.activities).order_by("pk"):
                _copy_activity(activity, made, set(valid))
            written("plan.copy", made.uid, by, at)
    return made


def _targets(plan: Plan, wanted: Collection[int], valid: set[int], by: Scope) -> list[Target]:
    rows = list(plan.targets.filter(pk__in=wanted).order_by("pk"))
    inside = reach(by.to(Permission.EDIT_PLANS))
    if any(row.unit_id not in valid or not inside.holds(row.unit_id) for row in rows):
        raise Refused("unit_ended", _("Có chỉ tiêu của đơn vị không còn hoạt động hoặc ngoài phạm vi."))
    return rows


def _a_year_later(row: Target, plan: Plan) -> Target:
    return Target(
        uid=new_uid(), plan=plan, indicator=row.indicator, unit_id=row.unit_id, year=row.year + 1, value=row.value,
        comparator=row.comparator, quote=row.quote,
    )  # fmt: skip


def _copy_activity(activity: Activity, plan: Plan, valid: set[int]) -> None:
    lead = activity.lead_unit_id if activity.lead_unit_id in valid else None
    made = Activity.objects.create(
        uid=new_uid(), plan=plan, title=activity.title, lead_unit_id=lead,
        starts_on=a_year_later(activity.starts_on), ends_on=a_year_later(activity.ends_on),
    )  # fmt: skip
    made.partner_units.set(unit for unit in activity.partner_units.all() if unit.pk in valid)
