"""A whole installation for one test: its own data folder and database, run as people run it, in processes."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

PROGRAM = Path(sys.executable).with_name("nhanlucso")
_PATIENCE = 60  # seconds for a server to answer its first request


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command left: exit code and both outputs."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Installation:
    """`folder` is NHANLUCSO_DATA; `database_url` is empty on SQLite."""

    folder: Path
    database_url: str = ""

    @property
    def environment(self) -> dict[str, str]:
        ours = {"DATABASE_URL", "TEST_DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
        rest = {name: value for name, value in os.environ.items() if name not in ours}
        database = {"DATABASE_URL": self.database_url} if self.database_url else {}
        return rest | database | {"NHANLUCSO_DATA": str(self.folder)}

    def run(self, *words: str | Path, stdin: str = "") -> Outcome:
        """Runs `nhanlucso WORDS` in a process of its own."""
        done = subprocess.run(
            [PROGRAM, *words],
            env=self.environment,
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    def must(self, *words: str | Path) -> Outcome:
        """As `run`, for commands that have to succeed."""
        outcome = self.run(*words)
        assert outcome.code == 0, f"nhanlucso {words}: {outcome.out}\n{outcome.err}"
        return outcome

    @contextmanager
    def served(self) -> Iterator[str]:
        """Serves the web application on a free port; yields its address without a slash at the end."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        log = self.folder / "serve.log"
        with log.open("w") as output:
            process = subprocess.Popen(
                [PROGRAM, "serve", "--port", str(port)], env=self.environment, stdout=output, stderr=output
            )
        try:
            _wait(f"http://127.0.0.1:{port}", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=_PATIENCE)


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended by itself: {log.read_text()}")
        try:
            with urllib.request.urlopen(address, timeout=_PATIENCE):
                return
        except urllib.error.HTTPError as answer:  # any answer is an answer
            answer.close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server does not answer: {log.read_text()}")


@contextmanager
def installed(parent: Path, like: Installation | None = None) -> Iterator[Installation]:
    """A new installation in a folder below `parent`, empty or a copy of another one that nobody is using."""
    folder = parent / f"installation-{secrets.token_hex(4)}"
    if like:
        shutil.copytree(like.folder, folder)
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        yield Installation(folder)
        return
    name = f"nhanlucso_{secrets.token_hex(6)}"
    template = urlsplit(like.database_url).path.lstrip("/") if like else "template1"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE {name} TEMPLATE "{template}"')
    try:
        yield Installation(folder, urlsplit(server)._replace(path=f"/{name}").geturl())
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
