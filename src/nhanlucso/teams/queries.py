"""Reading teams and their members."""

from __future__ import annotations

from dataclasses import dataclass

from nhanlucso.kernel.clock import today
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history
from nhanlucso.orgs.rules import Version
from nhanlucso.people.queries import people_by_ids
from nhanlucso.teams.models import TeamMember


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's time on a team, with the team's unit as it was called when the seat began."""

    member: TeamMember
    unit: Version | None
    current: bool


def seats_of(scope: Scope, person_id: int) -> list[Seat]:
    """The team seats of somebody, newest first; nothing outside the scope."""
    if person_id not in people_by_ids(scope, [person_id]):
        return []
    past, day = history(), today()
    rows = TeamMember.objects.filter(person=person_id).select_related("team").order_by("-valid_from", "pk")
    return [
        Seat(row, past.version_near(row.team.unit_id, row.valid_from), row.valid_from <= day <= row.valid_to)
        for row in rows
    ]
