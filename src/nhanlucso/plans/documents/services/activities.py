"""Writing the activities of a plan: who chairs, who joins, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.kernel.clock import local_date
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history, writable_unit
from nhanlucso.plans.documents.queries import has_classes, writable_activity, writable_plan
from nhanlucso.plans.models import Activity, Plan
from nhanlucso.plans.rules import check_span, title_of
from nhanlucso.plans.trail import owned, written


@dataclass(frozen=True, slots=True)
class ActivityData:
    """A piece of work; None is unknown."""

    title: str
    lead: Unit | None = None
    starts_on: date | None = None
    ends_on: date | None = None


def add_activity(*, plan: Plan, activity: ActivityData, key: str = "", by: Scope, at: datetime) -> Activity:
    """Writes an activity. With a `key` that was used before in this plan, the activity of then.

    Raises Refused("not_allowed", "title_missing", "title_too_long", "bad_span"), Plan.DoesNotExist,
    Unit.DoesNotExist for a chair outside the reach.
    """
    by = by.require(Permission.EDIT_PLANS)
    writable_plan(by, plan.pk)
    fields = _fields(activity, None, by)
    with transaction.atomic():
        made, new = Activity.objects.get_or_create(defaults=fields, **owned(Activity, key, plan=plan))
        if new:
            written("activity.add", made.uid, by, at)
    return made


def change_activity(*, activity: Activity, data: ActivityData, by: Scope, at: datetime) -> Activity:
    """Corrects an activity. Raises as `add_activity`, Activity.DoesNotExist. A chair outside the reach that stood
    there before may stay."""
    by = by.require(Permission.EDIT_PLANS)
    writable_activity(by, activity.pk)
    fields = _fields(data, activity.lead_unit_id, by)
    with transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(**fields)
        written("activity.change", activity.uid, by, at)
    activity.refresh_from_db()
    return activity


def add_partner(*, activity: Activity, unit: Unit, by: Scope, at: datetime) -> None:
    """Makes any unit of today a partner of an activity. One that is a partner already stays one.

    Raises Refused("not_allowed", "unit_not_valid", "is_lead"), Activity.DoesNotExist.
    """
    by = by.require(Permission.EDIT_PLANS)
    writable_activity(by, activity.pk)
    if history().version(unit.pk, local_date(at)) is None:
        raise Refused("unit_not_valid", _("Đơn vị này không còn hoạt động."))
    if unit.pk == activity.lead_unit_id:
        raise Refused("is_lead", _("Đơn vị này đang chủ trì nhiệm vụ."))
    with transaction.atomic():
        if not activity.partner_units.filter(pk=unit.pk).exists():
            activity.partner_units.add(unit)
            written("activity.add_partner", activity.uid, by, at)


def remove_partner(*, activity: Activity, unit: Unit, by: Scope, at: datetime) -> None:
    """Takes a partner off an activity. Raises Refused("not_allowed"), Activity.DoesNotExist."""
    by = by.require(Permission.EDIT_PLANS)
    writable_activity(by, activity.pk)
    with transaction.atomic():
        if activity.partner_units.filter(pk=unit.pk).exists():
            activity.partner_units.remove(unit)
            written("activity.remove_partner", activity.uid, by, at)


def remove_activity(*, activity: Activity, by: Scope, at: datetime) -> None:
    """Removes an activity without classes. Raises Refused("not_allowed", "has_classes"), Activity.DoesNotExist."""
    by = by.require(Permission.EDIT_PLANS)
    writable_activity(by, activity.pk)
    with transaction.atomic():
        if has_classes(by, [activity.pk]):
            raise Refused(
                "has_classes", _("Có lớp học thuộc nhiệm vụ này. Chuyển lớp sang nhiệm vụ khác trước.")
            )
        written("activity.remove", activity.uid, by, at)
        activity.delete()


def _fields(data: ActivityData, before: int | None, by: Scope) -> dict[str, object]:
    check_span(data.starts_on, data.ends_on)
    if data.lead is not None and data.lead.pk != before:
        writable_unit(by, Permission.EDIT_PLANS, data.lead.pk)
    return {
        "title": title_of(data.title),
        "lead_unit": data.lead,
        "starts_on": data.starts_on,
        "ends_on": data.ends_on,
    }
