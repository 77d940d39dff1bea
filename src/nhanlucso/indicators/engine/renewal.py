"""A build from the one before: tables read anew, and what follows from them; all the rest is taken over.

Files are immutable, so what is taken over is the same file under another name (a hard link, a copy where the disk has
none). What comes out is what a whole build would hold, but for the numbers of anchors.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from nhanlucso.indicators.engine import build

_INPUTS = ("posts", "sessions", "classes")  # of what is derived from the attendance
_WEIGHING = {  # the columns of an input that what is derived depends on
    "posts": "post, person, anchor, valid_from, valid_to",
    "sessions": "session, training_class, day",
    "classes": "training_class, basic, ict",
}


def renew(
    tables: dict[str, pa.Table], sessions: Collection[int], before: Path, folder: Path
) -> tuple[int, str]:
    """Writes a build into `folder` (which exists); returns rows and a checksum as `build.write`.

    `tables`: those read anew; of `attendance` only the rows of `sessions`. Anchors continue those of the build before.
    """
    engine = duckdb.connect(config={"threads": 2})
    try:
        made = _Renewal(engine, tables, before, folder)
        made.attendance(sessions)
        made.others()
    finally:
        engine.close()
    return build.row_count(folder), build.checksum(folder)


def may_renew(before: Path) -> bool:
    """Whether a build lies there whole, in the form that this version writes."""
    names = {*build.RAW, *build.DERIVED}
    parted = {"attendance", *build.DERIVED_BY_PART}
    return all(build.files(before, name) for name in names) and not any(
        (before / f"{name}.parquet").exists() for name in parted
    )


def anchors_of(before: Path) -> list[tuple[int, int, date, int | None]]:
    """The anchors of a build, in order."""
    table = pq.read_table(before / "anchors.parquet")
    columns = (table[name].to_pylist() for name in ("anchor", "unit", "since", "person"))
    return list(zip(*columns, strict=True))


class _Renewal:
    def __init__(
        self, engine: duckdb.DuckDBPyConnection, tables: dict[str, pa.Table], before: Path, folder: Path
    ) -> None:
        self._engine, self._tables, self._before, self._folder = engine, tables, before, folder
        for name in (*_INPUTS, "results"):
            if name in tables:
                engine.register(name, tables[name])
        for name in _INPUTS:
            engine.execute(f"CREATE VIEW old_{name} AS SELECT * FROM read_parquet('{self._path(name)}')")
            if name not in tables:
                engine.execute(f"CREATE VIEW {name} AS SELECT * FROM old_{name}")

    def _path(self, name: str) -> str:
        return str(self._before / f"{name}.parquet").replace("'", "''")

    def attendance(self, sessions: Collection[int]) -> None:
        """The raw attendance with its parts, and what is derived from each."""
        old = build.files(self._before, "attendance")
        fresh = {part: rows for part, rows in self._fresh(sessions, len(old)).items() if sessions}
        classes = self._changed_classes()
        people = self._changed_people()
        for part, path in enumerate(old):
            if part in fresh:
                kept = pq.read_table(path)
                kept = kept.filter(pc.invert(pc.is_in(kept["session"], pa.array(sessions, pa.int64()))))
                rows = pa.concat_tables([kept, fresh[part]])
                build.written(rows, build.part_file(self._folder, "attendance", part))
                build.derive_part(self._engine, self._folder, part, rows)
                continue
            _take_over(path, self._folder)
            rows = pq.read_table(path) if people else None
            if any(one % len(old) == part for one in classes) or (rows and _holds(rows, people)):
                build.derive_part(self._engine, self._folder, part, rows or pq.read_table(path))
            else:
                for name in build.DERIVED_BY_PART:
                    _take_over(build.part_file(self._before, name, part), self._folder)

    def _fresh(self, sessions: Collection[int], parts: int) -> dict[int, pa.Table]:
        """The rows read anew by part; a part whose sessions have none any more holds no rows."""
        if not sessions:
            return {}
        self._engine.register("wanted", pa.table({"session": pa.array(sessions, pa.int64())}))
        self._engine.register("fresh", self._tables["attendance"])
        found = self._engine.sql(
            f"SELECT DISTINCT training_class % {parts} FROM sessions JOIN wanted USING (session)"
        ).fetchall()
        return {
            int(part): self._engine.sql(
                f"""SELECT f.session, f.person FROM fresh f JOIN sessions s USING (session)
                WHERE s.training_class % {parts} = {int(part)}"""
            ).to_arrow_table()
            for (part,) in found
        }

    def _changed_classes(self) -> list[int]:
        return sorted(
            self._changed("sessions", "training_class") | self._changed("classes", "training_class")
        )

    def _changed_people(self) -> list[int]:
        return sorted(self._changed("posts", "person"))

    def _changed(self, name: str, key: str) -> set[int]:
        """The keys of an input whose rows are not those of before."""
        if name not in self._tables:
            return set()
        new = f"SELECT {_WEIGHING[name]} FROM {name}"
        old = f"SELECT {_WEIGHING[name]} FROM old_{name}"
        rows = self._engine.sql(
            f"SELECT DISTINCT {key} FROM (({new} EXCEPT {old}) UNION ALL ({old} EXCEPT {new}))"
        ).fetchall()
        return {int(found) for (found,) in rows}

    def others(self) -> None:
        """All tables that lie in one file."""
        for name in {*build.RAW, *build.DERIVED} - {"attendance", *build.DERIVED_BY_PART}:
            sources = {"class_days": "sessions", "results": "results"}
            if sources.get(name, name) not in self._tables:
                _take_over(self._before / f"{name}.parquet", self._folder)
            elif name in build.DERIVED_WHOLE:
                build.derive_whole(self._engine, self._folder, name)
            else:
                build.put(name, self._tables[name], self._folder / f"{name}.parquet")


def _holds(rows: pa.Table, people: Collection[int]) -> bool:
    return bool(pc.any(pc.is_in(rows["person"], pa.array(people, pa.int64()))).as_py())


def _take_over(path: Path, folder: Path) -> None:
    for one in (path, *build.copies(path)):
        try:
            os.link(one, folder / one.name)
        except OSError:
            shutil.copyfile(one, folder / one.name)
