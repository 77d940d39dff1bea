"""Two spreadsheets with clean headings, to try the import page with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter

from making.bao_thang_years import UNRECORDED_DAYS
from making.dice import Dice
from making.people import Member

MADE = datetime(2024, 9, 16, 8, 0)  # written into the files, so that their bytes stay the same
SEXES = {"m": "Nam", "f": "Nữ"}
UNIT = "Xã Phú Nhuận"


def staff_sheet(path: Path, staff: Sequence[Member]) -> None:
    """The staff list of the commune, with the telephone numbers that the bundle leaves out."""
    heads = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Chức vụ", "Đơn vị", "Điện thoại"]
    rows = [
        [n, m.name, f"{m.birth:%d/%m/%Y}", SEXES[m.sex], m.title, UNIT, m.phone]
        for n, m in enumerate(staff, 1)
    ]
    write(path, "Danh sách", heads, rows, [6, 26, 13, 10, 52, 18, 14])


def attendance_sheet(path: Path, staff: Sequence[Member]) -> None:
    """Who came to the class that is not recorded yet: x present, P excused, K absent."""
    dice = Dice("sheets")
    heads = ["STT", "Họ và tên", "Đơn vị", *(f"{day:%d/%m/%Y}" for day in UNRECORDED_DAYS)]
    marks = {"x": 17, "P": 2, "K": 1}
    rows = [
        [n, m.name, UNIT, *(dice.weighted(marks) for _ in UNRECORDED_DAYS)] for n, m in enumerate(staff, 1)
    ]
    write(path, "Điểm danh", heads, rows, [6, 26, 18, 13, 13, 13])


def write(path: Path, title: str, heads: list[str], rows: list[list[object]], widths: list[int]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": title, "created": MADE})
        sheet = book.add_worksheet(title)
        bold = book.add_format({"bold": True, "border": 1, "text_wrap": True})
        plain = book.add_format({"border": 1})
        sheet.write_row(0, 0, heads, bold)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row, plain)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 2)
