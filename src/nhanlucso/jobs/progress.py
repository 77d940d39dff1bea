"""How far a piece of long work is, and that somebody still works on it: small files beside the database.

The work itself often holds the one transaction that all its writes are in, so its progress cannot be seen in the
database until it ends; a file can. Stopping is asked for in the same way. While work runs, its process holds a lock on
a sign of life and renews it every few seconds. The system lets go of the lock with the process, however that ends: so a
sign that nobody holds tells at once that the work was left behind. Where files know no locks, silence tells it later.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from uuid import UUID

from django.conf import settings

from nhanlucso.jobs.rules import SILENCE

_RUN, _PROGRESS, _STOP = ".run", ".json", ".stop"
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
    with suppress(OSError):  # a full disk is met by the work itself, not by what is told of it
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
    held = _write(life, words, hold=True)

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
        os.close(held)


def is_left(job: UUID) -> bool:
    """Whether the process that worked on it is gone for certain: its sign of life is there, and nobody holds it."""
    return _is_free(_life(job))


def sweep(open_jobs: Collection[UUID], before: datetime) -> int:
    """Removes what processes that are gone left of work that has ended, or of none: signs that nobody holds, other
    files that were not touched since `before`. How many."""
    kept, gone = {str(job) for job in open_jobs}, 0
    for path in _folder().iterdir() if _folder().is_dir() else ():
        if path.name.partition(".")[0] in kept:
            continue
        old = (changed := _changed(path)) is not None and changed < before
        if old or (path.suffix == _RUN and _is_free(path)):
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def last_sign(job: UUID) -> datetime | None:
    """When somebody last worked on it, as far as the files tell."""
    signs = [sign for path in (_life(job), _path(job)) if (sign := _changed(path))]
    return max(signs, default=None)


def working(at: datetime) -> list[Running]:
    """All work that some process is at, the oldest first. Asks no database."""
    found = []
    for path in _folder().glob(f"*{_RUN}") if _folder().is_dir() else ():
        sign = _changed(path)
        if sign is None or at - sign >= SILENCE or _is_free(path):
            continue
        if running := _running(path):
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


def _is_free(path: Path) -> bool:
    """Whether the file is there and no process holds a lock on it."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:  # held; or no locks here, and then nothing is certain
        return False
    finally:
        os.close(handle)
    return True


def _write(path: Path, words: Mapping[str, object], *, hold: bool = False) -> int:
    """Writes a file as a whole. With `hold` it is locked from the moment it can be seen, until the handle that is
    returned is closed; else there is none (-1)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        os.write(handle, json.dumps(words).encode())
        if hold:
            with suppress(OSError):  # some network disks know no locks
                fcntl.flock(handle, fcntl.LOCK_EX)
        draft.replace(path)
    except BaseException:
        os.close(handle)
        draft.unlink(missing_ok=True)
        raise
    if hold:
        return handle
    os.close(handle)
    return -1


def _folder() -> Path:
    return Path(settings.DATA) / "jobs"


def _path(job: UUID) -> Path:
    return _folder() / f"{job}{_PROGRESS}"


def _stop(job: UUID) -> Path:
    return _path(job).with_suffix(_STOP)


def _life(job: UUID) -> Path:
    return _path(job).with_suffix(_RUN)
