"""Villages with and without a team, also where units have changed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nhanlucso.orgs.models import Unit
from nhanlucso.teams.coverage.queries import Counts, Coverage, CoverageAsked, coverage
from tests.factories import records as r
from tests.factories import teams as t
from tests.factories.scopes import officer_of, viewer_of

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2025, 8, 15), date(2025, 9, 14)


def seen(unit: Unit, by: Unit | None = None, first: date = FIRST, last: date = LAST) -> Coverage:
    return coverage(viewer_of(by or unit), CoverageAsked(unit.pk, first, last, last))


def test_a_commune_shows_villages_without_a_team_and_the_teams(places: Any) -> None:
    t.make_assist(places.one, date(2025, 8, 15), 3)
    t.make_assist(places.one, date(2025, 9, 14), 2, "not_done")
    t.make_assist(places.one, date(2025, 8, 14), 9)
    found = seen(places.an)
    assert found.counts == Counts(villages=3, with_team=2, teams=2, members=2, assists=3)
    assert [version.name for version in found.missing] == ["Thôn Ba"]
    told = [(line.units[0].name, line.leader, line.members, line.assists) for line in found.teams]
    assert told == [("Thôn Hai", "", 1, 0), ("Thôn Một", "Lý Văn An", 2, 3)]


def test_a_province_shows_its_communes_and_counts_a_person_once(places: Any) -> None:
    t.seat(t.make_team(places.bon), places.leader)
    found = seen(places.province)
    told = {line.version.name: line.counts for line in found.groups if line.version}
    assert told["Xã An"] == Counts(3, 2, 2, 2, 0)
    assert told["Xã Bình"] == Counts(1, 1, 1, 1, 0)
    assert found.counts == Counts(4, 3, 3, 2, 0)


def test_the_team_of_a_commune_is_no_village_s(places: Any) -> None:
    t.make_team(places.binh)
    found = seen(places.binh)
    assert found.counts == Counts(1, 0, 1, 0, 0)
    [line] = found.teams
    assert not line.village
    assert line.units[0].name == "Xã Bình"


def test_a_village_that_moved_takes_its_team_along(places: Any) -> None:
    from nhanlucso.kernel.clock import now
    from nhanlucso.kernel.scope import SYSTEM
    from nhanlucso.orgs.services import move_unit

    move_unit(unit=places.mot, parent=places.binh, day=date(2025, 9, 1), document="", by=SYSTEM, at=now())
    t.make_assist(places.one, date(2025, 8, 20), 4)
    assert seen(places.binh).counts == Counts(2, 1, 1, 2, 4)
    assert seen(places.an).counts == Counts(2, 1, 1, 1, 0)
    before = seen(places.an, by=places.province, last=date(2025, 8, 31))
    assert before.counts == Counts(3, 2, 2, 2, 4)


def test_a_split_village_has_no_team_of_its_own_till_somebody_decides(places: Any) -> None:
    day = date(2025, 9, 1)
    halves = [r.make_unit(f"nua-{n}", f"Thôn Một {n}", "village", places.an, start=day) for n in (1, 2)]
    places.mot.versions.update(valid_to=date(2025, 8, 31))
    r.make_change("split", day, places.mot, *halves)
    found = seen(places.an)
    assert found.counts == Counts(4, 1, 2, 2, 0)
    assert [version.name for version in found.missing] == ["Thôn Ba", "Thôn Một 1", "Thôn Một 2"]
    assert [len(line.units) for line in found.teams] == [2, 1]


def test_help_of_a_team_that_has_ended_still_counts(places: Any) -> None:
    t.make_assist(places.two, date(2025, 8, 20), 5)
    places.two.valid_to = date(2025, 8, 31)
    places.two.save()
    found = seen(places.an)
    assert (found.counts.teams, found.counts.assists, found.former) == (1, 5, 5)


def test_units_of_others_are_not_seen(places: Any) -> None:
    with pytest.raises(Unit.DoesNotExist):
        seen(places.binh, by=places.an)
    with pytest.raises(Unit.DoesNotExist):
        coverage(t.team_member_of(places.an), CoverageAsked(places.an.pk, FIRST, LAST, LAST))
    with pytest.raises(Unit.DoesNotExist):
        coverage(officer_of(places.an), CoverageAsked(10**9, FIRST, LAST, LAST))
