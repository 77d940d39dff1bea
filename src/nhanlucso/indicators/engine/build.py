"""Writing a build: raw columns in, immutable Parquet files out.

What people attended is by far the largest, so it lies in parts by class: each part of the raw table with its parts of
what is derived from it. A change of one class then needs one part of each (`engine.renewal`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from nhanlucso.indicators.engine import by_person

LAYOUT = 4
"""Number of the tables, columns and parts below: one higher with every change of them, so that a build of an earlier
release is made anew."""

# Made of one part of the attendance, with all sessions, classes and posts.
DERIVED_BY_PART = {
    # The days somebody was at a class, with the post and anchor of that day (-1 and none: of no unit), and the day
    # before that one at the same class: within a window the first is the one whose `before` lies outside it. In the
    # order of reporting years and anchors, so that who asks for a year or a unit reads only where it lies.
    "attended": """
        SELECT t.*, lag(t.day) OVER (PARTITION BY t.person, t.training_class ORDER BY t.day) AS before
        FROM (SELECT d.person, d.training_class, d.day, coalesce(min(p.post), -1) AS post,
                arg_min(p.anchor, p.post) AS anchor
              FROM (SELECT DISTINCT a.person, s.training_class, s.day
                    FROM attendance a JOIN sessions s USING (session)) d
              LEFT JOIN posts p ON p.person = d.person AND d.day BETWEEN p.valid_from AND p.valid_to
              GROUP BY d.person, d.training_class, d.day) t
        ORDER BY year(t.day + INTERVAL 17 DAY), t.anchor NULLS LAST, t.person, t.training_class, t.day""",
    # How much of each class somebody attended, and when the class ended.
    "progress": """
        SELECT a.person, s.training_class, count(*) AS attended, any_value(n.sessions) AS sessions,
          any_value(n.last_day) AS last_day, any_value(c.basic) AS basic, any_value(c.ict) AS ict
        FROM attendance a JOIN sessions s USING (session)
        JOIN (SELECT training_class, count(*) AS sessions, max(day) AS last_day FROM sessions
              GROUP BY training_class) n USING (training_class)
        JOIN classes c USING (training_class)
        GROUP BY a.person, s.training_class""",
}
DERIVED_WHOLE = {
    "class_days": "SELECT DISTINCT training_class, day FROM sessions",
    "results": """
        SELECT r.* EXCLUDE (self_paced), coalesce(r.self_paced = 'self_paced', FALSE) AS self_paced,
          coalesce((SELECT min(p.post) FROM posts p WHERE p.person = r.person
                    AND r.enrolled BETWEEN p.valid_from AND p.valid_to), -1) AS enrolled_post,
          coalesce((SELECT min(p.post) FROM posts p WHERE p.person = r.person
                    AND r.completed BETWEEN p.valid_from AND p.valid_to), -1) AS completed_post
        FROM results r""",
}
DERIVED = DERIVED_BY_PART | DERIVED_WHOLE
RAW = (
    "persons", "posts", "anchors", "classes", "sessions", "attendance", "heads", "teams", "members", "assists",
    "outreach", "topics",
)  # fmt: skip
_PART = 50_000  # about how many rows of attendance a part holds
_MOST_PARTS = 64
_GROUP = 1 << 17  # rows that are read together
_SMALL_GROUP = 1 << 14  # of what is asked for by place and time


def write(tables: dict[str, pa.Table], folder: Path) -> tuple[int, str]:
    """Writes every table of a build into `folder` (which exists); returns rows written and a checksum."""
    engine = duckdb.connect(config={"threads": 2})
    try:
        for name, table in tables.items():
            engine.register(name, table)
            if name not in DERIVED and name != "attendance":
                put(name, table, folder / f"{name}.parquet")
        attendance = tables["attendance"]
        parts = min(1 + attendance.num_rows // _PART, _MOST_PARTS)
        for part, rows in enumerate(_split(attendance, tables["sessions"], parts)):
            written(rows, part_file(folder, "attendance", part))
            derive_part(engine, folder, part, rows)
        for name in DERIVED_WHOLE:
            derive_whole(engine, folder, name)
    finally:
        engine.close()
    return row_count(folder), checksum(folder)


def derive_part(engine: duckdb.DuckDBPyConnection, folder: Path, part: int, attendance: pa.Table) -> None:
    """Writes what follows from one part of the attendance; posts, sessions and classes stand in the engine."""
    engine.register("attendance", attendance)
    for name, sql in DERIVED_BY_PART.items():
        group = _SMALL_GROUP if name == "attended" else _GROUP
        put(name, engine.sql(sql).to_arrow_table(), part_file(folder, name, part), group)


def derive_whole(engine: duckdb.DuckDBPyConnection, folder: Path, name: str) -> None:
    put(name, engine.sql(DERIVED_WHOLE[name]).to_arrow_table(), folder / f"{name}.parquet")


def _split(attendance: pa.Table, sessions: pa.Table, parts: int) -> Iterable[pa.Table]:
    """The rows of every part, one after the other."""
    if parts == 1:
        return [attendance]
    numbers, classes = sessions["session"].to_numpy(), sessions["training_class"].to_numpy()
    order = np.argsort(numbers)
    places = np.searchsorted(numbers, attendance["session"].to_numpy(), sorter=order)
    of_row = classes[order[places]] % parts
    return (attendance.filter(pa.array(of_row == part)) for part in range(parts))


def part_file(folder: Path, name: str, part: int) -> Path:
    return folder / f"{name}.{part:02}.parquet"


def put(name: str, table: pa.Table, path: Path, group: int = _GROUP) -> None:
    """Writes one file of a build and, of what people did, the copy in their order."""
    written(table, path, group)
    if name in by_person.TABLES:
        by_person.write(table, by_person.beside(path), by_person.TABLES[name])


def written(table: pa.Table, path: Path, group: int = _GROUP) -> None:
    """Writes one file of a build, in groups of so many rows."""
    pq.write_table(table, path, compression="lz4", row_group_size=group)


def row_count(folder: Path) -> int:
    """The rows of all tables of a build."""
    return sum(pq.read_metadata(path).num_rows for name in _names() for path in files(folder, name))


def checksum(folder: Path) -> str:
    """SHA-256 over the names and bytes of all files of a build. Raises OSError if a table is missing."""
    digest = hashlib.sha256()
    for name in _names():
        found = files(folder, name)
        if not found:
            raise FileNotFoundError(folder / f"{name}.parquet")
        for path in found:
            for one in (path, *copies(path)):
                digest.update(one.name.encode())
                digest.update(one.read_bytes())
    return digest.hexdigest()


def files(folder: Path, name: str) -> list[Path]:
    """The files of a table of a build: one, or one for each part of it."""
    return sorted(folder.glob(f"{name}.*parquet"))


def copies(path: Path) -> list[Path]:
    """The copy in the order of persons that lies beside a file of a build: one, or none."""
    copy = by_person.beside(path)
    return [copy] if copy.exists() else []


def _names() -> list[str]:
    return sorted({*RAW, *DERIVED})
