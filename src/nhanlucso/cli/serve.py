"""`serve`: the web server, and beside it the worker that does the long work."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from types import FrameType

from django.conf import settings
from django.db import DatabaseError, connection

from nhanlucso.access.idle.services import shut_idle_accounts
from nhanlucso.audit.sealing import seal_all
from nhanlucso.cli.chores import swept
from nhanlucso.jobs.services import tidy
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.upkeep.orphans import sweep



def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--workers", type=int, default=2)


def run(options: argparse.Namespace) -> int:
    _free(options.host, options.port)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "nhanlucso.config.settings"}
    server = [
        sys.executable, "-m", "gunicorn", "--config", "python:nhanlucso.config.gunicorn", "--log-level", "warning",
        "--bind", f"{options.host}:{options.port}", "--workers", str(options.workers), "nhanlucso.config.wsgi",
    ]  # fmt: skip
    worker = [sys.executable, "-m", "nhanlucso.cli.main", "worker"]
    processes = [
        subprocess.Popen(command, env=environment)  # noqa: S603 - own commands
        for command in (server, worker)
    ]

    def stop(*_: int | FrameType | None) -> None:
        for process in processes:
            process.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    print(f"Mở http://{options.host}:{options.port} – dừng bằng Ctrl+C", flush=True)
    return _watch(processes, stop)


def _watch(processes: list[subprocess.Popen[bytes]], stop: object) -> int:
    """Ends when either process ends, and takes the other with it."""
    last = dict.fromkeys(_CHORES, float("-inf"))
    while all(process.poll() is None for process in processes):
        for chore, every in _CHORES.items():
            if time.monotonic() - last[chore] > every:
                chore(now())
                last[chore] = time.monotonic()
        time.sleep(0.2)
    assert callable(stop)
    stop()
    codes = [process.wait() for process in processes]
    return max(code for code in codes if code >= 0) if any(code > 0 for code in codes) else 0


def _look_after(at: datetime) -> None:
    """Work whose process is gone ends as failed even where nobody asks for more work."""
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
        sweep(at)
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
    """Raises Refused("port_taken") before anything is started."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise Refused(
                "port_taken",
                f"Cổng {port} đang bận hoặc không mở được ({problem.strerror}); chọn cổng khác bằng --port.",
            ) from None


_CHORES: dict[Callable[[datetime], None], float] = {
    _look_after: 60,
    _keep_house: 120,
    _sweep: 3600,
}  # seconds
