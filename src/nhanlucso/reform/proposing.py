"""Rows of a resolution as the national catalogue has them, for the units of this installation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.adoption.ledger import ONE_DAY, Ledger
from nhanlucso.orgs.adoption.lineage import as_of, continues
from nhanlucso.orgs.catalogue import Change
from nhanlucso.orgs.queries import history, reach
from nhanlucso.orgs.restructuring.rules import Ref
from nhanlucso.reform.models import Resolution
from nhanlucso.reform.rules.draft import NewUnit, Row


def offered_changes(scope: Scope) -> list[tuple[date, int, tuple[str, ...]]]:
    """The days on which the catalogue changes units in reach that have not gone through it, with how many units
    change and by which documents."""
    inside = reach(scope.to(Permission.EDIT_UNITS))
    ledger = Ledger()
    found = [change for change in ledger.awaited() if inside.holds(ledger.units[change.from_key])]
    units = Counter(day for day, _key in {(change.date, change.from_key) for change in found})
    return [(day, units[day], _documents(found, day)) for day in sorted(units)]


def proposed_rows(scope: Scope, resolution: Resolution) -> tuple[list[NewUnit], list[Row]]:
    """The rows of the catalogue for the day of a resolution, below its unit; nothing where all of them are done."""
    inside = reach(scope.to(Permission.EDIT_UNITS))
    last = resolution.date - ONE_DAY
    below = history().subtree(resolution.unit_id, last) if resolution.unit_id is not None else None
    ledger = Ledger()
    awaited = [
        change
        for change in ledger.awaited()
        if change.date == resolution.date
        and inside.holds(unit := ledger.units[change.from_key])
        and (below is None or unit in below)
    ]
    return _Proposal(ledger, resolution.date).rows(awaited)


def _documents(changes: Iterable[Change], day: date) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(change.document for change in changes if change.date == day and change.document)
    )


class _Proposal:
    """Entries of the catalogue turned into units that are there or are to be made."""

    def __init__(self, ledger: Ledger, day: date) -> None:
        self.ledger, self.day = ledger, day
        self.units: dict[str, NewUnit] = {}
        self.above: set[str] = set()

    def rows(self, changes: Iterable[Change]) -> tuple[list[NewUnit], list[Row]]:
        rows: dict[tuple[int, Ref | None], Row] = {}
        for change in changes:
            row = self._row(change)
            rows.setdefault((row.origin or 0, row.target), row)
        targets = {row.target for row in rows.values()}
        made = [Row(0, "create", None, key) for key in self.units if key not in targets]
        return list(self.units.values()), [*rows.values(), *made]

    def _row(self, change: Change) -> Row:
        origin = self.ledger.units[change.from_key]
        if not continues(change):
            return Row(0, change.kind, origin, self._ref(change.to_key))
        entry = as_of(change.to_key, self.day)
        now = history().version(origin, self.day - ONE_DAY)
        parent = self._ref(entry.parent_key) if entry and entry.parent_key else None
        moved = now is None or parent != now.parent
        return Row(
            0,
            change.kind,
            origin,
            origin,
            name=entry.name if entry and now and entry.name != now.name else "",
            code=entry.code if entry and now and entry.code != now.code else "",
            parent=parent if moved else None,
            catalogue_key=change.to_key,
        )

    def _ref(self, key: str) -> Ref:
        """The unit of an entry: one that is there, else a new one with what stands above it."""
        if key in self.ledger.units:
            return self.ledger.units[key]
        if key not in self.units:
            entry = as_of(key, self.day)
            if entry is not None:
                parent = self._ref(entry.parent_key) if entry.parent_key else None
                self.units[key] = NewUnit(key, entry.name, entry.kind, entry.code, parent, key)
        return key
