"""One unit on a day, and units as lines of a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from nhanlucso.kernel.clock import ALWAYS, today
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.browsing.queries.finding import Match, matches
from nhanlucso.orgs.browsing.queries.story import Moment, Turned, became, communes_became, story, what_became
from nhanlucso.orgs.browsing.rules import ordered
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history, reach, visible_unit
from nhanlucso.orgs.rules import History, Version


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit on a day. `valid` False: it is not valid then, and `version` is the nearest one.

    `line`: what stands above it, the top first. `became`: what it is by today where it has ended; of a district
    `communes` says it commune by commune. `below`: what stands directly below it, by kind.
    """

    unit: Unit
    version: Version
    valid: bool
    line: tuple[Version, ...]
    became: tuple[Version, ...]
    communes: tuple[Turned, ...]
    moments: tuple[Moment, ...]
    below: tuple[tuple[str, tuple[Version, ...]], ...]


def unit_view(scope: Scope, unit_id: int, on: date) -> UnitView:
    """A unit with its line, its story and what stands below it. Raises Unit.DoesNotExist outside the scope."""
    unit, past, inside = visible_unit(scope, unit_id), history(), reach(scope)
    version = past.version_near(unit_id, on)
    if version is None:
        raise Unit.DoesNotExist
    day = min(max(on, version.valid_from), version.valid_to)
    children = ordered(v for v in past.children(unit_id, day) if inside.holds(v.unit))
    return UnitView(
        unit=unit,
        version=version,
        valid=day == on,
        line=line_above(scope, unit_id, day),
        became=became(scope, unit_id),
        communes=communes_became(scope, unit_id),
        moments=story(scope, unit_id),
        below=_by_kind(children),
    )


def line_above(scope: Scope, unit_id: int, on: date) -> tuple[Version, ...]:
    """What stands above a unit on a day, the top first. Names of units are open to every scope."""
    return _line(history(), unit_id, on)


def _line(past: History, unit_id: int, on: date) -> tuple[Version, ...]:
    above = past.closure(on).get(unit_id, (unit_id,))[1:]
    return tuple(v for unit in reversed(above) if (v := past.version_near(unit, on)))


def _by_kind(versions: Iterable[Version]) -> tuple[tuple[str, tuple[Version, ...]], ...]:
    groups: dict[str, list[Version]] = {}
    for version in versions:
        groups.setdefault(version.kind, []).append(version)
    return tuple((kind, tuple(group)) for kind, group in groups.items())


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in a list: as it is or last was, what stands above it, what it has become if it has ended, and the
    name it was found by where it bears another now."""

    version: Version
    line: tuple[Version, ...]
    became: tuple[Version, ...]
    formerly: str = ""

    @property
    def ended(self) -> bool:
        return self.version.valid_to != ALWAYS


def unit_lines(scope: Scope, words: str, most: int) -> tuple[list[UnitLine], int]:
    """The units in reach that words find, the first of them as lines, and how many there are."""
    found = matches(scope, words)
    return lines_of(scope, found[:most]), len(found)


def lines_of(scope: Scope, found: Sequence[Match]) -> list[UnitLine]:
    """Units that were found in reach, as lines."""
    past, day = history(), today()
    now = what_became(scope, [match.version.unit for match in found])
    return [
        UnitLine(
            match.version,
            _line(past, match.version.unit, min(day, match.version.valid_to)),
            now[match.version.unit],
            match.formerly,
        )
        for match in found
    ]
