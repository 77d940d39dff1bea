"""Between the rows that a resolution is stored in and the plain values that it is planned by."""

from __future__ import annotations

from nhanlucso.orgs.restructuring.rules import Ref
from nhanlucso.reform.models import PlannedChange, PlannedUnit, Resolution
from nhanlucso.reform.rules.draft import Draft, NewUnit, Row


def key_of(planned: int) -> str:
    """The key of a planned unit among plain values."""
    return f"#{planned}"


def draft_of(resolution: Resolution) -> Draft:
    """What a resolution asks for, in the order in which it was written."""
    units = resolution.units.order_by("pk")
    changes = resolution.changes.order_by("pk")
    return Draft(resolution.date, tuple(map(_unit, units)), tuple(map(_row, changes)))


def _unit(planned: PlannedUnit) -> NewUnit:
    return NewUnit(
        key=key_of(planned.pk),
        name=planned.name,
        kind=planned.kind,
        code=planned.code,
        parent=_ref(planned.parent_id, planned.above_id),
        catalogue_key=planned.catalogue_key,
    )


def _row(change: PlannedChange) -> Row:
    return Row(
        key=change.pk,
        kind=change.kind,
        origin=change.from_unit_id,
        target=_ref(change.to_unit_id, change.to_planned_id),
        name=change.name,
        code=change.code,
        parent=_ref(change.parent_id, change.parent_planned_id),
        catalogue_key=change.catalogue_key,
    )


def _ref(unit: int | None, planned: int | None) -> Ref | None:
    return key_of(planned) if planned is not None else unit
