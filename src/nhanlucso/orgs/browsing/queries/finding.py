"""Units by words: any name that a unit ever bore, or its code."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from nhanlucso.kernel.clock import today
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import fold
from nhanlucso.orgs.browsing.rules import closeness, rank_of
from nhanlucso.orgs.models import UnitVersion
from nhanlucso.orgs.queries import history, reach
from nhanlucso.orgs.rules import Version


@dataclass(frozen=True, slots=True)
class Match:
    """A unit that was found: its newest version, and the name it was found by where it bears another now."""

    version: Version
    formerly: str


def matches(scope: Scope, words: str) -> list[Match]:
    """Units in reach that ever bore a name with these words (marks or not) or that code: the closest first, units
    of today before those that have ended."""
    wanted, inside, past, day = fold(words), reach(scope), history(), today()
    if not wanted:
        return []
    rows = UnitVersion.objects.filter(Q(name_folded__contains=wanted) | Q(code=words.strip()))
    best: dict[int, tuple[int, str, str]] = {}
    for unit, name, folded, code in rows.order_by("-valid_from", "pk").values_list(
        "unit_id", "name", "name_folded", "code"
    ):
        near = closeness(wanted, folded, code == words.strip())
        if inside.holds(unit) and (unit not in best or near < best[unit][0]):
            best[unit] = (near, folded, name)
    found = [
        ((near, last.valid_to < day, rank_of(last.kind), folded, unit), Match(last, _old(name, last)))
        for unit, (near, folded, name) in best.items()
        if (last := past.last_version(unit))
    ]
    return [match for _place, match in sorted(found, key=lambda one: one[0])]


def _old(name: str, last: Version) -> str:
    return "" if name == last.name else name
