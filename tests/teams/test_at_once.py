"""Several at once: a village gets one team, and nobody sits on it twice."""

from __future__ import annotations

from datetime import date

import pytest

from nhanlucso.kernel.clock import now
from nhanlucso.teams.models import Team, TeamMember
from nhanlucso.teams.services.members import SeatData, seat_person
from nhanlucso.teams.services.teams import TeamData, add_team, add_teams
from tests.factories import records as r
from tests.factories.scopes import officer_of
from tests.factories.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_village_gets_one_team() -> None:
    commune = r.make_unit("xa", "Xã")
    village, by = r.make_unit("thon", "Thôn", "village", parent=commune), officer_of(commune)

    def make(number: int) -> None:
        if number % 2:
            add_team(unit=village, data=TeamData(), by=by, at=now())
        else:
            add_teams(units=[village.pk], data=TeamData(), by=by, at=now())

    assert set(at_once(4, make)) <= {"done", "has_team"}
    assert Team.objects.count() == 1


def test_nobody_sits_twice_on_one_day() -> None:
    commune = r.make_unit("xa", "Xã")
    person, by = r.make_person("Lù A Dung", commune), officer_of(commune)
    team = add_team(unit=commune, data=TeamData(), by=by, at=now())

    def seat(number: int) -> None:
        first = date(2025, 1, 1 + number)
        seat_person(team=team, person=person.pk, seat=SeatData("member", first), by=by, at=now())

    assert sorted(at_once(3, seat)) == ["already_member", "already_member", "done"]
    assert TeamMember.objects.count() == 1
