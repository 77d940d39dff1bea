"""Notes the last migration of each room for tests/architecture/test_migrations.py: run once when a release is made."""

from __future__ import annotations

import os
from pathlib import Path

import django
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

NOTED = Path(__file__).resolve().parents[1] / "tests" / "architecture" / "migrations_of_release.txt"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhanlucso.config.settings")
    django.setup()
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("nhanlucso.")}
    leaves = sorted(MigrationLoader(None).graph.leaf_nodes())
    NOTED.write_text("".join(f"{app} {name}\n" for app, name in leaves if app in ours), encoding="utf-8")


if __name__ == "__main__":
    main()
