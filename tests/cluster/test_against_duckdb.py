"""The cluster gives every figure that DuckDB gives: every indicator, every unit, several windows and trees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from nhanlucso.indicators.catalogue import INDICATORS
from nhanlucso.indicators.engine.opening import on_cluster
from nhanlucso.indicators.engine.source import Source
from nhanlucso.indicators.engine.store import Store
from nhanlucso.indicators.queries import ask
from nhanlucso.indicators.rollup.extracts import trusted
from nhanlucso.indicators.rollup.figures import rolled_up
from nhanlucso.indicators.rollup.nation import Nation
from tests.cluster.standalone import Standalone
from tests.factories.provinces import ASKED

pytestmark = [pytest.mark.cluster, pytest.mark.django_db]
ALL = list(INDICATORS.values())


@pytest.fixture(scope="module")
def nation(published: Any) -> Nation:
    return Nation(trusted(published.shelf, published.keys)[0])


@pytest.fixture(scope="module")
def spark(cluster: Standalone, nation: Nation) -> Iterator[Source]:
    with on_cluster(cluster.master, nation.history, nation.pieces()) as source:
        yield source


@pytest.fixture(scope="module")
def duckdb(nation: Nation, tmp_path_factory: pytest.TempPathFactory) -> Store:
    return nation.assembled(tmp_path_factory.mktemp("assembled"))


@pytest.mark.parametrize("question", ASKED, ids=lambda question: question[0])
def test_every_figure_is_the_same(nation: Nation, spark: Source, duckdb: Store, question: Any) -> None:
    asked = ask(*question)
    expected = rolled_up(nation, duckdb, ALL, asked.window, asked.tree)
    assert rolled_up(nation, spark, ALL, asked.window, asked.tree) == expected
    assert sum(figure.value != 0 for held in expected.values() for figure in held) > len(ALL)
