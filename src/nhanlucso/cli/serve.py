"""`serve`: the web server, and beside it the worker that does the long work."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from types import FrameType

from django.conf import settings
from django.db import DatabaseError, connection

from nhanlucso.access.idle.services import shut_idle_accounts
from nhanlucso.audit.sealing import seal_all
from nhanlucso.cli.chores import swept as swept_registers
from nhanlucso.jobs.services import tidy
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.upkeep.orphans import sweep
from nhanlucso.upkeep.retention.sweeping import is_due

_THREADS = "8"
_LOOK_EVERY, _SEAL_EVERY, _SWEEP_EVERY = 60.0, 120.0, 3600.0  # seconds


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--workers", type=int, default=2)


def run(options: argparse.Namespace) -> int:
    _free(options.host, options.port)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "nhanlucso.config.settings"}
    server = [
        sys.executable, "-m", "gunicorn", "nhanlucso.config.wsgi", "--bind", f"{options.host}:{options.port}",
        "--workers", str(options.workers), "--threads", _THREADS, "--timeout", "120", "--log-level", "warning",
    ]  # fmt: skip
    worker = [sys.executable, "-m", "django", "db_worker", "--interval", "0.5"]
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
    looked = swept = sealed = float("-inf")
    while all(process.poll() is None for process in processes):
        if time.monotonic() - looked > _LOOK_EVERY:
            _end_lost_work()
            looked = time.monotonic()
        if time.monotonic() - sealed > _SEAL_EVERY:
            _seal_log()
            sealed = time.monotonic()
            _keep_house()
        if time.monotonic() - swept > _SWEEP_EVERY:
            _sweep_files()
            _shut_idle()
            swept = time.monotonic()
        time.sleep(0.2)
    assert callable(stop)
    stop()
    codes = [process.wait() for process in processes]
    return max(code for code in codes if code >= 0) if any(code > 0 for code in codes) else 0


def _end_lost_work() -> None:
    """Work whose process is gone ends as failed even where nobody asks for more work; a busy database waits."""
    with suppress(DatabaseError):
        tidy(by=None, at=now())
    connection.close()


def _seal_log() -> None:
    """Events are chained some minutes after they came; a busy database waits."""
    with suppress(DatabaseError):
        seal_all(now())
    connection.close()


def _keep_house() -> None:
    """Once a day, whatever restarts there were: what is past its time goes."""
    with suppress(DatabaseError, OSError):
        if is_due(now()):
            swept_registers(now())
    connection.close()


def _shut_idle() -> None:
    """Accounts that nobody uses are shut where the product is run in earnest."""
    if settings.HTTPS:
        with suppress(DatabaseError):
            shut_idle_accounts(by=SYSTEM, at=now())
        connection.close()


def _sweep_files() -> None:
    """Stored files of transactions that failed go after a day."""
    with suppress(DatabaseError, OSError):
        sweep(now())
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
