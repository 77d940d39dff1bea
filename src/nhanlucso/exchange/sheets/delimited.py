"""CSV and its kin: the encoding and the delimiter found out, never assumed."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from pathlib import Path

from nhanlucso.exchange.sheets.decoding import decode
from nhanlucso.exchange.sheets.grids import Grid, Value
from nhanlucso.exchange.sheets.meanings import meaning
from nhanlucso.exchange.sheets.packages import MOST_BYTES, not_a_table, too_large
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.language import say as _

_DELIMITERS = ",;\t|"
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE_LINES = 60


def delimited_grid(path: Path) -> Grid:
    """The cells of a delimited text. Raises Refused("too_large", "not_a_table", "unknown_encoding")."""
    if path.stat().st_size > MOST_BYTES:
        raise too_large()
    data = path.read_bytes()
    text, is_unicode = decode_bytes(data)
    if not text.strip() or _BINARY.search(text):
        raise not_a_table(_("Tệp trống hoặc không phải là bảng tính."))
    grid = Grid(path.stem, _rows(text))
    if not is_unicode:
        grid = decode(grid)
        if not grid.decoded:
            raise Refused(
                "unknown_encoding",
                _("Không rõ bảng mã của tệp. Hãy lưu lại tệp với mã UTF-8 hoặc dạng .xlsx rồi nhập."),
            )
    return grid


def decode_bytes(data: bytes) -> tuple[str, bool]:
    """The text, and whether it is Unicode for certain; else each character stands for a byte."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace"), True
    try:
        return data.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        return data.decode("latin-1"), False


def _rows(text: str) -> list[list[Value]]:
    if text[:5].casefold() == "sep=," or re.match(r"sep=.\r?\n", text, re.IGNORECASE):
        text = text[text.index("\n") + 1 :] if "\n" in text else ""
    try:
        return [
            list(record) for record in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        ]
    except csv.Error as problem:
        raise not_a_table(_("Tệp văn bản không có dạng bảng (CSV).")) from problem


def _delimiter(text: str) -> str:
    """The delimiter that shows the most known headings in one row, then the one that cuts most rows alike."""
    sample = "\n".join(text[:200_000].splitlines()[:_SAMPLE_LINES])

    def fitness(delimiter: str) -> tuple[int, int]:
        try:
            rows = list(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter))
        except csv.Error:
            return 0, 0
        known = max((sum(bool(meaning(cell)) for cell in row) for row in rows), default=0)
        widths = Counter(len(row) for row in rows if len(row) > 1)
        return known, max(widths.values(), default=0)

    return max(_DELIMITERS, key=fitness)
