"""An installation that is served by real processes, which are killed."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from tests.installation import PROGRAM, Installation

PATIENCE = 90.0  # seconds; a busy machine answers late, what counts is that it does
KILLS = ("all", "all", "all", "worker", "worker", "server", "serve", "page")  # as often as each is drawn


@dataclass
class Machine:
    """`serve` with all it starts, in a session of its own. `beside`: other processes to kill with it."""

    installation: Installation
    port: int = 0
    serve: subprocess.Popen[bytes] | None = None
    beside: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Starts what is not there, and returns when pages are answered."""
        if self.port == 0:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self.port = probe.getsockname()[1]
        if self.serve is None or self.serve.poll() is not None:
            with (self.installation.folder.parent / "serve.log").open("ab") as log:
                self.serve = subprocess.Popen(
                    [PROGRAM, "serve", "--port", str(self.port), "--workers", "1"],
                    env=self.installation.environment,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
        _until(self._answers, "the server does not answer")

    def kill(self, whom: str) -> None:
        """kill -9 of all, of the worker, the web server, `serve` itself, or the process that answers pages. Where
        `serve` ends by that, its end is waited for."""
        assert self.serve is not None
        victims = self._victims(whom)
        for victim in victims:
            try:
                os.kill(victim, signal.SIGKILL)
            except ProcessLookupError:
                continue
        for process in self.beside if whom == "all" else ():
            process.kill()
        if whom not in ("worker", "page"):
            self.serve.wait(timeout=PATIENCE)

    def stop(self) -> None:
        """As an operator stops it; what may still run afterwards is killed."""
        if self.serve is None:
            return
        session = self.serve.pid
        self.serve.terminate()
        self.serve.wait(timeout=PATIENCE)
        for process in _of_session(session):
            os.kill(process, signal.SIGKILL)

    def processes(self) -> list[int]:
        """All that run, the first of them `serve`."""
        assert self.serve is not None
        return _of_session(self.serve.pid)

    def _victims(self, whom: str) -> list[int]:
        assert self.serve is not None
        children = {_words(pid): pid for pid in _children(self.serve.pid)}
        server = [pid for words, pid in children.items() if "gunicorn" in words]
        worker = [pid for words, pid in children.items() if "worker" in words and "gunicorn" not in words]
        return {
            "all": _of_session(self.serve.pid),
            "serve": [self.serve.pid],
            "server": server,
            "worker": worker,
            "page": [page for pid in server for page in _children(pid)],
        }[whom]

    def _answers(self) -> bool:
        assert self.serve is not None
        if self.serve.poll() is not None:
            log = (self.installation.folder.parent / "serve.log").read_text(errors="replace")
            raise AssertionError(f"serve ended by itself: {log[-3000:]}")
        try:
            with urllib.request.urlopen(f"{self.address}/tai-khoan/vao/", timeout=PATIENCE):
                return True
        except (OSError, urllib.error.HTTPError):
            return False

    def doctor(self) -> dict[str, str]:
        """What is not well: check → state and words."""
        checks = json.loads(self.installation.run("doctor", "--json").out)["checks"]
        return {c["name"]: f"{c['state']}: {c['found']}" for c in checks if c["state"] != "ok"}


def _until(holds: object, otherwise: str, patience: float = PATIENCE) -> None:
    assert callable(holds)
    until = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < until, otherwise
        time.sleep(0.1)


until = _until


def _children(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(word) for word in text.split()]


def _words(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def _of_session(session: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(entry.name))
    return found
