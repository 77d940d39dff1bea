"""Counting every unit at once, over many windows: as one unit and one window at a time."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from nhanlucso.exchange.bundle.importing import import_bundle
from nhanlucso.indicators.engine.compute import counts, counts_everywhere, counts_over
from nhanlucso.indicators.engine.relations import Window
from nhanlucso.indicators.engine.store import Store
from nhanlucso.indicators.queries import open_store, pick
from nhanlucso.indicators.rules import Count
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.periods import parse_period
from nhanlucso.orgs.queries import history
from tests.reference.random_world import write_world

PERIODS = ("2024", "2025", "2024-Q1", "2024-Q2", "2025-Q3", "2025-H1", "2024-M12", "2024-9M")
LATE = date(2026, 6, 30)


@pytest.mark.django_db
@settings(max_examples=6)  # each is a world with some thousand counts
@given(seed=st.integers(0, 10**9))
def test_many_windows_at_once_are_as_each_alone(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = write_world(seed, tmp_path_factory.mktemp("world") / "bundle")
    with transaction.atomic():
        import_bundle(folder, dry_run=False, by=None, at=now())
        check(Random(seed))
        transaction.set_rollback(True)


def check(choice: Random) -> None:
    """Standard periods, which overlap, and crooked windows; trees of then and of later."""
    store, _ = open_store()
    windows = [Window(*parse_period(period).window("decree")) for period in choice.sample(PERIODS, 4)]
    start = date(2023, 12, 1) + timedelta(days=choice.randrange(800))
    windows.append(Window(start, start + timedelta(days=choice.randrange(200))))
    asked = [(window, choice.choice((window.b, LATE))) for window in windows]
    together = counts_over(store, pick(None), asked)
    for (window, tree), found in zip(asked, together, strict=True):
        assert found == counts_everywhere(store, pick(None), window, tree)
        for indicator in choice.sample(pick(None), 5):
            units = list(history().closure(tree))
            one_by_one = counts(store, indicator, window, tree, units)
            assert nonzero(found[indicator.code]) == nonzero(one_by_one), (indicator.code, window, tree)
            one = choice.choice(units)
            alone = counts(store, indicator, window, tree, [one]).get(one, Count())
            assert alone == found[indicator.code].get(one, Count()), (indicator.code, window, tree, one)
        marked(store, window, tree, found, choice.choice(units))


def marked(store: Store, window: Window, tree: date, found: dict[str, dict[int, Count]], unit: int) -> None:
    """Of large units people are marked: the same numbers."""
    presence = store.presence(window)
    assert presence is not None
    placing = store.placing(tree)
    place = placing.tree.positions[unit]
    for relation, code in (("trained", "training.persons"), ("pairs", "training.attendances")):
        value, undecided = presence.tally(relation, placing, unit)
        count = found[code].get(unit, Count())
        assert (value[place], undecided[place]) == (count.value, count.unallocated), (code, window, tree)


def nonzero(found: dict[int, Count]) -> dict[int, Count]:
    return {unit: count for unit, count in found.items() if count != Count()}
