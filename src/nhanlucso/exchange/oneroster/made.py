"""An exchange bundle made of a roster: rows with ids as keys, each with the line of the roster that it comes from."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from nhanlucso.exchange.bundle.cells import Ref
from nhanlucso.exchange.bundle.files import BY_NAME
from nhanlucso.exchange.bundle.index import chunked
from nhanlucso.exchange.bundle.naming import Naming, naming_for
from nhanlucso.exchange.bundle.package import Package
from nhanlucso.exchange.oneroster.leaving import texts
from nhanlucso.exchange.oneroster.naming import Key
from nhanlucso.exchange.oneroster.package import Line
from nhanlucso.kernel.errors import Detail

Value = str | Key | None  # a text, the key of a record, nobody
Place = tuple[str, int]  # file and line of the roster


@dataclass(frozen=True, slots=True)
class MadeRow:
    """A row of a bundle: `values` by column."""

    values: dict[str, Value]
    place: Place


@dataclass
class Made:
    """The bundle on its way, by file in the order of making; `source`: what its records belong to."""

    source: str
    rows: dict[str, list[MadeRow]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: str, line: Line, file: str, /, **values: Value) -> None:
        self.rows[name].append(MadeRow(values, (file, line.number)))

    def keys(self, name: str) -> list[Key]:
        return [key for row in self.rows.get(name, ()) if isinstance(key := row.values["id"], tuple)]

    def keep_what_is_known(self) -> None:
        """Cells that the roster leaves empty stay as they are stored: an empty cell says nothing."""
        for name, rows in self.rows.items():
            spec = BY_NAME[name]
            if spec.key != ("id",):
                continue
            stored = _stored(name, self.keys(name))
            for row in rows:
                known = stored.get(row.values["id"])
                for column in [one for one in row.values if known and row.values[one] == ""]:
                    row.values[column] = known[column] if known else ""

    def packed(self) -> MadePackage:
        """The bundle, its ids written so that they mean what they should."""
        everything = [
            one
            for rows in self.rows.values()
            for row in rows
            for one in row.values.values()
            if isinstance(one, tuple)
        ]
        naming = naming_for(everything)
        return MadePackage(self.source, naming, {name: rows for name, rows in self.rows.items() if rows})


def _stored(name: str, keys: list[Key]) -> dict[Any, dict[str, str]]:
    """The texts of the stored rows of these keys, without what is sealed."""
    spec, wanted = BY_NAME[name], set(keys)
    objects: Any = spec.model._default_manager
    plain = [c for c in spec.columns if not isinstance(c.cell, Ref) and c.name not in ("id", "national_id")]
    fields = {one for column in plain for one in column.cell.fields}
    blank = {"national_id_cipher": "", "national_id_hash": ""} if name == "people" else {}
    found: dict[Any, dict[str, str]] = {}
    for chunk in chunked(sorted({uid for _origin, uid in keys})):
        for row in objects.filter(uid__in=chunk).values("origin", "uid", *fields):
            if (row["origin"], row["uid"]) in wanted:
                found[row["origin"], row["uid"]] = texts(spec, {**row, **blank})
    return found


class MadePackage(Package):
    """The files of a bundle that was made in memory."""

    def __init__(self, source: str, naming: Naming, rows: dict[str, list[MadeRow]]) -> None:
        self._source = source
        self._files: dict[str, bytes] = {}
        self._places: dict[str, dict[int, Place]] = {}
        for name, some in rows.items():
            self._write(f"{name}.csv", some, naming)
        super().__init__(Path(), {name: len(body) for name, body in self._files.items()}, None, "")
        self.naming = naming

    def _write(self, file: str, rows: list[MadeRow], naming: Naming) -> None:
        columns = list(dict.fromkeys(column for row in rows for column in row.values))
        out, places, line = io.StringIO(newline=""), {}, 2
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            cells = [_text(row.values.get(column, ""), naming) for column in columns]
            writer.writerow(cells)
            places[line] = row.place
            line += 1 + sum(cell.count("\n") for cell in cells)
        self._files[file], self._places[file] = out.getvalue().encode(), places

    @property
    def source(self) -> str:
        return self._source

    def open(self, name: str) -> IO[bytes]:
        return io.BytesIO(self._files[name])

    def told(self, details: Iterable[Detail]) -> list[Detail]:
        """What is said of the rows of the bundle, as said of the lines of the roster."""
        return [self._told(detail) for detail in details]

    def _told(self, detail: Detail) -> Detail:
        place = self._places.get(detail.file, {}).get(detail.line or 0)
        return replace(detail, file=place[0], line=place[1]) if place else detail


def _text(value: Value, naming: Naming) -> str:
    if isinstance(value, tuple):
        return naming.text(value)
    return value or ""
