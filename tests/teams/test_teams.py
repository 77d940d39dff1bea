"""Making, changing and ending teams."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nhanlucso.audit.models import Event, Touch
from nhanlucso.kernel.clock import ALWAYS, now
from nhanlucso.kernel.errors import Refused
from nhanlucso.orgs.models import Unit
from nhanlucso.teams.models import Team
from nhanlucso.teams.services.teams import Made, TeamData, add_team, add_teams, change_team, end_team
from tests.factories import records as r
from tests.factories import teams as t
from tests.factories.scopes import officer_of, viewer_of

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 3)


def refused(code: str, act: Any, **words: Any) -> None:
    with pytest.raises(Refused) as refusal:
        act(at=now(), **words)
    assert refusal.value.code == code


def test_a_team_is_named_after_its_village(places: Any) -> None:
    Touch.objects.all().delete()
    data = TeamData(decision=" 45/QĐ-UBND ", valid_from=DAY)
    made = add_team(unit=places.ba, data=data, by=officer_of(places.an), at=now())
    assert (made.name, made.decision) == ("Tổ công nghệ số cộng đồng Thôn Ba", "45/QĐ-UBND")
    assert (made.valid_from, made.valid_to) == (DAY, ALWAYS)
    assert Event.objects.get(verb="team.add").object_id == made.uid
    assert Touch.objects.exists()


def test_a_village_has_one_team(places: Any) -> None:
    by = officer_of(places.an)
    refused("has_team", add_team, unit=places.mot, data=TeamData(valid_from=DAY), by=by)
    add_team(unit=places.ba, data=TeamData(), by=by, at=now())
    refused("has_team", add_team, unit=places.ba, data=TeamData(), by=by)
    assert add_team(unit=places.an, data=TeamData(), by=by, at=now()).unit == places.an


def test_a_village_whose_team_has_ended_gets_another(places: Any) -> None:
    by = officer_of(places.an)
    end_team(team=places.one, last_day=date(2025, 3, 2), by=by, at=now())
    refused("has_team", add_team, unit=places.mot, data=TeamData(valid_from=date(2025, 3, 2)), by=by)
    assert add_team(unit=places.mot, data=TeamData(valid_from=DAY), by=by, at=now())


def test_the_team_of_a_renewed_village_is_known(places: Any) -> None:
    new = r.make_unit("moi", "Thôn Mới", "village", parent=places.an, start=date(2025, 1, 1))
    places.mot.versions.update(valid_to=date(2024, 12, 31))
    r.make_change("merge", date(2025, 1, 1), places.mot, new)
    refused("has_team", add_team, unit=new, data=TeamData(valid_from=DAY), by=officer_of(places.an))


def test_what_cannot_be_is_refused(places: Any) -> None:
    by = officer_of(places.province)
    late = r.make_unit("muon", "Thôn Muộn", "village", parent=places.an, start=DAY)
    bad = TeamData(valid_from=DAY, valid_to=date(2025, 3, 2))
    refused("bad_span", add_team, unit=places.ba, data=bad, by=by)
    refused("unit_not_valid", add_team, unit=late, data=TeamData(valid_from=date(2025, 3, 2)), by=by)
    refused("bad_home", add_team, unit=places.province, data=TeamData(), by=by)


def test_only_who_keeps_the_unit_makes_its_team(places: Any) -> None:
    refused("not_allowed", add_team, unit=places.ba, data=TeamData(), by=viewer_of(places.an))
    refused("not_allowed", add_team, unit=places.ba, data=TeamData(), by=t.team_member_of(places.ba))
    with pytest.raises(Unit.DoesNotExist):
        add_team(unit=places.ba, data=TeamData(), by=officer_of(places.binh), at=now())


def test_teams_of_many_villages_are_made_once(places: Any) -> None:
    by, units = officer_of(places.province), [places.ba.pk, places.bon.pk, places.mot.pk]
    data = TeamData(decision="46/QĐ-UBND", valid_from=DAY)
    assert add_teams(units=units, data=data, by=by, at=now()) == Made(2, 1)
    assert add_teams(units=units, data=data, by=by, at=now()) == Made(0, 3)
    made = Team.objects.filter(decision="46/QĐ-UBND")
    assert sorted(team.name for team in made) == [
        "Tổ công nghệ số cộng đồng Thôn Ba",
        "Tổ công nghệ số cộng đồng Thôn Bốn",
    ]
    assert Event.objects.get(verb="team.add").count == 2


def test_of_many_villages_one_outside_stops_all(places: Any) -> None:
    with pytest.raises(Unit.DoesNotExist):
        add_teams(units=[places.ba.pk, places.bon.pk], data=TeamData(), by=officer_of(places.an), at=now())
    assert Team.objects.count() == 2


def test_a_team_is_corrected(places: Any) -> None:
    data = TeamData("Tổ Một", "1/QĐ-UBND", DAY, date(2026, 1, 1))
    change_team(team=places.one, data=data, by=officer_of(places.an), at=now())
    places.one.refresh_from_db()
    assert (places.one.name, places.one.valid_to) == ("Tổ Một", date(2026, 1, 1))
    with pytest.raises(Team.DoesNotExist):
        change_team(team=places.one, data=data, by=officer_of(places.binh), at=now())


def test_the_end_of_a_team_ends_its_seats(places: Any) -> None:
    end_team(team=places.one, last_day=DAY, by=officer_of(places.an), at=now())
    assert set(places.one.members.values_list("valid_to", flat=True)) == {DAY}
    assert set(places.two.members.values_list("valid_to", flat=True)) == {ALWAYS}
    refused("bad_span", end_team, team=places.two, last_day=date(2023, 1, 1), by=officer_of(places.an))
    refused("not_allowed", end_team, team=places.two, last_day=DAY, by=viewer_of(places.an))
