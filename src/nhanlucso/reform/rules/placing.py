"""Whether every unit that begins anew stands where it may: below something that is there and holds such units as long
as it stands there, beside nothing of its name, and not below itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from datetime import date

from nhanlucso.kernel.clock import ALWAYS
from nhanlucso.orgs.restructuring.rules import Opening, Ref
from nhanlucso.orgs.rules import History, may_stand_below
from nhanlucso.reform.rules.draft import ONE_DAY, Draft, Problem

ROOTS = frozenset({"country", "province"})


class Places:
    """The tree of the day as it is to be."""

    def __init__(self, past: History, draft: Draft, gone: Set[int], opening: tuple[Opening, ...]) -> None:
        self.past, self.opening, self.rows = past, opening, _rows(draft)
        self.anew = {unit.unit: unit for unit in opening}
        self.last, self.later = draft.last, _days_of_change(past, draft.day)
        self.units: dict[Ref, Opening] = {}
        for there in past.closure(draft.day):
            version = past.version(there, draft.day)
            if version is not None and there not in gone:
                self.units[there] = Opening(there, version.name, version.kind, version.code, version.parent)
        self.units |= self.anew
        self.names: dict[tuple[Ref | None, str, str], list[Ref]] = {}
        for unit in self.units.values():
            self.names.setdefault((unit.parent, unit.kind, unit.name.casefold()), []).append(unit.unit)

    def above(self, unit: Ref, on: date) -> tuple[bool, Ref | None]:
        """Whether a unit is there on a day after the draft's, and below what it stands then."""
        new = self.anew.get(unit)
        if new is not None and (new.until is None or on <= new.until):
            return True, new.parent
        version = self.past.version(unit, on) if isinstance(unit, int) else None
        return version is not None, version.parent if version else None


def place_problems(tree: Places, named: Set[Ref | None]) -> Iterator[Problem]:
    """What is wrong with the places of the units that begin anew; each problem with the row that speaks of it.

    Only those that are `named` anew may not bear the name of another: villages that come along keep theirs.
    """
    for unit in tree.opening:
        problem = _problem(tree, unit, unit.unit in named)
        if problem:
            code, words = problem
            key = unit.unit if isinstance(unit.unit, str) else ""
            yield Problem(code, tree.rows.get(unit.unit), key, {"name": unit.name, **words})


def _rows(draft: Draft) -> Mapping[Ref, int]:
    """The first row that speaks of a unit."""
    found: dict[Ref, int] = {}
    for row in draft.rows:
        for ref in (row.origin, row.target):
            if ref is not None:
                found.setdefault(ref, row.key)
    return found


def _days_of_change(past: History, day: date) -> list[date]:
    """Days after `day` on which a version is there for the first time, or no more."""
    found = set()
    for versions in past.versions.values():
        for version in versions:
            if version.valid_from > day:
                found.add(version.valid_from)
            if day <= version.valid_to < ALWAYS:
                found.add(version.valid_to + ONE_DAY)
    return sorted(found)


def _problem(tree: Places, unit: Opening, named: bool) -> tuple[str, dict[str, str]] | None:
    if unit.parent is None:
        return None if unit.kind in ROOTS or isinstance(unit.unit, int) else ("no_place", {})
    above = tree.units.get(unit.parent)
    if above is None:
        return "parent_not_valid", {}
    if _is_below_itself(tree, unit):
        return "cycle", {}
    if not may_stand_below(unit.kind, above.kind):
        return "wrong_place", {"parent": above.name}
    if named and len(tree.names[unit.parent, unit.kind, unit.name.casefold()]) > 1:
        return "name_taken", {"parent": above.name}
    if any(_falls_out(tree, unit, day) for day in _later_days(tree, unit)):
        return "changes_later", {"name": above.name}
    return None


def _later_days(tree: Places, unit: Opening) -> Iterator[date]:
    """Days on which what a unit comes to stand below may be something else; none where it stays where it is."""
    version = tree.past.version(unit.unit, tree.last) if isinstance(unit.unit, int) else None
    if version is None or version.parent != unit.parent:
        yield from (day for day in tree.later if unit.until is None or day <= unit.until)


def _falls_out(tree: Places, unit: Opening, on: date) -> bool:
    """Whether what a unit stands below is there no more on a later day, or is below the unit itself by then."""
    if unit.parent is None:
        return False
    there, above = tree.above(unit.parent, on)
    seen = {unit.parent}
    while above is not None and above != unit.unit and above not in seen:
        seen.add(above)
        _there, above = tree.above(above, on)
    return not there or above == unit.unit


def _is_below_itself(tree: Places, unit: Opening) -> bool:
    seen: set[Ref] = set()
    above: Opening | None = unit
    while above is not None and above.unit not in seen:
        seen.add(above.unit)
        above = tree.units.get(above.parent) if above.parent is not None else None
    return above is not None
