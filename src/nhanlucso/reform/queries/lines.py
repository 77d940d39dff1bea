"""A resolution as people read it, row by row."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history
from nhanlucso.orgs.rules import Version
from nhanlucso.reform.enums import ResolutionState
from nhanlucso.reform.models import PlannedChange, PlannedUnit, Resolution
from nhanlucso.reform.problems import said
from nhanlucso.reform.queries.resolutions import visible_resolution
from nhanlucso.reform.rules.draft import ONE_DAY, Problem
from nhanlucso.reform.rules.planning import plan
from nhanlucso.reform.stored import draft_of, key_of


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the old unit (None: a new one is made), what happens, and what it becomes. `unit`: the primary key of
    that where it is there; `wrong`: what stands in the way."""

    pk: int
    kind: str
    verb: str
    old: Version | None
    becomes: str
    unit: int | None
    is_new: bool
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The rows of a resolution, and the problems that belong to no row of it."""

    lines: tuple[Line, ...]
    wrong: tuple[str, ...]
    problems: int


def told_lines(scope: Scope, uid: str) -> Told:
    """All rows of a resolution in the order in which they were written, with what stands in the way of a draft.

    Raises Resolution.DoesNotExist outside the scope.
    """
    resolution = visible_resolution(scope, uid)
    rows = list(resolution.changes.order_by("pk"))
    problems: tuple[Problem, ...] = ()
    draft = draft_of(resolution)
    if resolution.state == ResolutionState.DRAFT and rows:
        problems = plan(history(), draft).problems
    words: dict[int, list[str]] = {row.pk: [] for row in rows}
    loose: list[str] = []
    for problem in problems:
        words.get(problem.row or 0, loose).append(said(problem))
    new = {unit.pk: unit for unit in resolution.units.all()}
    lines = tuple(_line(resolution, row, new, tuple(words[row.pk])) for row in rows)
    return Told(lines, tuple(loose), len(problems))


def planned_units(scope: Scope, uid: str) -> list[tuple[str, PlannedUnit]]:
    """The units that a resolution makes, each with its key among plain values."""
    units = visible_resolution(scope, uid).units.order_by("name", "pk")
    return [(key_of(unit.pk), unit) for unit in units]


def _line(
    resolution: Resolution, row: PlannedChange, new: dict[int, PlannedUnit], wrong: tuple[str, ...]
) -> Line:
    past, day = history(), resolution.date
    old = past.version_near(row.from_unit_id, resolution.date - ONE_DAY) if row.from_unit_id else None
    planned = new.get(row.to_planned_id or 0)
    there = past.version_near(row.to_unit_id, day) if row.to_unit_id else None
    if row.kind in ("rename", "move"):
        becomes, unit = _anew(resolution, row, new), row.from_unit_id
    elif planned is not None:
        becomes, unit = planned.name, planned.unit_id
    else:
        becomes, unit = (there.name if there else ""), row.to_unit_id
    if row.from_unit_id is not None and row.from_unit_id == row.to_unit_id and row.kind == "split":
        becomes = _("%(name)s (vẫn còn)") % {"name": becomes}
    return Line(row.pk, row.kind, row.get_kind_display(), old, becomes, unit, planned is not None, wrong)


def _anew(resolution: Resolution, row: PlannedChange, new: dict[int, PlannedUnit]) -> str:
    """What a unit that goes on is from the day on, as far as that is new."""
    planned = new.get(row.parent_planned_id or 0)
    above = history().version_near(row.parent_id, resolution.date) if row.parent_id else None
    parent = planned.name if planned else above.name if above else ""
    told = [row.name, _("mã %(code)s") % {"code": row.code} if row.code else ""]
    told.append(_("thuộc %(name)s") % {"name": parent} if parent else "")
    return ", ".join(word for word in told if word)
