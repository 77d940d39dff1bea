"""Lists made for the tests, with their truth: people, layouts, and writers of every format."""

from __future__ import annotations

import csv
import random
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt

from nhanlucso.exchange.sheets.reading import SheetReading

Cell = Any
Merged = tuple[int, int, int, int]  # top, left, bottom, right; 0-based, both ends included

_FAMILY_NAMES = "Nguyễn Trần Lê Phạm Vũ Hoàng Lù Giàng Sùng Vàng Bàn Triệu Lý Nông Ma Đặng"
_MIDDLE_NAMES = "Văn Thị Đức Minh Thu Ngọc A Xuân Quốc Hữu"
_GIVEN_NAMES = "Anh Bình Cường Dũng Đạt Hòa Hằng Khánh Lan Mỷ Nga Oanh Phượng Quỳnh Súa Thuỷ Ước Vân Yến Páo"
TITLES = ("Chủ tịch UBND", "Công chức Địa chính", "Viên chức", "Chuyên viên", "Kế toán", "Phó Trưởng phòng")
UNITS = ("UBND xã Gia Phú", "UBND xã Phú Nhuận", "UBND thị trấn Phố Lu", "Phòng Tư pháp")


@dataclass(slots=True)
class Sheet:
    """Cells of one sheet from A1 on, merged blocks, and the font of all of them."""

    rows: list[list[Cell]]
    merges: list[Merged] = field(default_factory=list)
    name: str = "Sheet1"
    font: str = ""


def people(count: int, seed: int = 1) -> list[dict[str, str]]:
    """Invented people with everything that a list may say of them."""
    pick = random.Random(seed)
    families, middles, given = (names.split() for names in (_FAMILY_NAMES, _MIDDLE_NAMES, _GIVEN_NAMES))
    found = []
    for number in range(count):
        sex = pick.choice("mf")
        day, month, year = pick.randint(1, 28), pick.randint(1, 12), pick.randint(1965, 2001)
        found.append(
            {
                "full_name": f"{pick.choice(families)} {pick.choice(middles)} {pick.choice(given)}",
                "birth_date": f"{year}-{month:02d}-{day:02d}",
                "sex": sex,
                "title": pick.choice(TITLES),
                "unit": pick.choice(UNITS),
                "phone": f"09{pick.randint(10_000_000, 99_999_999)}",
                "national_id": f"0{pick.randint(10**10, 10**11 - 1)}",
                "email": f"nguoi{number}@example.vn",
            }
        )
    return found


def day_of(iso: str, shape: str = "{d:02d}/{m:02d}/{y}") -> str:
    year, month, day = map(int, iso.split("-"))
    return shape.format(d=day, m=month, y=year)


def save(path: Path, *sheets: Sheet) -> Path:
    """Writes the sheets in the format that the name of the file asks for."""
    _WRITERS[path.suffix](path, sheets)
    return path


def _xlsx(path: Path, sheets: Sequence[Sheet]) -> None:
    with xlsxwriter.Workbook(path) as book:
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            style = book.add_format({"font_name": sheet.font}) if sheet.font else None
            for top, left, bottom, right in sheet.merges:
                page.merge_range(top, left, bottom, right, "", style)
            for number, row in enumerate(sheet.rows):
                for column, value in enumerate(row):
                    if value not in ("", None):
                        page.write(number, column, value, style)


def _xls(path: Path, sheets: Sequence[Sheet]) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        style = xlwt.easyxf(f"font: name {sheet.font}") if sheet.font else xlwt.Style.default_style
        merged = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merges}
        for number, row in enumerate(sheet.rows):
            for column, value in enumerate(row):
                if (number, column) in merged:
                    bottom, right = merged[number, column]
                    page.write_merge(number, bottom, column, right, value, style)
                elif value not in ("", None):
                    page.write(number, column, value, style)
    book.save(str(path))


def _ods(path: Path, sheets: Sequence[Sheet]) -> None:
    save_ods(path, _ods_content("".join(map(_ods_table, sheets))))


def save_ods(path: Path, content: str, manifest: str = "<manifest/>") -> Path:
    """An ods of the given parts, well-formed or not."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", content)
    return path


def save_ods_rows(path: Path, rows: str) -> Path:
    """An ods of one table, its rows as XML."""
    return save_ods(path, _ods_content(f'<table:table table:name="S">{rows}</table:table>'))


def _ods_content(tables: str) -> str:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )


def _ods_table(sheet: Sheet) -> str:
    rows = "".join(map(ods_row, sheet.rows))
    return f'<table:table table:name="{escape(sheet.name)}">{rows}</table:table>'


def ods_row(row: Sequence[Cell]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(value: Cell) -> str:
    if value in ("", None):
        return "<table:table-cell/>"
    if isinstance(value, int | float):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p>'
            "</table:table-cell>"
        )
    text = escape(str(value))
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def _delimited(delimiter: str, encoding: str) -> Callable[[Path, Sequence[Sheet]], None]:
    def write(path: Path, sheets: Sequence[Sheet]) -> None:
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(sheets[0].rows)

    return write


_WRITERS: dict[str, Callable[[Path, Sequence[Sheet]], None]] = {
    ".xlsx": _xlsx,
    ".xls": _xls,
    ".ods": _ods,
    ".csv": _delimited(",", "utf-8-sig"),
    ".tsv": _delimited("\t", "utf-8"),
}


Read = Callable[..., SheetReading]
HEAD = ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị"]
LAN = ["Lê Thị Lan", "01/02/1980", "Chuyên viên", "Phòng Tư pháp"]


def names(reading: SheetReading) -> list[str | None]:
    return [row.full_name for row in reading.rows]


def codes(reading: SheetReading) -> list[tuple[int, str]]:
    return [(problem.row, problem.code) for problem in reading.problems]
