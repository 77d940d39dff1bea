"""Making, changing and ending teams."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean
from nhanlucso.orgs.enums import UnitKind
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history, reach
from nhanlucso.teams.models import Team, TeamMember
from nhanlucso.teams.queries import teams_in_reach
from nhanlucso.teams.rules import team_name

_BATCH = 1_000
_HOMES = (UnitKind.VILLAGE, UnitKind.COMMUNE)


@dataclass(frozen=True, slots=True)
class TeamData:
    """What a decision says of a team; an empty name is made from the name of the unit."""

    name: str = ""
    decision: str = ""
    valid_from: date = EVER
    valid_to: date = ALWAYS


@dataclass(frozen=True, slots=True)
class Made:
    """How many teams were made, and how many units had one before."""

    added: int
    already: int


def add_team(*, unit: Unit, data: TeamData, by: Scope, at: datetime) -> Team:
    """Makes the team of a village or commune.

    Raises Refused("not_allowed", "bad_span", "unit_not_valid", "bad_home", "has_team"); Unit.DoesNotExist outside
    the scope.
    """
    by = by.require(Permission.EDIT_TEAMS)
    row = _new_team(unit.pk, data, by)
    with transaction.atomic():
        _lock([unit.pk])
        if set(_with_team([unit.pk], data.valid_from)):
            raise Refused("has_team", _("Đơn vị này đã có tổ vào thời gian đó."))
        row.save()
        _written("team.add", row.uid, by, at)
    return row


def add_teams(*, units: Collection[int], data: TeamData, by: Scope, at: datetime) -> Made:
    """Makes a team in each of the units (ids) that has none, by one decision and from one day; `data.name` is not
    asked. Sent twice, nothing is made again.

    Raises as `add_team`, but for "has_team"; nothing is written then.
    """
    by = by.require(Permission.EDIT_TEAMS)
    wanted = sorted(set(units))
    named = TeamData("", data.decision, data.valid_from, data.valid_to)
    rows = {unit: _new_team(unit, named, by) for unit in wanted}
    with transaction.atomic():
        _lock(wanted)
        for unit in set(_with_team(wanted, data.valid_from)):
            del rows[unit]
        if rows:
            Team.objects.bulk_create(rows.values(), batch_size=_BATCH)
            _written("team.add", "", by, at, count=len(rows))
    return Made(len(rows), len(wanted) - len(rows))


def change_team(*, team: Team, data: TeamData, by: Scope, at: datetime) -> Team:
    """Corrects what the decision says of a team that `by` keeps.

    Raises Refused("not_allowed", "bad_span", "unit_not_valid"); Team.DoesNotExist outside the scope.
    """
    by = by.require(Permission.EDIT_TEAMS)
    team = teams_in_reach(by, Permission.EDIT_TEAMS).get(pk=team.pk)
    name = _checked(team.unit_id, data)
    with transaction.atomic():
        team.name, team.decision = clean(data.name) or team_name(name), clean(data.decision)
        team.valid_from, team.valid_to = data.valid_from, data.valid_to
        team.save(update_fields=["name", "decision", "valid_from", "valid_to"])
        _written("team.change", team.uid, by, at)
    return team


def end_team(*, team: Team, last_day: date, by: Scope, at: datetime) -> Team:
    """Ends a team that `by` keeps, and with it the seats on it, after `last_day`.

    Raises Refused("not_allowed", "bad_span"); Team.DoesNotExist outside the scope.
    """
    by = by.require(Permission.EDIT_TEAMS)
    team = teams_in_reach(by, Permission.EDIT_TEAMS).get(pk=team.pk)
    _check_span(team.valid_from, last_day)
    with transaction.atomic():
        team.valid_to = last_day
        team.save(update_fields=["valid_to"])
        seats = TeamMember.objects.filter(team=team, valid_from__lte=last_day, valid_to__gt=last_day)
        seats.update(valid_to=last_day)
        _written("team.end", team.uid, by, at)
    return team


def _lock(units: Iterable[int]) -> None:
    """Two who make teams of one unit wait for each other, so that none is made twice."""
    list(
        Unit.objects.select_for_update(no_key=True)
        .filter(pk__in=list(units))
        .order_by("pk")
        .values_list("pk")
    )


def _new_team(unit: int, data: TeamData, by: Scope) -> Team:
    name = _checked(unit, data)
    if not reach(by).holds(unit):
        raise Unit.DoesNotExist
    return Team(
        uid=new_uid(),
        unit_id=unit,
        name=clean(data.name) or team_name(name),
        decision=clean(data.decision),
        valid_from=data.valid_from,
        valid_to=data.valid_to,
    )


def _checked(unit: int, data: TeamData) -> str:
    """The name of the unit when the team begins. Raises Refused for what cannot be."""
    _check_span(data.valid_from, data.valid_to)
    past = history()
    version = past.version(unit, data.valid_from)
    if version is None and data.valid_from == EVER:
        version = past.version_near(unit, EVER)
    if version is None:
        raise Refused("unit_not_valid", _("Đơn vị không có hiệu lực vào ngày đầu của tổ."))
    if version.kind not in _HOMES:
        raise Refused("bad_home", _("Tổ thuộc một thôn, bản, tổ dân phố, hoặc thuộc xã, phường."))
    return version.name


def _with_team(units: Iterable[int], since: date) -> Iterator[int]:
    """Those of the units that have a team of their own on the day or later, also one made under an older unit."""
    past, wanted = history(), frozenset(units)
    origins = past.inside_since(wanted, since).keys() | wanted
    rows = Team.objects.filter(unit__in=origins, valid_to__gte=since)
    for unit, first in rows.values_list("unit_id", "valid_from"):
        places = past.carry(unit, first, max(first, since))
        if len(places) == 1:
            yield from places & wanted


def _check_span(first: date, last: date) -> None:
    if first > last:
        raise Refused("bad_span", _("Ngày cuối không thể trước ngày đầu."))


def _written(verb: str, uid: str, by: Scope, at: datetime, *, count: int = 1) -> None:
    record(verb=verb, object_type="team", object_id=uid, by=by.account_id, at=at, count=count, facts=True)
