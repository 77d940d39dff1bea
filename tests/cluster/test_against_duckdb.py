"""The cluster gives every figure that DuckDB gives: every indicator, every unit, several windows and trees; and when a
worker is killed midway, too."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pyspark.sql import SparkSession

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
SOME = [INDICATORS[code] for code in ("training.persons", "training.attendances", "coverage.basic")]
_PATIENCE = 120  # seconds for tasks to begin


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


def test_a_worker_killed_midway_costs_no_figure(
    cluster: Standalone, nation: Nation, spark: Source, duckdb: Store
) -> None:
    asked = ask("2025-H1")  # nothing of it is known from the questions before
    expected = rolled_up(nation, duckdb, SOME, asked.window, asked.tree)
    with ThreadPoolExecutor(1) as pool:
        work = pool.submit(rolled_up, nation, spark, SOME, asked.window, asked.tree)
        _until_tasks_run()
        cluster.kill(0)
        assert not work.done()
        found = work.result()
    assert cluster.alive() == 1
    assert found == expected
    assert sum(figure.value != 0 for held in expected.values() for figure in held) > len(SOME)
    cluster.revive(0)


def _until_tasks_run() -> None:
    session = SparkSession.getActiveSession()
    assert session is not None
    tracker, until = session.sparkContext.statusTracker(), time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        if any(stage is not None and stage.numActiveTasks for stage in stages):
            return
        time.sleep(0.01)
    raise AssertionError("no task ran")
