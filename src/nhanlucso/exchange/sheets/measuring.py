"""How large a workbook will be once a reader has laid it out: counted while its parts stream by, before it is read.

A reader lays out the whole rectangle that holds a sheet's cells, and copies a shared text for every cell that
shows it; a file of a few kilobytes can ask for more memory than there is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from nhanlucso.exchange.sheets.packages import Damaged, Listener, Package, too_large

MOST_CELLS = 16_000_000  # of the rectangles of all sheets together
MOST_FILLED = 3_000_000
MOST_MERGES = 300_000
MOST_TEXT = 120_000_000  # characters of all cells together
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_MOST_TAGS = 6_000_000  # of a Word document
_LONGEST_TAG = 1 << 16
_SHEET_PART = re.compile(r"/?xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_TEXTS_PART = re.compile(r"/?xl/sharedstrings\.xml", re.IGNORECASE)
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_PLAIN_CELL = re.compile(
    rb'<(?:\w+:)?c\s+(?:[\w:]+="[^"<>]*"\s+)*?r="([A-Z]{1,3})(\d{1,7})"(?:\s+[\w:]+="[^"<>]*")*\s*(/?)>'
)
_REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
_LETTERS = {chr(65 + n): n + 1 for n in range(26)}


class WorkbookSize:
    """Measures an xlsx, and the body of a docx, while `Package.check` reads it through; `settle` judges."""

    def __init__(self) -> None:
        self._sheets: dict[str, _Sheet] = {}
        self._texts: dict[str, _Texts] = {}

    def listener(self, part: str) -> Listener | None:
        if _SHEET_PART.fullmatch(part):
            return self._sheets.setdefault(part, _Sheet())
        if _TEXTS_PART.fullmatch(part):
            return self._texts.setdefault(part, _Texts())
        return _Tags() if part == "word/document.xml" else None

    def settle(self, package: Package) -> None:
        """Raises Refused("too_large") or Damaged."""
        cells = filled = merges = shown = 0
        for part, sheet in self._sheets.items():
            if sheet.cells != sheet.plain:
                sheet.measure_again(package, part)
            cells += sheet.rows * sheet.columns
            filled += sheet.filled
            merges += sheet.merges
            shown += sheet.shown
        if cells > MOST_CELLS or filled > MOST_FILLED or merges > MOST_MERGES:
            raise too_large()
        longest = max((texts.longest for texts in self._texts.values()), default=0)
        if longest * shown > MOST_TEXT:
            self._count_text(package)

    def _count_text(self, package: Package) -> None:
        """Adds up what all cells will hold, each text as often as it is shown."""
        lengths: list[int] = []
        for part in self._texts:
            lengths += _lengths(package, part)
        total = 0
        for part in self._sheets:
            total += _shown_text(package, part, lengths, MOST_TEXT - total)


class _Sheet:
    """The rectangle from A1 that holds all filled cells of a sheet, and how many there are."""

    def __init__(self) -> None:
        self.rows = self.columns = self.filled = self.merges = self.shown = 0
        self.cells = self.plain = 0
        self._rest = b""
        self._seen: set[bytes] = set()

    def feed(self, chunk: bytes) -> None:
        text = self._rest + chunk
        cut = text.rfind(b"<")
        self._rest = text[cut:] if cut >= 0 else b""
        if len(self._rest) > len(chunk) + _LONGEST_TAG:
            raise Damaged("an endless tag")
        text = text[: max(cut, 0)]
        self.cells += len(_CELL.findall(text))
        self.merges += text.count(b"mergeCell ")
        self.shown += text.count(b't="s"')
        found = _PLAIN_CELL.findall(text)
        self.plain += len(found)
        filled = [(column, row) for column, row, empty in found if not empty]
        self.filled += len(filled)
        self.rows = max(self.rows, max((int(row) for _, row in filled), default=0))
        for letters in {column for column, _ in filled} - self._seen:
            self._seen.add(letters)
            self.columns = max(self.columns, _column_number(letters.decode()))

    def measure_again(self, package: Package, part: str) -> None:
        """The same by a true parser, for cells written in another way; slower."""
        row = column = 0
        self.rows = self.columns = self.filled = self.shown = 0

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            nonlocal row, column
            if tag == "row":
                said = attributes.get("r", "")
                row = int(said) if said.isdigit() and len(said) < 9 else row + 1
                column = 0
            elif tag == "c":
                column += 1
                if place := _REFERENCE.fullmatch(attributes.get("r", "")):
                    column, row = _column_number(place[1].upper()), int(place[2])
                if row > _MOST_ROWS or column > _MOST_COLUMNS:
                    raise Damaged("a cell beyond the last")
                self.filled += 1
                self.shown += attributes.get("t") == "s"
                self.rows, self.columns = max(self.rows, row), max(self.columns, column)

        package.parse(part, start)


class _Texts:
    """The longest of the shared texts, in bytes, measured from one to the next."""

    def __init__(self) -> None:
        self.longest = 0
        self._since = 0

    def feed(self, chunk: bytes) -> None:
        pieces = chunk.split(b"si>")
        self.longest = max(self.longest, self._since + len(pieces[0]), *map(len, pieces))
        self._since = len(pieces[-1]) + (self._since if len(pieces) == 1 else 0)


class _Tags:
    """The elements of a document, for a parser hears each of them."""

    def __init__(self) -> None:
        self._count = 0

    def feed(self, chunk: bytes) -> None:
        self._count += chunk.count(b"<")
        if self._count > _MOST_TAGS:
            raise too_large()


def _lengths(package: Package, part: str) -> list[int]:
    lengths: list[int] = []

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "si":
            lengths.append(0)

    def text(text: str) -> None:
        if lengths:
            lengths[-1] += len(text)

    package.parse(part, start, text=text)
    return lengths


def _shown_text(package: Package, part: str, lengths: list[int], most: int) -> int:
    total = 0
    shared = False
    number: list[str] = []

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal shared
        if tag == "c":
            shared = attributes.get("t") == "s"
            number.clear()

    def text(text: str) -> None:
        if shared:
            number.append(text)

    def end(tag: str) -> None:
        nonlocal total
        if tag == "c" and shared:
            index = "".join(number).strip()
            if index.isdigit() and len(index) < 9 and int(index) < len(lengths):
                total += lengths[int(index)]
            if total > most:
                raise too_large()

    package.parse(part, start, end=end, text=text)
    return total


class TablesSize:
    """Measures the tables of an ods: rows, cells and texts may say that they are repeated a million times."""

    def __init__(self) -> None:
        self._row = self._last_row = self._column = self._widest = 0
        self._rows = self._columns = self._filled = 0
        self._length = self._row_length = 0
        self._total = self._cells = self._values = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "table":
            self._row = self._last_row = self._widest = 0
        elif tag == "table-row":
            self._column = self._filled = self._row_length = 0
            self._rows = _repeated(attributes, "number-rows-repeated")
        elif tag in ("table-cell", "covered-table-cell"):
            self._columns = _repeated(attributes, "number-columns-repeated") if attributes else 1
            self._column += self._columns
            self._length = 0
            if "office:value-type" in attributes or _has(attributes, "value-type"):
                self._filled = self._column
        elif tag == "p":
            self._filled = self._column
        elif tag == "s":  # so many spaces
            self._length += _repeated(attributes, ":c")

    def text(self, text: str) -> None:
        self._length += len(text)

    def end(self, tag: str) -> None:
        """Raises Refused("too_large")."""
        if tag in ("table-cell", "covered-table-cell"):
            self._row_length += self._length * self._columns
            self._length = 0
        elif tag == "table-row":
            self._row += self._rows
            if self._filled:
                self._last_row, self._widest = max(self._last_row, self._row), max(self._widest, self._filled)
                self._total += self._row_length * self._rows
                self._values += self._filled * self._rows
        elif tag == "table":
            self._cells += self._last_row * self._widest
        now = self._cells + self._last_row * self._widest
        if now > MOST_CELLS or self._values > MOST_FILLED or self._total > MOST_TEXT:
            raise too_large()


def _has(attributes: Mapping[str, str], name: str) -> bool:
    return any(key.endswith(name) for key in attributes)


def _repeated(attributes: Mapping[str, str], name: str) -> int:
    said = "1"
    for key, value in attributes.items():
        if key.endswith(name):
            said = value
    if not said.isdecimal() or len(said) > 9:
        raise Damaged(name)
    return int(said)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + _LETTERS[letter]
    return number
