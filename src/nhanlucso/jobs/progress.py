"""How far a piece of long work is: a small file beside the database.

The work itself often holds the one transaction that all its writes are in, so its progress cannot be seen in the
database until it ends; a file can. Stopping is asked for in the same way.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings


class Cancelled(Exception):
    """Somebody asked this work to stop; raised out of it, so that its transaction is rolled back."""


@dataclass(frozen=True, slots=True)
class Progress:
    done: int = 0
    total: int = 0
    step: str = ""


def read(job: UUID) -> Progress:
    """What the work said last; nothing yet is Progress()."""
    try:
        return Progress(**json.loads(_path(job).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return Progress()


def say(job: UUID, progress: Progress) -> None:
    """Notes the progress; raises Cancelled if a stop was asked for."""
    if _stop(job).exists():
        raise Cancelled
    draft = _path(job).with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps({"done": progress.done, "total": progress.total, "step": progress.step}))
    draft.replace(_path(job))


def ask_to_stop(job: UUID) -> None:
    _stop(job).touch()


def forget(job: UUID) -> None:
    """Removes both files once the work has ended."""
    _path(job).unlink(missing_ok=True)
    _stop(job).unlink(missing_ok=True)


def _path(job: UUID) -> Path:
    folder = Path(settings.DATA) / "jobs"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{job}.json"


def _stop(job: UUID) -> Path:
    return _path(job).with_suffix(".stop")
