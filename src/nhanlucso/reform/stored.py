"""Between the rows that a resolution is stored in and the plain values that it is planned by; marks that tell whether
either has changed."""

from __future__ import annotations

from hashlib import sha256

from nhanlucso.audit.models import Event
from nhanlucso.orgs.models import StructureStamp
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


def mark_of(draft: Draft) -> str:
    """Tells two drafts apart."""
    return sha256(repr(draft).encode()).hexdigest()


def structure_token() -> str:
    """Changes with every change of units."""
    return StructureStamp.objects.filter(pk=1).values_list("token", flat=True).first() or ""


def newest_event() -> int:
    """The number of the last act on record."""
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


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
