"""The database of an earlier release, copied by its backup, restored here and brought up to date: every row is there,
the figures are those of that release, and nothing is amiss. A database of a later release is left alone."""

from __future__ import annotations

import base64
import gzip
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.installation import Installation
from tests.upkeep.records import counts, execute, opened

RELEASES = sorted((Path(__file__).parent / "releases").glob("*.json.gz"))
MIGRATE = """
import json, sys, django
django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
wanted = {tuple(one) for one in json.load(sys.stdin)}
executor = MigrationExecutor(connection)
nodes = executor.loader.graph.node_map
later = {key: {child.key for child in nodes[key].children if child.key[0] == key[0]} for key in wanted & set(nodes)}
executor.migrate([key for key, children in later.items() if not children & wanted])
"""


def made(installation: Installation, kept: Any) -> None:
    """The database as that release left it: its migrations, its keys, its rows."""
    folder = installation.folder / "keys"
    folder.mkdir(parents=True)
    for name, text in kept["keys"].items():
        (folder / name).write_text(text)
        (folder / name).chmod(0o600)
    environment = installation.environment | {"DJANGO_SETTINGS_MODULE": "nhanlucso.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", MIGRATE],
        env=environment,
        input=json.dumps(kept["migrations"]).encode(),
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr.decode()
    with filled(installation) as (put, types):
        for table, content in kept["tables"].items():
            put(
                table,
                content["columns"],
                [row_of(row, types(table, content["columns"])) for row in content["rows"]],
            )


def row_of(row: list[Any], types: list[str]) -> list[Any]:
    return [value_of(value, kind) for value, kind in zip(row, types, strict=True)]


def value_of(value: Any, kind: str) -> Any:
    """As the database at hand takes it; the rows were kept as SQLite holds them."""
    if isinstance(value, dict):
        return base64.b64decode(value["base64"])
    return bool(value) if kind == "boolean" and value is not None else value


Put = Callable[[str, list[str], list[list[Any]]], None]


@contextmanager
def filled(installation: Installation) -> Iterator[tuple[Put, Callable[[str, list[str]], list[str]]]]:
    """How rows are put into tables, in one transaction, and of which types columns are."""
    mark = "%s" if installation.database_url else "?"
    with opened(installation) as database:
        database.execute("BEGIN")
        if installation.database_url:
            database.execute("SET LOCAL TIME ZONE 'UTC'")

        def types(table: str, columns: list[str]) -> list[str]:
            if not installation.database_url:
                return [""] * len(columns)
            question = "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s"
            known = dict(database.execute(question, (table,)).fetchall())
            return [known[column] for column in columns]

        def put(table: str, columns: list[str], rows: list[list[Any]]) -> None:
            database.execute(f'DELETE FROM "{table}"' if not table.startswith("audit_") else "SELECT 1")
            names, marks = ", ".join(f'"{column}"' for column in columns), ", ".join([mark] * len(columns))
            cursor = database.cursor()
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)
            if (
                installation.database_url
                and "id" in columns
                and isinstance(rows[0][columns.index("id")], int)
            ):
                sequence = f"pg_get_serial_sequence('{table}', 'id')"
                database.execute(f'SELECT setval({sequence}, (SELECT max(id) FROM "{table}"))')

        yield put, types
        database.execute("COMMIT")


def figures(installation: Installation, kept: Any) -> list[dict[str, Any]]:
    """Of the indicators that the release knew; when they were counted makes no difference."""
    said = installation.must("figures", "--unit", kept["unit"], "--period", kept["period"], "--json").json
    known = {row["indicator"]: set(row) - {"as_of"} for row in kept["figures"]}
    return [
        {key: row[key] for key in sorted(known[row["indicator"]])}
        for row in said
        if row["indicator"] in known
    ]


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name.removesuffix(".json.gz"))
def test_a_copy_of_an_earlier_release_is_restored_and_brought_up_to_date(
    installation: Installation, elsewhere: Installation, tmp_path: Path, release: Path
) -> None:
    kept = json.loads(gzip.decompress(release.read_bytes()))
    made(installation, kept)
    installation.must("backup", tmp_path / "copy.tar")
    elsewhere.must("restore", tmp_path / "copy.tar")
    checks = {check["name"]: check["state"] for check in elsewhere.run("doctor", "--json").json["checks"]}
    assert checks["migrations"] == "bad"  # and says how to go on
    elsewhere.must("init")
    held = counts(elsewhere)
    for table, content in kept["tables"].items():
        assert held[table] == len(content["rows"]), table
    expected = [{key: row[key] for key in sorted(set(row) - {"as_of"})} for row in kept["figures"]]
    assert figures(elsewhere, kept) == expected
    checks = {check["name"]: check["state"] for check in elsewhere.must("doctor", "--json").json["checks"]}
    assert {name for name, state in checks.items() if state != "ok"} <= {"facts"}


def test_a_database_of_a_later_release_is_left_alone(demo_copy: Installation) -> None:
    later = "INSERT INTO django_migrations (app, name, applied) VALUES ('people', '0999_later', '2030-01-01')"
    execute(demo_copy, later)
    before = counts(demo_copy)
    for words in (("init", "--json"), ("serve", "--port", "1"), ("figures", "--unit", "phu-nhuan")):
        outcome = demo_copy.run(*words)
        assert outcome.code == 2, words
        assert "phiên bản mới hơn" in outcome.out + outcome.err
        assert "people.0999_later" in outcome.out + outcome.err
    assert counts(demo_copy) == before
