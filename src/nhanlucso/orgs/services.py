"""Writing units and their changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.steady import forget
from nhanlucso.kernel.text import clean, fold
from nhanlucso.orgs.enums import ChangeKind, UnitKind
from nhanlucso.orgs.models import StructureStamp, Unit, UnitChange, UnitVersion
from nhanlucso.orgs.queries import (
    HISTORY,
    changeable_unit,
    history,
    require_everything,
    visible_unit,
    writable_unit,
)
from nhanlucso.orgs.rules import may_stand_below, may_take_over


def structure_changed() -> None:
    """Marks trees held in memory as old. Call inside the transaction of the write."""
    StructureStamp.objects.update_or_create(pk=1, defaults={"token": new_uid()})
    forget(HISTORY)


@dataclass(frozen=True, slots=True)
class NewUnit:
    """What is asked of whoever adds a unit by hand."""

    name: str
    kind: str
    parent: Unit | None
    code: str = ""
    valid_from: date = EVER


def add_unit(*, unit: NewUnit, by: Scope, at: datetime) -> Unit:
    """Adds a unit below a parent that `by` reaches; without a parent only who reaches everything.

    Raises Refused("not_allowed", "name_missing", "bad_kind", "parent_not_valid", "name_taken"); Unit.DoesNotExist.
    """
    by = by.require(Permission.EDIT_UNITS)
    name = clean(unit.name)
    if not name:
        raise Refused("name_missing", _("Chưa có tên đơn vị."))
    if unit.kind not in UnitKind.values:
        raise Refused("bad_kind", _("Không có loại đơn vị này."))
    if unit.parent is None:
        require_everything(by)
    else:
        visible_unit(by, unit.parent.pk)
        first = max(unit.valid_from, _first_day(unit.parent))
        above = history().version(unit.parent.pk, first)
        if above is None:
            raise Refused("parent_not_valid", _("Đơn vị cấp trên không có hiệu lực vào ngày này."))
        if not may_stand_below(unit.kind, above.kind):
            raise Refused("bad_kind", _cannot_stand(unit.kind, above.kind))
        _check_name_free(unit.parent.pk, unit.kind, name, first)
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
    """Closes a unit after `last_day`. With an heir its past is carried there (merge) and what stands below it
    moves there; without one it is abolished.

    Raises Refused("not_allowed"), Refused("not_valid") if it is not valid on that day, Refused("bad_heir") for an
    heir that is the unit itself, below it, not valid afterwards or of a kind that cannot take over,
    Refused("has_children") without an heir while units stand below; Unit.DoesNotExist outside the scope.
    """
    current = _own_version(unit, last_day, by)
    if last_day == ALWAYS:
        raise Refused("not_valid", _("Đơn vị không có hiệu lực vào ngày này."))
    day = last_day + timedelta(days=1)
    below = history().children(unit.pk, day)
    if heir is not None:
        writable_unit(by, Permission.EDIT_UNITS, heir.pk)
        kind = _check_above(
            unit, heir, day, "bad_heir", _("Đơn vị tiếp nhận không có hiệu lực vào ngày này.")
        )
        if not may_take_over(kind, current.kind):
            message = _("%(heir)s không tiếp nhận được %(kind)s.")
            raise Refused("bad_heir", message % {"heir": _named(kind), "kind": _named(current.kind).lower()})
    elif below:
        names = ", ".join(child.name for child in below[:5]) + ("…" if len(below) > 5 else "")
        message = _(
            "Còn %(count)d đơn vị bên dưới (%(names)s). Chọn đơn vị tiếp nhận, hoặc kết thúc chúng trước."
        )
        raise Refused("has_children", message % {"count": len(below), "names": names})
    with transaction.atomic():
        for child in below:
            part = UnitVersion.objects.get(unit=child.unit, valid_from=child.valid_from)
            _next_version(part, day, ChangeKind.MOVE, document, parent=heir)
        UnitVersion.objects.filter(unit=unit, valid_from__gt=last_day).delete()
        current.valid_to = last_day
        current.save(update_fields=["valid_to"])
        UnitChange.objects.create(
            uid=new_uid("end"),
            kind=ChangeKind.MERGE if heir else ChangeKind.ABOLISH,
            date=day,
            from_unit=unit,
            to_unit=heir,
            document=clean(document),
        )
        _written("unit.end", unit, by, at)


def rename_unit(*, unit: Unit, name: str, day: date, document: str, by: Scope, at: datetime) -> None:
    """Gives a unit another name from `day` on.

    Raises Refused("not_allowed"), Refused("not_valid") if it is not valid on that day, Refused("name_missing",
    "same_name", "name_taken"), Refused("overlapping_versions") if a version begins on that very day;
    Unit.DoesNotExist outside the scope.
    """
    current, wanted = _own_version(unit, day, by), clean(name)
    if not wanted:
        raise Refused("name_missing", _("Chưa có tên đơn vị."))
    if wanted == current.name:
        raise Refused("same_name", _("Đơn vị đã mang tên này."))
    _check_begins_before(current, day)
    if current.parent_id is not None:
        _check_name_free(current.parent_id, current.kind, wanted, day, but=unit.pk)
    with transaction.atomic():
        _next_version(current, day, ChangeKind.RENAME, document, name=wanted)
        _written("unit.rename", unit, by, at)


def move_unit(*, unit: Unit, parent: Unit, day: date, document: str, by: Scope, at: datetime) -> None:
    """Puts a unit below another one from `day` on.

    Raises Refused("not_allowed", "not_valid", "overlapping_versions") as `rename_unit`, Refused("bad_parent") for
    a parent that is the unit itself, below it, its parent already, not valid or of a kind that holds no such unit;
    Unit.DoesNotExist outside the scope.
    """
    current = _own_version(unit, day, by)
    writable_unit(by, Permission.EDIT_UNITS, parent.pk)
    if current.parent_id == parent.pk:
        raise Refused("bad_parent", _("Đơn vị đã ở dưới đơn vị này."))
    kind = _check_above(unit, parent, day, "bad_parent", _("Đơn vị cấp trên không có hiệu lực vào ngày này."))
    if not may_stand_below(current.kind, kind):
        raise Refused("bad_parent", _cannot_stand(current.kind, kind))
    _check_begins_before(current, day)
    with transaction.atomic():
        _next_version(current, day, ChangeKind.MOVE, document, parent=parent)
        _written("unit.move", unit, by, at)


def _own_version(unit: Unit, day: date, by: Scope) -> UnitVersion:
    """The version of a day, if `by` may change it: who is entrusted with a unit does not change that unit itself."""
    changeable_unit(by, unit.pk)
    found = UnitVersion.objects.filter(unit=unit, valid_from__lte=day, valid_to__gte=day).first()
    if found is None:
        raise Refused("not_valid", _("Đơn vị không có hiệu lực vào ngày này."))
    return found


def _next_version(
    current: UnitVersion,
    day: date,
    kind: ChangeKind,
    document: str,
    *,
    name: str | None = None,
    parent: Unit | None = None,
) -> None:
    """Closes a version before `day` and opens the next one, which lasts as long as the first would have."""
    last = current.valid_to
    if current.valid_from < day:
        current.valid_to = day - timedelta(days=1)
        current.save(update_fields=["valid_to"])
    else:
        current.delete()
    UnitVersion.objects.create(
        unit_id=current.unit_id,
        code=current.code,
        name=name or current.name,
        name_folded=fold(name or current.name),
        kind=current.kind,
        parent_id=parent.pk if parent else current.parent_id,
        valid_from=day,
        valid_to=last,
    )
    UnitChange.objects.create(
        uid=new_uid(kind.value),
        kind=kind,
        date=day,
        from_unit_id=current.unit_id,
        to_unit_id=current.unit_id,
        document=clean(document),
    )


def _check_begins_before(current: UnitVersion, day: date) -> None:
    if current.valid_from >= day:
        message = _("Đơn vị đã có một thay đổi từ chính ngày %(day)s; chọn ngày khác.")
        raise Refused("overlapping_versions", message % {"day": f"{day:%d/%m/%Y}"})


def _check_above(unit: Unit, above: Unit, day: date, code: str, not_valid: str) -> str:
    """The kind of an heir or parent; refuses one that is the unit itself, stands below it, or is not valid on the
    day."""
    found = history().version(above.pk, day)
    if found is None:
        raise Refused(code, not_valid)
    if unit.pk in history().closure(day)[above.pk]:
        raise Refused(code, _("Không thể chọn chính đơn vị này hoặc đơn vị bên dưới nó."))
    return found.kind


def _cannot_stand(kind: str, above: str) -> str:
    message = _("%(kind)s không đặt dưới %(above)s được.")
    return message % {"kind": _named(kind), "above": _named(above).lower()}


def _named(kind: str) -> str:
    return str(UnitKind(kind).label)


def _check_name_free(parent: int, kind: str, name: str, day: date, but: int | None = None) -> None:
    wanted = clean(name).casefold()
    for sibling in history().children(parent, day):
        if sibling.unit != but and sibling.kind == kind and sibling.name.casefold() == wanted:
            raise Refused("name_taken", _("Ở đây đã có đơn vị cùng loại mang tên này."))


def _written(verb: str, unit: Unit, by: Scope, at: datetime) -> None:
    structure_changed()
    record(verb=verb, object_type="unit", object_id=unit.uid, by=by.account_id, at=at, facts=True)


def _first_day(unit: Unit) -> date:
    versions = history().versions.get(unit.pk)
    return versions[0].valid_from if versions else EVER
