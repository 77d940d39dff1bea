"""The tree of a day, as far as a scope reaches; choosing from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.browsing.queries.finding import matches
from nhanlucso.orgs.browsing.rules import ordered
from nhanlucso.orgs.enums import UnitKind
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import Reach, history, reach
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
    held = _held(past, inside, on, below)
    tops = _tops(past, inside, held, on) if below is None else _children(past, inside, below, on)
    deep = len(held) <= WHOLE_TREE
    branches = tuple(_branch(past, inside, version, on, deep) for version in tops)
    adrift = [v for v in tops if v.parent is not None and past.version(v.parent, on) is None]
    return Tree(on, len(held), branches, tuple(adrift) if below is None else ())


def unit_rows(scope: Scope, on: date, below: int | None = None) -> list[tuple[Version, int]]:
    """All units of the tree of a day, or the unit and what stands below it, in the order of the tree, each with
    its depth. Raises Unit.DoesNotExist as `unit_tree`."""
    past, inside = history(), reach(scope)
    held = _held(past, inside, on, below)
    own = past.version(below, on) if below is not None else None
    pending = [(version, 0) for version in reversed([own] if own else _tops(past, inside, held, on))]
    rows: list[tuple[Version, int]] = []
    while pending:
        version, depth = pending.pop()
        rows.append((version, depth))
        pending += [(v, depth + 1) for v in reversed(_children(past, inside, version.unit, on))]
    return rows


def _held(past: History, inside: Reach, on: date, below: int | None) -> list[int]:
    """The units of the day in reach, or those of them below one unit and itself."""
    if below is None:
        return [unit for unit in past.closure(on) if inside.holds(unit)]
    if not inside.holds(below) or past.version(below, on) is None:
        raise Unit.DoesNotExist
    return [unit for unit in past.subtree(below, on) if inside.holds(unit)]


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
class Choice:
    """A unit to choose (`suits`), or only to look below: so many units stand there that lead on."""

    version: Version
    suits: bool
    size: int


def choices(
    scope: Scope,
    words: str,
    below: int | None,
    on: date,
    suits: Callable[[Version], bool] = lambda version: True,
) -> list[Choice]:
    """Units valid on a day to choose from: found by name (of theirs, or of what became them) or code, else what
    stands below a unit (None: the tops).

    Units that neither suit nor lead to others are left out; villages lead nowhere. Raises Unit.DoesNotExist for a
    unit outside the scope or not valid on the day.
    """
    past, inside = history(), reach(scope)
    if words.strip():
        found = past.standing((match.version.unit for match in matches(scope, words)), on)
        held = (v for v in found if inside.holds(v.unit) and suits(v))
        return [Choice(v, True, _leading(past, inside, v, on, suits)) for v in held]
    if below is None:
        level = _tops(past, inside, _held(past, inside, on, None), on)
    else:
        _held(past, inside, on, below)
        level = _children(past, inside, below, on)
    asked = [Choice(v, suits(v), _leading(past, inside, v, on, suits)) for v in level]
    return [choice for choice in asked if choice.suits or choice.size]


def _leading(
    past: History, inside: Reach, version: Version, on: date, suits: Callable[[Version], bool]
) -> int:
    below = _children(past, inside, version.unit, on)
    return sum(suits(child) or child.kind != UnitKind.VILLAGE for child in below)
