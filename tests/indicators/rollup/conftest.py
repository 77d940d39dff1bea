"""Two random provinces that published once; tests read the shelf and spoil copies of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def published(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    from tests.factories.provinces import country

    with django_db_blocker.unblock():
        return country(tmp_path_factory.mktemp("country"), {"lao-cai": 5, "tuyen-quang": 11})


@pytest.fixture
def spoilt(published: Any, tmp_path: Path) -> Any:
    """A copy of the same that a test may change."""
    import shutil

    from nhanlucso.indicators.rollup.shelf import shelf
    from tests.factories.provinces import Country

    shutil.copytree(published.shelf.root, tmp_path / "shelf")
    return Country(shelf(str(tmp_path / "shelf")), dict(published.keys))
