"""Reading teams and their members."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history, reach
from nhanlucso.orgs.rules import Version
from nhanlucso.people.models import Person
from nhanlucso.people.queries import PersonName, people_by_ids, visible_person
from nhanlucso.teams.models import TeamMember


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
    """The team seats of somebody, newest first: all for whom the scope reaches by a post, else those in reach."""
    rows = TeamMember.objects.filter(person=person_id)
    if person_id not in people_by_ids(scope, [person_id]):
        rows = rows.filter(reach(scope.to(Permission.SEE_TEAMS)).rows("team__unit", "team__valid_from"))
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
