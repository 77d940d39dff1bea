"""How the web server runs, the same by `serve`, by a unit of systemd and in a container:
`gunicorn --config python:nhanlucso.config.gunicorn nhanlucso.config.wsgi`."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from django.urls import get_resolver

from nhanlucso.config import env
from nhanlucso.config.logs import logging_of

bind = env.text("NHANLUCSO_BIND", "127.0.0.1:8000")
workers = env.number("NHANLUCSO_WORKERS", 2)
threads = 8
timeout = 120
graceful_timeout = 60  # what a worker that is replaced may still finish
keepalive = 5
# Small files of the server itself lie in memory: on a slow disk a worker would look dead, on a full one it would die.
_SHARED = "/dev/shm"  # noqa: S108 # nosec B108 - a folder of the system; names in it are of this process
_memory = _SHARED if os.access(_SHARED, os.W_OK) else None
worker_tmp_dir = _memory
logconfig_dict = logging_of(env.log_shape(), "WARNING")

# All workers of one server write their measures into one folder; it is new with each server, and stays with a reload.
_MEASURES = "PROMETHEUS_MULTIPROC_DIR"
_FOLDER = "nhanlucso-measures-"
_made_here = _MEASURES not in os.environ
if _made_here:
    for _left in Path(_memory or tempfile.gettempdir()).glob(f"{_FOLDER}*"):  # by servers that were killed
        _pid = _left.name.removeprefix(_FOLDER).partition("-")[0]
        if _pid.isdigit() and not Path("/proc", _pid).exists() and Path("/proc/self").exists():
            shutil.rmtree(_left, ignore_errors=True)
    os.environ[_MEASURES] = tempfile.mkdtemp(prefix=f"{_FOLDER}{os.getpid()}-", dir=_memory)


def post_worker_init(worker: Any) -> None:
    """Called by gunicorn in each new worker: the first visitor shall not wait until all pages are imported."""
    get_resolver().url_patterns  # noqa: B018 - reading it imports them


def on_exit(server: Any) -> None:
    """Called by gunicorn when it ends."""
    shutil.rmtree(os.environ[_MEASURES], ignore_errors=True)
