"""A list as a workbook: laid out by a library, its rows written straight into the sheet (rows.py).

A list may have a row for everybody in a province. The library lays out everything around the rows, and one row that
shows how each kind of cell looks; the real rows take the place of that row as they are read, in a quarter of the time
and without being held as cells. Every text is a text cell: none is a formula, none bears a mark that comes back as
data.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from io import BytesIO
from itertools import islice
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from nhanlucso.kernel.text import clean
from nhanlucso.papers.lists.paper import SIGNED_HOW, SIGNERS, ListPaper, printed
from nhanlucso.papers.lists.rows import CELL_LIMIT, row_chunks

SHEET = "Danh sách"
_FACE, _SIZE = "Times New Roman", 13
_WIDEST, _NARROWEST = 60, 6
_SHEET_WIDE = 84.0  # characters that fill upright paper; what is wider lies
_LEFT_SHARE = 0.42  # of the width, for the agency
_MEASURED = 2_000  # rows that the widths of columns are taken from
_LINE = 17.5  # points
_SCROLLED = 25  # rows from which on the head stays in view
_MM_PER_INCH = 25.4
_SAMPLE = re.compile(rb'<row r="(\d+)"[^>]*><c r="A\1" s="(\d+)" t="s"><v>\d+</v></c>.*?</row>')
_ROWS = re.compile(rb'<row r="(\d+)"')
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"')
_STYLE = re.compile(rb' s="(\d+)"')
_FIRST_PAGE_BARE = b'<headerFooter differentFirst="1">'  # of its number


def render_list(paper: ListPaper) -> bytes:
    """The list as an A4 workbook with the national heading, in the order of its rows."""
    return _Layout(paper).bytes()


class _Layout:
    """One workbook in the making: where its parts stand, and how wide."""

    def __init__(self, paper: ListPaper) -> None:
        self.paper = paper
        self.out = BytesIO()
        self.book = xlsxwriter.Workbook(
            self.out,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self.columns = max(1, len(paper.head))
        self.widths = _widths(paper, self.columns)
        self.split = _split(self.widths)
        self.sheet: Worksheet = self.book.add_worksheet(SHEET)
        self.row = 0

    def bytes(self) -> bytes:
        self._page()
        self._top()
        self._head()
        first = self.row
        self._sample(first)
        self.row = first + len(self.paper.rows)
        self._foot()
        self.book.close()
        return _with_rows(self.out.getvalue(), first, self.paper)

    # -- the page --------------------------------------------------------------------------------------------

    def _page(self) -> None:
        sheet, paper = self.sheet, self.paper
        self.book.set_properties({"title": clean(paper.title)[:255], "author": clean(paper.agency)[:255]})
        for column, width in enumerate(self.widths):
            sheet.set_column(column, column, width)
        sheet.set_paper(9)  # A4
        if sum(self.widths) > _SHEET_WIDE * 1.25:
            sheet.set_landscape()
        sheet.set_margins(
            left=30 / _MM_PER_INCH, right=15 / _MM_PER_INCH, top=20 / _MM_PER_INCH, bottom=20 / _MM_PER_INCH
        )
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f'&C&"{_FACE},Regular"&{_SIZE}&P')

    def _format(self, **look: object) -> Format:
        return self.book.add_format({"font_name": _FACE, "font_size": _SIZE, "valign": "vcenter", **look})

    def _across(self, first: int, last: int, text: str, **look: object) -> None:
        """A text over several columns. Merged cells do not grow by themselves."""
        form = self._format(text_wrap=True, align="center", **look)
        if last > first:
            self.sheet.merge_range(self.row, first, self.row, last, "", form)
        self.sheet.write_string(self.row, first, text[:CELL_LIMIT], form)

    def _height(self, *parts: tuple[str, float]) -> None:
        """The height for texts, each in so many characters of width."""
        lines = max(
            sum(max(1, math.ceil(len(line) / width)) for line in text.split("\n")) for text, width in parts
        )
        self.sheet.set_row(self.row, lines * _LINE)

    # -- above the table -------------------------------------------------------------------------------------

    def _top(self) -> None:
        last, wide = self.columns - 1, sum(self.widths)
        left_wide = sum(self.widths[: self.split])
        looks: list[tuple[dict[str, object], dict[str, object]]] = [
            ({"bold": not self.paper.agency_above}, {"bold": True}),
            ({"bold": True}, {"bold": True, "font_size": 14, "underline": 1}),
            ({}, {"italic": True}),
        ]
        for (left, right), (left_look, right_look) in zip(self.paper.heading, looks, strict=False):
            if self.split:
                self._across(0, self.split - 1, left, **left_look)
                self._across(self.split, last, right, **right_look)
                self._height((left, left_wide * 0.8), (right, (wide - left_wide) * 0.85))
            else:
                self._across(0, last, "\n".join(filter(None, (left, right))), **right_look)
                self._height((f"{left}\n{right}" if left else right, wide * 0.85))
            self.row += 1
        self.row += bool(self.paper.heading)
        for title in self.paper.titles:
            self._across(0, last, title, bold=True, font_size=14)
            self._height((title, wide * 0.8))
            self.row += 1
        if self.paper.note:
            self._across(0, last, self.paper.note, italic=True)
            self._height((self.paper.note, wide * 0.95))
            self.row += 1
        self.row += 1

    def _head(self) -> None:
        form = self._format(bold=True, border=1, align="center", text_wrap=True)
        for column, word in enumerate(self.paper.head):
            self.sheet.write_string(self.row, column, clean(word), form)
        top, last = self.row, self.row + len(self.paper.rows)
        self.sheet.repeat_rows(top)
        if self.paper.rows:
            self.sheet.autofilter(top, 0, last, self.columns - 1)
        if len(self.paper.rows) > _SCROLLED:
            self.sheet.freeze_panes(top + 1, 0)
        self.row += 1

    def _sample(self, row: int) -> None:
        """One row with a cell of every kind, in the order of `_Styles`; the real rows take its place."""
        look: dict[str, object] = {"border": 1, "text_wrap": True}
        kinds = (
            self._format(**look),
            self._format(**look, quote_prefix=True),
            self._format(**look, num_format="dd/mm/yyyy", align="center"),
            self._format(**look, align="right"),
            self._format(**look, align="center"),
        )
        self.sheet.write_string(row, 0, "", kinds[0])
        for column, kind in enumerate(kinds[1:], 1):
            self.sheet.write_blank(row, column, None, kind)

    # -- below the table -------------------------------------------------------------------------------------

    def _foot(self) -> None:
        if not self.paper.total:
            return
        last = self.columns - 1
        self._across(0, last, self.paper.total, italic=True)
        self.row += 2
        left, right = SIGNERS
        for pair, look in (((left, right), {"bold": True}), ((SIGNED_HOW, SIGNED_HOW), {"italic": True})):
            if self.split:
                self._across(0, self.split - 1, pair[0], **look)
                self._across(self.split, last, pair[1], **look)
                self._height((pair[0], sum(self.widths[: self.split]) * 0.8), (pair[1], 99))
            else:
                self._across(0, last, pair[1], **look)
            self.row += 1


# -- rows ----------------------------------------------------------------------------------------------------


def _with_rows(book: bytes, first: int, paper: ListPaper) -> bytes:
    """The workbook with the rows of the list where its sample row (0-based) stands."""
    out = BytesIO()
    with ZipFile(BytesIO(book)) as given, ZipFile(out, "w", ZIP_DEFLATED, compresslevel=4) as made:
        for part in given.infolist():
            data = given.read(part)
            if part.filename != "xl/worksheets/sheet1.xml":
                made.writestr(part, data, ZIP_DEFLATED)
                continue
            data = data.replace(b"<headerFooter>", _FIRST_PAGE_BARE)
            last = max(first + len(paper.rows), *(int(row) for row in _ROWS.findall(data)))
            whole = f'<dimension ref="A1:{xl_col_to_name(max(0, len(paper.head) - 1))}{last}"'
            data = _DIMENSION.sub(whole.encode(), data, count=1)
            sample = next(found for found in _SAMPLE.finditer(data) if int(found[1]) == first + 1)
            with made.open(part.filename, "w", force_zip64=True) as sheet:
                sheet.write(data[: sample.start()])
                for chunk in row_chunks(paper, first + 1, _STYLE.findall(sample[0])):
                    sheet.write(chunk)
                sheet.write(data[sample.end() :])
    return out.getvalue()


def _widths(paper: ListPaper, columns: int) -> list[float]:
    """Widths in characters: enough for most texts of a column, together at least what the heading needs."""
    longest = [max(map(len, clean(word).split()), default=1) + 1 for word in paper.head] or [1]
    lengths: list[list[int]] = [[] for _ in range(columns)]
    for row in islice(paper.rows, _MEASURED):
        for column, value in enumerate(row):
            lengths[column].append(len(printed(value)))
    wide = []
    for column in range(columns):
        usual = sorted(lengths[column])[int(len(lengths[column]) * 0.95)] if lengths[column] else 0
        wide.append(float(min(_WIDEST, max(_NARROWEST, longest[column], usual + 2))) * 1.12)
    lacking = _SHEET_WIDE - sum(wide)
    if lacking > 0 and paper.agency:
        room = [width if width > _NARROWEST * 1.2 else 0.0 for width in wide]
        shares = room if any(room) else wide
        wide = [width + lacking * part / sum(shares) for width, part in zip(wide, shares, strict=True)]
    return wide


def _split(widths: Sequence[float]) -> int:
    """How many columns stand under the agency, left of the motto; 0 where one column is all there is."""
    if len(widths) < 2:
        return 0
    whole = sum(widths)
    return min(range(1, len(widths)), key=lambda count: abs(sum(widths[:count]) / whole - _LEFT_SHARE))
