"""Where records belong on the tree of a report."""

from __future__ import annotations

from datetime import date

from nhanlucso.orgs.rules import History
from nhanlucso.reports.rules.naming import Body


class Placing:
    """Carries units to the tree of a day and tells whether they lie wholly inside one unit, and where in it."""

    def __init__(self, history: History, unit: int, tree: date) -> None:
        self._history, self._unit, self._tree = history, unit, tree
        self._inside = history.subtree(unit, tree)
        self._known: dict[tuple[int, int], int | None] = {}

    def child(self, unit: int, since: date) -> int | None:
        """The unit itself or the child of it that holds `unit` of that day; None if it is not wholly inside.

        What lies inside but in several children belongs to the unit itself.
        """
        key = (unit, self._history.first_exit(unit, since))
        if key not in self._known:
            self._known[key] = self._find(*key)
        return self._known[key]

    def _find(self, unit: int, way_out: int) -> int | None:
        candidates = self._history.carry_from(unit, way_out, self._tree)
        if not candidates or not candidates <= self._inside:
            return None
        closure = self._history.closure(self._tree)
        branches = set()
        for candidate in candidates:
            line = closure[candidate]
            place = line.index(self._unit)
            branches.add(line[place - 1] if place else self._unit)
        return branches.pop() if len(branches) == 1 else self._unit


def body(history: History, unit: int, on: date) -> Body:
    """A unit as it is on a day, or as it last was."""
    version = history.version(unit, on) or history.last_version(unit)
    return Body(version.name, version.kind, version.code) if version else Body("", "")
