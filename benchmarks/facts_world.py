"""Facts of a nation as a build holds them: 10,000 units in four levels, four years, one row for each attendance.

Every tenth person changes the unit once, every twentieth holds the post above the lowest level. Made in parts, so that
20 M rows need no more memory than one part.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from nhanlucso.indicators.engine.build import DERIVED, RAW, written
from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.orgs.rules import History, Version

PROVINCES, COMMUNES, UNITS = 34, 966, 10_000  # one country, and what is left of the units are villages
YEARS = (2022, 2023, 2024, 2025)
FIRST = date(2021, 12, 15)
DAYS = (date(2025, 12, 15) - FIRST).days
EACH = 10  # attendances of a person
_PART = 100_000  # people made at a time
_POSTS = ("post", "record", "person", "unit", "anchor")
_FLAGS = ("staff", "leader", "civil", "dedicated", "concurrent", "lead", "one_stop", "records")


def history() -> History:
    """The units, numbered from 1: the country, provinces, communes, villages."""
    return History(
        (Version(unit, EVER, ALWAYS, parent, kind, f"{kind} {unit}", "") for unit, parent, kind in _units()),
        [],
    )


def _units() -> list[tuple[int, int | None, str]]:
    units: list[tuple[int, int | None, str]] = [(1, None, "country")]
    units += [(2 + n, 1, "province") for n in range(PROVINCES)]
    first = 2 + PROVINCES
    units += [(first + n, 2 + n % PROVINCES, "commune") for n in range(COMMUNES)]
    units += [(n, first + n % COMMUNES, "village") for n in range(first + COMMUNES, UNITS + 1)]
    return units


def write(folder: Path, attendances: int) -> None:
    """Writes the tables of a build into a new folder."""
    folder.mkdir(parents=True)
    people = attendances // EACH
    random = np.random.default_rng(7)
    class_day = random.integers(0, DAYS, max(attendances // 50, 1))
    with _Tables(folder) as tables:
        for start in range(0, people, _PART):
            _people(tables, random, class_day, start + 1, min(start + _PART, people))
    numbers = np.arange(1, UNITS + 1)
    since = pa.array([EVER] * UNITS, pa.date32())
    nobody = pa.nulls(UNITS, pa.int64())
    anchors = {"anchor": numbers, "unit": numbers, "since": since, "person": nobody}
    written(pa.table(anchors), folder / "anchors.parquet")
    heads: dict[str, Any] = dict.fromkeys(
        ("head", "training_class", "unit", "people", "anchor"), pa.array([], pa.int64())
    )
    texts = dict.fromkeys(("audience", "qualifier"), pa.array([], pa.string()))
    written(pa.table(heads | texts | {"day": pa.array([], pa.date32())}), folder / "heads.parquet")
    for name in {*RAW, *DERIVED} - {"anchors", "heads", "attended", "posts", "persons"}:
        written(pa.table({"nothing": pa.array([], pa.int64())}), folder / f"{name}.parquet")


class _Tables:
    """Parquet files that grow part by part."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writers: dict[str, pq.ParquetWriter] = {}

    def add(self, name: str, columns: dict[str, Any]) -> None:
        table = pa.table(columns)
        if name not in self._writers:
            path = self._folder / f"{name}.parquet"
            self._writers[name] = pq.ParquetWriter(path, table.schema, compression="zstd")
        self._writers[name].write_table(table, row_group_size=1 << 17)

    def __enter__(self) -> _Tables:
        return self

    def __exit__(self, *_: object) -> None:
        for writer in self._writers.values():
            writer.close()


def _people(tables: _Tables, random: np.random.Generator, class_day: Any, first: int, last: int) -> None:
    """Posts and attendances of the people with these numbers."""
    person = np.arange(first, last + 1)
    village = 2 + PROVINCES + COMMUNES
    unit = random.integers(village, UNITS + 1, (2, len(person)))
    above = random.random(len(person)) < 0.05
    unit[0, above] = random.integers(1, village, int(above.sum()))
    moved = random.random(len(person)) < 0.1
    since = np.where(moved, random.integers(1, DAYS, len(person)), DAYS + 1)
    tables.add("persons", {"person": person, "place": person})
    for nth, held in ((0, np.ones(len(person), dtype=bool)), (1, moved)):
        tables.add("posts", _posts(2 * person[held] + nth, person[held], unit[nth, held], since[held], nth))
    who = np.repeat(np.arange(len(person)), EACH)
    held_in = random.integers(0, len(class_day), len(who))
    pairs = np.unique(who * len(class_day) + held_in)  # nobody twice in one class
    who, held_in = pairs // len(class_day), pairs % len(class_day)
    later = (class_day[held_in] >= since[who]).astype(np.int64)
    tables.add(
        "attended",
        {
            "person": person[who],
            "training_class": held_in + 1,
            "day": _days(class_day[held_in]),
            "post": 2 * person[who] + later,
            "anchor": unit[later, who],
            "before": pa.nulls(len(who), pa.date32()),
        },
    )


def _posts(post: Any, person: Any, unit: Any, since: Any, nth: int) -> dict[str, Any]:
    columns: dict[str, Any] = dict(zip(_POSTS, (post, post, person, unit, unit), strict=True))
    columns["valid_from"] = _days(since) if nth else pa.array([EVER] * len(post), pa.date32())
    columns["valid_to"] = pa.array([ALWAYS] * len(post), pa.date32()) if nth else _days(since - 1)
    columns["category"] = pa.array(["civil_servant"] * len(post), pa.string())
    return columns | {flag: np.full(len(post), flag in ("staff", "civil")) for flag in _FLAGS}


def _days(numbers: Any) -> pa.Array:
    """Days counted from the first as dates."""
    base = (FIRST - date(1970, 1, 1)) // timedelta(days=1)
    return pa.array((numbers + base).astype(np.int32), pa.int32()).cast(pa.date32())
