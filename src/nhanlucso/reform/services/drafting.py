"""Writing a resolution, as long as it is a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import reach, visible_unit
from nhanlucso.orgs.restructuring.rules import Ref
from nhanlucso.reform.enums import ResolutionState
from nhanlucso.reform.models import PlannedChange, PlannedUnit, Resolution
from nhanlucso.reform.queries.resolutions import visible_resolution
from nhanlucso.reform.rules.draft import NewUnit, Row


@dataclass(frozen=True, slots=True)
class Words:
    """What a resolution is called and when it takes effect. `unit`: below which it works, None: everywhere."""

    title: str
    date: date
    number: str = ""
    unit: Unit | None = None


def draft_resolution(*, words: Words, by: Scope, at: datetime) -> Resolution:
    """Begins a draft. Raises Refused("not_allowed", "title_missing"); Unit.DoesNotExist outside the scope."""
    by = by.require(Permission.EDIT_UNITS)
    if words.unit is not None:
        visible_unit(by, words.unit.pk)
    elif not by.everything:
        raise Refused("not_allowed", _("Chỉ người phụ trách mọi đơn vị mới soạn được cho mọi nơi."))
    with transaction.atomic():
        made = Resolution.objects.create(
            uid=new_uid("nq"),
            number=clean(words.number),
            title=_title(words),
            date=words.date,
            unit=words.unit,
            made_by_id=by.account_id,
            made_at=at,
        )
        _written("resolution.draft", made, by, at)
    return made


def change_resolution(*, resolution: Resolution, words: Words, by: Scope, at: datetime) -> Resolution:
    """Corrects number, title and day of a draft. Raises Refused("not_allowed", "title_missing", "not_a_draft")."""
    with transaction.atomic():
        held = _open(resolution, by)
        held.number, held.title, held.date = clean(words.number), _title(words), words.date
        held.save(update_fields=["number", "title", "date"])
        _written("resolution.change", held, by, at)
    return held


def drop_resolution(*, resolution: Resolution, by: Scope, at: datetime) -> None:
    """Throws a draft away. Raises Refused("not_allowed", "not_a_draft")."""
    with transaction.atomic():
        held = _open(resolution, by)
        _written("resolution.drop", held, by, at)
        held.delete()


def add_rows(
    *,
    resolution: Resolution,
    units: Sequence[NewUnit],
    rows: Sequence[Row],
    by: Scope,
    at: datetime,
    replace: bool = False,
) -> int:
    """Writes rows with the new units that they speak of into a draft, or puts them in place of all that was there.

    Keys of new units are those of `units`, or of units that the draft has already. How many rows were written: one
    that stands there already is left out. Raises Refused("not_allowed", "not_a_draft"); Unit.DoesNotExist for units
    outside the scope.
    """
    allowed = by.require(Permission.EDIT_UNITS)
    _check_reach(units, rows, allowed)
    with transaction.atomic():
        held = _open(resolution, by)
        if replace:
            held.changes.all().delete()
            held.units.all().delete()
        planned = _store_units(held, units)
        changes = [_change(held, row, planned) for row in rows]
        there = {_content(change) for change in held.changes.all()}
        fresh = [change for change in changes if _content(change) not in there]
        PlannedChange.objects.bulk_create(fresh)
        _drop_unused(held)
        if fresh:
            _written("resolution.rows", held, by, at, len(fresh))
    return len(fresh)


def remove_row(*, resolution: Resolution, row: int, by: Scope, at: datetime) -> None:
    """Takes a row out of a draft, and a new unit with the last row that speaks of it. Gone already: nothing happens.

    Raises Refused("not_allowed", "not_a_draft").
    """
    with transaction.atomic():
        held = _open(resolution, by)
        gone, _tables = held.changes.filter(pk=row).delete()
        if gone:
            _drop_unused(held)
            _written("resolution.rows", held, by, at)


def _open(resolution: Resolution, by: Scope) -> Resolution:
    """The draft, locked. Raises Refused where it is none any more."""
    by.require(Permission.EDIT_UNITS)
    visible_resolution(by, resolution.uid)
    held = Resolution.objects.select_for_update().get(pk=resolution.pk)
    if held.state != ResolutionState.DRAFT:
        raise Refused("not_a_draft", _("Nghị quyết đã thực hiện; hoàn tác rồi mới sửa được."))
    return held


def _title(words: Words) -> str:
    title = clean(words.title)
    if not title:
        raise Refused("title_missing", _("Chưa có trích yếu của nghị quyết."))
    return title


def _check_reach(units: Sequence[NewUnit], rows: Sequence[Row], allowed: Scope) -> None:
    refs = {unit.parent for unit in units}
    refs |= {ref for row in rows for ref in (row.origin, row.target, row.parent)}
    inside = reach(allowed)
    if not all(inside.holds(ref) for ref in refs if isinstance(ref, int)):
        raise Unit.DoesNotExist


def _store_units(held: Resolution, units: Sequence[NewUnit]) -> Mapping[str, int]:
    """Primary keys of planned units by their keys, those that were there among them."""
    planned = {f"#{pk}": pk for pk in held.units.values_list("pk", flat=True)}
    made = PlannedUnit.objects.bulk_create(
        PlannedUnit(
            resolution=held,
            name=clean(unit.name),
            kind=unit.kind,
            code=clean(unit.code),
            parent_id=unit.parent if isinstance(unit.parent, int) else None,
            catalogue_key=unit.catalogue_key,
        )
        for unit in units
    )
    planned |= {unit.key: row.pk for unit, row in zip(units, made, strict=True)}
    for unit, row in zip(units, made, strict=True):
        if isinstance(unit.parent, str):
            row.above_id = planned[unit.parent]
            row.save(update_fields=["above"])
    return planned


def _change(held: Resolution, row: Row, planned: Mapping[str, int]) -> PlannedChange:
    def place(ref: Ref | None) -> tuple[int | None, int | None]:
        return (None, planned[ref]) if isinstance(ref, str) else (ref, None)

    to_unit, to_planned = place(row.target)
    parent, parent_planned = place(row.parent)
    return PlannedChange(
        resolution=held,
        kind=row.kind,
        from_unit_id=row.origin,
        to_unit_id=to_unit,
        to_planned_id=to_planned,
        name=clean(row.name),
        code=clean(row.code),
        parent_id=parent,
        parent_planned_id=parent_planned,
        catalogue_key=row.catalogue_key,
    )


def _content(change: PlannedChange) -> tuple[object, ...]:
    return (
        change.kind, change.from_unit_id, change.to_unit_id, change.to_planned_id, change.name, change.code,
        change.parent_id, change.parent_planned_id,
    )  # fmt: skip


def _drop_unused(held: Resolution) -> None:
    """New units that nothing becomes any more, nor stands below."""
    used = held.changes.filter(to_planned__isnull=False).values("to_planned")
    held.units.exclude(pk__in=used).delete()


def _written(verb: str, resolution: Resolution, by: Scope, at: datetime, count: int = 1) -> None:
    record(
        verb=verb,
        object_type="resolution",
        object_id=resolution.uid,
        by=by.account_id,
        at=at,
        count=count,
    )
