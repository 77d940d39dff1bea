"""Writing plans, the programmes that they carry out, and directives that follow from them.

Numbers and dates are given by the registry: they may be left empty and are never made here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import writable_unit
from nhanlucso.plans.documents.queries import (
    has_classes,
    writable_directive,
    writable_plan,
    writable_programme,
)
from nhanlucso.plans.models import Directive, Plan, Programme
from nhanlucso.plans.rules import check_span, title_of
from nhanlucso.plans.trail import owned, written


@dataclass(frozen=True, slots=True)
class PlanData:
    """A plan as issued; None and empty are unknown."""

    title: str
    issuer: Unit
    number: str = ""
    programme: Programme | None = None
    issued_on: date | None = None
    valid_from: date = EVER
    valid_to: date = ALWAYS


@dataclass(frozen=True, slots=True)
class ProgrammeData:
    """A programme; `issuer` as it is written there, it need not be a unit of this installation."""

    title: str
    number: str = ""
    issuer: str = ""
    issued_on: date | None = None
    valid_from: date = EVER
    valid_to: date = ALWAYS


@dataclass(frozen=True, slots=True)
class DirectiveData:
    """A directive; None and empty are unknown."""

    title: str
    number: str = ""
    issuer: Unit | None = None
    issued_on: date | None = None


def add_plan(*, plan: PlanData, key: str = "", by: Scope, at: datetime) -> Plan:
    """Writes a plan of a unit where plans may be edited. With a `key` that was used before for the same issuer, the
    plan of then.

    Raises Refused("not_allowed", "title_missing", "title_too_long", "bad_span"), Unit.DoesNotExist.
    """
    by = by.require(Permission.EDIT_PLANS)
    writable_unit(by, Permission.EDIT_PLANS, plan.issuer.pk)
    fields = _plan_fields(plan)
    with transaction.atomic():
        made, new = Plan.objects.get_or_create(defaults=fields, **owned(Plan, key, issuer_unit=plan.issuer))
        if new:
            written("plan.add", made.uid, by, at)
    return made


def change_plan(*, plan: Plan, data: PlanData, by: Scope, at: datetime) -> Plan:
    """Corrects a plan. Raises as `add_plan`, Plan.DoesNotExist."""
    by = by.require(Permission.EDIT_PLANS)
    writable_plan(by, plan.pk)
    writable_unit(by, Permission.EDIT_PLANS, data.issuer.pk)
    fields = _plan_fields(data)
    with transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(issuer_unit=data.issuer, **fields)
        written("plan.change", plan.uid, by, at)
    plan.refresh_from_db()
    return plan


def remove_plan(*, plan: Plan, by: Scope, at: datetime) -> None:
    """Removes a plan with its targets and activities.

    Raises Refused("not_allowed", "has_classes", "has_directives"), Plan.DoesNotExist.
    """
    by = by.require(Permission.EDIT_PLANS)
    writable_plan(by, plan.pk)
    with transaction.atomic():
        if has_classes(by, plan.activities.values_list("pk", flat=True)):
            raise Refused(
                "has_classes",
                _("Có lớp học thuộc nhiệm vụ của kế hoạch này. Chuyển lớp sang nhiệm vụ khác trước."),
            )
        if plan.directives.exists():
            raise Refused(
                "has_directives", _("Có văn bản chỉ đạo theo kế hoạch này. Xóa các văn bản đó trước.")
            )
        written("plan.remove", plan.uid, by, at)
        plan.delete()


def add_programme(*, programme: ProgrammeData, key: str = "", by: Scope, at: datetime) -> Programme:
    """Writes a programme. With a `key` that was used before, the programme of then.

    Raises Refused("not_allowed", "title_missing", "title_too_long", "bad_span").
    """
    by = by.require(Permission.EDIT_PLANS)
    fields = _programme_fields(programme)
    with transaction.atomic():
        made, new = Programme.objects.get_or_create(defaults=fields, **owned(Programme, key))
        if new:
            written("programme.add", made.uid, by, at)
    return made


def change_programme(*, programme: Programme, data: ProgrammeData, by: Scope, at: datetime) -> Programme:
    """Corrects a programme that no plan outside the reach carries out. Raises as `add_programme`,
    Programme.DoesNotExist."""
    by = by.require(Permission.EDIT_PLANS)
    writable_programme(by, programme.pk)
    fields = _programme_fields(data)
    with transaction.atomic():
        Programme.objects.filter(pk=programme.pk).update(**fields)
        written("programme.change", programme.uid, by, at)
    programme.refresh_from_db()
    return programme


def remove_programme(*, programme: Programme, by: Scope, at: datetime) -> None:
    """Removes a programme without plans. Raises Refused("not_allowed", "has_plans"), Programme.DoesNotExist."""
    by = by.require(Permission.EDIT_PLANS)
    writable_programme(by, programme.pk)
    with transaction.atomic():
        if programme.plans.exists():
            raise Refused("has_plans", _("Có kế hoạch thực hiện đề án này. Sửa các kế hoạch đó trước."))
        written("programme.remove", programme.uid, by, at)
        programme.delete()


def add_directive(
    *, plan: Plan, directive: DirectiveData, key: str = "", by: Scope, at: datetime
) -> Directive:
    """Writes a directive that follows from a plan. With a `key` that was used before for it, the directive of then.

    Raises Refused("not_allowed", "title_missing", "title_too_long"), Plan.DoesNotExist, Unit.DoesNotExist.
    """
    by = by.require(Permission.EDIT_PLANS)
    writable_plan(by, plan.pk)
    fields = _directive_fields(directive, by)
    with transaction.atomic():
        made, new = Directive.objects.get_or_create(defaults=fields, **owned(Directive, key, plan=plan))
        if new:
            written("directive.add", made.uid, by, at)
    return made


def change_directive(*, directive: Directive, data: DirectiveData, by: Scope, at: datetime) -> Directive:
    """Corrects a directive. Raises as `add_directive`, Directive.DoesNotExist."""
    by = by.require(Permission.EDIT_PLANS)
    writable_directive(by, directive.pk)
    fields = _directive_fields(data, by)
    with transaction.atomic():
        Directive.objects.filter(pk=directive.pk).update(**fields)
        written("directive.change", directive.uid, by, at)
    directive.refresh_from_db()
    return directive


def remove_directive(*, directive: Directive, by: Scope, at: datetime) -> None:
    """Removes a directive. Raises Refused("not_allowed"), Directive.DoesNotExist."""
    by = by.require(Permission.EDIT_PLANS)
    writable_directive(by, directive.pk)
    with transaction.atomic():
        written("directive.remove", directive.uid, by, at)
        directive.delete()


def _plan_fields(data: PlanData) -> dict[str, object]:
    check_span(data.valid_from, data.valid_to)
    return {
        "title": title_of(data.title),
        "number": clean(data.number),
        "programme": data.programme,
        "issued_on": data.issued_on,
        "valid_from": data.valid_from,
        "valid_to": data.valid_to,
    }


def _programme_fields(data: ProgrammeData) -> dict[str, object]:
    check_span(data.valid_from, data.valid_to)
    return {
        "title": title_of(data.title),
        "number": clean(data.number),
        "issuer": clean(data.issuer),
        "issued_on": data.issued_on,
        "valid_from": data.valid_from,
        "valid_to": data.valid_to,
    }


def _directive_fields(data: DirectiveData, by: Scope) -> dict[str, object]:
    if data.issuer is not None:
        writable_unit(by, Permission.EDIT_PLANS, data.issuer.pk)
    return {
        "title": title_of(data.title),
        "number": clean(data.number),
        "issuer_unit": data.issuer,
        "issued_on": data.issued_on,
    }
