"""HTML tables, often named .xls: laid out as a browser would, with what is hidden left out. Nothing is ever run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from nhanlucso.exchange.sheets.decoding import decode
from nhanlucso.exchange.sheets.documents import (
    LONGEST_TEXT,
    MOST_COLUMNS,
    Budget,
    Canvas,
    document_grids,
)
from nhanlucso.exchange.sheets.encodings import font_encoding
from nhanlucso.exchange.sheets.grids import Grid, Merge
from nhanlucso.exchange.sheets.packages import Damaged, too_large, unknown_encoding
from nhanlucso.exchange.sheets.texts import encoding_of, pieces

MOST_TAGS = 4_000_000
_MOST_BYTES = 100 * 1024 * 1024
_MOST_OPEN = 100
_MOST_NESTED = 30
_MOST_CSS = 400_000
_MOST_ROWSPAN = 65_534
_MUTED = frozenset(
    ["script", "style", "title", "template", "noscript", "select", "textarea", "xml", "iframe", "svg"]
)
_BREAKS = frozenset(
    ["br", "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "center", "pre", "section"]
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*collapse", re.IGNORECASE)
_FONT = re.compile(r"font-family\s*:\s*[\"']?\s*([^;\"',}]{1,60})", re.IGNORECASE)
_RULE = re.compile(r"([^{}]{1,300})\{([^{}]{0,3000})\}")
_SELECTOR = re.compile(r"(?:^|[\s,])([A-Za-z]{0,8})\.?([\w-]*)\s*(?=,|$)")
_SHORTENED = re.compile(r"#+|[+-]?\d([.,]\d+)?E[+-]?\d+", re.IGNORECASE)


def html_grids(path: Path) -> Iterator[Grid]:
    """The tables of a page. Raises Damaged where a table has no end, Refused("too_large", "unknown_encoding")."""
    if path.stat().st_size > _MOST_BYTES:
        raise too_large()
    encoding = encoding_of(path, declared=True)
    check_page(pieces(path, encoding))
    grids = page_grids([pieces(path, encoding)])
    if encoding.sure:
        yield from grids
        return
    read = [decode(grid) for grid in grids]
    if read and not any(grid.decoded for grid in read):
        raise unknown_encoding()
    yield from read


def check_page(text: Iterable[str]) -> None:
    """Refuses what would keep the parser busy: too many tags, or tags and comments without number that never end."""
    tags = tags_open = comments_open = 0
    for piece in text:
        tags += piece.count("<")
        last, last_comment = piece.rfind(">"), piece.rfind("-->")
        tags_open = piece.count("<", max(last, 0)) + (tags_open if last < 0 else 0)
        comments_open = piece.count("<!--", max(last_comment, 0)) + (comments_open if last_comment < 0 else 0)
        if tags > MOST_TAGS:
            raise too_large()
    if max(tags_open, comments_open) > _MOST_OPEN:
        raise Damaged("tags without an end")


def page_grids(pages: Iterable[Iterable[str]]) -> Iterator[Grid]:
    """The tables of one page or of several that make one document."""
    blocks: list[str | Canvas] = []
    budget = Budget()
    for page in pages:
        target = _Page(blocks, budget)
        parser = etree.HTMLParser(target=target, encoding="utf-8")
        try:
            for piece in page:
                parser.feed(piece.replace("\0", "").encode("utf-8", errors="replace"))
            parser.feed(b"<!-- -->")
            unfinished = target.is_open
            parser.close()
        except etree.LxmlError as problem:
            raise Damaged(str(problem)) from problem
        if unfinished:
            raise Damaged("a table without an end")
    return document_grids(blocks)


@dataclass(slots=True)
class _Table:
    canvas: Canvas
    row: int = -1
    column: int = 0
    hidden_row: bool = False
    taken_to: dict[int, int] = field(default_factory=dict)  # column -> last row that a cell above reaches to
    tall: list[Merge] = field(default_factory=list)

    def add_row(self) -> None:
        self.row, self.column, self.hidden_row = self.canvas.add_row(), 0, False

    def place(self, across: int, down: int) -> int:
        """The next free column of the row, now taken by a cell of so many columns and rows."""
        taken, column = self.taken_to, self.column
        while taken and column < MOST_COLUMNS and taken.get(column, -1) >= self.row:
            self.canvas.budget.spend(steps=1)
            column += 1
        end = min(column + across, MOST_COLUMNS)
        if down > 1:
            self.canvas.budget.spend(steps=end - column)
            taken.update(dict.fromkeys(range(column, end), self.row + down - 1))
        if across > 1 or down > 1:
            self.tall.append(Merge(self.row, column, self.row + down - 1, max(column, end - 1)))
        self.column = end
        self.canvas.width = max(self.canvas.width, end)
        return column

    def finish(self) -> None:
        last = len(self.canvas.rows) - 1
        for merge in self.tall:
            self.canvas.merge(Merge(merge.top, merge.left, min(merge.bottom, last), merge.right))


@dataclass(slots=True)
class _Cell:
    column: int
    number: str  # what Excel says the value is, where the text is shortened
    outer: list[str]  # the text that stood open around it
    fonts: dict[str, int] | None = None  # how many letters are in which font, where legacy fonts are used


class _Page:
    """Hears the elements of a page."""

    def __init__(self, blocks: list[str | Canvas], budget: Budget) -> None:
        self._blocks, self._budget = blocks, budget
        self._tables: list[_Table] = []
        self._cells: list[_Cell | None] = []  # None: a table in which no cell is open
        self._text: list[str] = []
        self._length = 0
        self._muted = 0
        self._css: list[str] | None = None
        self._css_length = 0
        self._hidden_classes: set[str] = set()
        self._class_fonts: dict[str, str] = {}
        self._depth = 0
        self._fonts: list[tuple[int, str]] = []
        self._starts: dict[str, Callable[[Mapping[str, str]], None]] = {
            "table": self._table_start,
            "tr": self._row_start,
            "td": self._cell_start,
            "th": self._cell_start,
            "input": self._field,
            "caption": self._caption_start,
        }
        self._ends: dict[str, Callable[[], None]] = {
            "table": self._table_end,
            "td": self._cell_end,
            "th": self._cell_end,
            "caption": self._caption_end,
        }

    @property
    def is_open(self) -> bool:
        """Whether a table has begun and not ended."""
        return bool(self._tables)

    # -- what the parser calls -------------------------------------------------------------------------------

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._muted:
            self._muted += 1
            return
        if tag in _MUTED or (attributes and tag != "tr" and self._is_hidden(attributes)):
            self._mute(tag)
            return
        if attributes or self._class_fonts:
            self._note_font(tag, attributes)
        if handler := self._starts.get(tag):
            handler(attributes)
        elif tag in _BREAKS:
            self._break()

    def end(self, tag: str) -> None:
        while self._fonts and self._fonts[-1][0] >= self._depth:
            self._fonts.pop()
        self._depth -= 1
        if self._muted:
            self._unmute()
        elif handler := self._ends.get(tag):
            handler()
        elif tag in _BREAKS:
            self._break()

    def data(self, text: str) -> None:
        if self._css is not None and self._css_length < _MOST_CSS:
            self._css.append(text)
            self._css_length += len(text)
        if self._muted or self._length > LONGEST_TEXT:
            return
        if not text.isalnum():
            text = _SPACE.sub(" ", text)
        self._text.append(text)
        self._length += len(text)
        if self._fonts and self._cells and (cell := self._cells[-1]) is not None and text.strip():
            font = self._fonts[-1][1]
            cell.fonts = cell.fonts or {}
            cell.fonts[font] = cell.fonts.get(font, 0) + len(text)

    def comment(self, text: str) -> None:
        """Comments say nothing."""

    def close(self) -> None:
        self._flush()

    # -- tables ----------------------------------------------------------------------------------------------

    def _mute(self, tag: str) -> None:
        self._muted = 1
        if tag == "style":
            self._css = []
        elif tag == "table":  # hidden, but counted
            self._blocks.append(Canvas(self._budget))

    def _unmute(self) -> None:
        self._muted -= 1
        if self._css is not None and not self._muted:
            self._learn_css("".join(self._css))
            self._css = None

    def _table_start(self, _: Mapping[str, str]) -> None:
        if len(self._tables) >= _MOST_NESTED:
            raise too_large()
        self._flush()
        canvas = Canvas(self._budget)
        self._blocks.append(canvas)
        self._tables.append(_Table(canvas))
        self._cells.append(None)

    def _table_end(self) -> None:
        if not self._tables:
            return
        self._cell_end()
        self._tables.pop().finish()
        self._cells.pop()
        self._flush()

    def _row_start(self, attributes: Mapping[str, str]) -> None:
        if not self._tables:
            self._table_start({})
        self._cell_end()
        self._tables[-1].add_row()
        self._tables[-1].hidden_row = self._is_hidden(attributes)

    def _cell_start(self, attributes: Mapping[str, str]) -> None:
        if not self._tables:
            return
        self._cell_end()
        table = self._tables[-1]
        if table.row < 0:
            table.add_row()
        across = down = 1
        number = ""
        if attributes:
            across = min(_span(attributes.get("colspan", "")) or 1, 1000)
            down = min(_span(attributes.get("rowspan", "")) or _MOST_ROWSPAN, _MOST_ROWSPAN)
            number = attributes.get("x:num", "")
        self._cells[-1] = _Cell(table.place(across, down), number, self._text)
        self._text, self._length = [], 0

    def _cell_end(self) -> None:
        cell = self._cells[-1] if self._cells else None
        if cell is None:
            return
        table = self._tables[-1]
        text = _tidy("".join(self._text)) if self._text else ""
        if text and not table.hidden_row:
            if cell.number and _SHORTENED.fullmatch(text):
                text = cell.number
            font = max(cell.fonts, key=cell.fonts.__getitem__) if cell.fonts else ""
            table.canvas.put(table.row, cell.column, text, font)
        self._text, self._length = cell.outer, 0
        self._cells[-1] = None

    def _caption_start(self, _: Mapping[str, str]) -> None:
        self._flush()

    def _caption_end(self) -> None:
        if self._tables and not self._in_cell and self._text:
            place = next(n for n, block in enumerate(self._blocks) if block is self._tables[-1].canvas)
            self._blocks.insert(place, _tidy("".join(self._text)))
            self._text, self._length = [], 0

    # -- text ------------------------------------------------------------------------------------------------

    def _break(self) -> None:
        if self._in_cell:
            self._text.append("\n")
        else:
            self._flush()

    @property
    def _in_cell(self) -> bool:
        """Whether a cell is open, of this table or of one around it."""
        return any(cell is not None for cell in self._cells)

    def _flush(self) -> None:
        """Ends a line of text outside of cells."""
        if self._in_cell:
            return
        line = _tidy("".join(self._text))
        if line:
            self._blocks.append(line)
        self._text, self._length = [], 0

    def _field(self, attributes: Mapping[str, str]) -> None:
        """A field of a form shows its value, a box its tick."""
        kind = attributes.get("type", "text").lower()
        if kind in ("text", "number", "tel", "email", "date"):
            self.data(attributes.get("value", ""))
        elif kind in ("checkbox", "radio") and "checked" in attributes:
            self.data("x")

    # -- looks -----------------------------------------------------------------------------------------------

    def _is_hidden(self, attributes: Mapping[str, str]) -> bool:
        if "hidden" in attributes:
            return True
        if "style" in attributes and _HIDDEN.search(attributes["style"]):
            return True
        if not self._hidden_classes or "class" not in attributes:
            return False
        return not self._hidden_classes.isdisjoint(attributes["class"].split())

    def _note_font(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Remembers which font an element sets: the legacy ones, and others only where one of them is left."""
        said = _FONT.search(attributes["style"]) if "style" in attributes else None
        font = said[1] if said else attributes.get("face", "").split(",")[0]
        if not font and self._class_fonts:
            names = [*attributes.get("class", "").split(), f"<{tag}>"]
            font = next((self._class_fonts[name] for name in names if name in self._class_fonts), "")
        font = font.strip(" \"'")
        if font and (font_encoding(font) or self._fonts):
            self._fonts.append((self._depth, font if font_encoding(font) else ""))

    def _learn_css(self, css: str) -> None:
        for selectors, said in _RULE.findall(css):
            font = _FONT.search(said)
            hidden = _HIDDEN.search(said) is not None
            if not (font or hidden):
                continue
            for tag, name in _SELECTOR.findall(selectors.replace("<!--", " ").strip()):
                if hidden and name:
                    self._hidden_classes.add(name)
                if font and (name or tag):
                    self._class_fonts.setdefault(name or f"<{tag.lower()}>", font[1].strip())


def _span(text: str) -> int:
    """A number of columns or rows; 1 where none is said, 0 where it says 0."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _tidy(text: str) -> str:
    """Lines without empty ones and without spaces at their ends."""
    if "\n" not in text:
        return text.strip(" ")
    lines = (line.strip(" ") for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
