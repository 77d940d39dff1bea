"""Villages with and without a team below a unit. The numbers are those of the indicators `teams.*`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Sum

from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.browsing.rules import ordered
from nhanlucso.orgs.enums import UnitKind
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import Reach, history, reach, reach_below
from nhanlucso.orgs.rules import History, Version
from nhanlucso.teams.enums import TeamRole
from nhanlucso.teams.models import Assist, Team, TeamMember
from nhanlucso.teams.rules import COUNTED

_GROUPED = (UnitKind.COUNTRY, UnitKind.PROVINCE, UnitKind.DISTRICT)


@dataclass(frozen=True, slots=True)
class CoverageAsked:
    """Teams of a unit on the day `last`, their help from `first` on; the unit as it stands on the day `tree`,
    never before `last`. What has left the scope by today is left out."""

    unit: int
    first: date
    last: date
    tree: date


@dataclass(frozen=True, slots=True)
class Counts:
    """Villages, those with a team, teams, distinct members; `assists` in attendances."""

    villages: int
    with_team: int
    teams: int
    members: int
    assists: int

    @property
    def without(self) -> int:
        return self.villages - self.with_team


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team with what its unit is on the tree (several after a split); `village`: it is one village's own."""

    pk: int
    name: str
    units: tuple[Version, ...]
    village: bool
    leader: str
    members: int
    assists: int


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A unit below with the counts of what lies wholly inside it; None: what lies in no single one of them."""

    version: Version | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class Coverage:
    """`groups` for a province, by commune; for a commune `missing` villages and `teams`.

    `former`: attendances of help in `counts.assists` by teams that have ended since.
    """

    version: Version
    counts: Counts
    former: int
    missing: tuple[Version, ...] = ()
    teams: tuple[TeamLine, ...] = ()
    groups: tuple[GroupLine, ...] = ()


@dataclass(slots=True)
class _Pile:
    """What lies in one place, before it is counted."""

    villages: set[int] = field(default_factory=set)
    with_team: set[int] = field(default_factory=set)
    teams: set[int] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    assists: int = 0

    def counts(self) -> Counts:
        return Counts(
            len(self.villages), len(self.with_team), len(self.teams), len(self.people), self.assists
        )


@dataclass(frozen=True, slots=True)
class _Held:
    """A team of the day: where it was on `last`, and where it is on the tree."""

    pk: int
    name: str
    then: frozenset[int]
    places: frozenset[int]


def coverage(scope: Scope, asked: CoverageAsked) -> Coverage:
    """The teams of a unit. Raises Unit.DoesNotExist outside the scope or for a unit not valid on the tree."""
    scope, past = scope.to(Permission.SEE_TEAMS), history()
    version = past.version(asked.unit, asked.tree)
    if version is None or not reach(scope).holds(asked.unit):
        raise Unit.DoesNotExist
    inside = reach_below(scope, asked.unit, asked.tree)
    teams = list(_teams(past, inside, asked))
    people, help_given = _people(inside, asked.last), list(_help(past, inside, asked))
    villages = dict(_villages(past, inside, asked))
    owned = {next(iter(team.then)) for team in teams if len(team.then) == 1}
    whole = _Pile()
    places = _Places(past, asked, version.kind in _GROUPED)
    for unit, where in villages.items():
        for pile in (whole, places.pile(where)):
            pile.villages.add(unit)
            if unit in owned:
                pile.with_team.add(unit)
    for team in teams:
        for pile in (whole, places.pile(team.places)):
            pile.teams.add(team.pk)
            pile.people |= people.get(team.pk, set())
    current = {team.pk for team in teams}
    for _team, amount, where in help_given:
        for pile in (whole, places.pile(where)):
            pile.assists += amount
    former = sum(amount for team, amount, _where in help_given if team not in current)
    counts = whole.counts()
    if version.kind in _GROUPED:
        return Coverage(version, counts, former, groups=tuple(places.lines()))
    lacking = [v for u in villages if u not in owned and (v := past.version(u, asked.last))]
    given = {team: amount for team, amount, _where in help_given}
    lines = _lines(past, asked, teams, set(villages), people, given)
    return Coverage(version, counts, former, missing=tuple(ordered(lacking)), teams=tuple(lines))


def _teams(past: History, inside: Reach, asked: CoverageAsked) -> Iterator[_Held]:
    rows = Team.objects.filter(
        inside.rows("unit", "valid_from"), valid_from__lte=asked.last, valid_to__gte=asked.last
    ).order_by("pk")
    for pk, name, unit, since in rows.values_list("pk", "name", "unit_id", "valid_from"):
        then = past.carry(unit, since, asked.last)
        places = then if asked.last == asked.tree else past.carry(unit, since, asked.tree)
        yield _Held(pk, name, then, places)


def _people(inside: Reach, day: date) -> dict[int, set[int]]:
    """The members of each team on a day; not by a list of teams, of which there may be thousands."""
    rows = TeamMember.objects.filter(
        inside.rows("team__unit", "team__valid_from"),
        team__valid_from__lte=day,
        team__valid_to__gte=day,
        valid_from__lte=day,
        valid_to__gte=day,
    )
    found: dict[int, set[int]] = {}
    for team, person in rows.values_list("team_id", "person_id"):
        found.setdefault(team, set()).add(person)
    return found


def _help(past: History, inside: Reach, asked: CoverageAsked) -> Iterator[tuple[int, int, frozenset[int]]]:
    """(team, attendances, where) of the help of the window, also by teams that have ended."""
    rows = (
        Assist.objects.filter(
            inside.rows("team__unit", "team__valid_from"),
            date__gte=asked.first,
            date__lte=asked.last,
            outcome__in=COUNTED,
            people__isnull=False,
        )
        .values_list("team_id", "team__unit_id", "team__valid_from")
        .annotate(amount=Sum("people"))
        .order_by("team_id")
    )
    for team, unit, since, amount in rows:
        yield team, amount, past.carry(unit, since, asked.tree)


def _villages(past: History, inside: Reach, asked: CoverageAsked) -> Iterator[tuple[int, frozenset[int]]]:
    """The villages of the day, and where each is on the tree."""
    units = past.closure(asked.last) if inside.since is None else inside.since
    for unit in units:
        version = past.version(unit, asked.last)
        if version is None or version.kind != UnitKind.VILLAGE:
            continue
        if inside.since is None or inside.since[unit] <= asked.last:
            yield unit, past.carry(unit, asked.last, asked.tree)


class _Places:
    """Piles by the topmost commune below the unit that holds something wholly; else by the unit next below."""

    def __init__(self, past: History, asked: CoverageAsked, grouped: bool) -> None:
        self._past, self._asked, self._grouped = past, asked, grouped
        self._closure = past.closure(asked.tree)
        self._piles: dict[int | None, _Pile] = {}
        if grouped:
            for unit in past.subtree(asked.unit, asked.tree):
                top = self._top(unit)
                version = past.version(top, asked.tree)
                if version is not None and version.kind == UnitKind.COMMUNE:
                    self._piles.setdefault(top, _Pile())

    def pile(self, where: Iterable[int]) -> _Pile:
        """Where to count what lies there; nowhere that is shown, unless units are grouped."""
        tops = {self._top(unit) for unit in where} if self._grouped else set()
        return self._piles.setdefault(next(iter(tops)) if len(tops) == 1 else None, _Pile())

    def lines(self) -> Iterator[GroupLine]:
        """The units in the order of lists; what lies in no single one at the end."""
        versions = [v for u in self._piles if u and (v := self._past.version(u, self._asked.tree))]
        for version in ordered(versions):
            yield GroupLine(version, self._piles[version.unit].counts())
        if None in self._piles:
            yield GroupLine(None, self._piles[None].counts())

    def _top(self, unit: int) -> int:
        line = self._closure.get(unit, (unit,))
        below = line[: line.index(self._asked.unit)] if self._asked.unit in line else line
        for above in reversed(below):
            version = self._past.version(above, self._asked.tree)
            if version is not None and version.kind == UnitKind.COMMUNE:
                return above
        return below[-1] if below else self._asked.unit


def _lines(
    past: History,
    asked: CoverageAsked,
    teams: list[_Held],
    villages: set[int],
    people: dict[int, set[int]],
    given: dict[int, int],
) -> list[TeamLine]:
    """The teams, those of the unit itself and of split villages first, then by village."""
    leaders = _leaders([team.pk for team in teams], asked.last)
    found = []
    for team in teams:
        units = tuple(ordered(v for unit in team.places if (v := past.version(unit, asked.tree))))
        found.append(
            TeamLine(
                pk=team.pk,
                name=team.name,
                units=units,
                village=len(team.then) == 1 and team.then <= villages,
                leader=leaders.get(team.pk, ""),
                members=len(people.get(team.pk, ())),
                assists=given.get(team.pk, 0),
            )
        )
    order = {
        v.unit: place for place, v in enumerate(ordered({line.units[0] for line in found if line.units}))
    }
    return sorted(
        found, key=lambda line: (line.village, order[line.units[0].unit] if line.units else -1, line.pk)
    )


def _leaders(teams: list[int], day: date) -> dict[int, str]:
    """The name of each team's leader on a day. One unit's teams are a list that a database takes."""
    rows = TeamMember.objects.filter(
        team__in=teams, role=TeamRole.LEADER, valid_from__lte=day, valid_to__gte=day
    ).order_by("valid_from", "pk")  # the latest stays
    return dict(rows.values_list("team_id", "person__full_name"))
