"""What somebody on a team sees: their teams and this month's help, nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.periods import month_of
from nhanlucso.teams.queries import my_teams, team_help, team_view
from tests.factories import records as r
from tests.factories import teams as t
from tests.factories.scopes import officer_of, viewer_of

pytestmark = pytest.mark.django_db


def names(scope: Any) -> list[str]:
    return [held.team.name for held in my_teams(scope, now()).teams]


def test_the_teams_that_somebody_sits_on(places: Any) -> None:
    assert names(t.team_member_of(places.mot, places.leader)) == [places.one.name]
    assert names(t.team_member_of(places.an, places.member)) == [places.one.name, places.two.name]
    assert names(t.team_member_of(places.mot, places.member)) == [places.one.name]
    assert names(t.team_member_of(places.an, r.make_person("Ai Đó"))) == []


def test_an_account_without_a_person_sees_the_teams_of_its_unit(places: Any) -> None:
    assert names(t.team_member_of(places.an)) == [places.one.name, places.two.name]
    assert names(t.team_member_of(places.bon)) == []


def test_a_seat_or_a_team_that_has_ended_is_not_mine(places: Any) -> None:
    yesterday = today() - timedelta(days=1)
    places.two.members.update(valid_to=yesterday)
    places.one.valid_to = yesterday
    places.one.save()
    assert names(t.team_member_of(places.an, places.member)) == []


def test_who_keeps_teams_is_on_none(places: Any) -> None:
    assert names(officer_of(places.an)) == []
    assert names(viewer_of(places.an)) == []


def test_help_of_this_month_and_the_latest_entries(places: Any) -> None:
    first, last = month_of(today()).window()
    for _ in range(6):
        t.make_assist(places.one, today(), 2, "alone")
    t.make_assist(places.one, today(), 9, "not_done")
    t.make_assist(places.one, first - timedelta(days=1), 50)
    found = my_teams(t.team_member_of(places.mot, places.leader), now())
    [held] = found.teams
    assert (found.first, found.last) == (first, last)
    assert (held.total.total.counted, held.total.total.not_done) == (12, 9)
    assert len(held.entries) == 5
    assert not any(entry.open for entry in held.entries)


def test_the_number_of_queries_does_not_grow(places: Any) -> None:
    scope = t.team_member_of(places.an)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            my_teams(scope, now())
        return len(asked)

    cost()
    few = cost()
    for number in range(20):
        village = r.make_unit(f"v{number}", f"Thôn {number}", "village", parent=places.an)
        t.make_assist(t.make_team(village), today())
    cost()  # the tree is read anew after units changed
    assert cost() == few <= 10


def test_help_by_field_and_by_reporting_month(places: Any) -> None:
    t.make_assist(places.one, date(2025, 8, 14), 1, "alone", "health")
    t.make_assist(places.one, date(2025, 8, 15), 2, "helped", "banking")
    t.make_assist(places.one, date(2025, 9, 14), 4, "not_done", "health")
    found = team_help(officer_of(places.an), places.one, date(2025, 1, 1), date(2025, 12, 14))
    assert [(line.key, line.counted, line.not_done) for line in found.fields.lines] == [
        ("health", 1, 4),
        ("banking", 2, 0),
    ]
    assert [(line.key, line.counted, line.not_done) for line in found.months.lines] == [
        ("2025-M09", 2, 4),
        ("2025-M08", 1, 0),
    ]
    assert found.fields.total.counted == found.months.total.counted == 3


def test_a_team_keeps_the_name_of_its_day_and_says_what_became_of_it(places: Any) -> None:
    new = r.make_unit("moi", "Thôn Mới", "village", parent=places.an, start=date(2025, 1, 1))
    places.mot.versions.update(valid_to=date(2024, 12, 31))
    r.make_change("merge", date(2025, 1, 1), places.mot, new)
    view = team_view(officer_of(places.an), places.one.pk)
    assert view.unit is not None
    assert view.unit.name == "Thôn Một"
    assert [version.name for version in view.now] == ["Thôn Mới"]
