"""What the tests of faults share: programs of the PostgreSQL that the tests start."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.upkeep.records import postgres_programs


@pytest.fixture(scope="session", autouse=True)
def programs() -> Iterator[None]:
    """pg_dump of the server that the tests start, before any other."""
    with pytest.MonkeyPatch.context() as patch:
        if not os.environ.get("TEST_DATABASE_URL"):
            patch.setenv("PATH", f"{postgres_programs()}{os.pathsep}{os.environ['PATH']}")
        yield
