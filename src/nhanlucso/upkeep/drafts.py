"""Files are made in a folder of their own and get their names when they are whole."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX, _LOCK = ".nhanlucso-draft-", "lock"


@contextmanager
def draft(parent: Path) -> Iterator[Path]:
    """A folder below `parent`, on the same disk, for the owner's eyes alone; gone at the end.

    What processes that were killed left behind goes too: nobody holds the lock in it.
    """
    for leftover in parent.glob(f"{_PREFIX}*"):
        _sweep(leftover)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
    try:
        with (folder / _LOCK).open("w") as lock:
            with suppress(OSError):  # some network disks know no locks
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(folder: Path) -> None:
    with suppress(OSError), (folder / _LOCK).open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)


def give_name(made: Path, path: Path) -> None:
    """Moves a finished file to its place on the same disk for good. Raises FileExistsError if that is taken."""
    with made.open("rb") as file:
        os.fsync(file.fileno())
    try:
        os.link(made, path)
    except FileExistsError:
        raise
    except OSError:  # file systems of sticks know no second names
        if path.exists():
            raise FileExistsError(path) from None
        made.rename(path)
    else:
        made.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        with suppress(OSError):  # not every file system can do this to a folder
            os.fsync(folder)
    finally:
        os.close(folder)
