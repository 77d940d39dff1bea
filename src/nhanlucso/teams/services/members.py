"""Who sits on a team, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.kernel.clock import ALWAYS, EVER, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history
from nhanlucso.people.enums import Category
from nhanlucso.people.services import PersonData, PostData, add_person
from nhanlucso.teams.enums import TeamRole
from nhanlucso.teams.models import Team, TeamMember
from nhanlucso.teams.queries import reached_person, teams_in_reach


@dataclass(frozen=True, slots=True)
class SeatData:
    """What somebody is on a team (a value of `TeamRole`), from when to when."""

    role: str
    valid_from: date = EVER
    valid_to: date = ALWAYS


def seat_person(*, team: Team, person: int, seat: SeatData, by: Scope, at: datetime) -> TeamMember:
    """Puts somebody whom `by` reaches (id) on a team that `by` keeps.

    Raises Refused("not_allowed", "bad_value", "bad_span", "already_member"); Team.DoesNotExist or
    Person.DoesNotExist outside the scope.
    """
    kept = _kept(team, by)
    reached_person(by, person)
    with transaction.atomic():
        _check(kept, person, seat)
        row = TeamMember.objects.create(
            team=kept,
            person_id=person,
            role=seat.role,
            valid_from=seat.valid_from,
            valid_to=seat.valid_to,
        )
        _written("team.seat", kept, by, at)
    return row


def seat_newcomer(*, team: Team, person: PersonData, seat: SeatData, by: Scope, at: datetime) -> TeamMember:
    """As `seat_person`, for somebody not in the register: enters a citizen of the team's unit first.

    Raises also as `people.services.add_person`.
    """
    kept = _kept(team, by)
    with transaction.atomic():
        post = PostData(_home(kept), category=Category.CITIZEN, valid_from=_first_day(kept, seat))
        made = add_person(person=person, post=post, by=by, at=at)
        return seat_person(team=kept, person=made.pk, seat=seat, by=by, at=at)


def change_seat(*, member: TeamMember, seat: SeatData, by: Scope, at: datetime) -> TeamMember:
    """Corrects or ends somebody's time on a team that `by` keeps. Raises as `seat_person`."""
    kept = _kept(member.team, by)
    with transaction.atomic():
        _check(kept, member.person_id, seat, member.pk)
        member.role, member.valid_from, member.valid_to = seat.role, seat.valid_from, seat.valid_to
        member.save(update_fields=["role", "valid_from", "valid_to"])
        _written("team.seat_change", kept, by, at)
    return member


def remove_seat(*, member: TeamMember, by: Scope, at: datetime) -> None:
    """Takes away a seat that was entered by mistake. Raises Refused("not_allowed"), Team.DoesNotExist."""
    kept = _kept(member.team, by)
    with transaction.atomic():
        member.delete()
        _written("team.seat_remove", kept, by, at)


def _kept(team: Team, by: Scope) -> Team:
    by = by.require(Permission.EDIT_TEAMS)
    return teams_in_reach(by, Permission.EDIT_TEAMS).get(pk=team.pk)


def _check(team: Team, person: int, seat: SeatData, but: int | None = None) -> None:
    if seat.role not in TeamRole.values:
        raise Refused("bad_value", _("Không có vai trò này trong tổ."))
    if seat.valid_from > seat.valid_to:
        raise Refused("bad_span", _("Ngày cuối không thể trước ngày đầu."))
    Team.objects.select_for_update().get(pk=team.pk)  # who seats at the same moment waits for the other
    others = TeamMember.objects.filter(
        team=team, person=person, valid_from__lte=seat.valid_to, valid_to__gte=seat.valid_from
    )
    if any(pk != but for pk in others.values_list("pk", flat=True)):
        raise Refused("already_member", _("Người này đã ở trong tổ vào thời gian đó."))


def _home(team: Team) -> Unit:
    """The team's unit as of today, where that is one; else the unit as it stands in the record."""
    now = history().carry(team.unit_id, team.valid_from, today())
    return Unit.objects.get(pk=next(iter(now)) if len(now) == 1 else team.unit_id)


def _first_day(team: Team, seat: SeatData) -> date:
    """From when the newcomer lives in the unit of today: with the seat, but not before the unit is there."""
    first = history().versions[_home(team).pk][0].valid_from
    return max(seat.valid_from, first)


def _written(verb: str, team: Team, by: Scope, at: datetime) -> None:
    record(verb=verb, object_type="team", object_id=team.uid, by=by.account_id, at=at, facts=True)
