"""What a capsule holds gives every figure again: of random worlds, for the unit and its children, equal to the engine
and to the naive reference."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from nhanlucso.exchange.bundle.importing import import_bundle
from nhanlucso.indicators.capsules import read_capsule
from nhanlucso.indicators.queries import ask, figures
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.orgs.queries import history
from tests.indicators.capsules.making import capsule_of, capsule_with
from tests.indicators.own.test_against_reference import as_indicator, random_definition
from tests.reference import naive
from tests.reference.random_world import write_world
from tests.reference.world import load

PERIODS = ("2024", "2024-9M", "2025", "2025-9M", "2025-H1", "2025-Q3", "2025-M07", "2024-07-01..2025-07-01")
TREES = ("then", "2025-07-01", "2026-06-30")


@pytest.mark.django_db
@settings(max_examples=12)
@given(seed=st.integers(0, 10**9))
def test_a_capsule_gives_every_figure_again(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = write_world(seed, tmp_path_factory.mktemp("world") / "bundle")
    with transaction.atomic():
        import_bundle(folder, dry_run=False, by=None, at=now())
        choice = Random(seed)
        compare(
            folder, choice, choice.choice(PERIODS), choice.choice(("decree", "civil")), choice.choice(TREES)
        )
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=6)
@given(seed=st.integers(0, 10**9))
def test_own_indicators_travel_as_declared(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = write_world(seed, tmp_path_factory.mktemp("world") / "bundle")
    with transaction.atomic():
        import_bundle(folder, dry_run=False, by=None, at=now())
        choice = Random(seed)
        period = choice.choice(PERIODS)
        asked = ask(period, tree="2026-06-30")
        unit = choice.choice(sorted(history().closure(asked.tree)))
        own = [as_indicator(random_definition(choice), number) for number in range(6)]
        found = figures(SYSTEM, asked, own, [unit])[unit]
        capsule = read_capsule(capsule_with(asked, unit, found, period))
        assert capsule.recomputed() == capsule.figures
        assert [(row["indicator"], row["value"]) for row in capsule.figures] == [
            (figure.indicator.code, figure.value) for figure in found
        ]
        transaction.set_rollback(True)


def compare(folder: Path, choice: Random, period: str, calendar: str, tree: str) -> None:
    world = load(folder)
    if tree != "then" and date.fromisoformat(tree) < ask(period, calendar).tree:
        tree = "then"
    unit = choice.choice(sorted(history().closure(ask(period, calendar, tree).tree)))
    data = capsule_of(unit, period, calendar, tree)
    assert capsule_of(unit, period, calendar, tree) == data
    capsule = read_capsule(data)
    stated = capsule.figures
    assert capsule.recomputed() == stated
    for place in capsule.manifest.units:
        expected = naive.figures(world, place.id, period, calendar, tree)
        rows = [row for row in stated if row["unit_id"] == place.id]
        assert [{**row, **truth} for row, truth in zip(rows, expected, strict=True)] == rows
