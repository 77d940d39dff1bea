"""Starting Django and making sure that there is a database to talk to."""

from __future__ import annotations

import django
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from nhanlucso.config import env
from nhanlucso.kernel.errors import Refused

KEYS = ("secret.key", "field.key", "match.key")


def ready() -> None:
    """Starts Django; makes keys and database if they are not there or behind. Idempotent.

    Raises Refused("bad_setting", "no_database") with what to mend.
    """
    try:
        env.make_keys(env.data_folder(), KEYS)
    except OSError as problem:
        raise Refused(
            "bad_setting", f"Không dùng được thiết đặt hoặc thư mục dữ liệu: {problem}"
        ) from problem
    started()
    try:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as problem:
        raise Refused("no_database", f"Không mở được cơ sở dữ liệu: {problem}") from problem


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
