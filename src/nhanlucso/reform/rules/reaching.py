"""Who would see more, and who less, once a resolution is carried out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from nhanlucso.orgs.rules import History
from nhanlucso.reform.rules.draft import Draft


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of the reach of whoever is entrusted with a unit. `then`, `after`: how many units stand at and
    below it before and from the day on (0: it is not there any more). `more`, `less`, `partly`: units of the day
    before whose records come inside, go out of sight, or lie only partly inside until they are assigned; of a whole
    branch, its top alone."""

    then: int
    after: int
    more: tuple[int, ...] = ()
    less: tuple[int, ...] = ()
    partly: tuple[int, ...] = ()


@dataclass(slots=True)
class _Sets:
    more: set[int] = field(default_factory=set)
    less: set[int] = field(default_factory=set)
    partly: set[int] = field(default_factory=set)


def effects(past: History, later: History, draft: Draft, touched: Iterable[int]) -> Mapping[int, Effect]:
    """By unit that somebody may be entrusted with, the effect on what they see of the touched units' records."""
    lines, lines_after = past.closure(draft.last), later.closure(draft.day)
    found: dict[int, _Sets] = {}
    for unit in touched:
        before = set(lines.get(unit, ()))
        ways = [set(lines_after.get(heir, ())) for heir in later.carry(unit, draft.last, draft.day)]
        whole = set.intersection(*ways) if ways else set[int]()
        some = set[int]().union(*ways)
        for top in whole - before:
            found.setdefault(top, _Sets()).more.add(unit)
        for top in before - whole:
            found.setdefault(top, _Sets()).less.add(unit)
        for top in some - whole - before:
            found.setdefault(top, _Sets()).partly.add(unit)
    then, after = (Counter(top for line in tree.values() for top in line) for tree in (lines, lines_after))
    return {
        top: Effect(
            then=then[top],
            after=after[top],
            more=_tops(past, draft, sets.more),
            less=_tops(past, draft, sets.less),
            partly=_tops(past, draft, sets.partly),
        )
        for top, sets in found.items()
        if top > 0
    }


def _tops(past: History, draft: Draft, units: set[int]) -> tuple[int, ...]:
    """Those that stand below none of the others."""
    lines = past.closure(draft.last)
    return tuple(sorted(unit for unit in units if units.isdisjoint(lines[unit][1:])))
