"""What the tests of upkeep share: programs of PostgreSQL, an installation with uploads, a second empty place."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation import Installation, installed
from tests.upkeep.records import execute, postgres_programs

CONTENT = "Danh sách lớp tập huấn\n".encode()


@pytest.fixture(scope="session", autouse=True)
def programs() -> Iterator[None]:
    """pg_dump of the server that the tests start, before any other."""
    with pytest.MonkeyPatch.context() as patch:
        if not os.environ.get("TEST_DATABASE_URL"):
            patch.setenv("PATH", f"{postgres_programs()}{os.pathsep}{os.environ['PATH']}")
        yield


def _store(installation: Installation) -> Path:
    digest = hashlib.sha256(CONTENT).hexdigest()
    path = installation.folder / "uploads" / digest[:2] / f"{digest}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(CONTENT)
    execute(
        installation,
        "INSERT INTO files_upload (name, sha256, size, at) "
        f"VALUES ('lớp.csv', '{digest}', {len(CONTENT)}, '2024-09-14 01:00:00+00:00')",
    )
    return path


@pytest.fixture
def stored(demo_copy: Installation) -> Path:
    """The path of an upload in the example installation."""
    return _store(demo_copy)


@pytest.fixture(scope="session")
def origin(demo: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The example installation with an upload, and its backup in the folder `copies`. Nobody writes to it."""
    with installed(tmp_path_factory.mktemp("origin"), like=demo) as made:
        _store(made)
        (made.folder / "boundaries").mkdir()
        (made.folder / "boundaries" / "communes.json").write_text("{}")
        (made.folder.parent / "copies").mkdir()
        made.must("backup", made.folder.parent / "copies" / "copy.tar")
        yield made


@pytest.fixture
def copy(origin: Installation, tmp_path: Path) -> Path:
    """A backup that the test may spoil, with its keys beside it."""
    for path in (origin.folder.parent / "copies").iterdir():
        shutil.copy(path, tmp_path)
    return tmp_path / "copy.tar"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Installation]:
    """An empty place to restore into."""
    with installed(tmp_path / "elsewhere") as made:
        yield made
