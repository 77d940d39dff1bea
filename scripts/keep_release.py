"""Keeps the database of a release, so that later ones are tried on it: `python scripts/keep_release.py UNIT OUT`.

Run with the release that is kept, on an SQLite installation (NHANLUCSO_DATA) with examples, never with anybody's data:
the keys go into the file, too. What is written: gzipped JSON with the migrations, the keys, the rows of all tables, and
the figures of a unit as that release counts them.
"""

from __future__ import annotations

import base64
import gzip
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

# Made by migrating, or of no use to anybody afterwards.
LEFT_OUT = (
    "django_migrations",
    "django_content_type",
    "django_session",
    "auth_permission",
    "sqlite_sequence",
)
PERIOD = "2024-9M"


def value(held: Any) -> Any:
    """Bytes as {"base64": …}; all else as it is."""
    return {"base64": base64.b64encode(held).decode()} if isinstance(held, bytes) else held


def tables(database: sqlite3.Connection) -> dict[str, dict[str, Any]]:
    """Name → columns and rows, of every table that holds something."""
    found = {}
    names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    for (name,) in names:
        rows = database.execute(f'SELECT * FROM "{name}" ORDER BY 1')
        columns = [column[0] for column in rows.description]
        kept = [[value(held) for held in row] for row in rows]
        if kept and name not in LEFT_OUT:
            found[name] = {"columns": columns, "rows": kept}
    return found


def main(unit: str, out: Path) -> None:
    data = Path(os.environ["NHANLUCSO_DATA"])
    words = ("figures", "--unit", unit, "--period", PERIOD, "--json")
    command = [sys.executable, "-c", "from nhanlucso.cli.main import main; main()", *words]
    figures = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)  # noqa: S603 - our own
    with closing(sqlite3.connect(data / "nhanlucso.sqlite3")) as database:
        applied = database.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
        document = {
            "migrations": applied,
            "keys": {path.name: path.read_text() for path in sorted((data / "keys").iterdir())},
            "tables": tables(database),
            "unit": unit,
            "period": PERIOD,
            "figures": figures,
        }
    out.write_bytes(gzip.compress(json.dumps(document, ensure_ascii=False).encode(), mtime=0))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
