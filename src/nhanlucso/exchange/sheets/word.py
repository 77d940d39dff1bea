"""Word documents: every table of the body as a grid. Deleted text, hidden text and text boxes are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nhanlucso.exchange.sheets.documents import (
    LONGEST_TEXT,
    MOST_COLUMNS,
    Budget,
    Canvas,
    document_grids,
)
from nhanlucso.exchange.sheets.encodings import font_encoding
from nhanlucso.exchange.sheets.grids import Grid, Merge
from nhanlucso.exchange.sheets.packages import Package
from nhanlucso.exchange.sheets.wordparts import (
    FALLBACK,
    Numbering,
    Styles,
    attribute,
    font_of,
    is_on,
    read_styles,
    whole,
    word_name,
)

BODY = "word/document.xml"
_NARROW = 140  # twentieths of a point: a column of the grid that no letter fits into
# Parts of the text that are not shown, and old states of what was changed.
_MUTED = frozenset(
    (
        *("del", "moveFrom", "txbxContent", "rPrChange", "pPrChange", "tcPrChange", "trPrChange"),
        *("tblPrChange", "tblGridChange", "sectPrChange", "tblPrExChange", "numberingChange"),
        FALLBACK,
    )
)
_SPACING = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-", "ptab": " "}
# Pictures of marks in fonts of symbols.
_SYMBOLS = {"FC": "✓", "FE": "☑", "FB": "✗", "FD": "☒", "D6": "√", "6F": "", "A8": "", "71": "", "A3": ""}
_TICK_FONTS = ("wingdings", "symbol", "webdings")


def docx_grids(path: Path) -> Iterator[Grid]:
    """The tables of a docx whose package has been checked. Raises Damaged, Refused("too_large")."""
    with Package(path) as package:
        body = _Body(read_styles(package), Numbering(package))
        package.parse(BODY, body.start, end=body.end, text=body.text, names=word_name)
    yield from document_grids(body.blocks)


@dataclass(slots=True)
class _Cell:
    """A cell of a row: `start` and `end` are columns of the table's grid, `end` not included."""

    start: int
    end: int
    goes_down: str  # "", restart, continue
    text: str
    font: str


@dataclass(slots=True)
class _OpenCell:
    """A cell that is being read."""

    start: int
    deleted: bool
    span: int = 1
    goes_down: str = ""
    goes_on: bool = False  # with the cell to its left, as older programs merge
    lines: list[str] = field(default_factory=list)
    length: int = 0
    fonts: dict[str, int] = field(default_factory=dict)
    number: str = ""

    def closed(self) -> _Cell:
        text = "\n".join(line for line in self.lines if line.strip()) or self.number
        font = max(self.fonts, key=lambda name: self.fonts[name], default="")
        return _Cell(
            self.start,
            self.start + self.span,
            self.goes_down,
            "" if self.deleted else text,
            font if font_encoding(font) else "",
        )


@dataclass(slots=True)
class _Table:
    """A table as it is read: the widths of its grid, its rows of cells."""

    canvas: Canvas
    widths: list[int] = field(default_factory=list)
    rows: list[list[_Cell]] = field(default_factory=list)
    row_deleted: bool = False
    next_column: int = 0

    def lay_out(self) -> None:
        """Puts the cells on the canvas: columns that no letter fits into, or that no cell begins at, are none."""
        places = self._places(self._snapped())
        open_down: dict[int, Merge] = {}
        for cells in self.rows:
            number = self.canvas.add_row()
            seen: dict[int, Merge] = {}
            for cell in cells:
                left, right = places[cell.start], places[cell.end] - 1
                above = open_down.get(left) if cell.goes_down == "continue" else None
                if above is not None:
                    seen[left] = Merge(above.top, left, number, above.right)
                    continue
                if right < left:
                    continue
                self.canvas.put(number, left, cell.text, cell.font)
                block = Merge(number, left, number, right)
                if cell.goes_down:
                    seen[left] = block
                else:
                    self.canvas.merge(block)
            self._close(open_down, seen)
            open_down = seen
        self._close(open_down, {})
        self.canvas.width = max(places, default=0)

    def _close(self, before: dict[int, Merge], after: dict[int, Merge]) -> None:
        for left, block in before.items():
            if left not in after or after[left].top != block.top:
                self.canvas.merge(block)

    def _snapped(self) -> list[int]:
        """For each edge of the grid the edge that it stands for, narrow columns gone unless a text is in one."""
        most = max((cell.end for cells in self.rows for cell in cells), default=0)
        edges, wide = [0], 0
        for column in range(most):
            narrow = column < len(self.widths) and 0 < self.widths[column] < _NARROW
            wide += not narrow
            edges.append(wide)
        for cells in self.rows:
            for cell in cells:
                if edges[cell.start] == edges[cell.end] and cell.text:
                    return list(range(most + 1))
        return edges

    def _places(self, edges: list[int]) -> list[int]:
        """For each edge of the grid the number of the column that begins there."""
        begun = {edges[c.start] for cells in self.rows for c in cells if edges[c.start] < edges[c.end]}
        places: list[int] = []
        order = sorted(begun)
        column = 0
        for edge in edges:
            while column < len(order) and order[column] < edge:
                column += 1
            places.append(column)
        return places


class _Body:
    """Hears the elements of a document's body."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.blocks: list[str | Canvas] = []
        self._styles, self._numbering = styles, numbering
        self._budget = Budget()
        self._tables: list[_Table] = []
        self._cells: list[_OpenCell] = []
        self._muted = 0
        self._line: list[str] = []
        self._line_length = 0
        self._in_text = self._in_run = self._in_row_properties = self._hidden = False
        self._style = self._font = ""
        self._list, self._level = "", 0
        self._starts: dict[str, Callable[[Mapping[str, str]], None]] = {
            "tbl": self._table_start,
            "gridCol": self._grid_column,
            "tr": self._row_start,
            "gridBefore": self._grid_before,
            "tc": self._cell_start,
            "gridSpan": self._span,
            "vMerge": self._down,
            "hMerge": self._across,
            "cellDel": self._cell_deleted,
            "p": self._paragraph_start,
            "pStyle": self._paragraph_style,
            "numId": self._list_id,
            "ilvl": self._list_level,
            "r": self._run_start,
            "rFonts": self._run_font,
            "rStyle": self._run_style,
            "vanish": self._vanish,
            "sym": self._symbol,
        }
        self._ends: dict[str, Callable[[], None]] = {
            "tbl": self._table_end,
            "tc": self._cell_end,
            "p": self._paragraph_end,
        }

    # -- what the parser calls -------------------------------------------------------------------------------

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in _MUTED:
            if name == "del" and self._in_row_properties and self._tables:
                self._tables[-1].row_deleted = True
            self._muted += 1
        elif self._muted:
            return
        elif name == "t":
            self._in_text = True
        elif name in _SPACING:
            self._add(_SPACING[name] if self._in_run else "")
        elif name == "trPr":
            self._in_row_properties = True
        elif handler := self._starts.get(name):
            handler(attributes)

    def end(self, name: str) -> None:
        if name in _MUTED:
            self._muted -= 1
        elif self._muted:
            return
        elif name == "t":
            self._in_text = False
        elif name == "r":
            self._in_run = False
        elif name == "trPr":
            self._in_row_properties = False
        elif handler := self._ends.get(name):
            handler()

    def text(self, text: str) -> None:
        if self._in_text and not self._muted:
            self._add(text)

    # -- tables ----------------------------------------------------------------------------------------------

    def _table_start(self, _: Mapping[str, str]) -> None:
        canvas = Canvas(self._budget)
        self.blocks.append(canvas)
        self._tables.append(_Table(canvas))

    def _table_end(self) -> None:
        if self._tables:
            self._tables.pop().lay_out()

    def _grid_column(self, attributes: Mapping[str, str]) -> None:
        if self._tables and len(self._tables[-1].widths) < MOST_COLUMNS:
            self._tables[-1].widths.append(whole(attribute(attributes, "w")))

    def _row_start(self, _: Mapping[str, str]) -> None:
        if self._tables:
            table = self._tables[-1]
            table.rows.append([])
            table.next_column, table.row_deleted = 0, False

    def _grid_before(self, attributes: Mapping[str, str]) -> None:
        if self._tables:
            before = whole(attribute(attributes, "val"))
            self._tables[-1].next_column = min(before, MOST_COLUMNS)

    def _cell_start(self, _: Mapping[str, str]) -> None:
        if self._tables and self._tables[-1].rows:
            self._budget.spend(cells=1)
            table = self._tables[-1]
            self._cells.append(_OpenCell(min(table.next_column, MOST_COLUMNS), table.row_deleted))

    def _cell_end(self) -> None:
        if not self._cells or not self._tables:
            return
        table, open_cell = self._tables[-1], self._cells.pop()
        cell = open_cell.closed()
        table.next_column = cell.end
        if not table.rows:
            return
        if open_cell.goes_on and table.rows[-1]:
            table.rows[-1][-1].end = cell.end
        else:
            table.rows[-1].append(cell)

    def _span(self, attributes: Mapping[str, str]) -> None:
        if self._cells:
            span = whole(attribute(attributes, "val"), 1)
            self._cells[-1].span = min(max(1, span), MOST_COLUMNS)

    def _down(self, attributes: Mapping[str, str]) -> None:
        if self._cells:
            self._cells[-1].goes_down = attribute(attributes, "val") or "continue"

    def _across(self, attributes: Mapping[str, str]) -> None:
        if self._cells:
            self._cells[-1].goes_on = attribute(attributes, "val") != "restart"

    def _cell_deleted(self, _: Mapping[str, str]) -> None:
        if self._cells:
            self._cells[-1].deleted = True

    # -- paragraphs ------------------------------------------------------------------------------------------

    def _paragraph_start(self, _: Mapping[str, str]) -> None:
        self._line, self._line_length = [], 0
        self._style, self._list, self._level = self._styles.default, "", -1

    def _paragraph_style(self, attributes: Mapping[str, str]) -> None:
        self._style = attribute(attributes, "val")

    def _list_id(self, attributes: Mapping[str, str]) -> None:
        self._list = attribute(attributes, "val")

    def _list_level(self, attributes: Mapping[str, str]) -> None:
        self._level = whole(attribute(attributes, "val"))

    def _paragraph_end(self) -> None:
        line = "".join(self._line)
        by_style, level = self._styles.list_of(self._style)
        numbered = self._list or by_style
        number = ""
        if numbered:
            number = self._numbering.next(numbered, self._level if self._level >= 0 else level)
        if self._cells:
            cell = self._cells[-1]
            if cell.length < LONGEST_TEXT:
                cell.length += len(line) + 1
                cell.lines.append(line)
                cell.number = cell.number or number
        elif line.strip():
            self.blocks.append(line)
        self._line, self._line_length = [], 0

    # -- runs ------------------------------------------------------------------------------------------------

    def _run_start(self, _: Mapping[str, str]) -> None:
        self._in_run, self._hidden, self._font = True, False, ""

    def _run_font(self, attributes: Mapping[str, str]) -> None:
        if self._in_run:
            self._font = font_of(attributes) or self._font

    def _run_style(self, attributes: Mapping[str, str]) -> None:
        if self._in_run:
            self._font = self._font or self._styles.font(attribute(attributes, "val"))

    def _vanish(self, attributes: Mapping[str, str]) -> None:
        if self._in_run:
            self._hidden = is_on(attributes)

    def _symbol(self, attributes: Mapping[str, str]) -> None:
        font, code = attribute(attributes, "font").casefold(), attribute(attributes, "char").upper()
        if font.startswith(_TICK_FONTS):
            self._add(_SYMBOLS.get(code[-2:], ""))

    def _add(self, text: str) -> None:
        if self._hidden or self._line_length > LONGEST_TEXT:
            return
        self._line.append(text)
        self._line_length += len(text)
        if self._cells and text.strip():
            font = self._font or self._styles.font(self._style) or self._styles.default_font
            if font:
                fonts = self._cells[-1].fonts
                fonts[font] = fonts.get(font, 0) + len(text)
