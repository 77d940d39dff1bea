"""Every figure of random worlds equals the naive reference: all units, windows and trees."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from nhanlucso.exchange.bundle.importing import import_bundle
from nhanlucso.indicators.figures import as_json
from nhanlucso.indicators.queries import ask, figures, pick
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.orgs.queries import history, references
from tests.reference import naive
from tests.reference.random_world import write_world
from tests.reference.world import load

PERIODS = ("2024", "2024-9M", "2025", "2025-9M", "2025-H1", "2025-Q3", "2025-M07", "2024-07-01..2025-07-01")
TREES = ("then", "2025-07-01", "2026-06-30")
FIELDS = (
    "value",
    "numerator",
    "denominator",
    "qualifier",
    "low",
    "high",
    "unallocated",
    "window",
    "tree",
    "unit",
)


@pytest.mark.django_db
@given(seed=st.integers(0, 10**9))
def test_all_figures_equal_the_reference(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = write_world(seed, tmp_path_factory.mktemp("world") / "bundle")
    with transaction.atomic():
        import_bundle(folder, dry_run=False, by=None, at=now())
        choice = Random(seed)
        for _ in range(2):
            compare(folder, choice.choice(PERIODS), choice.choice(("decree", "civil")), choice.choice(TREES))
        transaction.set_rollback(True)


def compare(folder: Path, period: str, calendar: str, tree: str) -> None:
    """Compares the figures of all units valid on the tree."""
    world = load(folder)
    if tree != "then" and date.fromisoformat(tree) < ask(period, calendar).tree:
        tree = "then"
    asked = ask(period, calendar, tree)
    ours = figures(SYSTEM, asked, pick(None), list(history().closure(asked.tree)))
    assert figures(SYSTEM, asked, pick(None), None) == ours  # all units at once, another way
    names = references(list(ours))
    for unit, found in ours.items():
        expected = naive.figures(world, names[unit], period, calendar, tree)
        for figure, truth in zip(found, expected, strict=True):
            got = as_json(figure, names[unit], period)
            assert {f: got[f] for f in FIELDS} == {f: truth[f] for f in FIELDS}, (
                truth["indicator"],
                names[unit],
                asked,
            )
