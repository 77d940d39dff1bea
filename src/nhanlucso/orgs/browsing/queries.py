"""The tree of a day and the story of a unit, as far as a scope reaches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from nhanlucso.kernel.clock import ALWAYS, EVER, today
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.browsing.rules import ordered
from nhanlucso.orgs.enums import ChangeKind, UnitKind
from nhanlucso.orgs.models import Unit, UnitChange
from nhanlucso.orgs.queries import Reach, find_units, history, reach, visible_unit
from nhanlucso.orgs.rules import History, Version

WHOLE_TREE = 300  # up to so many units a tree is shown at once, else level by level


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit of a tree. `size` units stand directly below it; `children` None: not read yet."""

    version: Version
    size: int
    children: tuple[Branch, ...] | None


@dataclass(frozen=True, slots=True)
class Tree:
    """The units of a day that a scope reaches. `adrift`: those whose parent has ended before them."""

    on: date
    count: int
    tops: tuple[Branch, ...]
    adrift: tuple[Version, ...]


def unit_tree(scope: Scope, on: date, below: int | None = None) -> Tree:
    """The tree of a day, or what stands below a unit in it; read whole if it is small, else its first level.

    Raises Unit.DoesNotExist for a unit outside the scope or not valid on the day.
    """
    past, inside = history(), reach(scope)
    if below is not None and (not inside.holds(below) or past.version(below, on) is None):
        raise Unit.DoesNotExist
    held = [unit for unit in past.closure(on) if inside.holds(unit)]
    if below is not None:
        held = [unit for unit in held if below in past.closure(on)[unit]]
    tops = _tops(past, inside, held, on) if below is None else _children(past, inside, below, on)
    deep = len(held) <= WHOLE_TREE
    branches = tuple(_branch(past, inside, version, on, deep) for version in tops)
    adrift = [v for v in tops if v.parent is not None and past.version(v.parent, on) is None]
    return Tree(on, len(held), branches, tuple(adrift) if below is None else ())


def _branch(past: History, inside: Reach, version: Version, on: date, deep: bool) -> Branch:
    below = _children(past, inside, version.unit, on)
    children = tuple(_branch(past, inside, child, on, True) for child in below) if deep or not below else None
    return Branch(version, len(below), children)


def _children(past: History, inside: Reach, unit: int, on: date) -> list[Version]:
    return ordered(v for v in past.children(unit, on) if inside.holds(v.unit))


def _tops(past: History, inside: Reach, held: Iterable[int], on: date) -> list[Version]:
    """The units reached whose parent is not: it may lie outside the scope, or have ended."""
    versions = [v for unit in held if (v := past.version(unit, on))]
    return ordered(
        v
        for v in versions
        if v.parent is None or not inside.holds(v.parent) or past.version(v.parent, on) is None
    )


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a day brought a unit. `kind`: state (its name, kind and parent from then on), became,
    part (became several), took (others came to it), part_taken, created, ended, renamed, moved."""

    kind: str
    units: tuple[Version, ...]
    document: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A day in the life of a unit; None: since ever. `current`: what holds today."""

    day: date | None
    facts: tuple[Fact, ...]
    current: bool


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit on a day. `valid` False: it is not valid then, and `version` is the nearest one.

    `line`: what stands above it, the top first. `became`: what it is by today where it has ended.
    """

    unit: Unit
    version: Version
    valid: bool
    line: tuple[Version, ...]
    became: tuple[Version, ...]
    moments: tuple[Moment, ...]
    below: tuple[tuple[str, tuple[Version, ...]], ...]


def unit_view(scope: Scope, unit_id: int, on: date) -> UnitView:
    """A unit with its line, its story and what stands below it. Raises Unit.DoesNotExist outside the scope."""
    unit, past, inside = visible_unit(scope, unit_id), history(), reach(scope)
    version = past.version_near(unit_id, on)
    if version is None:
        raise Unit.DoesNotExist
    day = min(max(on, version.valid_from), version.valid_to)
    return UnitView(
        unit=unit,
        version=version,
        valid=day == on,
        line=line_above(scope, unit_id, day),
        became=became(scope, unit_id),
        moments=_moments(past, unit_id),
        below=_by_kind(_children(past, inside, unit_id, day)),
    )


def line_above(scope: Scope, unit_id: int, on: date) -> tuple[Version, ...]:
    """What stands above a unit on a day, the top first. Names of units are open to every scope."""
    past = history()
    above = past.closure(on).get(unit_id, (unit_id,))[1:]
    return tuple(v for unit in reversed(above) if (v := past.version_near(unit, on)))


def became(scope: Scope, unit_id: int) -> tuple[Version, ...]:
    """What a unit that is not valid today has become by today; nothing for one that is valid. Open to every
    scope."""
    past, day = history(), today()
    last = past.last_version(unit_id)
    if last is None or past.version(unit_id, day) is not None:
        return ()
    found = [past.version(unit, day) for unit in past.carry(unit_id, last.valid_to, day)]
    return tuple(ordered(v for v in found if v))


def _by_kind(versions: Iterable[Version]) -> tuple[tuple[str, tuple[Version, ...]], ...]:
    groups: dict[str, list[Version]] = {}
    for version in versions:
        groups.setdefault(version.kind, []).append(version)
    return tuple((str(UnitKind(kind).label), tuple(group)) for kind, group in groups.items())


def _moments(past: History, unit_id: int) -> tuple[Moment, ...]:
    """The days of a unit, newest first: its versions, and the events it was part of."""
    days: dict[date, list[Fact]] = {}
    for version in past.versions.get(unit_id, ()):
        above = past.version_near(version.parent, version.valid_from) if version.parent else None
        days.setdefault(version.valid_from, []).append(
            Fact("state", (version, above) if above else (version,), "")
        )
    rows = UnitChange.objects.filter(Q(from_unit=unit_id) | Q(to_unit=unit_id)).order_by("date", "uid", "pk")
    events: dict[tuple[date, str], list[UnitChange]] = {}
    for row in rows:
        events.setdefault((row.date, row.uid), []).append(row)
    for (day, _uid), group in events.items():
        days.setdefault(day, []).extend(_facts(past, unit_id, group))
    current = max((day for day in days if day <= today()), default=None)
    return tuple(
        Moment(None if day == EVER else day, _joined(facts), day == current)
        for day, facts in sorted(days.items(), reverse=True)
    )


def _joined(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts of a day, those of one kind and document as one."""
    groups: dict[tuple[str, str], list[Version]] = {}
    for fact in facts:
        groups.setdefault((fact.kind, fact.document), []).extend(fact.units)
    return tuple(
        Fact(kind, tuple(units) if kind == "state" else tuple(ordered(units)), document)
        for (kind, document), units in groups.items()
    )


def _facts(past: History, unit_id: int, rows: list[UnitChange]) -> list[Fact]:
    """What the rows of one event mean for a unit."""
    day, document, kind = rows[0].date, rows[0].document, rows[0].kind
    to = [row.to_unit_id for row in rows if row.from_unit_id == unit_id and row.to_unit_id != unit_id]
    came = [row.from_unit_id for row in rows if row.to_unit_id == unit_id and row.from_unit_id != unit_id]
    facts: list[Fact] = []
    if any(row.from_unit_id == unit_id == row.to_unit_id for row in rows):
        facts.append(Fact("renamed" if kind == ChangeKind.RENAME else "moved", (), document))
    if successors := _versions(past, to, day):
        facts.append(Fact("part" if len(successors) > 1 else "became", successors, document))
    elif None in to:
        facts.append(Fact("ended", (), document))
    if origins := _versions(past, came, day):
        facts.append(Fact("part_taken" if kind == ChangeKind.SPLIT else "took", origins, document))
    elif None in came:
        facts.append(Fact("created", (), document))
    return facts


def _versions(past: History, units: Iterable[int | None], day: date) -> tuple[Version, ...]:
    found = [past.version_near(unit, day) for unit in dict.fromkeys(units) if unit is not None]
    return tuple(ordered(v for v in found if v))


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in a list: as it is or last was, what stands above it, and what it has become if it has ended."""

    version: Version
    line: tuple[Version, ...]
    became: tuple[Version, ...]

    @property
    def ended(self) -> bool:
        return self.version.valid_to != ALWAYS


def unit_lines(scope: Scope, versions: Iterable[Version]) -> list[UnitLine]:
    """Lines of units that the caller may see."""
    return [
        UnitLine(v, line_above(scope, v.unit, min(today(), v.valid_to)), became(scope, v.unit))
        for v in versions
    ]


def choices(scope: Scope, words: str, below: int | None, on: date) -> list[Branch]:
    """Units valid on a day to choose from: found by name or code, else what stands below a unit (None: the tops).

    Raises Unit.DoesNotExist for a unit outside the scope or not valid on the day.
    """
    past, inside = history(), reach(scope)
    if words.strip():
        found = (past.version(match.unit, on) for match in find_units(scope, words))
        return [_branch(past, inside, version, on, False) for version in found if version]
    return list(unit_tree(scope, on, below).tops)
