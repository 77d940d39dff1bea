"""Whether every unit that begins anew stands where it may: below something that is there and holds such units,
beside nothing of its name, and not below itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from nhanlucso.orgs.restructuring.rules import Opening, Ref
from nhanlucso.orgs.rules import History, may_stand_below
from nhanlucso.reform.rules.draft import Draft, Problem

ROOTS = frozenset({"country", "province"})


class Places:
    """The tree of the day as it is to be."""

    def __init__(self, past: History, draft: Draft, gone: Set[int], opening: tuple[Opening, ...]) -> None:
        self.opening, self.rows = opening, _rows(draft)
        self.units: dict[Ref, Opening] = {}
        for there in past.closure(draft.day):
            version = past.version(there, draft.day)
            if version is not None and there not in gone:
                self.units[there] = Opening(there, version.name, version.kind, version.code, version.parent)
        self.units |= {new.unit: new for new in opening}
        self.names: dict[tuple[Ref | None, str, str], list[Ref]] = {}
        for unit in self.units.values():
            self.names.setdefault((unit.parent, unit.kind, unit.name.casefold()), []).append(unit.unit)


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
    return None


def _is_below_itself(tree: Places, unit: Opening) -> bool:
    seen: set[Ref] = set()
    above: Opening | None = unit
    while above is not None and above.unit not in seen:
        seen.add(above.unit)
        above = tree.units.get(above.parent) if above.parent is not None else None
    return above is not None
