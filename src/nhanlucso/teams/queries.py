"""Reading teams, their members and the help they gave.

Who may only log help sees nothing of `SEE_TEAMS`: their own teams are reached through `LOG_ASSISTS` alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from nhanlucso.kernel.clock import today
from nhanlucso.kernel.periods import Period, month_of
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope, granted
from nhanlucso.kernel.text import fold, natural_key
from nhanlucso.orgs.browsing.rules import ordered
from nhanlucso.orgs.queries import Reach, history, reach
from nhanlucso.orgs.rules import Version
from nhanlucso.people.models import Person
from nhanlucso.people.queries import PersonName, find_people, people_by_ids, visible_person
from nhanlucso.teams.enums import SHORT_OUTCOMES, Outcome, ServiceField
from nhanlucso.teams.models import Assist, Team, TeamMember
from nhanlucso.teams.rules import Tally, own_and_fresh, tally

_LATEST = 5  # entries that a member sees at once


def team_people(scope: Scope, ids: Collection[int]) -> dict[int, PersonName]:
    """Names of those of the persons who are or were on a team of a unit in reach; many hold no post at all."""
    rows = TeamMember.objects.filter(
        reach(scope.to(Permission.SEE_TEAMS)).rows("team__unit", "team__valid_from"), person__in=list(ids)
    ).order_by("valid_from", "pk")
    past = history()
    found: dict[int, PersonName] = {}
    for row in rows.select_related("person", "team"):
        version = past.last_version(row.team.unit_id)
        found[row.person_id] = PersonName(
            row.person_id,
            row.person.full_name,
            row.get_role_display() if row.role else "",
            version.name if version else "",
        )
    return found


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's time on a team, with the team's unit as it was called when the seat began."""

    member: TeamMember
    unit: Version | None
    current: bool


def reached_person(scope: Scope, pk: int) -> Person:
    """Somebody whom the scope reaches by a post, or by a seat on a team of a unit in reach.

    Raises Person.DoesNotExist.
    """
    if pk in team_people(scope, [pk]):
        return Person.objects.get(pk=pk)
    return visible_person(scope, pk)


def seats_of(scope: Scope, person_id: int) -> list[Seat]:
    """The team seats of somebody, newest first, for who sees teams: all for whom the scope reaches by a post there,
    else those in reach."""
    seen = scope.to(Permission.SEE_TEAMS)
    rows = TeamMember.objects.filter(person=person_id)
    if not scope.may(Permission.SEE_TEAMS):
        return []
    if person_id not in people_by_ids(seen, [person_id]):
        rows = rows.filter(reach(seen).rows("team__unit", "team__valid_from"))
    return _seats(rows)


def own_seats(scope: Scope) -> list[Seat]:
    """The team seats of the person behind the account, newest first; never by reach."""
    return _seats(TeamMember.objects.filter(person=scope.person_id or 0))


def _seats(rows: QuerySet[TeamMember]) -> list[Seat]:
    past, day = history(), today()
    return [
        Seat(row, past.version_near(row.team.unit_id, row.valid_from), row.valid_from <= day <= row.valid_to)
        for row in rows.select_related("team").order_by("-valid_from", "pk")
    ]


def teams_in_reach(scope: Scope, permission: Permission) -> QuerySet[Team]:
    """Teams of units in which something may be done."""
    return Team.objects.filter(reach(scope.to(permission)).rows("unit", "valid_from"))


def find_teams(scope: Scope, units: Collection[int], most: int) -> list[Team]:
    """Teams in reach of these units, those that last first."""
    if scope.to(Permission.SEE_TEAMS).is_empty or not units:
        return []
    rows = teams_in_reach(scope, Permission.SEE_TEAMS).filter(unit__in=list(units))
    return list(rows.order_by("-valid_to", "unit", "pk")[:most])


def visible_team(scope: Scope, pk: int) -> Team:
    """The team, if the scope looks at its unit; raises Team.DoesNotExist otherwise."""
    return teams_in_reach(scope, Permission.SEE_TEAMS).get(pk=pk)


def loggable_teams(scope: Scope) -> QuerySet[Team]:
    """Teams whose help may be logged: by who keeps them any in reach, else as `own_teams` says."""
    kept = reach(scope.to(Permission.EDIT_TEAMS)).rows("unit", "valid_from")
    logged = reach(scope.to(Permission.LOG_ASSISTS)).rows("unit", "valid_from")
    return Team.objects.filter(logged).filter(kept | _own(scope))


def loggable_team(scope: Scope, pk: int) -> Team:
    """The team, if its help may be logged. Raises Team.DoesNotExist."""
    return loggable_teams(scope).get(pk=pk)


def own_teams(scope: Scope) -> QuerySet[Team]:
    """Teams of today that somebody is on; of an account without a person, those of the units where it may log
    help and nothing more."""
    day = today()
    return Team.objects.filter(_own(scope), valid_from__lte=day, valid_to__gte=day)


def _own(scope: Scope) -> Q:
    if scope.person_id is not None:
        day = today()
        seats = TeamMember.objects.filter(
            team=OuterRef("pk"), person=scope.person_id, valid_from__lte=day, valid_to__gte=day
        )
        return reach(scope.to(Permission.LOG_ASSISTS)).rows("unit", "valid_from") & Q(Exists(seats))
    return reach(_only_logging(scope)).rows("unit", "valid_from")


def _only_logging(scope: Scope) -> Scope:
    """The part of the scope where help may be logged, but teams not looked at."""
    log, see = Permission.LOG_ASSISTS, Permission.SEE_TEAMS
    if scope.grants or scope.may(see):
        held = [grant for grant in scope.grants if log in grant.permissions and see not in grant.permissions]
        return granted(scope.account_id, held, scope.person_id, also=log)
    return scope.to(log)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the log; `open`: the scope may still change or remove it."""

    assist: Assist
    open: bool

    @property
    def outcome(self) -> str:
        """In short words; nothing where it is unknown."""
        return str(SHORT_OUTCOMES[Outcome(self.assist.outcome)]) if self.assist.outcome else ""


@dataclass(frozen=True, slots=True)
class MyTeam:
    """A team as its members see it: help of this month, the latest entries. No name of anyone."""

    team: Team
    unit: Version | None
    total: Tally
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class MyTeams:
    """The teams of whoever asks, in the reporting month of today (first and last day)."""

    month: Period
    first: date
    last: date
    teams: tuple[MyTeam, ...]


def my_teams(scope: Scope, at: datetime) -> MyTeams:
    """The teams that somebody is on with this month's help, in the same few queries however many they are."""
    month = month_of(today())
    first, last = month.window()
    teams = _by_name(own_teams(scope)) if scope.may(Permission.LOG_ASSISTS) else []
    log = Assist.objects.filter(team__in=[team.pk for team in teams])
    sums = log.filter(date__range=(first, last)).values_list("team_id", "field", "outcome")
    given: dict[int, list[tuple[str, str, int]]] = {}
    for team, heading, outcome, people in sums.annotate(amount=Sum("people")):
        given.setdefault(team, []).append((heading, outcome, people or 0))
    latest: dict[int, list[Assist]] = {}
    for row in log.filter(date__lte=last, date__gte=first).order_by("-date", "-pk"):
        if len(rows := latest.setdefault(row.team_id, [])) < _LATEST:
            rows.append(row)
    past, day, kept = history(), today(), reach(scope.to(Permission.EDIT_TEAMS))
    return MyTeams(
        month,
        first,
        last,
        tuple(
            MyTeam(
                team,
                past.version_near(team.unit_id, day),
                tally(given.get(team.pk, ()), ServiceField.values),
                tuple(_entries(scope, latest.get(team.pk, ()), _covers(kept, team), at)),
            )
            for team in teams
        ),
    )


def _entries(scope: Scope, rows: Iterable[Assist], kept: bool, at: datetime) -> Iterable[Entry]:
    """Entries with whether they are open; `kept`: by who keeps the team all are."""
    for row in rows:
        fresh = own_and_fresh(row.recorded_by_id, row.recorded_at, scope.account_id, at)
        yield Entry(row, kept or fresh)


def entries_of(scope: Scope, rows: Iterable[Assist], at: datetime) -> list[Entry]:
    """Entries of one team's log that was read with the scope, each with whether the scope may change it."""
    found = list(rows)
    kept = bool(found) and may_edit(scope, found[0].team)
    return list(_entries(scope, found, kept, at))


def may_edit(scope: Scope, team: Team) -> bool:
    """Whether the scope keeps the team: may change it, its members and its whole log."""
    return _covers(reach(scope.to(Permission.EDIT_TEAMS)), team)


def _covers(inside: Reach, team: Team) -> bool:
    if inside.since is None:
        return True
    return team.unit_id in inside.since and inside.since[team.unit_id] <= team.valid_from


@dataclass(frozen=True, slots=True)
class Member:
    """A seat with the name of who sits there; `current`: today, on a team of today."""

    seat: TeamMember
    name: str
    current: bool


@dataclass(frozen=True, slots=True)
class TeamView:
    """A team: the unit as it was called when the team began, what that is today, who is and was on it."""

    team: Team
    unit: Version | None
    now: tuple[Version, ...]
    current: bool
    members: tuple[Member, ...]
    former: tuple[Member, ...]


def team_view(scope: Scope, pk: int) -> TeamView:
    """A team with its members, the leader first. Raises Team.DoesNotExist outside the scope."""
    team, past, day = visible_team(scope, pk), history(), today()
    now = (past.version(unit, day) for unit in past.carry(team.unit_id, team.valid_from, day))
    current = team.valid_from <= day <= team.valid_to
    seats = TeamMember.objects.filter(team=team).select_related("person")
    members = [
        Member(seat, seat.person.full_name, current and seat.valid_from <= day <= seat.valid_to)
        for seat in seats.order_by("person__name_key", "valid_from", "pk")
    ]
    rank = {"leader": 0, "deputy": 1, "member": 2}
    return TeamView(
        team=team,
        unit=past.version_near(team.unit_id, max(team.valid_from, past.versions[team.unit_id][0].valid_from)),
        now=tuple(ordered(v for v in now if v)),
        current=current,
        members=tuple(sorted((m for m in members if m.current), key=lambda m: rank.get(m.seat.role, 3))),
        former=tuple(m for m in members if not m.current),
    )


def assist_log(scope: Scope, team: Team, first: date, last: date) -> QuerySet[Assist]:
    """The entries of a team between two days, the latest first. Raises Team.DoesNotExist outside the scope."""
    visible_team(scope, team.pk)
    rows = Assist.objects.filter(team=team, date__gte=first, date__lte=last)
    return rows.select_related("team").order_by("-date", "-pk")


@dataclass(frozen=True, slots=True)
class TeamHelp:
    """The help of a team between two days, by field and by reporting month («2024-M09», the latest first)."""

    fields: Tally
    months: Tally


def team_help(scope: Scope, team: Team, first: date, last: date) -> TeamHelp:
    """What `assist_log` adds up to."""
    rows = assist_log(scope, team, first, last).order_by()
    sums = rows.values_list("field", "outcome", "date").annotate(amount=Sum("people"))
    found = [(heading, outcome, day, amount or 0) for heading, outcome, day, amount in sums]
    by_month = [(month_of(day).text, outcome, amount) for _field, outcome, day, amount in found]
    order = sorted({month for month, _outcome, _amount in by_month}, reverse=True)
    by_field = ((heading, outcome, amount) for heading, outcome, _day, amount in found)
    return TeamHelp(tally(by_field, ServiceField.values), tally(by_month, order))


def changeable_assist(scope: Scope, pk: int, at: datetime) -> Assist:
    """The entry, if the scope may change it: who keeps the team any, who logged it for some days.

    Raises Assist.DoesNotExist.
    """
    found = Assist.objects.select_related("team").get(pk=pk, team__in=loggable_teams(scope).values("pk"))
    fresh = own_and_fresh(found.recorded_by_id, found.recorded_at, scope.account_id, at)
    if not fresh and not may_edit(scope, found.team):
        raise Assist.DoesNotExist
    return found


def visible_seat(scope: Scope, pk: int) -> TeamMember:
    """A seat on a team that the scope looks at. Raises TeamMember.DoesNotExist."""
    seats = TeamMember.objects.filter(team__in=teams_in_reach(scope, Permission.SEE_TEAMS).values("pk"))
    return seats.select_related("team", "person").get(pk=pk)


def seatable_people(scope: Scope, words: str, most: int) -> list[PersonName]:
    """The first people with these words in their name whom the scope reaches, by a post or by a seat on a team."""
    found = [line.person.pk for line in find_people(scope, words, today(), most)]
    inside = reach(scope.to(Permission.SEE_TEAMS)).rows("team__unit", "team__valid_from")
    seats = TeamMember.objects.filter(inside, person__name_folded__contains=fold(words))
    also = seats.order_by("person__name_key", "person_id").values_list("person_id", flat=True).distinct()
    ids = list(dict.fromkeys([*found, *also[:most]]))[:most]
    named = team_people(scope, ids) | people_by_ids(scope, ids)
    return [named[pk] for pk in ids if pk in named]


def _by_name(teams: QuerySet[Team]) -> list[Team]:
    return sorted(teams, key=lambda team: (natural_key(team.name), team.pk))
