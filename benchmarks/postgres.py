"""The facts in PostgreSQL: the server of this machine (Debian's 15) in a cluster of its own, else that of the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv

INSTALLED = Path("/usr/lib/postgresql/15/bin")
SETTINGS = {
    "shared_buffers": "1GB",
    "work_mem": "256MB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "8GB",
    "fsync": "off",
    "max_parallel_workers_per_gather": "2",
}


@dataclass(frozen=True, slots=True)
class Loaded:
    connection: psycopg.Connection[Any]
    version: str

    def measured(self, sql: str, rounds: int) -> tuple[list[tuple[Any, ...]], list[tuple[float, float]]]:
        """Rows of a query, and the (wall, processor) seconds of each round."""
        times = []
        for _ in range(rounds):
            start, busy = time.perf_counter(), self._busy()
            rows = self.connection.execute(sql.encode()).fetchall()
            times.append((time.perf_counter() - start, self._busy() - busy))
        return rows, times

    def _busy(self) -> float:
        """Processor seconds of our session and of the workers that helped it, which the server has waited for."""
        session = self.connection.info.backend_pid
        stat = Path(f"/proc/{session}/stat").read_text().rpartition(")")[2].split()
        server = Path(f"/proc/{stat[1]}/stat").read_text().rpartition(")")[2].split()
        ticks = sum(int(stat[n]) for n in (11, 12)) + sum(int(server[n]) for n in (13, 14))
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def loaded(attended: Sequence[Path], closure: Sequence[tuple[int, int]]) -> Iterator[Loaded]:
    """Attendances and the closure of the tree in a server, with indexes and statistics."""
    with server() as address, psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE UNLOGGED TABLE attended (person int, day date, anchor int)")
        with connection.cursor().copy("COPY attended FROM STDIN") as copy:
            for path in attended:
                copy.write(_as_text(path))
        connection.execute("CREATE TABLE closure (anchor int, above int, PRIMARY KEY (anchor, above))")
        with connection.cursor().copy("COPY closure FROM STDIN") as copy:
            for row in closure:
                copy.write_row(row)
        for columns in ("attended (anchor, day, person)", "attended (day)", "closure (above)"):
            connection.execute(f"CREATE INDEX ON {columns}".encode())
        connection.execute("VACUUM ANALYZE")
        number = connection.info.server_version // 10_000
        yield Loaded(connection, f"PostgreSQL {number}")


def _as_text(path: Path) -> bytes:
    text = pa.BufferOutputStream()
    options = csv.WriteOptions(include_header=False, delimiter="\t", quoting_style="none")
    csv.write_csv(pq.read_table(path, columns=["person", "day", "anchor"]), text, options)
    return bytes(text.getvalue())


@contextmanager
def server() -> Iterator[str]:
    """The address of a server with room for a large query; ended afterwards."""
    if not (INSTALLED / "initdb").exists():
        from tests.postgres import start_server

        started = start_server("")
        try:
            yield started.url
        finally:
            started.stop()
        return
    folder = Path(tempfile.mkdtemp(prefix="nhanlucso-bench-postgres-"))
    as_user: list[str] = []
    if os.getuid() == 0:  # it does not run for root
        shutil.chown(folder, "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    cluster = str(folder / "cluster")
    options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
    quiet: dict[str, Any] = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder}
    subprocess.run([*as_user, INSTALLED / "initdb", "-D", cluster, "-A", "trust", "-U", "bench"], **quiet)
    only_here = f"-c listen_addresses= -k {folder} {options}"
    control = [*as_user, INSTALLED / "pg_ctl", "-D", cluster, "-w"]
    try:
        subprocess.run([*control, "-l", str(folder / "log"), "-o", only_here, "start"], **quiet)
        yield f"host={folder} user=bench dbname=postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **{**quiet, "check": False})
        shutil.rmtree(folder, ignore_errors=True)
