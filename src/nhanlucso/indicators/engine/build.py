"""Writing a build: raw columns in, immutable Parquet files out."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

DERIVED = {
    # The days somebody was at a class, with the post and anchor of that day (-1 and none: of no unit), and the day
    # before that one at the same class: within a window the first is the one whose `before` lies outside it.
    "attended": """
        SELECT t.*, lag(t.day) OVER (PARTITION BY t.person, t.training_class ORDER BY t.day) AS before
        FROM (SELECT d.person, d.training_class, d.day, coalesce(min(p.post), -1) AS post,
                arg_min(p.anchor, p.post) AS anchor
              FROM (SELECT DISTINCT a.person, s.training_class, s.day
                    FROM attendance a JOIN sessions s USING (session)) d
              LEFT JOIN posts p ON p.person = d.person AND d.day BETWEEN p.valid_from AND p.valid_to
              GROUP BY d.person, d.training_class, d.day) t
        ORDER BY t.person, t.training_class, t.day""",
    # How much of each class somebody attended, and when the class ended.
    "progress": """
        SELECT a.person, s.training_class, count(*) AS attended, any_value(n.sessions) AS sessions,
          any_value(n.last_day) AS last_day, any_value(c.basic) AS basic, any_value(c.ict) AS ict
        FROM attendance a JOIN sessions s USING (session)
        JOIN (SELECT training_class, count(*) AS sessions, max(day) AS last_day FROM sessions
              GROUP BY training_class) n USING (training_class)
        JOIN classes c USING (training_class)
        GROUP BY a.person, s.training_class""",
    "class_days": "SELECT DISTINCT training_class, day FROM sessions",
    "results": """
        SELECT r.* EXCLUDE (self_paced), coalesce(r.self_paced = 'self_paced', FALSE) AS self_paced,
          coalesce((SELECT min(p.post) FROM posts p WHERE p.person = r.person
                    AND r.enrolled BETWEEN p.valid_from AND p.valid_to), -1) AS enrolled_post,
          coalesce((SELECT min(p.post) FROM posts p WHERE p.person = r.person
                    AND r.completed BETWEEN p.valid_from AND p.valid_to), -1) AS completed_post
        FROM results r""",
}
RAW = (
    "persons", "posts", "anchors", "classes", "sessions", "attendance", "heads", "teams", "members", "assists",
    "outreach", "topics",
)  # fmt: skip


def write(tables: dict[str, pa.Table], folder: Path) -> tuple[int, str]:
    """Writes every table of a build into `folder` (which exists); returns rows written and a checksum."""
    engine = duckdb.connect(config={"threads": 2})
    try:
        for name, table in tables.items():
            engine.register(name, table)
        derived = {name: engine.sql(sql).to_arrow_table() for name, sql in DERIVED.items()}
    finally:
        engine.close()
    rows = 0
    for name in _names():
        table = derived[name] if name in derived else tables[name]
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd")
        rows += table.num_rows
    return rows, checksum(folder)


def checksum(folder: Path) -> str:
    """SHA-256 over the names and bytes of all files of a build. Raises OSError if one is missing."""
    digest = hashlib.sha256()
    for name in _names():
        digest.update(name.encode())
        digest.update((folder / f"{name}.parquet").read_bytes())
    return digest.hexdigest()


def files(folder: Path, name: str) -> list[Path]:
    """The files of a table of a build: one, or one for each part of it."""
    return sorted(folder.glob(f"{name}.*parquet"))


def _names() -> list[str]:
    return sorted((*RAW, *DERIVED))
