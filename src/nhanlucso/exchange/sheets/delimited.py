"""CSV and its kin: the encoding and the delimiter found out, never assumed."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

from nhanlucso.exchange.sheets.decoding import decode
from nhanlucso.exchange.sheets.grids import Grid, Value
from nhanlucso.exchange.sheets.meanings import meaning
from nhanlucso.exchange.sheets.packages import MOST_BYTES, Damaged, not_a_table, too_large, unknown_encoding
from nhanlucso.exchange.sheets.texts import Encoding, encoding_of
from nhanlucso.kernel.language import say as _

MOST_CELLS = 6_000_000
_MOST_ROWS = 2_000_000
_DELIMITERS = ",;\t|"
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE_LINES = 60
_LONGEST_LINE = 1 << 20
_STRAY_QUOTE = 30  # line breaks within a cell: so many come from a quote that nobody meant
_CUT_LINES = 3  # lines that a cell may have begun to hold where a file is cut off
_NO_ROW: list[Value] = []


def delimited_grid(path: Path) -> Grid:
    """The cells of a delimited text.

    Raises Refused("too_large", "not_a_table", "unknown_encoding"), and Damaged if it ends within a character or a
    quoted cell.
    """
    if path.stat().st_size > MOST_BYTES:
        raise too_large()
    encoding = encoding_of(path)
    if encoding.cut:
        raise Damaged("cut off within a character")
    sample = list(islice(_lines(path, encoding), _SAMPLE_LINES))
    if not any(line.strip() for line in sample):
        raise not_a_table(_("Tệp trống hoặc không phải là bảng tính."))
    said = re.fullmatch(r"sep=(.)\s*", sample[0], re.IGNORECASE)
    delimiter = said[1] if said else _delimiter(sample)
    skip = 1 if said else 0
    rows = _rows(islice(_lines(path, encoding), skip, None), delimiter)
    if rows is None:
        rows = _rows(islice(_lines(path, encoding), skip, None), delimiter, quoted=False) or []
    grid = Grid(path.stem, rows)
    if not encoding.sure:
        grid = decode(grid)
        if not grid.decoded:
            raise unknown_encoding()
    return grid


def _lines(path: Path, encoding: Encoding) -> Iterator[str]:
    """Lines with their ends. Raises Refused for a text that is none, or has no lines."""
    with path.open(encoding=encoding.codec, errors=encoding.errors, newline="") as file:
        while line := file.readline(_LONGEST_LINE):
            if _BINARY.search(line):
                raise not_a_table(_("Tệp trống hoặc không phải là bảng tính."))
            if len(line) == _LONGEST_LINE:
                raise not_a_table(_("Tệp văn bản không có dạng bảng (CSV)."))
            yield line


class _Lines:
    """Lines of a file, remembering those of the record that is being read."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.record: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.record.append(line)
        return line


def _rows(source: Iterable[str], delimiter: str, *, quoted: bool = True) -> list[list[Value]] | None:
    """The records; None if a stray quote has swallowed lines. Raises Damaged if the last, quoted cell has no end."""
    lines = _Lines(source)
    reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE)
    rows: list[list[Value]] = []
    cells, last = 0, [""]
    try:
        for record in reader:
            if len(lines.record) > _STRAY_QUOTE:
                return None
            last, lines.record = lines.record, []
            while record and not record[-1]:
                record.pop()
            if not quoted:
                record = [cell.strip('"') for cell in record]
            rows.append([*record] if record else _NO_ROW)
            cells += len(record)
            if cells > MOST_CELLS or len(rows) > _MOST_ROWS:
                raise too_large()
    except csv.Error as problem:
        raise not_a_table(_("Tệp văn bản không có dạng bảng (CSV).")) from problem
    if quoted and _is_unfinished(last, delimiter):
        if len(last) > _CUT_LINES:
            return None
        raise Damaged("a quoted cell without an end")
    return rows


def _is_unfinished(record: list[str], delimiter: str) -> bool:
    """Whether the last record ends within quotes."""
    try:
        list(csv.reader(record, delimiter=delimiter, strict=True))
    except csv.Error as problem:
        return "end of data" in str(problem)
    return False


def _delimiter(sample: list[str]) -> str:
    """The delimiter that shows the most known headings in one row, then the one that cuts most rows alike."""

    def fitness(delimiter: str) -> tuple[int, int]:
        try:
            rows = list(csv.reader(chain(sample), delimiter=delimiter))
        except csv.Error:
            return 0, 0
        known = max((sum(bool(meaning(cell)) for cell in row) for row in rows), default=0)
        widths = Counter(len(row) for row in rows if len(row) > 1)
        return known, max(widths.values(), default=0)

    return max(_DELIMITERS, key=fitness)
