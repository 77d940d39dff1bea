"""Reading teams."""

from __future__ import annotations

from collections.abc import Collection

from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history, reach
from nhanlucso.people.queries import PersonName
from nhanlucso.teams.models import TeamMember


def team_people(scope: Scope, ids: Collection[int]) -> dict[int, PersonName]:
    """Names of those of the persons who are or were on a team of a unit in reach; many hold no post at all."""
    rows = TeamMember.objects.filter(
        reach(scope).rows("team__unit", "team__valid_from"), person__in=list(ids)
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
