"""Copying and putting back a PostgreSQL database with the programs that come with it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from django.db import DatabaseError, connection
from psycopg.conninfo import make_conninfo

from nhanlucso.kernel.errors import Refused
from nhanlucso.upkeep.manifest import Contents

_COPYING = ("pg_dump",)
_RESTORING = ("pg_restore", "psql")
_NAME = re.compile(r"[a-z0-9_]+")


class Postgres:
    """The database that DATABASE_URL names."""

    vendor, member = "postgresql", "database.dump"

    def copy(self, target: Path) -> Contents:
        """Writes one consistent state to `target`; what is counted is counted in the same snapshot."""
        _require_programs(_COPYING)
        try:
            with connection.cursor() as cursor:
                cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                try:
                    cursor.execute("SELECT pg_export_snapshot()")
                    snapshot = cursor.fetchone()[0]
                    contents = _contents()
                    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", *_target(),
                         f"--snapshot={snapshot}", f"--file={target}")  # fmt: skip
                finally:
                    cursor.execute("ROLLBACK")
        except DatabaseError as problem:
            raise Refused("no_database", f"Không sao chép được cơ sở dữ liệu: {problem}") from problem
        _run("pg_restore", f"--file={os.devnull}", str(target))  # reads all of it back
        return contents

    def require_empty(self) -> None:
        """Raises Refused("not_empty"), Refused("no_database")."""
        _require_programs(_RESTORING)
        try:
            tables = connection.introspection.table_names()
        except DatabaseError as problem:
            raise Refused("no_database", f"Không mở được cơ sở dữ liệu: {problem}") from problem
        if tables:
            raise Refused(
                "not_empty",
                f"Cơ sở dữ liệu đã có {len(tables)} bảng; chỉ khôi phục vào cơ sở dữ liệu chưa có bảng nào.",
            )

    def prepare(self, copy: Path, contents: Contents) -> Path:
        """Turns the dump into statements that fail as a whole unless every table then has its rows."""
        script = copy.with_suffix(".sql")
        _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(copy))
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('search_path')")
            path = cursor.fetchone()[0]
        with script.open("a", encoding="utf-8") as file:
            file.write(f"\nSET search_path = {path};\n")
            file.writelines(_counted(table, count) for table, count in contents.rows.items())
        return script

    def commit(self, prepared: Path) -> None:
        """Runs the statements in one transaction: all or nothing."""
        _run("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction", *_target(),
             f"--file={prepared}")  # fmt: skip


def _contents() -> Contents:
    with connection.cursor() as cursor:
        rows = {}
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            rows[table] = cursor.fetchone()[0]
        if "django_migrations" not in rows:
            raise Refused("no_database", "Cơ sở dữ liệu còn trống. Chạy: nhanlucso init")
        cursor.execute("SELECT app || '.' || name FROM django_migrations")
        applied = sorted(name for (name,) in cursor.fetchall())
        return Contents(rows, tuple(applied))


def _counted(table: str, count: int) -> str:
    if not _NAME.fullmatch(table):
        raise Refused("damaged_backup", f"Tên bảng lạ trong bản sao: «{table}».")
    return (
        f'DO $$ BEGIN IF (SELECT count(*) FROM "{table}") <> {count} THEN '
        f"RAISE EXCEPTION 'rows of {table} differ'; END IF; END $$;\n"
    )


def _target() -> tuple[str]:
    """How the programs reach the database: what the settings say, and no defaults of our driver, which an older
    program may not know. The password goes by the environment, which others cannot read."""
    connection.ensure_connection()
    said = {"host", "port", "user", "dbname", *connection.settings_dict["OPTIONS"]}
    ours = {
        name: value for name, value in connection.connection.info.get_parameters().items() if name in said
    }
    return (f"--dbname={make_conninfo(**ours)}",)


def _require_programs(names: tuple[str, ...]) -> None:
    missing = [name for name in names if shutil.which(name) is None]
    if missing:
        raise Refused(
            "no_pg_dump",
            f"Không thấy chương trình {', '.join(missing)} trong PATH. Cài gói máy khách PostgreSQL cùng bản với "
            "máy chủ (Debian, Ubuntu: apt install postgresql-client).",
        )


def _run(program: str, *arguments: str) -> None:
    """Raises Refused("no_pg_dump") where the program is missing or too old, Refused("pg_failed") otherwise."""
    _require_programs((program,))
    password = connection.settings_dict.get("PASSWORD")
    environment = os.environ | ({"PGPASSWORD": str(password)} if password else {})
    done = subprocess.run(  # noqa: S603 - programs of PostgreSQL with arguments of our own
        [program, *arguments], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    if done.returncode == 0:
        return
    said = done.stderr.strip()
    if "version mismatch" in said or "unsupported version" in said:
        raise Refused(
            "no_pg_dump",
            f"Chương trình {program} cũ hơn máy chủ hoặc bản sao. Cài gói máy khách PostgreSQL mới hơn và đặt nó "
            f"trước trong PATH. {said}",
        )
    raise Refused("pg_failed", f"Chương trình {program} không làm được: {said}")
