"""Old workbooks, .xls, by xlrd: slow, but damage in them ends in an exception, and it names the fonts of cells."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import xlrd
from xlrd.sheet import Cell, Sheet

from nhanlucso.exchange.sheets.encodings import font_encoding
from nhanlucso.exchange.sheets.grids import Grid, Merge, Value
from nhanlucso.exchange.sheets.packages import encrypted, truncated

_VISIBLE = 0


def xls_grids(path: Path) -> Iterator[Grid]:
    """The visible sheets of an xls. Raises Refused("encrypted", "truncated")."""
    try:
        with xlrd.open_workbook(
            path, logfile=io.StringIO(), formatting_info=True, ragged_rows=True, on_demand=True
        ) as book:
            names = [font.name for font in book.font_list]
            fonts = [
                names[xf.font_index] if font_encoding(names[xf.font_index]) else "" for xf in book.xf_list
            ]
            grids = [
                _grid(book.sheet_by_index(number), book.datemode, fonts)
                for number in range(book.nsheets)
                if book.sheet_by_index(number).visibility == _VISIBLE
            ]
    except Exception as problem:  # broken records make xlrd stumble in every possible way
        if "encrypted" in str(problem):
            raise encrypted() from None
        raise truncated() from problem
    yield from grids


def _grid(sheet: Sheet, datemode: int, fonts: list[str]) -> Grid:
    rows: list[list[Value]] = []
    legacy: dict[tuple[int, int], str] = {}
    for number in range(sheet.nrows):
        cells = sheet.row(number)
        rows.append([_value(cell, datemode) for cell in cells])
        for column, cell in enumerate(cells):
            if cell.ctype == xlrd.XL_CELL_TEXT and cell.xf_index is not None and fonts[cell.xf_index]:
                legacy[number, column] = fonts[cell.xf_index]
    merges = [
        Merge(top, left, below - 1, beyond - 1)
        for top, below, left, beyond in sheet.merged_cells
        if top < sheet.nrows
    ]
    return Grid(sheet.name, rows, merges, legacy)


def _value(cell: Cell, datemode: int) -> Value:
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            moment: datetime = xlrd.xldate_as_datetime(cell.value, datemode)
            return moment
        except (ValueError, OverflowError, xlrd.XLDateError):
            return float(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    return str(cell.value) if cell.ctype == xlrd.XL_CELL_TEXT else float(cell.value)
