"""XLSX: the paper on a first sheet, each table on a sheet of its own with real numbers and dates.

No text is ever a formula: every text is written as a text cell, and one that begins like a formula is
marked as quoted, so that it stays text when somebody edits the cell.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from nhanlucso.kernel.numbers import Number, rounded
from nhanlucso.papers import seal as codes
from nhanlucso.papers import wording
from nhanlucso.papers.paper import (
    Amount,
    Annex,
    Band,
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Paper,
    Paragraph,
    Seal,
    Table,
)

_FACE = "Times New Roman"
_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CELL_LIMIT = 32_767  # characters, by the file format
_EXACT_LIMIT = 2**53  # whole numbers beyond are not exact in a spreadsheet
_MM_PER_CHARACTER = 1.9
_WIDTH, _WIDTH_LANDSCAPE = 165.0, 252.0
_PAPER_COLUMNS = (36.0, 54.0)  # characters
_LINE = 18.0  # points
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_MM_PER_INCH = 25.4
_POINTS_PER_INCH, _PIXELS_PER_INCH = 72.0, 96.0  # pixels: of a picture in a sheet
_SEAL_MARGIN = 3.0


def render_xlsx(paper: Paper) -> bytes:
    """The paper as a workbook: first sheet the text, then one sheet "Bảng 1", … per table."""
    return _Book(wording.printable(paper)).bytes()


class _Book:
    """One workbook in the making: the paper, its formats by their properties, its sheets."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self._out = BytesIO()
        self._book = xlsxwriter.Workbook(
            self._out,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def bytes(self) -> bytes:
        paper = self.paper
        self._book.set_properties(
            {
                "title": f"{paper.kind_title} {paper.subject}".replace("\n", " ").strip()[:255],
                "author": paper.agency.replace("\n", " ")[:255],
                "created": paper.made_at.astimezone(UTC).replace(tzinfo=None),
            }
        )
        _TextSheet(self).write()
        for number, (table, annex) in enumerate(wording.tables(paper), 1):
            _TableSheet(self, table, annex, number).write()
        self._book.close()
        return self._out.getvalue()

    def format(self, **properties: Any) -> Format:
        """A format in our face; the same properties give the same object."""
        wanted = {"font_name": _FACE, "font_size": 12, "valign": "vcenter", **properties}
        key = tuple(sorted(wanted.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(wanted)
        return self._formats[key]

    def sheet(self, name: str, *, landscape: bool = False) -> Worksheet:
        sheet = self._book.add_worksheet(name)
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=30 / _MM_PER_INCH, right=15 / _MM_PER_INCH, top=0.79, bottom=0.79)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        if landscape:
            sheet.set_landscape()
        sheet.set_footer("&L&8" + self.paper.footer_note.replace("&", "&&")[:240])
        return sheet

    def text(self, sheet: Worksheet, row: int, column: int, text: str, **properties: Any) -> None:
        """A text cell, never a formula."""
        if text.startswith(_LIKE_FORMULA):
            properties["quote_prefix"] = True
        form = self.format(text_wrap=True, **properties)
        if text:
            sheet.write_string(row, column, text[:_CELL_LIMIT], form)
        else:
            sheet.write_blank(row, column, None, form)

    def across(self, sheet: Worksheet, area: tuple[int, int, int, int], text: str, **properties: Any) -> None:
        """A text over several cells; area = first row, first column, last row, last column."""
        if area[0] != area[2] or area[1] != area[3]:
            sheet.merge_range(*area, "", self.format(text_wrap=True, **properties))
        self.text(sheet, area[0], area[1], text, **properties)


class _TextSheet:
    """The first sheet: head, title, narrative, recipients and signature."""

    def __init__(self, book: _Book) -> None:
        self.book = book
        name = _FORBIDDEN_IN_NAMES.sub(" ", book.paper.kind_title.capitalize()).strip()[:31].strip()
        self.sheet = book.sheet(name if name and not name.startswith("Bảng") else "Văn bản")
        self.row = 0
        self.tables = 0

    def write(self) -> None:
        for index, width in enumerate(_PAPER_COLUMNS):
            self.sheet.set_column(index, index, width)
        self._head()
        self._title()
        for block in wording.body(self.book.paper):
            self._block(block)
        self._foot()
        self._annexes()
        if self.book.paper.seal:
            self._seal(self.book.paper.seal)
        self._whole(self.book.paper.footer_note, font_size=8)

    def _pair(self, left: str, right: str, left_look: dict[str, Any], right_look: dict[str, Any]) -> None:
        lines = max(_lines(left, _PAPER_COLUMNS[0] * 0.75), _lines(right, _PAPER_COLUMNS[1] * 0.85))
        self.sheet.set_row(self.row, lines * _LINE)
        self.book.text(self.sheet, self.row, 0, left, **left_look)
        self.book.text(self.sheet, self.row, 1, right, **right_look)
        self.row += 1

    def _whole(self, text: str, *, indent: int = 0, **look: Any) -> None:
        """A text over the whole width; merged cells do not grow by themselves, so the height is set."""
        if text:
            lines = _lines(text, sum(_PAPER_COLUMNS) * 0.92)
            self.sheet.set_row(self.row, lines * _LINE + 4)
            if indent:
                look["indent"] = indent
            self.book.across(self.sheet, (self.row, 0, self.row, 1), text, **look)
        self.row += 1

    def _head(self) -> None:
        paper = self.book.paper
        plain = {"align": "center", "font_size": 13}
        bold = {**plain, "bold": True}
        motto = {**bold, "font_size": 14, "underline": 1}
        if paper.agency_above:
            self._pair(wording.agency_heading(paper.agency_above), wording.NATION, plain, bold)
            self._pair(wording.agency_heading(paper.agency), wording.MOTTO, bold, motto)
        else:
            self._pair(wording.agency_heading(paper.agency), f"{wording.NATION}\n{wording.MOTTO}", bold, bold)
        number = f"{wording.NUMBER}{wording.NUMBER_GAP}{wording.symbol(paper)}"
        place = {"align": "center", "font_size": 14, "italic": True}
        self._pair(number, wording.place_and_day(paper), plain, place)
        if paper.draft:
            self._pair(wording.DRAFT, "", {"align": "center", "bold": True, "font_size": 11}, {})
        self.row += 1

    def _title(self) -> None:
        paper = self.book.paper
        look: dict[str, Any] = {"align": "center", "bold": True, "font_size": 14}
        self._whole(paper.kind_title.upper(), **look)
        self._whole(paper.subject, **look)
        if len(paper.addressees) == 1:
            self._whole(f"{wording.ADDRESSEES} {paper.addressees[0]}", align="center", font_size=14)
        elif paper.addressees:
            self._whole(wording.ADDRESSEES, font_size=14, indent=6)
            for name in wording.listed(paper.addressees):
                self._whole(f"- {name}", font_size=14, indent=9)
        self.row += 1

    def _block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._whole(block.text, font_size=13, bold=True, indent=2, italic=block.level == 3)
        elif isinstance(block, Paragraph):
            text = f"{block.lead} {block.text}" if block.lead else block.text
            self._whole(text, font_size=13, align="justify", valign="top")
        elif isinstance(block, Bullets):
            for item in block.items:
                self._whole(f"- {item}", font_size=13, align="justify", valign="top")
        else:
            self._link(block)

    def _link(self, table: Table) -> None:
        self.tables += 1
        look = self.book.format(font_size=13, italic=True, indent=2, font_color="#000080", underline=1)
        self.sheet.write_url(
            self.row,
            0,
            f"internal:'{_sheet_name(self.tables)}'!A1",
            look,
            string=f"(Xem trang tính “{_sheet_name(self.tables)}”)",
            tip=table.caption[:255],
        )
        self.row += 1

    def _foot(self) -> None:
        paper = self.book.paper
        self.row += 1
        signing = [
            line
            for text in (paper.signing.form, paper.signing.position)
            for line in text.upper().split("\n")
            if line
        ]
        right = [*signing, "", "", "", paper.signing.name]
        left = [f"- {name}" for name in wording.listed(paper.recipients)]
        left = [wording.RECIPIENTS, *left] if left else []
        bold = {"align": "center", "bold": True, "font_size": 14}
        for index in range(max(len(left), len(right))):
            look = {"font_size": 11} if index else {"font_size": 12, "bold": True, "italic": True}
            self._pair(
                left[index] if index < len(left) else "",
                right[index] if index < len(right) else "",
                look,
                bold,
            )
        self.row += 1

    def _annexes(self) -> None:
        """Annexes are named here with what they say; their tables stand on sheets of their own."""
        paper = self.book.paper
        for index, annex in enumerate(paper.annexes):
            self._whole(
                f"{wording.annex_heading(paper, index)}. {annex.title.upper()}", bold=True, font_size=13
            )
            for block in wording.annex_body(paper, index):
                self._block(block)
            self.row += 1

    def _seal(self, seal: Seal) -> None:
        """The code by which the figures are verified; beside it its words and, to be copied, its text."""
        side = codes.SIDE / _MM_PER_INCH
        self.sheet.set_row(self.row, side * _POINTS_PER_INCH + 2 * _SEAL_MARGIN)
        picture = codes.pictured(seal.text)
        scale = side * _PIXELS_PER_INCH / codes.pixels(seal.text)
        place = {
            "image_data": BytesIO(picture),
            "x_scale": scale,
            "y_scale": scale,
            "x_offset": _SEAL_MARGIN,
            "y_offset": _SEAL_MARGIN,
            "object_position": 2,
            "description": seal.words,
        }
        self.sheet.insert_image(self.row, 0, "seal.png", place)
        self.book.text(self.sheet, self.row, 1, f"{seal.words}\n{seal.text}", font_size=9)
        self.row += 1


class _TableSheet:
    """One table: caption, origin, head that repeats in print and stays in view, rows, total, note."""

    def __init__(self, book: _Book, table: Table, annex: Annex | None, number: int) -> None:
        self.book = book
        self.table = table
        self.landscape = annex is not None and annex.landscape
        self.sheet = book.sheet(_sheet_name(number), landscape=self.landscape)
        self.last = len(table.columns) - 1
        self.top = 3
        self.widths = wording.column_widths(table.columns, _WIDTH_LANDSCAPE if self.landscape else _WIDTH)

    def write(self) -> None:
        sheet, table, book = self.sheet, self.table, self.book
        for index, width in enumerate(self.widths):
            sheet.set_column(index, index, width / _MM_PER_CHARACTER)
        sheet.set_header(f'&C&"{_FACE},Regular"&13&P')
        self._over(0, table.caption, bold=True, font_size=13, align="center")
        self._over(1, wording.NUMBER_GAP.join(wording.annex_origin(book.paper)), italic=True, align="center")
        head = wording.head_rows(table.columns)
        for cell in wording.head_cells(table.columns):
            row = self.top + cell.row
            area = (row, cell.column, row + cell.rows - 1, cell.column + cell.columns - 1)
            book.across(sheet, area, cell.text, bold=True, border=1, align="center")
        first = self.top + head
        sheet.repeat_rows(self.top, first - 1)
        sheet.freeze_panes(first, 0)
        row = first
        for item in table.rows:
            if isinstance(item, Band):
                book.across(sheet, (row, 0, row, self.last), item.text, bold=True, border=1)
            else:
                self._cells(row, item, {"border": 1})
            row += 1
        if table.total_row is not None:
            self._cells(row, table.total_row, {"border": 1, "bold": True})
            row += 1
        if table.note:
            self._over(row + 1, table.note, italic=True)

    def _over(self, row: int, text: str, **look: Any) -> None:
        lines = _lines(text, sum(self.widths) / _MM_PER_CHARACTER * 0.9)
        self.sheet.set_row(row, lines * _LINE)
        self.book.across(self.sheet, (row, 0, row, self.last), text, **look)

    def _cells(self, row: int, cells: tuple[Cell, ...], look: dict[str, Any]) -> None:
        for index, (cell, column) in enumerate(zip(cells, self.table.columns, strict=True)):
            self._cell(row, index, cell, column, {**look, "align": column.align})

    def _cell(self, row: int, index: int, cell: Cell, column: Column, look: dict[str, Any]) -> None:
        """Unknown is an empty cell here, so that sums and averages of the sheet stay right."""
        if isinstance(cell, date) and cell.year >= 1900:
            form = self.book.format(num_format="dd/mm/yyyy", **look)
            day = datetime(cell.year, cell.month, cell.day)
            self.sheet.write_datetime(row, index, day, form)
            return
        number = _number(cell)
        if number is None:
            text = "" if cell is None else wording.cell_text(cell, column)
            self.book.text(self.sheet, row, index, text, **look)
            return
        form = self.book.format(num_format=_number_format(cell, number, column), **look)
        self.sheet.write_number(row, index, number, form)


def _number(cell: Cell) -> Number | None:
    """The number of a cell, if it is one that a spreadsheet can hold exactly enough."""
    value = cell.value if isinstance(cell, Amount) else cell
    if value is None or isinstance(value, (str, date)) or not math.isfinite(value):
        return None
    return value if -_EXACT_LIMIT < value < _EXACT_LIMIT else None


def _number_format(cell: Cell, number: Number, column: Column) -> str:
    """Grouped digits, as many places as the other formats print, the words of an Amount around them."""
    own = cell.decimals if isinstance(cell, Amount) else None
    exponent = rounded(number, column.decimals if own is None else own).as_tuple().exponent
    places = -int(exponent)
    digits = "#,##0" + ("." + "0" * places if places else "")
    if isinstance(cell, Amount):
        before = f"{_quoted(cell.before + ' ')}" if cell.before else ""
        after = f"{_quoted(' ' + cell.after)}" if cell.after else ""
        return f"{before}{digits}{after}"
    return digits


def _quoted(words: str) -> str:
    return '"' + words.replace('"', "”").replace("\n", " ")[:60] + '"'


def _sheet_name(number: int) -> str:
    return f"Bảng {number}"


def _lines(text: str, characters: float) -> int:
    """About how many lines a text takes in a cell so many characters wide."""
    return sum(max(1, math.ceil(len(line) / characters)) for line in text.split("\n"))
