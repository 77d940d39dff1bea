"""What a copy is made of and restored into: the database, uploads and keys of this installation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from nhanlucso.kernel.errors import Refused
from nhanlucso.upkeep.manifest import KEPT, Contents
from nhanlucso.upkeep.postgres import Postgres
from nhanlucso.upkeep.sqlite import Sqlite


class Database(Protocol):
    """A kind of database, by what copying and restoring need. `member`: name of its copy in the archive."""

    vendor: str
    member: str

    def copy(self, target: Path) -> Contents: ...

    def require_empty(self) -> None: ...

    def prepare(self, copy: Path, contents: Contents) -> Path: ...

    def commit(self, prepared: Path) -> None: ...


def database() -> Database:
    if connection.vendor == "sqlite":
        return Sqlite(Path(connection.settings_dict["NAME"]))
    return Postgres()


def data_folder() -> Path:
    return Path(settings.DATA)


def kept_folders() -> dict[str, Path]:
    """Name in an archive → folder, of all folders with files that nothing else holds. They may be missing."""
    return {name: data_folder() / name for name in KEPT} | {"uploads": uploads_folder()}


def uploads_folder() -> Path:
    return Path(default_storage.path(""))


def key_names() -> tuple[str, ...]:
    return tuple(settings.KEY_NAMES)


def required_keys() -> tuple[str, ...]:
    """Those that every installation has had from its first day: without them records cannot be read."""
    return tuple(name for name in key_names() if name not in settings.LATER_KEYS)


def require_database() -> None:
    """Raises Refused("no_database") unless there is one to talk to; never makes one."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).is_file():
        raise Refused("no_database", f"Không có cơ sở dữ liệu «{connection.settings_dict['NAME']}».")
    try:
        connection.ensure_connection()
    except DatabaseError as problem:
        raise Refused("no_database", f"Không mở được cơ sở dữ liệu: {problem}") from problem


@dataclass(frozen=True, slots=True)
class Migrations:
    """Names as `app.name`: `known` to this version of the product, not yet applied, applied but not known."""

    known: frozenset[str]
    pending: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def agree(self) -> bool:
        return not self.pending and not self.unknown


def known_migrations() -> frozenset[str]:
    """What this version of the product has, or replaced by something it has."""
    loader = MigrationLoader(None)
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    return _named({*loader.disk_migrations, *replaced})


def migrations() -> Migrations:
    """How the database stands to this version of the product. Raises DatabaseError."""
    loader = MigrationLoader(connection)
    known, applied = known_migrations(), _named(loader.applied_migrations)
    return Migrations(
        known=known,
        pending=tuple(sorted(_named(loader.graph.nodes) - applied)),
        unknown=tuple(sorted(applied - known)),
    )


def _named(keys: Iterable[tuple[str, str]]) -> frozenset[str]:
    return frozenset(f"{app}.{name}" for app, name in keys)
