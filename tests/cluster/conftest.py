"""A real Spark cluster on this machine: one master and two workers, standalone, for all tests of this folder.

`make test-cluster` brings what they need; without it they are not collected.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest

from tests.cluster.standalone import Standalone, standalone

collect_ignore_glob = [] if find_spec("pyspark") else ["test_*.py"]


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standalone]:
    with standalone(tmp_path_factory.mktemp("spark")) as running, pytest.MonkeyPatch.context() as patch:
        for name, value in running.environment.items():
            patch.setitem(os.environ, name, value)
        yield running


@pytest.fixture(scope="session")
def published(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Three random provinces that published."""
    from tests.factories.provinces import country

    seeds = {"lao-cai": 5, "tuyen-quang": 11, "ha-giang": 23}
    with django_db_blocker.unblock():
        return country(tmp_path_factory.mktemp("country"), seeds)
