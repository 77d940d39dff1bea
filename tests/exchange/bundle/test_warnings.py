"""What is taken all the same, with a warning that says where."""

from __future__ import annotations

from typing import Any

import pytest

from tests.exchange.bundle.world import TABLES, Bundle

pytestmark = pytest.mark.django_db


def warned(take: Any, bundle: Any) -> list[tuple[str, int | None, str]]:
    return [(warning.file, warning.line, warning.column) for warning in take(bundle).warnings]


def test_a_sound_world_gives_none(take: Any) -> None:
    assert [str(warning) for warning in take(Bundle()).warnings] == []


@pytest.mark.parametrize(
    ("name", "line", "column", "value", "place"),
    [
        ("posts", 2, "valid_to", "2025-07-01", "unit_id"),
        ("headcounts", 3, "date", "2025-07-01", "unit_id"),
        ("outreach", 2, "date", "2025-07-01", "unit_id"),
        ("assists", 2, "date", "2021-12-31", "team_id"),
        ("team_members", 3, "valid_from", "2021-12-31", "team_id"),
        ("sessions", 4, "starts_at", "2025-06-30T16:00:00Z", None),  # 23:00 of 30 June here
        ("sessions", 4, "starts_at", "2025-06-30T17:00:00Z", ""),
        ("teams", 2, "unit_id", "moi", "unit_id"),
    ],
)
def test_a_fact_outside_the_validity_of_its_unit_or_team(
    take: Any, name: str, line: int, column: str, value: str, place: str | None
) -> None:
    bundle = Bundle()
    if name == "sessions":  # the class is hosted by a unit that begins on 1 July 2025
        bundle.set("classes", 4, "host_unit_id", "moi")
        expected = [("sessions.csv", line, "class_id")] if place is None else []
    else:
        expected = [(f"{name}.csv", line, str(place))]
    assert warned(take, bundle.set(name, line, column, value)) == expected


def test_a_gap_between_versions_is_outside(take: Any) -> None:
    assert warned(take, Bundle().set("units", 8, "valid_from", "2025-03-02")) == [("posts.csv", 6, "unit_id")]


def test_stored_units_and_teams_are_looked_at_too(take: Any) -> None:
    take(Bundle())
    posts = "id,person_id,unit_id,valid_from,valid_to\npx,p1,cu,2025-06-30,2025-07-01\n"
    assists = "id,team_id,date\nhx,to1,2020-01-01\n"
    found = warned(take, Bundle({"posts": posts, "assists": assists}))
    assert found == [("posts.csv", 2, "unit_id"), ("assists.csv", 2, "team_id")]


def test_a_version_on_days_without_a_parent(take: Any) -> None:
    bundle = Bundle().set("units", 12, "valid_from", "2025-07-02").set("units", 10, "valid_to", "2029-12-31")
    bundle.set("units", 5, "valid_to", "2029-12-31").set("units", 9, "valid_to", "2029-12-31")
    found = [place for place in warned(take, bundle) if place[0] == "units.csv"]
    assert found == [("units.csv", 6, "parent_id")]  # moi goes on, the province above it does not


def test_unknown_files_and_columns_are_left_out(take: Any) -> None:
    bundle = Bundle(TABLES | {"weather": "id,sky\n1,blue\n"})
    for at, row in enumerate(bundle.tables["people"]):
        row.append("religion" if at == 0 else "?")
    assert warned(take, bundle) == [("people.csv", 1, "religion"), ("weather.csv", None, "")]


def test_an_end_before_its_start(take: Any) -> None:
    bundle = Bundle().set("sessions", 2, "ends_at", "2024-03-01T07:00:00+07:00")
    assert warned(take, bundle) == [("sessions.csv", 2, "ends_at")]


def test_the_list_is_limited_and_the_count_is_not(take: Any) -> None:
    bundle = Bundle()
    for number in range(250):
        bundle.add("outreach", f"x{number}", "moi", "press", "2020-01-01", "", "1")
    report = take(bundle)
    assert (len(report.warnings), report.warning_count) == (200, 250)
