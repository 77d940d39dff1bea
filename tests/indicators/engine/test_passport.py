"""What stands behind a figure: a page of a large unit is the same as all that is read of a small one."""

from __future__ import annotations

from itertools import product

import pytest

from nhanlucso.exchange.bundle.importing import import_bundle
from nhanlucso.indicators.engine.passport import Passport
from nhanlucso.indicators.queries import ask, open_store, pick
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
