"""What must hold of units and of what hangs on them, on plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from nhanlucso.orgs.rules import History, Version

Span = tuple[int, date, date]  # unit, first day, last day


def overlapping(history: History) -> list[int]:
    """Units of which two versions share a day."""
    return [
        unit
        for unit, versions in history.versions.items()
        if any(later.valid_from <= earlier.valid_to for earlier, later in pairwise(versions))
    ]


def outliving(history: History) -> list[Version]:
    """Versions with a parent that has no version on some of their days."""
    return [
        version
        for version in _all(history)
        if version.parent is not None
        and not _covered(history.versions.get(version.parent, []), version.valid_from, version.valid_to)
    ]


def circling(history: History) -> list[int]:
    """Units that stand above themselves on some day.

    A circle holds on the day when the last of its versions begins, so each is looked at on its first day alone.
    """
    return sorted({version.unit for version in _all(history) if _returns(history, version)})


def never_there(history: History, spans: Iterable[Span]) -> int:
    """How many of the spans have no day in common with any version of their unit."""
    return sum(
        not any(
            version.valid_from <= last and first <= version.valid_to
            for version in history.versions.get(unit, ())
        )
        for unit, first, last in spans
    )


def _all(history: History) -> Iterator[Version]:
    for versions in history.versions.values():
        yield from versions


def _covered(versions: list[Version], first: date, last: date) -> bool:
    """Whether every day from first to last lies in one of the versions, which are in order."""
    for version in versions:
        if version.valid_from > first:
            return False
        if version.valid_to >= last:
            return True
        first = max(first, version.valid_to + timedelta(days=1))
    return False


def _returns(history: History, start: Version) -> bool:
    seen = {start.unit}
    parent = start.parent
    while parent is not None:
        if parent == start.unit:
            return True
        if parent in seen:
            return False  # a circle further up, found from there
        seen.add(parent)
        above = history.version(parent, start.valid_from)
        parent = above.parent if above else None
    return False
