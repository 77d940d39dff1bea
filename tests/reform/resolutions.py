"""Resolutions as somebody writes them, with few words."""

from __future__ import annotations

from datetime import UTC, date, datetime

from nhanlucso.kernel.scope import SYSTEM, Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.reform.models import Resolution
from nhanlucso.reform.rules.draft import NewUnit, Row
from nhanlucso.reform.services.drafting import Words, add_rows, draft_resolution
from nhanlucso.reform.services.enacting import Enacted, enact_resolution, reverse_resolution

DAY, LAST = date(2025, 7, 1), date(2025, 6, 30)
AT = datetime(2025, 5, 20, 8, 30, tzinfo=UTC)


def draft(
    *rows: Row,
    units: tuple[NewUnit, ...] = (),
    by: Scope = SYSTEM,
    unit: Unit | None = None,
    day: date = DAY,
) -> Resolution:
    """A draft, of 1 July 2025 unless another day is given."""
    words = Words("Sắp xếp đơn vị", day, "1673/NQ", unit)
    made = draft_resolution(words=words, by=by, at=AT)
    add_rows(resolution=made, units=units, rows=rows, by=by, at=AT)
    return made


def enact(resolution: Resolution, by: Scope = SYSTEM) -> Enacted:
    return enact_resolution(resolution=resolution, by=by, at=AT)


def reverse(resolution: Resolution, by: Scope = SYSTEM) -> bool:
    return reverse_resolution(resolution=resolution, by=by, at=AT)


def row(kind: str, origin: Unit | None, target: Unit | str | None = None, **words: str) -> Row:
    parent = words.pop("parent", None)
    assert parent is None
    return Row(
        0, kind, origin.pk if origin else None, target.pk if isinstance(target, Unit) else target, **words
    )


def moved(unit: Unit, parent: Unit | str) -> Row:
    return Row(0, "move", unit.pk, unit.pk, parent=parent.pk if isinstance(parent, Unit) else parent)
