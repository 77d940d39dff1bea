"""Small builders of teams, seats, help and communications."""

from __future__ import annotations

from datetime import date
from itertools import count

from nhanlucso.access.enums import Role
from nhanlucso.access.models import Account
from nhanlucso.access.rules import ALLOWED
from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.kernel.scope import Grant, Scope, granted
from nhanlucso.orgs.models import Unit
from nhanlucso.outreach.models import OutreachItem
from nhanlucso.people.models import Person, PersonAccount
from nhanlucso.teams.models import Assist, Team, TeamMember
from tests.factories.records import make_account

_numbers = count(1)
_ROLE = Role.TEAM_MEMBER


def make_team(unit: Unit, start: date = EVER, end: date = ALWAYS, name: str = "") -> Team:
    uid = f"team-{next(_numbers)}"
    return Team.objects.create(uid=uid, unit=unit, name=name or f"Tổ {uid}", valid_from=start, valid_to=end)


def seat(
    team: Team, person: Person, role: str = "member", start: date = EVER, end: date = ALWAYS
) -> TeamMember:
    return TeamMember.objects.create(team=team, person=person, role=role, valid_from=start, valid_to=end)


def make_assist(
    team: Team, day: date, people: int = 1, outcome: str = "helped", field: str = "health"
) -> Assist:
    uid = f"assist-{next(_numbers)}"
    return Assist.objects.create(uid=uid, team=team, date=day, people=people, outcome=outcome, field=field)


def make_item(
    unit: Unit, day: date, number: int = 1, channel: str = "press", title: str = "Tin"
) -> OutreachItem:
    uid = f"item-{next(_numbers)}"
    return OutreachItem.objects.create(
        uid=uid, unit=unit, date=day, count=number, channel=channel, title=title
    )


def team_member_of(unit: Unit, person: Person | None = None, account: int | None = None) -> Scope:
    """Somebody who may log help in a unit and nothing more."""
    grant = Grant("team_member", ALLOWED[_ROLE], unit.pk)
    return granted(account, [grant], person.pk if person else None)


def team_account(name: str, unit: Unit, person: Person | None = None) -> Account:
    """An account of a team member, of a person if one is given."""
    account = make_account(name, _ROLE.value, unit)
    if person is not None:
        PersonAccount.objects.create(account=account, person=person)
    return account
