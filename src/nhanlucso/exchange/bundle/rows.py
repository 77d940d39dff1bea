"""Reading one CSV file of a bundle as a stream: header, cells, line numbers, values."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.db.models import CharField
from django.utils.translation import gettext as _

from nhanlucso.exchange.bundle.cells import BadCell, Cell, PersonName, UnitName
from nhanlucso.exchange.bundle.columns import Column, FileSpec
from nhanlucso.exchange.bundle.package import Package, refusal
from nhanlucso.exchange.bundle.report import Problems
from nhanlucso.kernel.errors import Detail
from nhanlucso.papers.packing import UNREADABLE

_LONGEST_LINE = 1_000_000  # characters: a file that is one endless line must not fill the memory


class BadFile(Exception):
    """The rest of the file cannot be read; told to the collector already."""


@dataclass(slots=True)
class Row:
    """One row: values by column name and the key as written.

    Ids and references are text until the importer resolves them. `good` turns false with the first problem; such a
    row is not stored, but its id stands, so that one mistake is not told as many. `former`: it is told by the id of a
    record that was joined with another.
    """

    line: int
    key: tuple[str, ...]
    values: dict[str, Any]
    good: bool = True
    former: bool = False


Reader = tuple[
    int, Column, bool, Callable[[str], Any], int | None
]  # the column with what the loop over cells needs


class Sheet:
    """One file while it is read. `columns` are the declared columns that its header has."""

    def __init__(self, package: Package, spec: FileSpec, problems: Problems) -> None:
        self._package = package
        self.spec = spec
        self.problems = problems
        self.columns: tuple[Column, ...] = ()
        self.unknown: list[str] = []
        self.position = 0  # bytes read so far

    def rows(self) -> Iterator[Row]:
        """The rows that could be read; what is wrong with the others is collected. Raises Refused, BadFile."""
        try:
            raw = self._package.open(self.spec.file)
            with raw, io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
                yield from self._rows(text, raw)
        except UnicodeDecodeError:
            self._bad_file(_("tệp không phải UTF-8; lưu lại với mã UTF-8."), None)
        except csv.Error as error:
            self._bad_file(_("viết sai cách của CSV (%(error)s).") % {"error": error}, self._line + 1)
        except UNREADABLE as error:
            raise refusal(
                _("Không đọc được tệp %(file)s.") % {"file": self.spec.file}, self.spec.file
            ) from error

    def _rows(self, text: io.TextIOWrapper, raw: IO[bytes]) -> Iterator[Row]:
        reader = csv.reader(self._lines(text), strict=True)
        self._line = 0
        header = next(reader, [])
        readers = self._readers(header)
        keys = [header.index(name) for name in self.spec.key]
        self._line = reader.line_num
        for cells in reader:
            line, self._line = self._line + 1, reader.line_num
            if not cells:
                continue
            if len(cells) != len(header):
                self._ragged(line, len(cells), len(header))
                continue
            row = Row(line, tuple([cells[at] for at in keys]), {})
            row.good = self._fill(row, cells, readers)
            yield row
            if line % 1000 == 0:
                self.position = raw.tell()

    def _lines(self, text: io.TextIOWrapper) -> Iterator[str]:
        while line := text.readline(_LONGEST_LINE):
            if "\0" in line:
                raise csv.Error(_("có ký tự NUL"))
            if len(line) == _LONGEST_LINE:
                raise csv.Error(_("dòng quá dài"))
            yield line

    def _readers(self, header: list[str]) -> list[Reader]:
        names = set(header)
        if len(names) != len(header):
            self._bad_file(_("một cột có hai lần trong dòng tiêu đề."), 1, "bad_row")
        by_name = self.spec.by_name
        missing = [
            c.name
            for c in self.spec.columns
            if (c.required or c.name in self.spec.key) and c.name not in names
        ]
        if missing:
            self._bad_file(
                _("thiếu cột %(names)s.") % {"names": ", ".join(f"«{name}»" for name in missing)},
                1,
                "missing_column",
            )
        self.unknown = [name for name in header if name not in by_name]
        self.columns = tuple(by_name[name] for name in header if name in by_name)
        return [
            (at, c := by_name[name], c.required, c.cell.parse, self._limit(c.cell))
            for at, name in enumerate(header)
            if name in by_name
        ]

    def _limit(self, cell: Cell) -> int | None:
        if type(cell) not in (Cell, UnitName, PersonName):
            return None  # ids are measured where they are resolved, the others have a shape of their own
        name = cell.fields[0].rpartition("__")
        model = self.spec.identified if name[1] else self.spec.model
        field = model._meta.get_field(name[2])
        return field.max_length if isinstance(field, CharField) else None

    def _fill(self, row: Row, cells: list[str], readers: list[Reader]) -> bool:
        good = True
        for at, column, required, parse, limit in readers:
            text = cells[at]
            if required and not text:
                good = self._bad(row, column, _("ô này không được để trống."))
                continue
            if limit is not None and len(text) > limit:
                good = self._bad(row, column, _("dài quá %(limit)d ký tự.") % {"limit": limit})
                continue
            try:
                row.values[column.name] = parse(text)
            except BadCell as error:
                good = self._bad(row, column, str(error))
        return self._in_order(row) and good

    def _in_order(self, row: Row) -> bool:
        first, last = row.values.get("valid_from"), row.values.get("valid_to")
        if first is None or last is None or first <= last:
            return True
        message = _("%(last)s trước ngày bắt đầu %(first)s; sửa một trong hai ngày.")
        values = {"first": first.isoformat(), "last": last.isoformat()}
        return self._bad(row, self.spec.by_name["valid_to"], message % values)

    def _bad(self, row: Row, column: Column, message: str) -> bool:
        self.problems.add("bad_value", Detail(message, self.spec.file, row.line, column.name))
        return False

    def _ragged(self, line: int, found: int, wanted: int) -> None:
        message = _("có %(found)d ô trong khi tiêu đề có %(wanted)d cột.") % {
            "found": found,
            "wanted": wanted,
        }
        self.problems.add("bad_row", Detail(message, self.spec.file, line))

    def _bad_file(self, message: str, line: int | None, code: str = "bad_row") -> None:
        self.problems.add(code, Detail(message, self.spec.file, line))
        raise BadFile
