"""Facts of a nation: 10,000 units in four levels, four years, one row for each attendance, as a build holds them.

Every tenth person changes the unit once, every twentieth holds the post above the lowest level.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from nhanlucso.indicators.engine import build
from nhanlucso.indicators.engine.tree import Tree
from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.orgs.rules import History, Version

PROVINCES, COMMUNES, UNITS = 34, 966, 10_000  # one country, and what is left of the units are villages
YEARS = (2022, 2023, 2024, 2025)
FIRST = date(2021, 12, 15)
DAYS = (date(2025, 12, 15) - FIRST).days
EACH = 10  # attendances of a person
_TOGETHER = 100_000  # people made at a time
_FLAGS = ("staff", "leader", "civil", "dedicated", "concurrent", "lead", "one_stop", "records")
_EMPTY = {
    "heads": "head training_class unit people anchor record day:date audience:text qualifier:text",
    "results": "result person course enrolled:date completed:date passed:flag self_paced:text basic:flag ict:flag",
    "teams": "team unit anchor valid_from:date valid_to:date",
    "members": "team person valid_from:date valid_to:date",
    "assists": "assist team day:date people outcome:text",
    "outreach": "item day:date items anchor",
    "topics": "course topic:text",
}
_KINDS = {"": pa.int64(), "date": pa.date32(), "text": pa.string(), "flag": pa.bool_()}


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
    """Writes a build into a new folder."""
    folder.mkdir(parents=True)
    people = attendances // EACH
    random = np.random.default_rng(7)
    class_day = random.integers(0, DAYS, max(attendances // 50, 1))
    posts, attendance = [], []
    for start in range(0, people, _TOGETHER):
        person = np.arange(start + 1, min(start + _TOGETHER, people) + 1)
        posts += _posts(random, person)
        attendance.append(_attendance(random, person, len(class_day)))
    empty = {
        name: pa.schema(
            [(column, _KINDS[kind]) for column, _, kind in (one.partition(":") for one in columns.split())]
        )
        for name, columns in _EMPTY.items()
    }
    everybody = np.arange(1, people + 1)
    tables = {
        "persons": pa.table({"person": everybody, "place": everybody}),
        "posts": pa.concat_tables(posts),
        "anchors": _anchors(),
        "attendance": pa.concat_tables(attendance),
        **_classes(class_day),
        **{name: schema.empty_table() for name, schema in empty.items()},
    }
    build.write(tables, folder)


def units_in_order() -> list[int]:
    """The units in the order of the tree; so are their anchors numbered."""
    return Tree(history().closure(FIRST)).units


def _anchors() -> pa.Table:
    columns: dict[str, Any] = {"anchor": np.arange(UNITS), "unit": np.array(units_in_order())}
    return pa.table(columns | {"since": _always(EVER, UNITS), "person": pa.nulls(UNITS, pa.int64())})


def _classes(day: Any) -> dict[str, pa.Table]:
    """Every class with its one session."""
    numbers = np.arange(1, len(day) + 1)
    no = np.zeros(len(day), dtype=bool)
    return {
        "classes": pa.table({"training_class": numbers, "basic": no, "ict": no}),
        "sessions": pa.table({"session": numbers, "training_class": numbers, "day": _days(day)}),
    }


def _posts(random: np.random.Generator, person: Any) -> list[pa.Table]:
    """The first posts of people, and the second of those who moved."""
    village = 2 + PROVINCES + COMMUNES
    unit = random.integers(village, UNITS + 1, (2, len(person)))
    above = random.random(len(person)) < 0.05
    unit[0, above] = random.integers(1, village, int(above.sum()))
    moved = random.random(len(person)) < 0.1
    since = np.where(moved, random.integers(1, DAYS, len(person)), DAYS + 1)
    first = _held(2 * person, person, unit[0], _always(EVER, len(person)), _days(since - 1))
    until = _always(ALWAYS, int(moved.sum()))
    return [first, _held(2 * person[moved] + 1, person[moved], unit[1, moved], _days(since[moved]), until)]


def _held(post: Any, person: Any, unit: Any, valid_from: pa.Array, valid_to: pa.Array) -> pa.Table:
    place = np.argsort(units_in_order())  # of unit number n at n - 1
    columns = {"post": post, "record": post, "person": person, "unit": unit, "anchor": place[unit - 1]}
    columns |= {
        "valid_from": valid_from,
        "valid_to": valid_to,
        "category": pa.array(["civil_servant"] * len(post)),
    }
    return pa.table(columns | {flag: np.full(len(post), flag in ("staff", "civil")) for flag in _FLAGS})


def _attendance(random: np.random.Generator, person: Any, classes: int) -> pa.Table:
    who = np.repeat(person, EACH)
    pairs = np.unique(who * classes + random.integers(0, classes, len(who)))  # nobody twice in one class
    return pa.table({"session": pairs % classes + 1, "person": pairs // classes})


def _always(day: date, rows: int) -> pa.Array:
    return pa.array([day] * rows, pa.date32())


def _days(numbers: Any) -> pa.Array:
    """Days counted from the first as dates."""
    base = (FIRST - date(1970, 1, 1)) // timedelta(days=1)
    return pa.array((numbers + base).astype(np.int32), pa.int32()).cast(pa.date32())
