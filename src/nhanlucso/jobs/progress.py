"""How far a piece of long work is, and that somebody still works on it: small files beside the database.

The work itself often holds the one transaction that all its writes are in, so its progress cannot be seen in the
database until it ends; a file can. Stopping is asked for in the same way. While work runs, its process renews a sign
of life every few seconds; work without one was left behind by a process that is gone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from uuid import UUID

from django.conf import settings

from nhanlucso.jobs.rules import SILENCE

BEAT = 20.0  # seconds between two signs of life


class Cancelled(Exception):
    """Somebody asked this work to stop; raised out of it, so that its transaction is rolled back."""


@dataclass(frozen=True, slots=True)
class Progress:
    done: int = 0
    total: int = 0
    step: str = ""


@dataclass(frozen=True, slots=True)
class Running:
    """Work that a process is at: of which account (None: of nobody in particular), since when."""

    job: UUID
    account: int | None
    title: str
    since: datetime


def read(job: UUID) -> Progress:
    """What the work said last; nothing yet is Progress()."""
    try:
        return Progress(**json.loads(_path(job).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return Progress()


def say(job: UUID, progress: Progress) -> None:
    """Notes the progress; raises Cancelled if a stop was asked for."""
    go_on(job)
    _write(_path(job), {"done": progress.done, "total": progress.total, "step": progress.step})


def go_on(job: UUID) -> None:
    """Raises Cancelled if a stop was asked for."""
    if stop_asked(job):
        raise Cancelled


def ask_to_stop(job: UUID) -> None:
    _stop(job).touch()


def stop_asked(job: UUID) -> bool:
    return _stop(job).exists()


def forget(job: UUID) -> None:
    """Removes the files once the work has ended."""
    for path in (_path(job), _stop(job), _life(job)):
        path.unlink(missing_ok=True)


@contextmanager
def alive(running: Running) -> Iterator[None]:
    """Renews the sign of life of work while it runs in this process, and forgets it afterwards."""
    life, ended = _life(running.job), Event()
    words = {"account": running.account, "title": running.title, "since": running.since.isoformat()}
    _write(life, words)

    def renew() -> None:
        while not ended.wait(BEAT):
            try:
                os.utime(life)
            except OSError:  # taken away by who gave the work up; there is nothing left to tell
                return

    thread = Thread(target=renew, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        forget(running.job)


def last_sign(job: UUID) -> datetime | None:
    """When somebody last worked on it, as far as the files tell."""
    signs = [sign for path in (_life(job), _path(job)) if (sign := _changed(path))]
    return max(signs, default=None)


def working(at: datetime) -> list[Running]:
    """All work that some process is at, the oldest first. Asks no database."""
    found = []
    for path in _folder().glob("*.run") if _folder().is_dir() else ():
        sign = _changed(path)
        if sign is not None and at - sign < SILENCE and (running := _running(path)):
            found.append(running)
    return sorted(found, key=lambda running: running.since)


def _running(path: Path) -> Running | None:
    try:
        words = json.loads(path.read_text(encoding="utf-8"))
        return Running(
            UUID(path.stem), words["account"], words["title"], datetime.fromisoformat(words["since"])
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _changed(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None


def _write(path: Path, words: Mapping[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_text(json.dumps(words), encoding="utf-8")
    draft.replace(path)


def _folder() -> Path:
    return Path(settings.DATA) / "jobs"


def _path(job: UUID) -> Path:
    return _folder() / f"{job}.json"


def _stop(job: UUID) -> Path:
    return _path(job).with_suffix(".stop")


def _life(job: UUID) -> Path:
    return _path(job).with_suffix(".run")
