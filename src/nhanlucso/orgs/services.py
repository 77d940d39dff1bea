"""Writing units and their changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from nhanlucso.audit.services import record
from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean, fold
from nhanlucso.orgs.models import StructureStamp, Unit, UnitChange, UnitVersion
from nhanlucso.orgs.queries import history, visible_unit


def structure_changed() -> None:
    """Marks trees held in memory as old. Call inside the transaction of the write."""
    StructureStamp.objects.update_or_create(pk=1, defaults={"token": new_uid()})


@dataclass(frozen=True, slots=True)
class NewUnit:
    """What is asked of whoever adds a unit by hand."""

    name: str
    kind: str
    parent: Unit | None
    code: str = ""
    valid_from: date = EVER


def add_unit(*, unit: NewUnit, by: Scope, at: datetime) -> Unit:
    """Adds a unit below a parent that `by` reaches. Raises Refused("parent_not_valid", "name_missing")."""
    name = clean(unit.name)
    if not name:
        raise Refused("name_missing", "Chưa có tên đơn vị.")
    if unit.parent is not None:
        visible_unit(by, unit.parent.pk)
        if history().version(unit.parent.pk, max(unit.valid_from, _first_day(unit.parent))) is None:
            raise Refused("parent_not_valid", "Đơn vị cấp trên không còn hiệu lực vào ngày này.")
    with transaction.atomic():
        row = Unit.objects.create(uid=new_uid())
        UnitVersion.objects.create(
            unit=row,
            code=clean(unit.code),
            name=name,
            name_folded=fold(name),
            kind=unit.kind,
            parent=unit.parent,
            valid_from=unit.valid_from,
        )
        _written("unit.add", row, by, at)
    return row


def end_unit(
    *, unit: Unit, last_day: date, heir: Unit | None, document: str, by: Scope, at: datetime
) -> None:
    """Closes a unit after `last_day`. With an heir its past is carried there (merge), without one it is abolished.

    Raises Refused("not_valid") if it is not valid on that day, Refused("bad_heir") for itself as heir.
    """
    current = UnitVersion.objects.filter(unit=unit, valid_from__lte=last_day, valid_to__gte=last_day).first()
    if current is None or last_day == ALWAYS:
        raise Refused("not_valid", "Đơn vị không có hiệu lực vào ngày này.")
    if heir == unit:
        raise Refused("bad_heir", "Đơn vị không thể tiếp nhận chính mình.")
    with transaction.atomic():
        UnitVersion.objects.filter(unit=unit, valid_from__gt=last_day).delete()
        current.valid_to = last_day
        current.save(update_fields=["valid_to"])
        UnitChange.objects.create(
            uid=new_uid("end"),
            kind="merge" if heir else "abolish",
            date=last_day + timedelta(days=1),
            from_unit=unit,
            to_unit=heir,
            document=clean(document),
        )
        _written("unit.end", unit, by, at)


def _written(verb: str, unit: Unit, by: Scope, at: datetime) -> None:
    structure_changed()
    record(verb=verb, object_type="unit", object_id=unit.uid, by=by.account_id, at=at, facts=True)


def _first_day(unit: Unit) -> date:
    versions = history().versions.get(unit.pk)
    return versions[0].valid_from if versions else EVER
