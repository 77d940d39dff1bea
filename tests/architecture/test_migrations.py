"""Upgrades without a pause: while the new version changes the database, the old one still serves (docs/runbook.md).

So a release expands: tables, columns that may stay empty, wider columns. What the old version still reads or writes
goes a release later, in a migration that says so: `contract = "what stopped using it, and in which release"`.
`migrations_of_release.txt` names the last migrations of the release before; `scripts/released.py` writes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.models.fields import NOT_PROVIDED

RELEASED = Path(__file__).with_name("migrations_of_release.txt")
TAKES_AWAY = (
    migrations.RemoveField,
    migrations.RenameField,
    migrations.DeleteModel,
    migrations.RenameModel,
    migrations.AlterModelTable,
    migrations.AddConstraint,
    migrations.AlterUniqueTogether,
)


def test_new_migrations_leave_the_version_before_running() -> None:
    loader = MigrationLoader(None)
    released: set[tuple[str, str]] = set()
    for line in RELEASED.read_text(encoding="utf-8").splitlines():
        app, name = line.split()
        released.update(loader.graph.forwards_plan((app, name)))
    ours = {app for app, _ in released}
    fresh = [key for key in loader.disk_migrations if key not in released and key[0] in ours]
    assert {
        f"{app}.{name}": found
        for app, name in fresh
        if (found := list(narrowing(loader, (app, name), fresh)))
    } == {}


def narrowing(loader: Any, key: tuple[str, str], fresh: list[tuple[str, str]]) -> Iterator[str]:
    """What in a migration would break the version before; nothing in one that says that it is a contract."""
    migration = loader.disk_migrations[key]
    if getattr(migration, "contract", ""):
        return
    new = {name for other in fresh if other[0] == key[0] for name in created(loader.disk_migrations[other])}
    before = loader.project_state(key, at_end=False)
    for operation in flat(migration.operations):
        name = getattr(operation, "model_name", getattr(operation, "name", "")).lower()
        if name not in new and (words := breaks(operation, before, key[0])):
            yield words
        if not isinstance(operation, migrations.SeparateDatabaseAndState):
            operation.state_forwards(key[0], before)


def created(migration: Any) -> Iterator[str]:
    """Names of the tables that a migration makes: the version before does not know them."""
    for operation in flat(migration.operations):
        if isinstance(operation, migrations.CreateModel):
            yield operation.name.lower()


def flat(operations: list[Any]) -> Iterator[Any]:
    for operation in operations:
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from flat(operation.database_operations)
        else:
            yield operation


def breaks(operation: Any, before: Any, app: str) -> str:
    """What is wrong; empty: nothing."""
    kind = type(operation).__name__
    if isinstance(operation, TAKES_AWAY):
        return f"{kind}: make it a contract a release later"
    if isinstance(operation, migrations.AddField) and not may_be_left_out(operation.field):
        return f"{kind} {operation.name}: the version before leaves it out; null=True or db_default"
    if isinstance(operation, migrations.AlterField):
        old = before.models[app, operation.model_name.lower()].fields[operation.name]
        if is_narrower(old, operation.field):
            return f"{kind} {operation.name}: takes less than before"
    return ""


def may_be_left_out(field: models.Field[Any, Any]) -> bool:
    return bool(field.null or field.many_to_many or field.db_default is not NOT_PROVIDED)


def is_narrower(old: models.Field[Any, Any], new: models.Field[Any, Any]) -> bool:
    if old.get_internal_type() != new.get_internal_type():
        return True
    shorter = new.max_length is not None and (old.max_length is None or new.max_length < old.max_length)
    return shorter or (old.null and not new.null) or (new.unique and not old.unique)


@pytest.mark.parametrize(
    ("operation", "refused"),
    [
        (migrations.RemoveField("person", "full_name"), True),
        (migrations.RenameField("person", "full_name", "name"), True),
        (migrations.DeleteModel("person"), True),
        (migrations.AddField("person", "x", models.CharField(max_length=9, default="")), True),
        (migrations.AddField("person", "x", models.CharField(max_length=9, db_default="")), False),
        (migrations.AddField("person", "x", models.CharField(max_length=9, null=True)), False),
        (migrations.AlterField("person", "full_name", models.CharField(max_length=5)), True),
        (migrations.AlterField("person", "full_name", models.CharField(max_length=5_000)), False),
        (migrations.AlterField("person", "full_name", models.IntegerField()), True),
        (migrations.CreateModel("y", []), False),
        (migrations.RunPython(migrations.RunPython.noop), False),
    ],
)
def test_what_breaks_the_version_before(operation: Any, refused: bool) -> None:
    assert bool(breaks(operation, MigrationLoader(None).project_state(), "people")) is refused
