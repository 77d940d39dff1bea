"""Every rule finds the fault that was planted and nothing else; a clean world has no finding at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from nhanlucso.indicators.quality.declared import RULES
from nhanlucso.indicators.quality.findings import Finding, search_all
from nhanlucso.indicators.quality.rule import Search
from nhanlucso.indicators.queries import open_store

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Any:
    from tests.factories.quality import make_clean_world

    return make_clean_world()


def faults() -> list[Any]:
    from tests.factories.quality import FAULTS

    return [pytest.param(code, plant, id=plant.__name__) for code, plant in FAULTS]


def found(on: date | None = None, changed: dict[str, dict[str, int]] | None = None) -> list[Finding]:
    """What all rules find now."""
    from tests.factories.quality import DAY
    from tests.factories.records import facts_changed

    facts_changed()
    return search_all(Search(open_store()[0], on or DAY), changed or {})


def told(findings: list[Finding]) -> set[tuple[str, str]]:
    return {(finding.rule.code, finding.subject) for finding in findings}


def test_a_clean_world_has_no_finding(world: Any) -> None:
    assert told(found()) == set()


@pytest.mark.parametrize(("code", "plant"), faults())
def test_a_planted_fault_is_found_and_nothing_else(
    world: Any, code: str, plant: Callable[[Any], set[str]]
) -> None:
    expected = {(code, subject) for subject in plant(world)}
    assert told(found()) == expected


def test_every_rule_has_a_fault_that_it_finds() -> None:
    from tests.factories.quality import FAULTS

    assert {code for code, _plant in FAULTS} == set(RULES)


def test_sessions_that_follow_one_another_are_no_two_places(world: Any) -> None:
    from tests.factories.quality import one_session

    one_session(world, [world.people["x"][10], world.people["y"][0]], hour=11)  # the class of x ends at 11
    assert told(found()) == set()


def test_a_session_over_midnight_meets_that_of_the_next_day(world: Any) -> None:
    from tests.factories.quality import HELD, one_session

    people = world.people["y"][:1]
    night = one_session(world, people, HELD + timedelta(days=60), hour=23)
    morning = one_session(world, people, HELD + timedelta(days=61), hour=0)
    assert told(found()) == {
        ("person.two_places", f"person:{people[0].pk} session:{night.pk} other_session:{morning.pk}")
    }


def test_a_nought_that_was_recorded_is_no_missing_data(world: Any) -> None:
    from tests.factories.quality import HELD
    from tests.factories.records import make_target, make_unit
    from tests.factories.teams import make_item

    silent = make_unit("q", "Xã Q", parent=world.province)
    make_target(silent, "outreach.items", 2024, 5)
    make_item(silent, HELD, 0)
    assert told(found()) == set()


def test_limits_of_an_installation_are_kept_to(world: Any) -> None:
    changed = {"team.too_many": {"village": 2}}
    assert {code for code, _subject in told(found(changed=changed))} == {"team.too_many"}


def test_a_finding_lies_where_it_is_mended(world: Any) -> None:
    from tests.factories.quality import no_team, two_places, unallocated

    for plant in (two_places, unallocated, no_team):
        plant(world)
    places = {finding.rule.code: finding.unit for finding in found()}
    assert places["person.two_places"] == world.x.pk  # where the person worked that day
    assert places["unit.unallocated"] == world.province.pk  # what holds all that the unit became
    assert places["village.no_team"] not in (world.x.pk, world.province.pk)


def test_the_fingerprint_changes_with_the_facts_alone(world: Any) -> None:
    from tests.factories.quality import too_many
    from tests.factories.teams import seat

    too_many(world)
    first = found()[0].fingerprint
    assert found()[0].fingerprint == first
    seat(world.team, world.people["x"][6])
    assert found()[0].fingerprint != first
