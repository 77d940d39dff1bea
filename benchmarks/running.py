"""What every benchmark begins with: a temporary installation on SQLite, a scale, a watch."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SCALE = float(os.environ.get("NHANLUCSO_BENCH_SCALE", "1"))


def in_new_installation(run: Callable[[Path], None]) -> None:
    """Calls `run` with a temporary folder, the product set up in it and ready for use."""
    with tempfile.TemporaryDirectory(prefix="nhanlucso-bench-") as folder:
        os.environ["NHANLUCSO_DATA"] = f"{folder}/data"
        os.environ["DJANGO_SETTINGS_MODULE"] = "nhanlucso.config.settings"
        os.environ.pop("DATABASE_URL", None)
        from nhanlucso.cli.setup import ready  # settings are read at its first use

        ready()
        run(Path(folder))


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What `work` gave, and its seconds on the wall clock."""
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start
