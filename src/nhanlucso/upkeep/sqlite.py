"""Copying and putting back an SQLite database while others use it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from nhanlucso.kernel.errors import Refused
from nhanlucso.upkeep.drafts import give_name
from nhanlucso.upkeep.manifest import Contents


class Sqlite:
    """The database file of an installation."""

    vendor, member = "sqlite", "database.sqlite3"

    def __init__(self, path: Path) -> None:
        self._path = path

    def copy(self, target: Path) -> Contents:
        """Writes one consistent state to `target` by the online backup of SQLite; writers go on meanwhile."""
        try:
            with (
                closing(sqlite3.connect(f"{self._path.as_uri()}?mode=rw", uri=True)) as source,
                closing(sqlite3.connect(target)) as copy,
            ):
                source.backup(
                    copy
                )  # in one step: with the write-ahead log nobody waits and it never begins anew
                copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        except sqlite3.Error as problem:
            raise Refused("no_database", f"Không sao chép được cơ sở dữ liệu: {problem}") from problem
        return _examined(target)

    def require_empty(self) -> None:
        """Raises Refused("not_empty")."""
        for ending in ("", "-wal", "-shm", "-journal"):
            path = self._path.with_name(self._path.name + ending)
            if path.exists():
                raise Refused(
                    "not_empty", f"Đã có cơ sở dữ liệu «{path}»; chỉ khôi phục vào thư mục chưa có dữ liệu."
                )

    def prepare(self, copy: Path, contents: Contents) -> Path:
        """Looks whether the copy is sound and holds what was counted; returns what `commit` takes."""
        if _examined(copy) != contents:
            raise Refused("damaged_backup", "Cơ sở dữ liệu trong bản sao không khớp số dòng đã ghi.")
        return copy

    def commit(self, prepared: Path) -> None:
        """Puts the copy in place, in one step, never over another one."""
        give_name(prepared, self._path)


def _examined(path: Path) -> Contents:
    """What a closed database file holds. Raises Refused("damaged_database") where SQLite finds it unsound."""
    try:
        with closing(sqlite3.connect(path)) as database:
            verdict = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if verdict != "ok":
                raise sqlite3.DatabaseError(verdict)
            tables = database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' "
                "ORDER BY name"
            ).fetchall()
            rows = {
                name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables
            }
            applied = database.execute(
                "SELECT app || '.' || name FROM django_migrations ORDER BY 1"
            ).fetchall()
    except sqlite3.Error as problem:
        raise Refused(
            "damaged_database", f"Cơ sở dữ liệu hỏng: {problem}. Xem: nhanlucso doctor"
        ) from problem
    return Contents(rows, tuple(name for (name,) in applied))
