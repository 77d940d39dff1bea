"""That workers are there, whether they have work or not: each renews a file beside those of the work.

What a worker that was killed left of it goes with the other files of lost work.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

from django.conf import settings

BEAT = 10.0  # seconds between two signs
LATELY = timedelta(seconds=60)


@contextmanager
def beating() -> Iterator[None]:
    """Tells that this process is a worker, for as long as the block lasts."""
    sign, ended = _folder() / f"{socket.gethostname()}-{os.getpid()}.worker", Event()

    def beat() -> None:
        while not ended.wait(BEAT):
            _touch(sign)

    _touch(sign)
    thread = Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        with suppress(OSError):
            sign.unlink(missing_ok=True)


def _touch(sign: Path) -> None:
    with suppress(OSError):  # a full disk must not end the worker; nobody hears of it meanwhile
        sign.parent.mkdir(parents=True, exist_ok=True)
        sign.touch()


def last_heard() -> datetime | None:
    """When any worker last gave a sign; None: never, or it ended in good order."""
    return max((changed for path in _signs() if (changed := _changed(path))), default=None)


def _signs() -> list[Path]:
    return list(_folder().glob("*.worker")) if _folder().is_dir() else []


def _changed(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None


def _folder() -> Path:
    return Path(settings.DATA) / "jobs"
