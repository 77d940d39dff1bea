"""What a resolution would do, as plain values that can be kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from nhanlucso.orgs.rules import History, Version
from nhanlucso.reform.rules.draft import Draft, Problem
from nhanlucso.reform.rules.reaching import Effect

POSTS, TEAMS, CLASSES, TARGETS, PLANS, ACCOUNTS, REPORTS, IMPORTS = (
    "posts", "teams", "classes", "targets", "plans", "accounts", "reports", "imports",
)  # fmt: skip
TOUCHED = (POSTS, TEAMS, CLASSES, TARGETS, PLANS, ACCOUNTS, REPORTS, IMPORTS)


@dataclass(frozen=True, slots=True)
class TouchedUnit:
    """A unit that a resolution speaks of, with how many records hang on it and on what stands below it that the
    resolution does not speak of itself. `heirs`: what it becomes, by name; empty where it goes on."""

    version: Version
    kind: str
    heirs: tuple[str, ...]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Units that will await a place: what they stand below, between which heirs."""

    above: str
    heirs: tuple[str, ...]
    units: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a resolution would do. `partly`: units whose records will lie in several; `lost`: accounts and targets
    whose own unit will have ended; `effects`: by unit, what whoever is entrusted with it sees more or less of. With
    problems, only the counts are known."""

    problems: tuple[Problem, ...]
    units: tuple[TouchedUnit, ...]
    totals: Mapping[str, int]
    lost: Mapping[str, int]
    waiting: tuple[Waiting, ...]
    partly: tuple[TouchedUnit, ...]
    ended: int
    made: int
    brought: int
    effects: Mapping[int, Effect] = field(default_factory=dict)

    @property
    def awaited(self) -> int:
        return sum(len(group.units) for group in self.waiting)


def as_json(seen: Rehearsal) -> dict[str, Any]:
    """A rehearsal to be kept: units by number, no record of anybody."""
    return {
        "problems": [[p.code, p.row, p.unit, dict(p.words)] for p in seen.problems],
        "units": [[u.version.unit, u.kind, list(u.heirs), dict(u.counts)] for u in seen.units],
        "totals": dict(seen.totals),
        "lost": dict(seen.lost),
        "waiting": [[w.above, list(w.heirs), [v.unit for v in w.units]] for w in seen.waiting],
        "partly": [u.version.unit for u in seen.partly],
        "sizes": [seen.ended, seen.made, seen.brought],
        "effects": {str(unit): asdict(effect) for unit, effect in seen.effects.items()},
    }


def from_json(kept: Mapping[str, Any], past: History, draft: Draft) -> Rehearsal:
    """A rehearsal that was kept; units that are not there any more are left out."""

    def versions(units: list[int]) -> tuple[Version, ...]:
        return tuple(v for u in units if (v := past.version_near(u, draft.last)))

    units = tuple(
        TouchedUnit(version, kind, tuple(heirs), counts)
        for unit, kind, heirs, counts in kept["units"]
        for version in versions([unit])
    )
    ended, made, brought = kept["sizes"]
    return Rehearsal(
        problems=tuple(Problem(*one) for one in kept["problems"]),
        units=units,
        totals=kept["totals"],
        lost=kept["lost"],
        waiting=tuple(Waiting(a, tuple(h), versions(u)) for a, h, u in kept["waiting"]),
        partly=tuple(unit for unit in units if unit.version.unit in kept["partly"]),
        ended=ended,
        made=made,
        brought=brought,
        effects={int(unit): _effect(effect) for unit, effect in kept["effects"].items()},
    )


def _effect(kept: Mapping[str, Any]) -> Effect:
    seen = {name: tuple(kept[name]) for name in ("more", "less", "partly")}
    return Effect(kept["then"], kept["after"], **seen)
