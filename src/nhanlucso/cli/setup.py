"""Starting Django and making sure that there is a database to talk to."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import django
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from nhanlucso import __version__
from nhanlucso.config import env
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.locks import alone


def ready() -> None:
    """Starts Django; makes keys and database if they are not there or behind. Idempotent.

    Raises Refused("bad_setting", "keys_missing", "no_database", "newer_database") with what to mend.
    """
    try:
        with alone(
            env.data_folder()
        ):  # two first commands at once: one makes keys and tables, the other finds them
            _made_ready()
    except OSError as problem:
        raise Refused(
            "bad_setting", f"Không dùng được thiết đặt hoặc thư mục dữ liệu: {problem}"
        ) from problem


def _made_ready() -> None:
    made = env.make_keys(env.data_folder(), env.KEY_NAMES)
    started()
    try:
        lost = [path for path in made if path.name not in env.LATER_KEYS]
        if lost and "django_migrations" in connections[DEFAULT_DB_ALIAS].introspection.table_names():
            _refuse_new_keys(made, lost)
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        _refuse_newer(executor)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as problem:
        raise Refused("no_database", f"Không mở được cơ sở dữ liệu: {problem}") from problem


def _refuse_newer(executor: MigrationExecutor) -> None:
    """A later release may keep what this one would not see, or would write where it must not."""
    disk = executor.loader.disk_migrations
    known = {*disk, *(key for migration in disk.values() for key in migration.replaces)}
    later = sorted(set(executor.loader.applied_migrations) - known)
    if later:
        named = ", ".join(f"{app}.{name}" for app, name in later[:3])
        raise Refused(
            "newer_database",
            f"Cơ sở dữ liệu thuộc phiên bản mới hơn nhanlucso {__version__} này ({named}); chưa ghi gì. Dùng phiên bản "
            "mới, hoặc khôi phục vào chỗ trống bản sao lưu làm trước khi nâng cấp.",
        )


def _refuse_new_keys(made: list[Path], lost: list[Path]) -> NoReturn:
    """A database with other keys lost: what was encrypted with them would never be read again, and new numbers
    would be written with keys that match nothing."""
    for path in made:
        path.unlink()
    raise Refused(
        "keys_missing",
        f"Có cơ sở dữ liệu nhưng thiếu khóa {', '.join(path.name for path in lost)} trong {lost[0].parent}; "
        "chép khóa từ bản sao lưu (tệp .keys) vào đó.",
    )


def started() -> None:
    """Starts Django and nothing else: no keys, no database are made or changed.

    Raises Refused("bad_setting").
    """
    try:
        django.setup()
    except (OSError, env.BadSetting) as problem:
        raise Refused(
            "bad_setting", f"Không dùng được thiết đặt hoặc thư mục dữ liệu: {problem}"
        ) from problem
