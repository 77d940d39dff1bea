"""Whether something failed because the disk, or the database on it, takes nothing: told apart from all other faults."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from enum import StrEnum

from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.language import say as _


class Trouble(StrEnum):
    """What is the matter with the disk. The values are codes for programs."""

    FULL = "disk_full"
    READ_ONLY = "disk_read_only"


_ERRNO = {
    errno.ENOSPC: Trouble.FULL,
    errno.EDQUOT: Trouble.FULL,
    errno.EFBIG: Trouble.FULL,  # more than the system lets this process write
    errno.EROFS: Trouble.READ_ONLY,
    errno.EACCES: Trouble.READ_ONLY,
    errno.EPERM: Trouble.READ_ONLY,
}
_SQLITE = {  # primary codes
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_IOERR: Trouble.FULL,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Trouble.READ_ONLY,
}
_POSTGRES = {"53100": Trouble.FULL, "25006": Trouble.READ_ONLY}  # disk_full, read_only_sql_transaction


def trouble_of(problem: BaseException) -> Trouble | None:
    """The trouble behind an exception, or behind what it was raised from; None if it is something else."""
    return next((trouble for one in _causes(problem) if (trouble := _judged(one))), None)


def refused(trouble: Trouble) -> Refused:
    """What is told of it: what happened, that nothing was written, whom to tell."""
    words = {
        Trouble.FULL: _("Đĩa của máy chủ đã đầy nên không ghi thêm được."),
        Trouble.READ_ONLY: _("Máy chủ đang chỉ cho đọc nên không ghi được."),
    }
    rest = _("Việc vừa làm chưa được ghi; những gì ghi trước đó vẫn còn. Báo người quản trị máy chủ.")
    return Refused(trouble.value, f"{words[trouble]} {rest}")


def _judged(problem: BaseException) -> Trouble | None:
    if isinstance(problem, sqlite3.Error):
        return _SQLITE.get(getattr(problem, "sqlite_errorcode", 0) & 0xFF)
    if isinstance(problem, OSError):
        return _ERRNO.get(problem.errno or 0)
    return _POSTGRES.get(str(getattr(problem, "sqlstate", "")))


def _causes(problem: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = problem
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__
