"""What the catalogue has to offer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs import catalogue
from nhanlucso.orgs.adoption.ledger import Ledger
from nhanlucso.orgs.catalogue import Change, Entry
from nhanlucso.orgs.enums import UnitKind
from nhanlucso.orgs.queries import history
from nhanlucso.orgs.rules import History

_SHOWN = 12  # lines of an offer that are written out


@dataclass(frozen=True, slots=True)
class Found:
    """An entry of the catalogue with what it became, and its unit in the installation if it has one."""

    entry: Entry
    successors: tuple[Entry, ...]
    parts: bool
    unit: int | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be taken: the entry, how many units of each kind, how many are there already, and the changes
    between the day and today (date, number of lines)."""

    entry: Entry
    on: date
    kinds: tuple[tuple[str, int], ...]
    there: int
    changes: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """The changes of one day that touch units of the installation and are not applied.

    `lines`: the first of them as (old name, new name); `size`: how many units change.
    """

    day: date
    documents: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]
    size: int


def found_entries(scope: Scope, words: str, on: date | None, limit: int) -> tuple[list[Found], int]:
    """Entries by old or new name or code, at most `limit`, and how many there are. The catalogue is open to
    everybody; units of the installation are named only within the scope's own pages."""
    entries = catalogue.find([words], on)
    units = _compared().units if scope.everything and entries else {}
    return [_found(entry, units) for entry in entries[:limit]], len(entries)


def _found(entry: Entry, units: Mapping[str, int]) -> Found:
    successors = catalogue.successors(entry.key)
    return Found(
        entry,
        tuple(catalogue.entry(successor.key) for successor in successors),
        any(successor.relation == "part" for successor in successors),
        units.get(entry.key),
    )


def preview(scope: Scope, key: str, on: date) -> Preview | None:
    """What adopting an entry on a day would bring; None if it is not valid then, or nobody may adopt.

    KeyError for an unknown key.
    """
    entries = catalogue.subtree(key, on)
    if not entries or not scope.to(Permission.OPERATE).everything:
        return None
    ledger = Ledger()
    kinds = Counter(entry.kind for entry in entries)
    days = Counter(c.date for c in _upcoming([entry.key for entry in entries], on, today()))
    return Preview(
        entry=entries[0],
        on=on,
        kinds=tuple((str(UnitKind(kind).label), count) for kind, count in kinds.items()),
        there=sum(entry.key in ledger.units for entry in entries),
        changes=tuple(sorted(days.items())),
    )


def _upcoming(keys: Iterable[str], after: date, until: date) -> list[Change]:
    """The changes that these entries, and what they became, went through between two days."""
    reached, found = set(keys), set[Change]()
    while True:
        more = {c for c in catalogue.changes(reached) if after < c.date <= until and c.from_key in reached}
        if more == found:
            return sorted(found, key=lambda c: (c.date, c.from_key, c.to_key))
        found = more
        reached |= {change.to_key for change in found}


def offers(scope: Scope) -> list[Offer]:
    """Changes of the catalogue that touch units of the installation and are not applied, by day.

    For who runs the installation; nothing for anybody else.
    """
    if not scope.to(Permission.OPERATE).everything:
        return []
    return list(_compared().offers)


@dataclass(frozen=True, slots=True)
class _Comparison:
    """The units of the installation by their entry, and what the catalogue offers them."""

    units: Mapping[str, int]
    offers: tuple[Offer, ...]


_held: WeakKeyDictionary[History, _Comparison] = WeakKeyDictionary()


def _compared() -> _Comparison:
    """The installation beside the catalogue, compared once after each change of units: of the whole country that
    takes a second."""
    past = history()
    found = _held.get(past)
    if found is None:
        ledger, days = Ledger(), dict[date, list[Change]]()
        for change in ledger.awaited():
            days.setdefault(change.date, []).append(change)
        offered = tuple(_offer(day, changes) for day, changes in sorted(days.items()))
        found = _held[past] = _Comparison(ledger.units, offered)
    return found


def _offer(day: date, changes: list[Change]) -> Offer:
    documents = dict.fromkeys(change.document for change in changes if change.document)
    lines = [(catalogue.entry(c.from_key).name, catalogue.entry(c.to_key).name) for c in changes[:_SHOWN]]
    return Offer(day, tuple(documents), tuple(lines), len({change.from_key for change in changes}))
