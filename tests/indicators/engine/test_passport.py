"""What stands behind a figure: a page of a large unit is the same as all that is read of a small one."""

from __future__ import annotations

import gc
from itertools import product
from weakref import ref

import pytest

from nhanlucso.exchange.bundle.importing import import_bundle
from nhanlucso.indicators.builds import current_build, facts_folder
from nhanlucso.indicators.engine.passport import Passport
from nhanlucso.indicators.engine.store import Store
from nhanlucso.indicators.queries import Ask, ask, open_store, pick
from nhanlucso.kernel.clock import now
from nhanlucso.orgs.queries import history
from tests.reference.random_world import write_world


@pytest.mark.django_db
def test_units_with_many_anchors_are_as_those_with_few(tmp_path_factory: pytest.TempPathFactory) -> None:
    import_bundle(
        write_world(11, tmp_path_factory.mktemp("world") / "bundle"), dry_run=False, by=None, at=now()
    )
    asked = ask("2025")
    store, _ = open_store()
    check_goes(current_build(now()).name, asked)
    lines = history().closure(asked.tree)
    top = next(unit for unit, line in lines.items() if len(line) == 1)
    middle = next(unit for unit, line in lines.items() if len(line) == 2)
    for indicator, unit in product(pick(None), (top, middle)):
        small, large = (
            Passport(store, indicator, asked.window, asked.tree, unit, few=few) for few in (10_000, -1)
        )
        assert large.sizes() == small.sizes(), indicator.code
        for group in small.groups():
            rows = small.rows(group)
            assert large.rows(group) == rows, (indicator.code, group)
            assert large.rows(group, 1, 3) == small.rows(group, 1, 3) == rows[1:4], (indicator.code, group)


def check_goes(name: str, asked: Ask) -> None:
    """An opening of a build, with all that it maps and cut out, goes when nobody holds it any more."""
    store = Store(facts_folder() / name, history())
    for unit in history().closure(asked.tree):
        Passport(store, pick(None)[0], asked.window, asked.tree, unit).sizes()
    left = ref(store)
    gc.disable()
    try:
        del store
        assert left() is None
    finally:
        gc.enable()
