"""From the tables of a capsule back to a build that the engine opens."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from nhanlucso.indicators.engine import build
from nhanlucso.indicators.engine.store import Store
from nhanlucso.indicators.facts import DAY, INT, TEXT, Anchors, table
from nhanlucso.orgs.rules import History

Tables = dict[str, pa.Table]


def rebuilt(tables: Tables, history: History, folder: Path) -> Store:
    """Writes a build from the tables into an empty folder and opens it."""
    build.write(raw_tables(tables, history), folder)
    return Store(folder, history)


def raw_tables(tables: Tables, history: History) -> Tables:
    """The raw tables of a build: what the capsule leaves out is made again from what it holds."""
    anchors = Anchors(history)
    first = _first_days(tables["sessions"])
    made = {
        "persons": _with(tables["persons"], place=tables["persons"]["person"]),
        "posts": _anchored(tables["posts"], anchors, "unit", "valid_from", "person"),
        "classes": _classes(tables["classes"], anchors, first),
        "sessions": tables["sessions"],
        "attendance": tables["attendance"],
        "heads": _anchored(tables["heads"], anchors, "unit", "day"),
        "results": _results(tables["results"]),
        "topics": tables["topics"],
        "teams": _anchored(tables["teams"], anchors, "unit", "valid_from"),
        "members": tables["members"],
        "assists": tables["assists"],
        "outreach": _anchored(tables["outreach"], anchors, "unit", "day"),
    }
    made["anchors"] = table({"anchor": INT, "unit": INT, "since": DAY, "person": INT}, anchors.rows)
    return {name: _wide(found) for name, found in made.items()}


def _wide(found: pa.Table) -> pa.Table:
    """Numbers as wide as in a build; labels as texts, 0 as an empty one."""
    columns: dict[str, Any] = {}
    for field in found.schema:
        values = found[field.name]
        if field.name in ("round", "audience"):
            columns[field.name] = pa.array(
                ["" if not label else str(label) for label in values.to_pylist()], TEXT
            )
        else:
            columns[field.name] = values.cast(INT) if pa.types.is_integer(field.type) else values
    return pa.table(columns)


def _with(found: pa.Table, **columns: Any) -> pa.Table:
    for name, values in columns.items():
        found = found.append_column(name, values)
    return found


def _anchored(found: pa.Table, anchors: Anchors, unit: str, since: str, person: str = "") -> pa.Table:
    people = found[person].to_pylist() if person else [None] * found.num_rows
    places = zip(found[unit].to_pylist(), found[since].to_pylist(), people, strict=True)
    numbers = [anchors.number(*place) for place in places]
    return _with(found, anchor=pa.array(numbers, INT), record=found[found.column_names[0]])


def _classes(found: pa.Table, anchors: Anchors, first: dict[int, date]) -> pa.Table:
    days = [first.get(number) for number in found["training_class"].to_pylist()]
    hosts = zip(found["host_unit"].to_pylist(), days, strict=True)
    numbers = [anchors.number(host, day) if host and day else None for host, day in hosts]
    return _with(found, anchor=pa.array(numbers, INT), first_day=pa.array(days, DAY))


def _first_days(sessions: pa.Table) -> dict[int, date]:
    first: dict[int, date] = {}
    for number, day in zip(sessions["training_class"].to_pylist(), sessions["day"].to_pylist(), strict=True):
        first[number] = min(day, first.get(number, day))
    return first


def _results(found: pa.Table) -> pa.Table:
    paced = ["self_paced" if flag else "class" for flag in found["self_paced"].to_pylist()]
    at = found.column_names.index("self_paced")
    return found.set_column(at, "self_paced", pa.array(paced, TEXT))
