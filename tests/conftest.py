"""Where tests run: a data folder of their own, SQLite or a PostgreSQL started here, no network.

`pytest` runs on SQLite, `pytest --db=postgres` on PostgreSQL: the server that TEST_DATABASE_URL names, else one
started from a wheel, shared by all workers and stopped at the end. There, tests that touch no database are left out.

Conftests of rooms are read before the settings: import models in their fixtures, or in `tests/factories/`.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import SimpleTestCase, TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from nhanlucso.config import env
from tests.installation import Installation, installed
from tests.postgres import Server, start_server

SQLITE, POSTGRES = "sqlite", "postgres"
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "installation", "demo"}

_data = pytest.StashKey[Path]()
_server = pytest.StashKey[Server]()

hypothesis_settings.register_profile(
    "quick",
    max_examples=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis_settings.register_profile(
    "campaign",
    max_examples=2_000,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis_settings.load_profile("campaign" if os.environ.get("NHANLUCSO_CAMPAIGN") == "1" else "quick")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--db", choices=[SQLITE, POSTGRES], default=SQLITE, help="the database that tests run on"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Sets the environment before Django reads it; workers inherit the database of their controller."""
    if not hasattr(config, "workerinput"):
        os.environ.pop("DATABASE_URL", None)  # never a database that someone works with
        if config.getoption("--db") == POSTGRES and not config.option.collectonly:
            server = start_server(os.environ.get("TEST_DATABASE_URL", ""))
            config.stash[_server] = server
            os.environ["DATABASE_URL"] = server.url
    config.stash[_data] = Path(tempfile.mkdtemp(prefix="nhanlucso-tests-"))
    os.environ["NHANLUCSO_DATA"] = str(config.stash[_data])
    env.make_keys(
        config.stash[_data], env.KEY_NAMES
    )  # a database without its keys is refused by every command
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()


def pytest_unconfigure(config: pytest.Config) -> None:
    if folder := config.stash.get(_data, None):
        shutil.rmtree(folder, ignore_errors=True)
    if server := config.stash.get(_server, None):
        server.stop()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what touches the database is worth a second run."""
    if config.getoption("--db") != POSTGRES:
        return
    kept = [item for item in items if _touches_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def _touches_database(item: pytest.Item) -> bool:
    case = getattr(item, "cls", None)
    if item.get_closest_marker("looks") is not None:
        return False
    if case is not None and issubclass(case, SimpleTestCase):
        return issubclass(case, TransactionTestCase)
    return item.get_closest_marker("django_db") is not None or bool(
        DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ()))
    )


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, settings: Any) -> Path:
    """A fresh folder for uploads and facts, so that no test sees what another one left."""
    settings.DATA = tmp_path
    settings.FACTS_FOLDER = tmp_path / "facts"
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "uploads"},
        }
    }
    return tmp_path


@pytest.fixture(scope="session", autouse=True)
def flush_past_guards() -> Iterator[None]:
    """Lets Django empty SQLite tables between tests that a trigger guards against deleting in real life."""
    from django.db.backends.sqlite3.base import DatabaseWrapper

    operations = DatabaseWrapper.ops_class
    original = operations.sql_flush

    def sql_flush(self: Any, *arguments: Any, **named: Any) -> list[str]:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            guards = cursor.fetchall()
        dropped = [f"DROP TRIGGER {self.quote_name(name)}" for name, _ in guards]
        return [*dropped, *original(self, *arguments, **named), *(sql for _, sql in guards)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", sql_flush)
        yield


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """An empty installation of its own, for tests of commands as people run them."""
    with installed(tmp_path) as made:
        yield made


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with the example cases. Nobody writes to it: tests take a copy, `demo_copy`."""
    with installed(tmp_path_factory.mktemp("demo")) as made:
        made.must("init")
        made.must("demo")
        yield made


@pytest.fixture
def demo_copy(demo: Installation, tmp_path: Path) -> Iterator[Installation]:
    """The example cases in an installation that the test may change."""
    with installed(tmp_path, like=demo) as made:
        yield made


@pytest.fixture
def scope() -> Any:
    """The reach of the operator of an installation: everything."""
    from nhanlucso.kernel.scope import SYSTEM

    return SYSTEM


@pytest.fixture
def vietnamese() -> Iterator[None]:
    """Texts in the first language of the interface, whatever the test before left active."""
    from django.utils import translation

    with translation.override("vi"):
        yield
