"""XML Spreadsheet 2003: a workbook in one XML file, as portals and older programs write it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nhanlucso.exchange.sheets.documents import LONGEST_TEXT, Budget, Canvas
from nhanlucso.exchange.sheets.encodings import font_encoding
from nhanlucso.exchange.sheets.grids import Grid, Merge, Value
from nhanlucso.exchange.sheets.packages import Damaged, parse_xml, too_large

_PIECE = 1 << 18
_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 16_384
_MOST_CELLS = 1_000_000  # the programs that write such files hold 65,536 rows
_EMPTY_DAYS = ("1899-12-31", "1899-12-30")


def workbook_grids(path: Path) -> Iterator[Grid]:
    """The visible sheets. Raises Damaged, Refused("too_large")."""
    book = _Book()
    with path.open("rb") as file:
        parse_xml(iter(lambda: file.read(_PIECE), b""), book.start, end=book.end, text=book.text)
    for sheet in book.sheets:
        if not sheet.hidden:
            yield Grid(sheet.name, sheet.canvas.rows, sheet.canvas.merges, sheet.canvas.fonts)


@dataclass(slots=True)
class _Sheet:
    name: str
    canvas: Canvas
    hidden: bool = False


class _Book:
    """Hears the elements of a workbook; attributes are taken by their local name."""

    def __init__(self) -> None:
        self.sheets: list[_Sheet] = []
        self._budget = Budget()
        self._rows = self._cells = 0
        self._row = self._column = self._next = self._after = 0
        self._style = self._kind = ""
        self._fonts: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        self._parts: list[str] | None = None
        self._length = 0
        self._comments = 0
        self._inside: list[str] = []

    # -- what the parser calls -------------------------------------------------------------------------------

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._inside.append(tag)
        said = {key.rpartition(":")[2]: value for key, value in attributes.items()} if attributes else {}
        if tag == "Cell":
            self._cell(said)
        elif tag == "Data" and not self._comments:
            self._kind, self._parts, self._length = said.get("Type", "String"), [], 0
        elif tag == "Row":
            self._row_start(said)
        elif tag == "Comment":
            self._comments += 1
        elif tag == "Worksheet":
            self._sheet(said)
        else:
            self._other(tag, said)

    def end(self, tag: str) -> None:
        self._inside.pop()
        if tag == "Data" and self._parts is not None:
            self._value("".join(self._parts))
            self._parts = None
        elif tag == "Comment":
            self._comments -= 1
        elif tag == "Visible" and self.sheets and self._parts is not None:
            self.sheets[-1].hidden = "".join(self._parts).strip() in ("SheetHidden", "SheetVeryHidden")
            self._parts = None

    def text(self, text: str) -> None:
        if self._parts is not None and self._length <= LONGEST_TEXT:
            self._parts.append(text)
            self._length += len(text)

    # -- what stands where -----------------------------------------------------------------------------------

    def _sheet(self, said: Mapping[str, str]) -> None:
        self.sheets.append(_Sheet(said.get("Name", f"Sheet{len(self.sheets) + 1}"), Canvas(self._budget)))
        self._row, self._after = -1, 0

    def _row_start(self, said: Mapping[str, str]) -> None:
        if not self.sheets:
            return
        self._row = _index(said, self._after)
        self._after = self._row + 1 + _whole(said.get("Span", "0"))
        self._next = 0
        if self._row >= _MOST_ROWS:
            raise Damaged("a row beyond the last")
        canvas = self.sheets[-1].canvas
        missing = self._row + 1 - len(canvas.rows)
        self._rows += max(0, missing)
        if self._rows > 4 * _MOST_ROWS:
            raise too_large()
        for _ in range(missing):
            canvas.add_row()

    def _cell(self, said: Mapping[str, str]) -> None:
        if not self.sheets or self._row < 0:
            return
        self._cells += 1
        if self._cells > _MOST_CELLS:
            raise too_large()
        self._column = left = _index(said, self._next)
        if left >= _MOST_COLUMNS:
            raise Damaged("a column beyond the last")
        self._style, self._next = said.get("StyleID", ""), left + 1
        if "MergeAcross" not in said and "MergeDown" not in said:
            return
        across, down = _whole(said.get("MergeAcross", "0")), _whole(said.get("MergeDown", "0"))
        self.sheets[-1].canvas.merge(Merge(self._row, left, self._row + down, left + across))
        self._next += across

    def _value(self, text: str) -> None:
        if not self.sheets or self._row < 0 or "Cell" not in self._inside:
            return
        value = _read(text, self._kind)
        font = self._font(self._style) if isinstance(value, str) else ""
        self.sheets[-1].canvas.put(self._row, self._column, value, font)

    # -- fonts -----------------------------------------------------------------------------------------------

    def _other(self, tag: str, said: Mapping[str, str]) -> None:
        if tag == "Style":
            self._style = said.get("ID", "")
            self._parents[self._style] = said.get("Parent", "")
        elif tag == "Font" and "Style" in self._inside:
            self._fonts[self._style] = said.get("FontName", "")
        elif tag == "Visible":
            self._parts, self._length = [], 0

    def _font(self, style: str) -> str:
        """The legacy font of a style, "" if it has none."""
        for _ in range(10):
            if font := self._fonts.get(style):
                return font if font_encoding(font) else ""
            if not (style := self._parents.get(style, "")):
                break
        font = self._fonts.get("Default", "")
        return font if font_encoding(font) else ""


def _index(said: Mapping[str, str], following: int) -> int:
    """The 0-based place that ss:Index names, else the following one."""
    return max(0, _whole(said["Index"]) - 1) if "Index" in said else following


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise Damaged(f"no number: {text[:20]}")
    return int(text)


def _read(text: str, kind: str) -> Value:
    if kind == "Number":
        number = _number(text)
        return text if number is None else number
    if kind == "Boolean":
        return text.strip() in ("1", "true")
    if kind == "DateTime":
        return _moment(text)
    return text


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _moment(text: str) -> Value:
    try:
        moment = datetime.fromisoformat(text.strip().removesuffix("Z"))
    except ValueError:
        return text
    return moment.time() if text.strip().startswith(_EMPTY_DAYS) else moment
