"""Trees of any date, and carrying a unit through the changes (how: docs/indicators.md).

Everything here is plain values: a `History` is built once from all versions and change events and then answers
without a database. Units are integers (primary keys).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from nhanlucso.kernel.clock import ALWAYS, EVER

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_KEPT = 64  # answers for dates and scopes that a history remembers
NO_EXIT = -1  # nothing happens to the unit any more


_OFFICES = frozenset({"agency", "division", "service_unit", "enterprise"})
_LAND = frozenset({"country", "province", "district", "commune"})
_ABOVE = {
    "province": frozenset({"country"}),
    "district": frozenset({"country", "province"}),
    "commune": frozenset({"country", "province", "district"}),
    "village": frozenset({"commune"}),
    "agency": _LAND | {"agency"},
}
_HEIRS = {
    "province": frozenset({"province"}),
    "district": frozenset({"province", "district", "commune"}),
    "commune": frozenset({"commune"}),
    "village": frozenset({"village", "commune"}),
}


def may_stand_below(kind: str, above: str) -> bool:
    """Whether a unit of a kind may stand below one of another kind: nothing stands below a village."""
    return above in _ABOVE.get(kind, _LAND | _OFFICES)


def may_take_over(heir: str, kind: str) -> bool:
    """Whether a unit of kind `heir` may take over from one of another kind: no village takes over a division."""
    return heir in _HEIRS.get(kind, _OFFICES | _LAND - {"country"})


class Version(NamedTuple):
    unit: int
    valid_from: date
    valid_to: date
    parent: int | None
    kind: str
    name: str
    code: str


class ChangeRow(NamedTuple):
    date: date
    uid: str
    origin: str
    from_unit: int | None
    to_unit: int | None


class PostSpan(NamedTuple):
    """A post as far as carrying cares: where, from when to when."""

    unit: int
    valid_from: date
    valid_to: date


@dataclass(frozen=True, slots=True)
class Exit:
    """An event as one unit sees it: on `date` the unit turns into `successors` (none: it is dropped)."""

    date: date
    successors: tuple[int, ...]


class History:
    """All versions and events of an installation."""

    def __init__(self, versions: Iterable[Version], changes: Iterable[ChangeRow]) -> None:
        self.versions: dict[int, list[Version]] = {}
        for version in sorted(versions, key=lambda v: (v.unit, v.valid_from)):
            self.versions.setdefault(version.unit, []).append(version)
        self._index_events(changes)
        self._closures: dict[date, dict[int, tuple[int, ...]]] = {}
        self._children: dict[date, dict[int | None, list[Version]]] = {}
        self._reaches: dict[tuple[frozenset[int], date], dict[int, date]] = {}
        self._splits: dict[tuple[int, int], bool] = {}

    def _index_events(self, changes: Iterable[ChangeRow]) -> None:
        events: dict[tuple[date, str, str], dict[int, list[int]]] = {}
        for row in changes:
            mapping = events.setdefault((row.date, row.uid, row.origin), {})
            if row.from_unit is not None:
                successors = mapping.setdefault(row.from_unit, [])
                if row.to_unit is not None and row.to_unit not in successors:
                    successors.append(row.to_unit)
        self.exits: dict[tuple[int, int], Exit] = {}
        self._exit_positions: dict[int, list[int]] = {}
        self._exit_dates: dict[int, list[date]] = {}
        for position, key in enumerate(sorted(events)):
            for unit, successors in events[key].items():
                self.exits[unit, position] = Exit(key[0], tuple(successors))
                self._exit_positions.setdefault(unit, []).append(position)
                self._exit_dates.setdefault(unit, []).append(key[0])

    # -- trees -----------------------------------------------------------------------------------------------

    def version(self, unit: int, on: date) -> Version | None:
        """The version of a unit valid on a day."""
        for version in self.versions.get(unit, ()):
            if version.valid_from <= on <= version.valid_to:
                return version
        return None

    def version_near(self, unit: int, day: date) -> Version | None:
        """The version of a day; where there is none, the last one before it, else the first one."""
        found: Version | None = None
        for version in self.versions.get(unit, ()):
            if found is None or version.valid_from <= day:
                found = version
        return found

    def last_version(self, unit: int) -> Version | None:
        versions = self.versions.get(unit)
        return versions[-1] if versions else None

    def name(self, unit: int, day: date) -> str:
        """What a unit is called on a day; of one that has ended its last name, of one that is to come its first."""
        version = self.version_near(unit, day)
        return version.name if version else ""

    def standing(self, units: Iterable[int], on: date) -> list[Version]:
        """What units are on a day: themselves, or what those that have ended became by then; each once, in order."""
        found: dict[int, Version] = {}
        for unit in units:
            here = self.version(unit, on)
            for one in (unit,) if here else sorted(self.carry(unit, ALWAYS, on)):
                if version := self.version(one, on):
                    found.setdefault(one, version)
        return list(found.values())

    def names(self) -> dict[int, str]:
        """The last name of every unit."""
        return {unit: versions[-1].name for unit, versions in self.versions.items()}

    def closure(self, on: date) -> Mapping[int, tuple[int, ...]]:
        """For every unit valid on the day: itself and its ancestors, nearest first. Built once for a date."""
        found = self._closures.get(on)  # several threads ask, and what one takes out another may be holding
        if found is None:
            parents = {
                v.unit: v.parent
                for vs in self.versions.values()
                for v in vs
                if v.valid_from <= on <= v.valid_to
            }
            found = {unit: _chain(unit, parents) for unit in parents}
            _keep(self._closures, on, found)
        return found

    def children(self, unit: int | None, on: date) -> list[Version]:
        """Versions valid on the day whose parent is `unit` (None: the roots)."""
        by_parent = self._children.get(on)
        if by_parent is None:
            by_parent = {}
            for versions in self.versions.values():
                for version in versions:
                    if version.valid_from <= on <= version.valid_to:
                        by_parent.setdefault(version.parent, []).append(version)
            _keep(self._children, on, by_parent)
        return by_parent.get(unit, [])

    def subtree(self, unit: int, on: date) -> set[int]:
        """The unit and everything below it on the day; empty if it is not valid then."""
        return {u for u, line in self.closure(on).items() if unit in line}

    # -- carrying --------------------------------------------------------------------------------------------

    def first_exit(self, unit: int, since: date) -> int:
        """Position of the first event after `since` that the unit leaves by, NO_EXIT if none.

        If the unit has ended, `since` is first brought back to the last day of its last version.
        """
        last = self.last_version(unit)
        if last is not None and last.valid_to != ALWAYS:
            since = min(since, last.valid_to)
        found = bisect_right(self._exit_dates.get(unit, []), since)
        positions = self._exit_positions.get(unit, [])
        return positions[found] if found < len(positions) else NO_EXIT

    def next_exit(self, unit: int, after: int) -> int:
        positions = self._exit_positions.get(unit, [])
        found = bisect_left(positions, after + 1)
        return positions[found] if found < len(positions) else NO_EXIT

    def carry(
        self, unit: int, since: date, to: date, posts: Sequence[PostSpan] | None = None
    ) -> frozenset[int]:
        """The candidates that `unit` has become between the two dates; with a person's posts, splits that these
        decide are decided."""
        return self.carry_from(unit, self.first_exit(unit, since), to, posts)

    def carry_from(
        self, unit: int, exit_position: int, to: date, posts: Sequence[PostSpan] | None = None
    ) -> frozenset[int]:
        """As `carry`, from a known first exit."""
        pending = [(unit, exit_position)]
        settled: set[int] = set()
        while pending:
            member, position = pending.pop()
            if position == NO_EXIT or self.exits[member, position].date > to:
                settled.add(member)
                continue
            way_out = self.exits[member, position]
            for successor in self._decide(way_out, posts):
                pending.append((successor, self.next_exit(successor, position)))
        return frozenset(settled)

    def _decide(self, way_out: Exit, posts: Sequence[PostSpan] | None) -> Iterable[int]:
        """The successors of a split that a person's posts on its day leave standing."""
        if not posts or len(way_out.successors) < 2:
            return way_out.successors
        day = way_out.date
        closure = self.closure(day)
        lines = [closure.get(p.unit, ()) for p in posts if p.valid_from <= day <= p.valid_to]
        hit = [s for s in way_out.successors if any(s in line for line in lines)]
        return hit if len(hit) == 1 else way_out.successors

    def meets_split(self, unit: int, exit_position: int) -> bool:
        """Whether any event ahead makes several out of one, so that a person's posts may matter."""
        key = (unit, exit_position)
        if key not in self._splits:
            way_out = self.exits.get(key)
            self._splits[key] = way_out is not None and (
                len(way_out.successors) > 1
                or any(self.meets_split(s, self.next_exit(s, exit_position)) for s in way_out.successors)
            )
        return self._splits[key]

    def inside_since(self, tops: frozenset[int], on: date) -> Mapping[int, date]:
        """For every unit, the day from which on its records, carried to `on`, lie wholly below `tops`.

        Units that are never wholly inside are absent; EVER means all records. Found once for tops and a day.
        """
        reach = self._reaches.get((tops, on))
        if reach is None:
            inside = {unit for unit, line in self.closure(on).items() if not tops.isdisjoint(line)}
            days = ((unit, self._since(unit, inside, on)) for unit in self.versions)
            reach = {unit: since for unit, since in days if since is not None}
            _keep(self._reaches, (tops, on), reach)
        return reach

    def _since(self, unit: int, inside: set[int], on: date) -> date | None:
        since: date | None = None
        position = self.first_exit(unit, ALWAYS)
        while True:
            candidates = self.carry_from(unit, position, on)
            if not candidates or not candidates <= inside:
                return since
            before = self._exit_before(unit, position)
            if before is None:
                return EVER
            since, position = self.exits[unit, before].date, before

    def _exit_before(self, unit: int, position: int) -> int | None:
        positions = self._exit_positions.get(unit, [])
        found = len(positions) if position == NO_EXIT else bisect_left(positions, position)
        return positions[found - 1] if found else None


def _keep(kept: dict[_Key, _Value], key: _Key, value: _Value) -> None:
    """Remembers an answer; when there are many, all are forgotten first."""
    if len(kept) >= _KEPT:
        kept.clear()
    kept[key] = value


def _chain(unit: int, parents: Mapping[int, int | None]) -> tuple[int, ...]:
    line = [unit]
    parent = parents.get(unit)
    while (
        parent is not None and parent in parents and parent not in line
    ):  # a parent that is gone holds nothing
        line.append(parent)
        parent = parents.get(parent)
    return tuple(line)
