"""`serve`: the web server, and beside it the worker that does the long work.

However it ends, nothing of it stays: server and worker go with the process that started them, also where that is
killed, and what the three leave half done is taken up by the next start.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.db import DatabaseError, connection

from nhanlucso.access.idle.services import shut_idle_accounts
from nhanlucso.audit.sealing import seal_all
from nhanlucso.cli.chores import cleared, swept
from nhanlucso.files.drafts import drafts_folder
from nhanlucso.jobs.services import tidy
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.upkeep.drafts import draft

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)
_WORKER_AGAIN = 3.0  # seconds
_PORT_PATIENCE = 5.0  # seconds


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--workers", type=int, default=2)


def run(options: argparse.Namespace) -> int:
    _free(options.host, options.port)
    server = [
        sys.executable, "-m", "gunicorn", "--config", "python:nhanlucso.config.gunicorn", "--log-level", "warning",
        "--bind", f"{options.host}:{options.port}", "--workers", str(options.workers), "nhanlucso.config.wsgi",
    ]  # fmt: skip
    worker = [sys.executable, "-m", "nhanlucso.cli.main", "worker"]
    with ExitStack() as until_the_end:
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "nhanlucso.config.settings"}
        with suppress(OSError):  # a disk that takes nothing: what is there can still be read
            environment["TMPDIR"] = str(until_the_end.enter_context(_temporary()))
        processes = Processes(server, worker, environment)
        signal.signal(signal.SIGTERM, processes.stop)
        signal.signal(signal.SIGINT, processes.stop)
        print(f"Mở http://{options.host}:{options.port} – dừng bằng Ctrl+C", flush=True)
        return _watch(processes)


class Processes:
    """The two processes. The server ending ends all; a worker that ended by itself, for want of disk or database, is
    started again after a while, and pages are served meanwhile."""

    def __init__(self, server: list[str], worker: list[str], environment: dict[str, str]) -> None:
        self._command, self._environment = worker, environment
        self._stopping, self._ended = False, 0.0
        self.server, self.worker = self._begun(server), self._begun(worker)

    def stop(self, *_: int | FrameType | None) -> None:
        self._stopping = True
        for process in (self.server, self.worker):
            process.terminate()

    @property
    def go_on(self) -> bool:
        """Whether the server runs; begins a worker where there was none for some seconds."""
        if self._stopping or self.server.poll() is not None:
            return False
        if self.worker.poll() is not None:
            self._ended = self._ended or time.monotonic()
            if time.monotonic() - self._ended > _WORKER_AGAIN:
                self.worker, self._ended = self._begun(self._command), 0.0
        return True

    def ended(self) -> int:
        """Stops both and waits for them; the exit code."""
        self.stop()
        codes = [process.wait() for process in (self.server, self.worker)]
        return max(code for code in codes if code >= 0) if any(code > 0 for code in codes) else 0

    def _begun(self, command: list[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - own commands
            command, env=self._environment, preexec_fn=_goes_with_its_parent
        )


def _goes_with_its_parent() -> None:
    """Linux tells a process when the one that started it is gone. Elsewhere the operator ends what is left."""
    with suppress(AttributeError, OSError):
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@contextmanager
def _temporary() -> Iterator[Path]:
    """A folder for files that arrive and are worked on, on the disk of the data and readable by nobody else. What
    servers that were killed left in theirs goes."""
    drafts_folder().mkdir(parents=True, exist_ok=True)
    with draft(drafts_folder()) as folder:
        yield folder


def _watch(processes: Processes) -> int:
    """Ends when the server ends, and takes the worker with it."""
    last = dict.fromkeys(_CHORES, float("-inf"))
    while processes.go_on:
        for chore, every in _CHORES.items():
            if time.monotonic() - last[chore] > every:
                chore(now())
                last[chore] = time.monotonic()
        time.sleep(0.2)
    return processes.ended()


def _look_after(at: datetime) -> None:
    """Work whose process is gone is taken up even where nobody asks for more work."""
    with _later_if_busy():
        tidy(by=None, at=at)


def _keep_house(at: datetime) -> None:
    """Events are chained some minutes after they came; what is past its time goes, whatever restarts there were."""
    with _later_if_busy():
        seal_all(at)
    with _later_if_busy():
        swept(at)


def _sweep(at: datetime) -> None:
    """Stored files of transactions that failed go after a day; accounts that nobody uses are shut where the product
    is run in earnest."""
    with _later_if_busy():
        cleared(at)
    if settings.HTTPS:
        with _later_if_busy():
            shut_idle_accounts(by=SYSTEM, at=at)


@contextmanager
def _later_if_busy() -> Iterator[None]:
    """What a busy database or a file in use refuses is done the next time; no connection stays open meanwhile."""
    with suppress(DatabaseError, OSError):
        yield
    connection.close()


def _free(host: str, port: int) -> None:
    """Waits for a server that was killed to let go of the port. Raises Refused("port_taken") before anything is
    started."""
    until = time.monotonic() + _PORT_PATIENCE
    while (reason := _taken(host, port)) and time.monotonic() < until:
        time.sleep(0.2)
    if reason:
        raise Refused(
            "port_taken", f"Cổng {port} đang bận hoặc không mở được ({reason}); chọn cổng khác bằng --port."
        )


def _taken(host: str, port: int) -> str:
    """Why the port cannot be listened on; empty if it can."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            return problem.strerror or str(problem)
    return ""


_CHORES: dict[Callable[[datetime], None], float] = {
    _look_after: 60,
    _keep_house: 120,
    _sweep: 3600,
}  # seconds
