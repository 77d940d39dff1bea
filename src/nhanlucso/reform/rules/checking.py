"""Whether each row of a resolution can be, the others aside."""

from __future__ import annotations

from collections.abc import Iterator

from nhanlucso.orgs.restructuring.rules import Ref
from nhanlucso.orgs.rules import NO_EXIT, History, may_take_over
from nhanlucso.reform.rules.draft import Draft, NewUnit, Problem, Row

ENDING = frozenset({"merge", "split", "abolish"})
KINDS = ENDING | {"rename", "move", "create"}


class Checks:
    """The rows by the unit they begin from, the units that end, and what is wrong with them."""

    def __init__(self, past: History, draft: Draft) -> None:
        self.past, self.draft = past, draft
        self.new: dict[str, NewUnit] = {unit.key: unit for unit in draft.units}
        self.by_origin: dict[int, list[Row]] = {}
        for row in draft.rows:
            if row.origin is not None:
                self.by_origin.setdefault(row.origin, []).append(row)
        self.ended = {
            unit
            for unit, rows in self.by_origin.items()
            if rows[0].kind in ENDING and all(row.target != unit for row in rows)
        }
        # What something comes to stand below on the day or after it, or becomes.
        self._late: set[int | None] = {
            version.parent
            for versions in past.versions.values()
            for version in versions
            if version.valid_from >= draft.day
        }
        for (unit, _position), way_out in past.exits.items():
            if way_out.date >= draft.day:
                self._late |= set(way_out.successors) - {unit}

    def problems(self) -> Iterator[Problem]:
        for unit, rows in self.by_origin.items():
            yield from self._origin_problems(unit, rows)
        for row in self.draft.rows:
            yield from self._row_problems(row)
        used = {row.target for row in self.draft.rows}
        for new in self.draft.units:
            if new.key not in used:
                yield Problem("unit_without_row", unit=new.key, words={"name": new.name})

    def is_touched_later(self, unit: int) -> bool:
        """Whether a version of the unit, or of one below it, begins after the day, or an event takes it elsewhere or
        brings another into it."""
        day = self.draft.day
        if any(version.valid_from > day for version in self.past.versions.get(unit, ())):
            return True
        position = self.past.first_exit(unit, day)
        if position != NO_EXIT and self.past.exits[unit, position].successors != (unit,):
            return True
        return unit in self._late

    # -- one unit ----------------------------------------------------------------------------------------------

    def _origin_problems(self, unit: int, rows: list[Row]) -> Iterator[Problem]:
        name, first = self.name(unit), rows[0]
        if len(rows) > 1 and any(row.kind != "split" for row in rows):
            yield Problem("two_rows", rows[1].key, words={"name": name})
        elif len({row.target for row in rows}) < len(rows):
            yield Problem("same_row", rows[-1].key, words={"name": name})
        elif first.kind == "split" and len(rows) < 2:
            yield Problem("split_without_targets", first.key, words={"name": name})
        yield from self._span_problems(unit, first, name)

    def _span_problems(self, unit: int, row: Row, name: str) -> Iterator[Problem]:
        """A unit must be valid on both sides of the day by one version, and free to end where it ends."""
        before = self.past.version(unit, self.draft.last)
        after = self.past.version(unit, self.draft.day)
        near = self.past.version_near(unit, self.draft.last)
        if before is None or after is None:
            ended = near is not None and near.valid_to < self.draft.day
            code = "ended_already" if ended else "not_there_yet"
            day = (near.valid_to if ended else near.valid_from) if near else self.draft.day
            yield Problem(code, row.key, words={"name": name, "day": f"{day:%d/%m/%Y}"})
        elif before != after:
            yield Problem("changed_that_day", row.key, words={"name": name})
        elif unit in self.ended and self.is_touched_later(unit):
            yield Problem("changes_later", row.key, words={"name": name})

    # -- one row -----------------------------------------------------------------------------------------------

    def _row_problems(self, row: Row) -> Iterator[Problem]:
        words = {"name": self.name(row.origin) if row.origin is not None else ""}
        if row.kind not in KINDS:
            yield Problem("unknown_kind", row.key, words=words)
        elif row.kind == "create":
            if row.origin is not None or not isinstance(row.target, str):
                yield Problem("bad_create", row.key, words=words)
        elif row.origin is None:
            yield Problem("no_origin", row.key, words=words)
        elif row.kind in ("merge", "split"):
            yield from self._heir_problems(row, row.origin, words)
        elif row.kind == "abolish" and row.target is not None:
            yield Problem("heir_of_none", row.key, words=words)
        elif row.kind in ("rename", "move"):
            yield from self._new_problems(row, words)

    def _new_problems(self, row: Row, words: dict[str, str]) -> Iterator[Problem]:
        if row.target not in (None, row.origin):
            yield Problem("goes_on_elsewhere", row.key, words=words)
        elif row.kind == "move" and row.parent is None:
            yield Problem("no_parent", row.key, words=words)
        elif row.kind == "move" and self._stands_there(row):
            yield Problem("stands_there", row.key, words=words)
        elif row.kind == "rename" and not self._is_new(row):
            yield Problem("no_name", row.key, words=words)

    def _stands_there(self, row: Row) -> bool:
        now = self.past.version(row.origin, self.draft.last) if row.origin is not None else None
        return now is not None and now.parent == row.parent

    def _is_new(self, row: Row) -> bool:
        """Whether a rename says another name or code than the unit bears."""
        now = self.past.version(row.origin, self.draft.last) if row.origin is not None else None
        return now is None or bool({row.name, row.code} - {"", now.name, now.code})

    def _heir_problems(self, row: Row, origin: int, words: dict[str, str]) -> Iterator[Problem]:
        if row.target is None:
            yield Problem("no_heir", row.key, words=words)
            return
        if row.target == origin:
            if row.kind == "merge" and not self._is_joined(origin):
                yield Problem("joins_itself", row.key, words=words)
            return
        words = words | {"heir": self.name(row.target)}
        kind = self.kind(row.target)
        if row.target in self.ended:
            yield Problem("heir_ends", row.key, words=words)
        elif kind is None:
            yield Problem("heir_not_valid", row.key, words=words)
        elif (was := self.past.version(origin, self.draft.last)) and not may_take_over(kind, was.kind):
            yield Problem("wrong_heir", row.key, words=words)
        elif origin in self.ended and isinstance(row.target, int):
            inside = origin in self.past.closure(self.draft.last).get(row.target, ())
            if inside and not any(own.parent is not None for own in self.by_origin.get(row.target, ())):
                yield Problem("heir_below", row.key, words=words)
            elif self._leaves_that_day(row.target):
                yield Problem("changed_that_day", row.key, words={"name": words["heir"]})

    def _is_joined(self, unit: int) -> bool:
        return any(row.target == unit != row.origin for row in self.draft.rows)

    def _leaves_that_day(self, unit: int) -> bool:
        """Whether an event that is there already takes a unit elsewhere on the very day."""
        position = self.past.first_exit(unit, self.draft.last)
        way_out = self.past.exits.get((unit, position))
        return way_out is not None and way_out.date == self.draft.day and way_out.successors != (unit,)

    # -- names and kinds ---------------------------------------------------------------------------------------

    def name(self, ref: Ref) -> str:
        if isinstance(ref, str):
            return self.new[ref].name if ref in self.new else ""
        version = self.past.version_near(ref, self.draft.last)
        return version.name if version else ""

    def kind(self, ref: Ref) -> str | None:
        """The kind of a unit on the day; None if it is not there then."""
        if isinstance(ref, str):
            return self.new[ref].kind if ref in self.new else None
        version = self.past.version(ref, self.draft.day)
        return version.kind if version else None
