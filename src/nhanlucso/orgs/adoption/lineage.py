"""Which entries of the catalogue are one unit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nhanlucso.orgs import catalogue
from nhanlucso.orgs.catalogue import Change, Entry
from nhanlucso.orgs.enums import ChangeKind

CONTINUING = (ChangeKind.RENAME, ChangeKind.MOVE)


def continues(change: Change) -> bool:
    """Whether the unit itself goes on through the change, under another name or parent."""
    return change.kind in CONTINUING


def lineage(key: str) -> tuple[str, ...]:
    """The keys of all entries that are one unit with this one, the oldest first. KeyError for an unknown key."""
    before, after = {}, {}
    for change in filter(continues, catalogue.changes([key])):
        before[change.to_key], after[change.from_key] = change.from_key, change.to_key
    older, newer = before.get(key), after.get(key)
    return (*(_walk(older, -1) if older else ()), key, *(_walk(newer, 1) if newer else ()))


def _walk(key: str, step: int) -> tuple[str, ...]:
    found = [key]
    while True:
        links = filter(continues, catalogue.changes([found[-1]]))
        pairs = {(c.from_key, c.to_key) if step > 0 else (c.to_key, c.from_key) for c in links}
        following = dict(pairs).get(found[-1])
        if following is None:
            return tuple(found if step > 0 else reversed(found))
        found.append(following)


def as_of(key: str, day: date) -> Entry | None:
    """The entry with its parent as of a day; None if it is not valid then."""
    return next(iter(catalogue.subtree(key, day)), None)


def known(keys: Iterable[str]) -> list[str]:
    """Those keys that the catalogue has."""
    everything = {entry.key for entry in catalogue.entries()}
    return [key for key in keys if key in everything]


def event_id(change: Change) -> str:
    """The id of the event that a change belongs to: all that became one unit, or all that one unit became."""
    key = change.to_key if change.kind == ChangeKind.MERGE else change.from_key
    return f"catalogue-{change.date.isoformat()}-{change.kind}-{key.partition('@')[0]}"
