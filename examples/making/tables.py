"""The files of an exchange bundle: their columns, their keys, and how they are written."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from pathlib import Path

VALID = ["valid_from", "valid_to"]
COLUMNS = {
    "units": ["id", "code", "name", "kind", "parent_id", *VALID, "catalogue_key"],
    "unit_changes": ["id", "kind", "date", "from_id", "to_id", "document"],
    "people": ["id", "full_name", "birth_date", "sex", "national_id", "phone", "email"],
    "posts": [
        "id",
        "person_id",
        "unit_id",
        "title",
        "category",
        "is_leader",
        "is_main",
        "duties",
        *VALID,
        "qualification",
    ],
    "courses": ["id", "title", "topics", "counts_for", "delivery", "periods"],
    "classes": [
        "id",
        "course_id",
        "title",
        "form",
        "mode",
        "host_unit_id",
        "co_host_unit_ids",
        "round",
        "capacity",
        "activity_id",
    ],
    "sessions": ["id", "class_id", "starts_at", "ends_at", "place"],
    "attendance": ["session_id", "person_id", "status", "recorded_at"],
    "headcounts": ["id", "class_id", "unit_id", "audience", "count", "qualifier", "date"],
    "results": ["id", "person_id", "course_id", "enrolled_at", "completed_at", "score", "passed", "source"],
    "teams": ["id", "unit_id", "name", "decision", *VALID],
    "team_members": ["team_id", "person_id", "role", *VALID],
    "assists": ["id", "team_id", "date", "field", "people", "outcome"],
    "outreach": ["id", "unit_id", "channel", "date", "title", "count"],
    "plans": ["id", "number", "title", "issuer_unit_id", "issued_on", *VALID, "programme_id"],
    "targets": ["id", "plan_id", "indicator", "unit_id", "year", "value", "comparator", "quote"],
    "programmes": ["id", "number", "title", "issuer", "issued_on", *VALID],
    "activities": ["id", "plan_id", "title", "lead_unit_id", "partner_unit_ids", "starts_on", "ends_on"],
    "directives": ["id", "number", "title", "issuer_unit_id", "issued_on", "plan_id"],
    "boards": ["id", "unit_id", "name", "standing_unit_id", "decision", *VALID],
    "board_members": ["board_id", "person_id", "role", *VALID],
    "invitations": ["class_id", "person_id", "invited_at"],
}
KEYS = {
    "units": ("id", "valid_from"),
    "unit_changes": ("id", "from_id", "to_id"),
    "attendance": ("session_id", "person_id"),
    "team_members": ("team_id", "person_id", "valid_from"),
    "board_members": ("board_id", "person_id", "valid_from"),
    "invitations": ("class_id", "person_id"),
}

Cell = str | int | float | bool | date | datetime | list[str] | None


class Bundle:
    """Rows collected by file name, written as a folder in the order of their keys."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.rows: dict[str, list[dict[str, str]]] = {}

    def add(self, table: str, **cells: Cell) -> None:
        unknown = set(cells) - set(COLUMNS[table])
        if unknown:
            raise ValueError(f"{table} has no column {sorted(unknown)}")
        row = {column: text(cells.get(column)) for column in COLUMNS[table]}
        self.rows.setdefault(table, []).append(row)

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        head = {"format": "nhanlucso-bundle", "version": 1, "source": self.source}
        (folder / "bundle.json").write_text(json.dumps(head) + "\n", encoding="utf-8", newline="\n")
        for table in COLUMNS:
            key = KEYS.get(table, ("id",))
            ordered = sorted(self.rows.get(table, []), key=lambda row: [row[column] for column in key])
            with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as stream:
                writer = csv.DictWriter(stream, COLUMNS[table], lineterminator="\n")
                writer.writeheader()
                writer.writerows(ordered)


def text(cell: Cell) -> str:
    """A cell as an export of the product writes it, so that an export of the imported bundle is the bundle."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    if isinstance(cell, list):
        return ";".join(cell)
    return f"{cell:g}" if isinstance(cell, float) else str(cell)
