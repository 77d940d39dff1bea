"""Faults of the disk are told from all others, by what systems really raise."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from nhanlucso.kernel.disk import Trouble, trouble_of


def raised(*statements: str, path: str = ":memory:") -> sqlite3.Error:
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE IF NOT EXISTS held (text)")
        with pytest.raises(sqlite3.Error) as caught:
            for statement in statements:
                database.execute(statement)
    return caught.value


FILL = "INSERT INTO held SELECT randomblob(9000)"


def test_a_full_disk() -> None:
    with pytest.raises(OSError, match="No space") as caught, open("/dev/full", "wb", buffering=0) as full:
        full.write(b"x")
    assert trouble_of(caught.value) is Trouble.FULL
    assert trouble_of(raised("PRAGMA max_page_count = 3", FILL, FILL)) is Trouble.FULL


def test_a_disk_that_can_only_be_read() -> None:
    assert trouble_of(raised("PRAGMA query_only = ON", FILL)) is Trouble.READ_ONLY
    assert trouble_of(OSError(errno.EROFS, "Read-only file system")) is Trouble.READ_ONLY


def test_what_was_raised_from_it_is_it() -> None:
    with pytest.raises(ValueError, match="told") as caught:
        try:
            raise OSError(errno.ENOSPC, "No space left on device")
        except OSError as problem:
            raise ValueError("told") from problem
    assert trouble_of(caught.value) is Trouble.FULL


def test_other_faults_are_not(tmp_path: Path) -> None:
    assert trouble_of(raised("SELECT nothing")) is None
    with pytest.raises(OSError, match="No such file") as caught:
        (tmp_path / "nothing").read_bytes()
    assert trouble_of(caught.value) is None
