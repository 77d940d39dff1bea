"""One indicator on the tree of then and on that of now: what the boundary changed, and what really changed.

Three numbers of one unit of now:

    then     of the earlier period, on the tree of its last day, of the unit that this one is compared with: itself
             where it stood then, else the predecessor that brought the most staff
    carried  of the same records, on the tree of now: what the unit of now would have shown
    later    of the later period, on the tree of now

carried − then is the effect of the boundary, later − carried the real change. A number of which something is
undecided is an interval, and so is a difference of two such: from the least to the most that it can be. Numbers of
several predecessors are added only where nobody can be counted in two of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nhanlucso.indicators.catalogue import INDICATORS, Indicator
from nhanlucso.indicators.definitions import in_force
from nhanlucso.indicators.queries import Ask, Wanted, figure_sets
from nhanlucso.indicators.rules import Figure
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history, reach
from nhanlucso.orgs.rules import History, Version

_STAFF = INDICATORS["staff.headcount"]
_COUNTED_TWICE = frozenset({"trained", "members", "rounds"})  # one key may lie in two units


@dataclass(frozen=True, slots=True)
class Gap:
    """A difference: in the indicator's unit, in percentage points for a share; from `low` to `high` at the most.

    `about`: a head count that is not exact stands in one of the numbers.
    """

    value: float
    low: float
    high: float
    about: bool = False

    @property
    def is_sure(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Predecessor:
    """A unit of then that became the unit of now, `whole` or in part; no figure for one that is out of reach."""

    version: Version
    whole: bool
    figure: Figure | None
    staff: int


@dataclass(frozen=True, slots=True)
class Total:
    """What the predecessors add up to; numerator and denominator for a share."""

    value: float | int | None
    low: float | int | None
    high: float | int | None
    numerator: int | None = None
    denominator: int | None = None


@dataclass(frozen=True, slots=True)
class Twin:
    """A unit of now beside what it was. `lead`: the predecessor compared with, None if there is none in reach."""

    version: Version
    predecessors: tuple[Predecessor, ...]
    lead: Predecessor | None
    together: Total | None
    carried: Figure
    later: Figure
    boundary: Gap | None
    real: Gap | None

    @property
    def is_changed(self) -> bool:
        """Whether the unit is not, as a whole and alone, what it was."""
        return [p.version.unit for p in self.predecessors] != [self.version.unit] or not self.predecessors[
            0
        ].whole


@dataclass(frozen=True, slots=True)
class Twins:
    """The unit and, in the same shape, the units below it; `redefined`: an own indicator's definition changed
    between the periods. `then`: that of the earlier period on its own tree; `carried` and `later` on that of now."""

    own: Twin
    below: tuple[Twin, ...]
    then: Ask
    carried: Ask
    later: Ask
    redefined: bool


def twins(
    scope: Scope,
    indicator: Indicator,
    unit: int,
    windows: tuple[Ask, Ask],
    now: date,
    lead: int | None = None,
) -> Twins:
    """The twin report of a unit valid on the tree of `now`, with those right below it that the scope reaches.

    `windows`: the earlier and the later period; `now` is on no earlier day than the end of either. `lead`: the
    predecessor to compare with. Raises Refused("unit_not_valid", "not_in_force"), Unit.DoesNotExist.
    """
    past, inside = history(), reach(scope.to(Permission.SEE_FIGURES))
    before, after = windows
    then, carried, later = (
        Ask(before.window, before.window.b),
        Ask(before.window, now),
        Ask(after.window, now),
    )
    below = [v.unit for v in past.children(unit, now) if inside.holds(v.unit) and v.kind != "village"]
    lineages = lineage(past, [unit, *below], then.tree, now)
    old = sorted({u for found in lineages.values() for u in found if inside.holds(u)})
    first = in_force(indicator, before.window.b) or indicator
    last = in_force(indicator, after.window.b) or indicator
    of_then, of_carried, of_later = figure_sets(
        scope,
        [
            Wanted(then, [first, _STAFF], old),
            Wanted(carried, [first], [unit, *below]),
            Wanted(later, [last], [unit, *below]),
        ],
    )
    made = [
        _twin(past, each, lineages[each], of_then, of_carried[each][0], of_later[each][0], now, lead)
        for each in [unit, *below]
    ]
    return Twins(made[0], tuple(made[1:]), then, carried, later, first.version != last.version)


def lineage(past: History, units: Collection[int], then: date, now: date) -> dict[int, dict[int, bool]]:
    """The units valid then that became each of some units of now, and whether wholly; none within another, so that
    nothing is told twice: of a unit and one that holds it, the one that is of the kind of the unit of now."""
    wanted, found = set(units), {unit: dict[int, bool]() for unit in units}
    closure = past.closure(then)
    for old in closure:
        became = past.carry(old, then, now)
        for unit in became & wanted:
            found[unit][old] = len(became) == 1
    return {unit: _apart(past, unit, held, closure, (then, now)) for unit, held in found.items()}


def _apart(
    past: History,
    unit: int,
    held: dict[int, bool],
    closure: Mapping[int, tuple[int, ...]],
    days: tuple[date, date],
) -> dict[int, bool]:
    """Keeps units one by one: itself, those of its kind, then whole ones, outer ones before inner ones."""
    then, now = days
    version = past.version(unit, now)

    def rank(old: int) -> tuple[bool, bool, bool, int, int]:
        was = past.version(old, then)
        alike = was is not None and version is not None and was.kind == version.kind
        return old != unit, not alike, not held[old], len(closure[old]), old

    kept: dict[int, bool] = {}
    for old in sorted(held, key=rank):
        if not any(old in closure[other] or other in closure[old] for other in kept):
            kept[old] = held[old]
    return kept


def _twin(
    past: History,
    unit: int,
    held: dict[int, bool],
    of_then: dict[int, list[Figure]],
    carried: Figure,
    later: Figure,
    now: date,
    wanted: int | None,
) -> Twin:
    version = past.version(unit, now)
    assert version is not None  # figures were computed for it on that tree
    predecessors = _predecessors(past, held, of_then, carried.window[1])
    lead = _lead(unit, predecessors, wanted)
    return Twin(
        version=version,
        predecessors=predecessors,
        lead=lead,
        together=together([p.figure for p in predecessors if p.figure], len(predecessors)),
        carried=carried,
        later=later,
        boundary=gap(lead.figure if lead else None, carried),
        real=gap(carried, later),
    )


def _predecessors(
    past: History, held: dict[int, bool], of_then: dict[int, list[Figure]], then: date
) -> tuple[Predecessor, ...]:
    found = []
    for old, whole in held.items():
        version = past.version(old, then)
        figures = of_then.get(old)
        if version is not None:
            staff = int(figures[1].value or 0) if figures else 0
            found.append(Predecessor(version, whole, figures[0] if figures else None, staff))
    return tuple(sorted(found, key=lambda p: (-p.staff, p.version.name, p.version.unit)))


def _lead(unit: int, predecessors: Sequence[Predecessor], wanted: int | None) -> Predecessor | None:
    """The one asked for, the unit itself, or the one with the most staff; of those in reach."""
    known = [p for p in predecessors if p.figure is not None]
    chosen = [p for u in (wanted, unit) for p in known if p.version.unit == u]
    return next(iter([*chosen, *known]), None)


def together(figures: Sequence[Figure], of: int) -> Total | None:
    """The sum of all of several predecessors; None where one is missing, or where somebody may be in two."""
    if len(figures) < 2 or len(figures) != of or figures[0].indicator.relation in _COUNTED_TWICE:
        return None
    if figures[0].indicator.is_share:
        n, d = sum(f.numerator or 0 for f in figures), sum(f.denominator or 0 for f in figures)
        return Total(100 * n / d if d else None, None, None, n, d)
    return Total(*(sum(getattr(f, end) or 0 for f in figures) for end in ("value", "low", "high")))


def gap(earlier: Figure | None, later: Figure | None) -> Gap | None:
    """What the later figure is more than the earlier one; None where one of them is not known."""
    if earlier is None or later is None or earlier.value is None or later.value is None:
        return None
    ends = earlier.low, earlier.high, later.low, later.high
    low, high, least, most = (0.0 if end is None else end for end in ends)
    about = {earlier.qualifier, later.qualifier} - {"exact", "over"} != set()
    return Gap(later.value - earlier.value, least - high, most - low, about)
