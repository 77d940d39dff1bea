"""What stands behind the figures of a unit, as a file: the identities counted, without a name.

One row for everything that a figure counts, leaves out of its numerator, or cannot place: whose (primary key of a
person), which class, course, team, village or entry, on what day, how much; for those who qualified also by what,
and the posts that they held. Kept with what is published, so that years later a difference can be put to persons.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO

import pyarrow as pa
import pyarrow.parquet as pq

from nhanlucso.indicators.catalogue import Indicator
from nhanlucso.indicators.engine.passport import COUNTED, MISSING, Passport
from nhanlucso.indicators.engine.store import Store
from nhanlucso.indicators.facts import DAY, INT, TEXT
from nhanlucso.indicators.facts import table as columnar
from nhanlucso.indicators.queries import Ask

WHY, POST = "why", "post"
_COLUMNS = {
    "code": TEXT,
    "a": DAY,
    "b": DAY,
    "grp": TEXT,
    "person": INT,
    "item": INT,
    "day": DAY,
    "amount": INT,
    "source": TEXT,
}
_BATCH = 5_000

Row = tuple[str, int | None, int | None, date | None, int, str]
"""(group, person, item, day, amount, source). Groups are those of the passport, and `why`: what brought a person into
a figure: a class or course (`source`), or a post that was valid on the last day."""

Key = tuple[str, date, date]  # code, both ends of the window
Behind = Mapping[Key, Sequence[Row]]


def behind(
    store: Store, indicators: Sequence[Indicator], asked: Ask, unit: int, also: Collection[int] = ()
) -> dict[Key, list[Row]]:
    """What stands behind some indicators of a unit; `also`: persons whose posts and deeds are wanted in any case.

    Callers check the scope of what they read.
    """
    window, posts = asked.window, _Posts(store, asked.window.b)
    found: dict[Key, list[Row]] = {}
    for indicator in indicators:
        passport = Passport(store, indicator, window, asked.tree, unit)
        rows: list[Row] = []
        for group in passport.groups():
            if group != MISSING or indicator.is_share:
                rows += [
                    (r.group, r.person, r.item, r.day, int(r.amount), r.qualifier)
                    for r in passport.rows(group)
                ]
        people = sorted({row[1] for row in rows if row[1] is not None} | set(also))
        counted = sorted({row[1] for row in rows if row[0] == COUNTED and row[1] is not None} | set(also))
        rows += _reasons(passport, counted)
        rows += posts.of(people) if indicator.relation == "people" else []
        found[indicator.code, window.a, window.b] = sorted(rows, key=_order)
    return found


def _order(row: Row) -> tuple[object, ...]:
    group, person, item, day, amount, source = row
    return group, person or 0, item or 0, day or date.min, amount, source


def _reasons(passport: Passport, people: Sequence[int]) -> Iterable[Row]:
    for start in range(0, len(people), _BATCH):
        for r in passport.reasons(people[start : start + _BATCH]):
            if r.counts:
                yield WHY, r.person, r.item, r.day, 1, r.source


class _Posts:
    """The posts valid on a day, read once."""

    def __init__(self, store: Store, day: date) -> None:
        self._store, self._day = store, day
        self._held: dict[int, list[Row]] | None = None

    def of(self, people: Collection[int]) -> list[Row]:
        if self._held is None:
            self._held = {}
            for person, post, since in self._store.rows(
                f"SELECT person, record, valid_from FROM posts "
                f"WHERE DATE '{self._day}' BETWEEN valid_from AND valid_to"
            ):
                self._held.setdefault(person, []).append((WHY, person, post, since, 1, POST))
        return [row for person in people for row in self._held.get(person, ())]


def as_file(found: Behind) -> bytes:
    """The rows as one Parquet file."""
    rows = [(*key, *row) for key, of_figure in found.items() for row in of_figure]
    out = BytesIO()
    pq.write_table(columnar(_COLUMNS, rows), out, compression="zstd")
    return out.getvalue()


def read(body: bytes, code: str, window: tuple[date, date]) -> list[Row]:
    """The rows behind one figure from such a file; none where the figure is not in it."""
    wanted = [("code", "=", code), ("a", "=", window[0]), ("b", "=", window[1])]
    table = pq.read_table(pa.BufferReader(body), filters=wanted)
    names = ("grp", "person", "item", "day", "amount", "source")
    return list(zip(*(table[name].to_pylist() for name in names), strict=True))
