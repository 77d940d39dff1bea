"""What the page of teams says of a unit is what the figures say: the same villages, teams, members and help."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.scope import SYSTEM
from tests.reference.random_world import write_world

EXAMPLES = Path(__file__).parents[2] / "examples"
CODES = ("teams.count", "teams.members", "teams.village_coverage", "teams.assists")
WINDOWS = (
    ("2024-09-15", "2024-10-14"),
    ("2024-06-15", "2024-07-01"),
    ("2025-06-15", "2025-07-14"),
    ("2024-01-01", "2025-12-31"),
)
TREES = (None, "2025-07-01", "2026-03-31")


def load(folder: Path) -> None:
    from nhanlucso.exchange.bundle.importing import import_bundle

    import_bundle(folder, dry_run=False, by=None, at=now())


def agree(first: date, last: date, tree: date) -> int:
    """Compares page and figures for all units of the tree; how many numbers were not zero."""
    from nhanlucso.indicators.queries import ask, figures, pick
    from nhanlucso.orgs.queries import history
    from nhanlucso.teams.coverage.queries import Counts, CoverageAsked, coverage

    units = list(history().closure(tree))
    asked = ask(f"{first}..{last}", tree=str(tree))
    told: dict[int, tuple[Any, ...]] = {}
    for unit, found in figures(SYSTEM, asked, pick(CODES), units).items():
        by_code = {figure.indicator.code: figure for figure in found}
        share = by_code["teams.village_coverage"]
        told[unit] = (
            by_code["teams.count"].value,
            by_code["teams.members"].value,
            share.numerator,
            share.denominator,
            by_code["teams.assists"].value,
        )

    def numbers(counts: Counts) -> tuple[Any, ...]:
        return (counts.teams, counts.members, counts.with_team, counts.villages, counts.assists)

    for unit in units:
        seen = coverage(SYSTEM, CoverageAsked(unit, first, last, tree))
        assert numbers(seen.counts) == told[unit], (seen.version.name, first, last, tree)
        for group in seen.groups:
            if group.version is not None and group.version.kind == "commune":
                assert numbers(group.counts) == told[group.version.unit]
        if not seen.groups:
            assert seen.counts.without == len(seen.missing)
            assert seen.counts.teams == len(seen.teams)
            assert seen.counts.assists == sum(line.assists for line in seen.teams) + seen.former
    return sum(1 for row in told.values() for value in row if value)


@pytest.mark.django_db
@given(seed=st.integers(0, 10**9))
def test_random_worlds(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = write_world(seed, tmp_path_factory.mktemp("world") / "bundle")
    with transaction.atomic():
        load(folder)
        choice = Random(seed)
        first, last = (date.fromisoformat(day) for day in choice.choice(WINDOWS))
        tree = choice.choice(TREES)
        agree(first, last, max(last, date.fromisoformat(tree)) if tree else last)
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["bao-thang-2024", "tuyen-quang-2023"])
def test_the_examples(name: str) -> None:
    load(EXAMPLES / name)
    assert agree(date(2023, 1, 1), date(2024, 12, 14), date(2024, 12, 14)) > 40
    assert agree(date(2024, 8, 15), date(2024, 9, 14), date(2026, 1, 1)) > 0
