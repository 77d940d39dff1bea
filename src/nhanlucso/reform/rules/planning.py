"""From a resolution to what it writes, or to all that stands in its way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nhanlucso.kernel.clock import ALWAYS
from nhanlucso.orgs.restructuring.rules import Event, Opening, Ref
from nhanlucso.orgs.rules import History
from nhanlucso.reform.rules.checking import Checks
from nhanlucso.reform.rules.draft import Draft, Plan, Problem, Row
from nhanlucso.reform.rules.placing import Places, place_problems

LAND = frozenset({"country", "province", "district", "commune"})


def plan(past: History, draft: Draft) -> Plan:
    """What the draft writes into a history; only problems where it cannot be carried out."""
    checks = Checks(past, draft)
    problems = list(checks.problems())
    if problems:
        return Plan(problems=tuple(problems))
    planner = _Planner(past, draft, checks)
    return planner.plan()


class _Planner:
    """Rows that were found right, turned into endings, versions and events."""

    def __init__(self, past: History, draft: Draft, checks: Checks) -> None:
        self.past, self.draft, self.checks = past, draft, checks
        self.brought: dict[int, Ref] = {}
        self.waiting: dict[int, tuple[Ref, ...]] = {}
        self.problems: list[Problem] = []
        self.receiving = {row.target for row in draft.rows if row.kind in ("merge", "split")}

    def plan(self) -> Plan:
        for unit, rows in self.checks.by_origin.items():
            if unit in self.checks.ended:
                self._leave_behind(unit, rows)
        opening = tuple(self._opening())
        gone = self.checks.ended | self.waiting.keys()
        named = {row.origin for row in self.draft.rows if row.name} | self.checks.new.keys()
        self.problems += place_problems(Places(self.past, self.draft, gone, opening), named)
        if self.problems:
            return Plan(problems=tuple(self.problems))
        changed = {o.unit for o in opening if isinstance(o.unit, int) and o.unit not in self.brought}
        return Plan(
            ended=frozenset(self.checks.ended),
            changed=frozenset(changed),
            brought=self.brought,
            waiting=self.waiting,
            opening=opening,
            events=tuple(self._events()),
        )

    # -- what stands below what ends ---------------------------------------------------------------------------

    def _leave_behind(self, unit: int, rows: list[Row]) -> None:
        """What becomes of the units below one that ends and that no row moves."""
        heirs = tuple(dict.fromkeys(row.target for row in rows if row.target is not None))
        for version in self.past.children(unit, self.draft.day):
            child = version.unit
            if child in self.checks.ended or self._moves(child):
                continue
            if len(heirs) == 1:
                self.brought[child] = heirs[0]
            elif not heirs or version.kind in LAND or child in self.checks.by_origin:
                code = "left_behind" if not heirs else "to_be_placed"
                self._problem(code, rows[0], child=version.name, name=self._name(unit))
            else:
                self._wait(child, heirs, rows[0])

    def _moves(self, unit: int) -> bool:
        return any(row.parent is not None for row in self.checks.by_origin.get(unit, ()))

    def _wait(self, unit: int, heirs: tuple[Ref, ...], row: Row) -> None:
        """A unit, and all below it that no row speaks of, waits for somebody to say where it went; meanwhile it is
        not there to take over from another."""
        if unit in self.receiving:
            self._problem("to_be_placed", row, child=self._name(unit), name=self._name(row.origin or 0))
            return
        if self.checks.is_touched_later(unit):
            self._problem("changes_later", row, name=self._name(unit))
            return
        self.waiting[unit] = heirs
        for version in self.past.children(unit, self.draft.day):
            if version.unit not in self.checks.by_origin:
                self._wait(version.unit, heirs, row)
            elif version.unit not in self.checks.ended and not self._moves(version.unit):
                self._problem("to_be_placed", row, child=version.name, name=self._name(unit))

    def _problem(self, code: str, row: Row, **words: str) -> None:
        self.problems.append(Problem(code, row.key, "", words))

    def _name(self, unit: int) -> str:
        version = self.past.version_near(unit, self.draft.last)
        return version.name if version else ""

    # -- versions and events -----------------------------------------------------------------------------------

    def _opening(self) -> Iterator[Opening]:
        for new in self.draft.units:
            yield Opening(new.key, new.name, new.kind, new.code, new.parent)
        for unit in dict.fromkeys((*self.checks.by_origin, *self.brought)):
            now = self.past.version(unit, self.draft.last)
            if now is None or unit in self.checks.ended:
                continue
            parent = self.brought.get(unit, now.parent)
            until = None if now.valid_to == ALWAYS else now.valid_to
            was = Opening(unit, now.name, now.kind, now.code, parent, until)
            row = self._own_row(unit)
            anew = was if row is None else _overlaid(was, row)
            if (anew.name, anew.code, anew.parent) != (now.name, now.code, now.parent):
                yield anew

    def _own_row(self, unit: int) -> Row | None:
        """The row that says what a unit that goes on is from the day on."""
        rows = self.checks.by_origin.get(unit, ())
        return next((row for row in rows if row.target in (None, unit)), None)

    def _events(self) -> Iterator[Event]:
        """In the order in which carrying reads them: whoever joins a unit that gives a part away is not given away
        with it."""
        rows = self.checks.by_origin
        splits = [(unit, own) for unit, own in rows.items() if own[0].kind == "split"]
        for unit, own in sorted(splits, key=lambda pair: pair[0] in self.checks.ended):
            yield Event("split", tuple((unit, row.target) for row in own))
        for unit, heirs in self.waiting.items():
            yield Event("split", tuple((unit, heir) for heir in heirs))
        yield from self._joinings()
        for unit, own in rows.items():
            if own[0].kind in ("rename", "move"):
                yield Event(own[0].kind, ((unit, unit),))
            elif own[0].kind == "abolish":
                yield Event("abolish", ((unit, None),))
        for unit in self.brought:
            if unit not in rows:
                yield Event("move", ((unit, unit),))
        for row in self.draft.rows:
            if row.kind == "create":
                yield Event("create", ((None, row.target),))

    def _joinings(self) -> Iterator[Event]:
        """One event for all that become one unit."""
        merged: dict[Ref, list[int]] = {}
        for unit, own in self.checks.by_origin.items():
            heir = own[0].target
            if own[0].kind == "merge" and heir is not None and heir != unit:
                merged.setdefault(heir, []).append(unit)
        for heir, units in merged.items():
            yield Event("merge", tuple((unit, heir) for unit in units))


def _overlaid(was: Opening, row: Row) -> Opening:
    """The version as it is to be, where the row says something new."""
    return replace(
        was,
        name=row.name or was.name,
        code=row.code or was.code,
        parent=was.parent if row.parent is None else row.parent,
    )
