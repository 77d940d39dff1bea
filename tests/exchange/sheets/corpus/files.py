"""Writes pages in the formats of offices."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from html import escape
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt
from docx import Document

from tests.exchange.sheets.corpus.pages import Cell, Made, Page
from tests.exchange.sheets.legacy import to_tcvn3, to_viqr, to_vni, to_windows_1258
from tests.exchange.sheets.making import Sheet, save

_ENCODERS: dict[str, Callable[[str], str]] = {
    "tcvn3": to_tcvn3,
    "vni": to_vni,
    "windows-1258": to_windows_1258,
    "viqr": to_viqr,
}
_FONTS = {"tcvn3": ".VnTime", "vni": "VNI-Times"}


def write(made: Made, folder: Path) -> Path:
    """The list as a file."""
    path = folder / f"{made.name}{made.suffix}"
    _WRITERS[made.suffix](made, path)
    return path


def _cell(made: Made, value: Cell) -> Cell:
    return (
        _ENCODERS[made.encoding](value.replace("…", "..."))
        if made.encoding and isinstance(value, str)
        else value
    )


def _xlsx(made: Made, path: Path) -> None:
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        for page in made.pages:
            sheet = book.add_worksheet(page.name)
            name = page.font or _FONTS.get(made.encoding, "Times New Roman")
            style = book.add_format({"font_name": name})
            dated = book.add_format({"font_name": name, "num_format": "dd/mm/yyyy"})
            if page.hidden:
                sheet.hide()
            for merge in page.merges:
                sheet.merge_range(*merge, "", style)
            for (row, column), value in page.cells.items():
                sheet.write(row, column, _cell(made, value), dated if isinstance(value, date) else style)
        if made.pages[0].hidden:
            book.worksheets()[-1].activate()


def _xls(made: Made, path: Path) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    for page in made.pages:
        sheet = book.add_sheet(page.name, cell_overwrite_ok=True)
        sheet.visibility = int(page.hidden)
        name = page.font or _FONTS.get(made.encoding, "Times New Roman")
        style = xlwt.easyxf(f"font: name {name}")
        dated = xlwt.easyxf(f"font: name {name}", num_format_str="dd/mm/yyyy")
        for top, left, bottom, right in page.merges:
            sheet.write_merge(top, bottom, left, right, _cell(made, page.cells.get((top, left), "")), style)
        merged = {(top, left) for top, left, _, _ in page.merges}
        for (row, column), value in page.cells.items():
            if (row, column) not in merged:
                sheet.write(row, column, _cell(made, value), dated if isinstance(value, date) else style)
    book.save(str(path))


def _ods(made: Made, path: Path) -> None:
    pages = [Sheet(_texts(made, page), [], page.name) for page in made.pages if not page.hidden]
    save(path, *pages)


def _delimited(delimiter: str) -> Callable[[Made, Path], None]:
    def write_text(made: Made, path: Path) -> None:
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter).writerows(_texts(made, made.pages[0]))
        raw = made.encoding in ("tcvn3", "vni", "windows-1258")
        path.write_bytes(out.getvalue().encode("latin-1" if raw else "utf-8-sig"))

    return write_text


def _texts(made: Made, page: Page) -> list[list[Cell]]:
    """Dates as people see them."""
    shown = [
        [value.strftime("%d/%m/%Y") if isinstance(value, date | datetime) else value for value in row]
        for row in page.grid()
    ]
    return [[_cell(made, value) for value in row] for row in shown]


def _html(made: Made, path: Path) -> None:
    """A portal's «.xls»: one table of HTML for each page, merged cells as spans."""
    tables = "".join(_html_table(made, page) for page in made.pages if not page.hidden)
    path.write_text(f'<html><head><meta charset="utf-8"></head><body>{tables}</body></html>', "utf-8")


def _html_table(made: Made, page: Page) -> str:
    starts = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in page.merges}
    covered = {
        (row, column)
        for top, left, bottom, right in page.merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    lines = []
    for number, row in enumerate(_texts(made, page)):
        cells = []
        for column, value in enumerate(row):
            if (number, column) in covered:
                continue
            down, right = starts.get((number, column), (1, 1))
            spans = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{right}"' if right > 1 else "")
            cells.append(f"<td{spans}>{escape(str(value))}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table border=1>{''.join(lines)}</table>"


def _docx(made: Made, path: Path) -> None:
    document = Document()
    for page in made.pages:
        if not page.hidden:
            _docx_table(document, _texts(made, page), page)
            document.add_paragraph("Trang sau")
    document.save(str(path))


def _docx_table(document: Any, rows: list[list[Cell]], page: Page) -> None:
    table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
    cells = [row.cells for row in table.rows]
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value not in ("", None):
                cells[number][column].text = str(value)
    for top, left, bottom, right in page.merges:
        text = cells[top][left].text
        cells[top][left].merge(cells[bottom][right]).text = text


def _xml(made: Made, path: Path) -> None:
    """XML Spreadsheet 2003."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    sheets = "".join(
        f'<Worksheet ss:Name="{escape(page.name)}"><Table>{_xml_rows(made, page)}</Table></Worksheet>'
        for page in made.pages
        if not page.hidden
    )
    path.write_text(
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">{sheets}</Workbook>', "utf-8"
    )


def _xml_rows(made: Made, page: Page) -> str:
    starts = {(top, left): (bottom - top, right - left) for top, left, bottom, right in page.merges}
    lines = []
    for number, row in enumerate(_texts(made, page)):
        cells = []
        for column, value in enumerate(row):
            if value in ("", None):
                continue
            down, right = starts.get((number, column), (0, 0))
            spans = (f' ss:MergeAcross="{right}"' if right else "") + (
                f' ss:MergeDown="{down}"' if down else ""
            )
            kind = "Number" if isinstance(value, int | float) else "String"
            cells.append(
                f'<Cell ss:Index="{column + 1}"{spans}><Data ss:Type="{kind}">{escape(str(value))}</Data></Cell>'
            )
        lines.append(f'<Row ss:Index="{number + 1}">{"".join(cells)}</Row>')
    return "".join(lines)


_WRITERS: dict[str, Callable[[Made, Path], None]] = {
    ".xlsx": _xlsx,
    ".xls": _xls,
    ".ods": _ods,
    ".csv": _delimited(","),
    ".tsv": _delimited("\t"),
    ".html": _html,
    ".docx": _docx,
    ".xml": _xml,
}
