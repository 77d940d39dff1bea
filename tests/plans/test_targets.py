"""When a target is reached, and which one binds a unit."""

from __future__ import annotations

from typing import Any

import pytest

from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.plans.rules import distance, reached
from tests.factories.scopes import viewer_of


@pytest.mark.parametrize(
    ("value", "target", "comparator", "met", "gap"),
    [
        (90, 90, "", True, 0),
        (90, 90, "at_least", True, 0),
        (90, 90, "over", False, 0),
        (90.1, 90, "over", True, 0),
        (85, 90, "over", False, 5),
        (10, 10, "under", False, 0),
        (10, 10, "at_most", True, 0),
        (12, 10, "at_most", False, 2),
    ],
)
def test_reaching(value: float, target: float, comparator: str, met: bool, gap: float) -> None:
    assert reached(value, target, comparator) is met
    assert distance(value, target, comparator) == gap


@pytest.fixture
def world(db: None) -> Any:
    from tests.factories.district import make_district

    return make_district()


def test_the_nearest_unit_comes_first(world: Any) -> None:
    from nhanlucso.plans.queries import targets_for
    from tests.factories.records import make_target

    make_target(world.an, "coverage.basic", 2024, 95)
    found = targets_for(SYSTEM, (world.an.pk, world.district.pk), 2024)
    assert [(aim.unit_id, aim.value) for aim in found["coverage.basic"]] == [
        (world.an.pk, 95), (world.district.pk, 90),
    ]  # fmt: skip
    assert targets_for(SYSTEM, (world.an.pk, world.district.pk), 2023) == {}


def test_numbers_of_an_ancestor_do_not_bind(world: Any) -> None:
    from nhanlucso.indicators.targets import binding_targets

    commune = binding_targets(SYSTEM, (world.an.pk, world.district.pk), 2024)
    district = binding_targets(SYSTEM, (world.district.pk,), 2024)
    assert set(commune) == {"coverage.basic"}
    assert set(district) == {"coverage.basic", "training.attendances"}


def test_units_out_of_reach_have_none(world: Any) -> None:
    from nhanlucso.plans.queries import targets_for

    loc = viewer_of(world.loc)
    assert targets_for(loc, (world.an.pk, world.district.pk), 2024) == {}
    assert targets_for(SYSTEM, (), 2024) == {}
