"""The workbook, read back by openpyxl."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from io import BytesIO

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from nhanlucso.papers.excel import render_xlsx
from nhanlucso.papers.paper import Amount, Column, Paper, Table


@pytest.fixture(scope="module")
def book(paper: Paper) -> Workbook:
    return openpyxl.load_workbook(BytesIO(render_xlsx(paper)))


def test_one_sheet_of_text_and_one_per_table(book: Workbook) -> None:
    assert book.sheetnames == ["Báo cáo", "Bảng 1", "Bảng 2"]
    assert book["Bảng 2"].page_setup.orientation == "landscape"
    assert all(sheet.page_setup.paperSize == 9 for sheet in book.worksheets)


def test_text_sheet_reads_as_the_paper(book: Workbook) -> None:
    cells = [cell.value for row in book["Báo cáo"].iter_rows() for cell in row if cell.value]
    assert cells[:2] == [
        "ỦY BAN NHÂN DÂN\nHUYỆN BẢO THẮNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
    ]
    for text in (
        "DỰ THẢO",
        "BÁO CÁO",
        "I. KẾT QUẢ",
        "- 25 thôn có 25 tổ;",
        "(Xem trang tính “Bảng 1”)",
        "Trên đây là báo cáo của Ủy ban nhân dân huyện./.",
        "Nơi nhận:",
        "- Lưu: VT, VHTT.",
        "KT. CHỦ TỊCH",
        "Phụ lục. DANH SÁCH LỚP",
        "Bản dựng 20240915, định nghĩa chỉ số 1.",
    ):
        assert text in cells


def test_numbers_and_dates_are_real(book: Workbook) -> None:
    row = book["Bảng 1"][7]
    assert [cell.value for cell in row][2:] == [1037, 969, 93.44, 1001, datetime(2024, 9, 14)]
    assert [cell.number_format for cell in row][2:] == [
        "#,##0",
        "#,##0",
        "#,##0.0",
        '"hơn "#,##0',
        "dd/mm/yyyy",
    ]


def test_unknown_is_an_empty_cell_and_total_comes_last(book: Workbook) -> None:
    sheet = book["Bảng 1"]
    total = [cell.value for cell in sheet[6 + 40 + 1]]
    assert total == [None, "Tổng cộng", 41480, 38760, 93.44, None, None]


def test_head_repeats_in_print_and_stays_in_view(book: Workbook) -> None:
    sheet = book["Bảng 1"]
    assert sheet.print_title_rows == "$4:$5"
    assert sheet.freeze_panes == "A6"
    assert {str(area) for area in sheet.merged_cells.ranges} >= {"C4:D4", "A4:A5", "A6:G6"}


def test_times_new_roman_everywhere(book: Workbook) -> None:
    faces = {
        cell.font.name
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert faces == {"Times New Roman"}


@pytest.mark.parametrize(
    "text", ["=1+1", "+84912345678", "-2", "@SUM(A1)", '=HYPERLINK("http://x","y")', "http://x.example"]
)
def test_text_never_becomes_a_formula_or_a_link(bare: Paper, text: str) -> None:
    table = Table(text, (Column(text), Column("b", group=text)), ((text, 1),), (text, 2), text)
    book = openpyxl.load_workbook(BytesIO(render_xlsx(replace(bare, subject=text, blocks=(table,)))))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    assert not [c for c in cells if c.data_type == "f"]
    found = [c for c in book["Bảng 1"]["A"] if c.value == text]
    assert len(found) >= 3
    assert all(c.quotePrefix == (not text.startswith("http")) for c in found)
    assert all(c.hyperlink is None for c in found)


def test_what_a_spreadsheet_cannot_hold_exactly_is_text(bare: Paper) -> None:
    table = Table("a", (Column("n"),), ((2**60,), (float("nan"),), ("x" * 40_000,), (Amount(5, after='"%'),)))
    book = openpyxl.load_workbook(BytesIO(render_xlsx(replace(bare, blocks=(table,)))))
    values = [cell.value for cell in book["Bảng 1"]["A"]][4:]
    assert values == ["1.152.921.504.606.846.976", "–", "x" * 32_767, 5]
