"""The days of a unit: its versions, and the events that it was part of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from nhanlucso.kernel.clock import EVER, today
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.browsing.rules import ordered
from nhanlucso.orgs.enums import ChangeKind, UnitKind
from nhanlucso.orgs.models import UnitChange
from nhanlucso.orgs.queries import history, visible_unit
from nhanlucso.orgs.rules import History, Version

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a day brought a unit. `kind`: state (its name, kind and parent from then on), became,
    part (became several), dissolved (a district: where its communes went), took (others came to it wholly),
    part_taken (a part of others came), created, ended, renamed, moved."""

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
class Turned:
    """A commune of a former district, and what it has become by today; several where it was split."""

    version: Version
    became: tuple[Version, ...]


def story(scope: Scope, unit_id: int) -> tuple[Moment, ...]:
    """The days of a unit, newest first. Raises Unit.DoesNotExist outside the scope."""
    past, days = history(), dict[date, list[Fact]]()
    visible_unit(scope, unit_id)
    for version in past.versions.get(unit_id, ()):
        above = past.version_near(version.parent, version.valid_from) if version.parent else None
        days.setdefault(version.valid_from, []).append(
            Fact("state", (version, above) if above else (version,), "")
        )
    rows = UnitChange.objects.filter(Q(from_unit=unit_id) | Q(to_unit=unit_id)).order_by("date", "uid", "pk")
    events: dict[tuple[date, str, str], list[UnitChange]] = {}
    for row in rows:
        events.setdefault((row.date, row.origin, row.uid), []).append(row)
    for (day, _origin, _uid), group in events.items():
        days.setdefault(day, []).extend(_facts(past, unit_id, group))
    current = max((day for day in days if day <= today()), default=None)
    return tuple(
        Moment(None if day == EVER else day, _joined(facts), day == current)
        for day, facts in sorted(days.items(), reverse=True)
    )


def became(scope: Scope, unit_id: int) -> tuple[Version, ...]:
    """What a unit that is not valid today has become by today; nothing for one that is valid. A district became
    what its communes became. Open to every scope: names of units are."""
    return what_became(scope, [unit_id])[unit_id]


def what_became(scope: Scope, units: Iterable[int]) -> dict[int, tuple[Version, ...]]:
    """As `became`, for many units."""
    past, day = history(), today()
    return {unit: _became(past, unit, day) for unit in units}


def _became(past: History, unit_id: int, day: date) -> tuple[Version, ...]:
    last = past.last_version(unit_id)
    if last is None or past.version(unit_id, day) is not None:
        return ()
    communes = _communes(past, last)
    if communes:
        return tuple(ordered({v.unit: v for one in communes for v in _carried(past, one, day)}.values()))
    return _carried(past, last, day)


def communes_became(scope: Scope, unit_id: int) -> tuple[Turned, ...]:
    """The communes that a former district had on its last day, each with what it has become by today. Open to
    every scope: names of units are."""
    past, day = history(), today()
    last = past.last_version(unit_id)
    if last is None or last.valid_to >= day:
        return ()
    return tuple(Turned(version, _carried(past, version, day)) for version in _communes(past, last))


def _communes(past: History, last: Version) -> list[Version]:
    """The communes of a district on its last day; none of other units."""
    if last.kind != UnitKind.DISTRICT:
        return []
    return ordered(v for v in past.children(last.unit, last.valid_to) if v.kind == UnitKind.COMMUNE)


def _carried(past: History, version: Version, to: date) -> tuple[Version, ...]:
    """What a unit of a version has become by a day; itself while it lasts."""
    found = [past.version(unit, to) for unit in past.carry(version.unit, version.valid_to, to)]
    return tuple(ordered(v for v in found if v))


def _joined(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts of a day, those of one kind and document as one."""
    groups: dict[tuple[str, str], dict[int, Version]] = {}
    for fact in facts:
        groups.setdefault((fact.kind, fact.document), {}).update({v.unit: v for v in fact.units})
    return tuple(
        Fact(kind, tuple(units.values() if kind == "state" else ordered(units.values())), document)
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
    if to:
        facts.append(_left(past, unit_id, to, day, document))
    origins = _versions(past, came, day)
    for word, whole in (("took", True), ("part_taken", False)):
        if held := tuple(v for v in origins if _came_whole(past, v.unit, day) is whole):
            facts.append(Fact(word, held, document))
    if not origins and None in came:
        facts.append(Fact("created", (), document))
    return facts


def _left(past: History, unit_id: int, to: list[int | None], day: date, document: str) -> Fact:
    """How a unit left by an event."""
    last = past.version(unit_id, day - _ONE_DAY)
    if last is not None and (communes := _communes(past, last)):
        heirs = {v.unit: v for one in communes for v in _carried(past, one, day)}
        return Fact("dissolved", tuple(ordered(heirs.values())), document)
    successors = _versions(past, to, day)
    if not successors:
        return Fact("ended", (), document)
    return Fact("part" if len(successors) > 1 else "became", successors, document)


def _came_whole(past: History, unit: int, day: date) -> bool:
    """Whether all of a unit went one way on a day."""
    way_out = past.exits.get((unit, past.first_exit(unit, day - _ONE_DAY)))
    return way_out is None or way_out.date != day or len(way_out.successors) < 2


def _versions(past: History, units: Iterable[int | None], day: date) -> tuple[Version, ...]:
    found = [past.version_near(unit, day) for unit in dict.fromkeys(units) if unit is not None]
    return tuple(ordered(v for v in found if v))
