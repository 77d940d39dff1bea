"""Two forms as a province sends them to its communes: a workbook with a row for each of them, and a paper that still
holds the numbers of last time."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from making.sheets import MADE
from nhanlucso.papers.packing import steady

COMMUNES = (  # of 2025, as far as the example has them
    "Phường Lào Cai",
    "Xã Bảo Thắng",
    "Xã Gia Phú",
    "Xã Phong Hải",
    "Xã Tằng Loỏng",
    "Xã Xuân Quang",
)
HEADS = (
    "Số cán bộ, công chức, viên chức",
    "Số lượt người tham gia tập huấn",
    "Số người được tập huấn",
    "Tỷ lệ CBCCVC được phổ cập kỹ năng số cơ bản (%)",
    "Số tổ công nghệ số cộng đồng",
    "Tỷ lệ thôn, bản có tổ công nghệ số (%)",
    "Lượt người dân được hỗ trợ",
    "Số tin bài tuyên truyền",
)
LINES = (
    ("I", "Nhân lực", "", ""),
    ("1", "Tổng số cán bộ, công chức, viên chức", "người", ""),
    ("2", "Cán bộ kiêm nhiệm công nghệ thông tin", "người", ""),
    ("3", "Cán bộ chuyên trách công nghệ thông tin", "người", ""),
    ("II", "Bồi dưỡng, tập huấn", "", ""),
    ("4", "Số lớp đã mở", "lớp", 12),
    ("5", "Số lượt người tham gia tập huấn", "lượt", 1000),
    ("6", "Số người được tập huấn", "người", ""),
    ("7", "Tỷ lệ CBCCVC được phổ cập kỹ năng số cơ bản", "%", 0.9),
    ("III", "Tổ công nghệ số cộng đồng", "", ""),
    ("8", "Số tổ công nghệ số cộng đồng", "tổ", ""),
    ("9", "Số thành viên tổ công nghệ số", "người", ""),
)
PAPER = (
    "Thực hiện kế hoạch chuyển đổi số năm 2024, {office} báo cáo kết quả bồi dưỡng kỹ năng số như sau:",
    "1. Toàn địa bàn có ………… cán bộ, công chức, viên chức; 3 cán bộ kiêm nhiệm công nghệ thông tin.",
    "2. Trong kỳ đã tổ chức 2 lớp tập huấn với hơn 1.000 lượt người tham gia; tỷ lệ cán bộ được phổ cập kỹ năng số "
    "cơ bản đạt 90,5%.",
    "3. Đã thành lập 25 tổ công nghệ số cộng đồng với ……… thành viên tổ công nghệ số.",
)


def workbook_form(path: Path) -> None:
    """Sheet 1: a row for every commune below the row of the whole province; sheet 2: a row for every figure."""
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.set_properties({"title": "Biểu mẫu báo cáo kỹ năng số", "created": MADE})
        looks = _looks(book)
        _by_commune(book.add_worksheet("Biểu 01"), looks, COMMUNES)
        _by_figure(book.add_worksheet("Biểu 02"), looks)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(steady(out.getvalue()))


def _looks(book: xlsxwriter.Workbook) -> dict[str, Any]:
    plain = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
    cell = plain | {"border": 1}
    middle = {"align": "center", "text_wrap": True}
    return {
        "plain": book.add_format(plain),
        "office": book.add_format(plain | middle | {"bold": True}),
        "title": book.add_format(plain | middle | {"bold": True, "font_size": 14}),
        "note": book.add_format(plain | middle | {"italic": True}),
        "head": book.add_format(cell | middle | {"bold": True, "bg_color": "#E7EEF7"}),
        "mark": book.add_format(cell | middle | {"italic": True, "font_size": 10}),
        "name": book.add_format(cell),
        "group": book.add_format(cell | {"bold": True}),
        "count": book.add_format(cell | {"num_format": "#,##0", "align": "right"}),
        "total": book.add_format(cell | {"num_format": "#,##0", "align": "right", "bold": True}),
        "share": book.add_format(cell | {"num_format": "0.0", "align": "right"}),
        "percent": book.add_format(cell | {"num_format": "0.0%", "align": "right"}),
    }


def _heading(sheet: Any, looks: dict[str, Any], title: str, last: str) -> None:
    sheet.merge_range("A1:C1", "UBND TỈNH LÀO CAI", looks["office"])
    sheet.merge_range(f"D1:{last}1", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", looks["office"])
    sheet.merge_range(f"D2:{last}2", "Độc lập - Tự do - Hạnh phúc", looks["office"])
    sheet.merge_range(f"A4:{last}4", title, looks["title"])
    sheet.merge_range(f"A5:{last}5", "Kỳ báo cáo: …………………………", looks["note"])
    sheet.write("A6", "Đơn vị báo cáo: ………………………………", looks["plain"])
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _by_commune(sheet: Any, looks: dict[str, Any], communes: Sequence[str]) -> None:
    _heading(sheet, looks, "BIỂU 01: KẾT QUẢ BỒI DƯỠNG KỸ NĂNG SỐ THEO XÃ, PHƯỜNG", "K")
    sheet.merge_range("A8:A9", "STT", looks["head"])
    sheet.merge_range("B8:B9", "Tên xã, phường", looks["head"])
    sheet.merge_range("C8:F8", "Cán bộ và tập huấn", looks["head"])
    sheet.merge_range("G8:J8", "Cộng đồng", looks["head"])
    sheet.merge_range("K8:K9", "Ghi chú", looks["head"])
    for column, words in enumerate(HEADS, 2):
        sheet.write(8, column, words, looks["head"])
    for column in range(11):
        sheet.write(9, column, f"({column + 1})", looks["mark"])
    for row, name in enumerate(("Toàn tỉnh", *communes), 10):
        kind = "total" if row == 10 else "count"
        sheet.write(row, 0, "" if row == 10 else row - 10, looks["name"])
        sheet.write(row, 1, name, looks["group" if row == 10 else "name"])
        for column, words in enumerate(HEADS, 2):
            sheet.write_blank(row, column, None, looks["share" if "(%)" in words else kind])
        sheet.write_blank(row, 10, None, looks["name"])
    last = 12 + len(communes)
    sheet.write(last, 7, "……, ngày … tháng … năm …", looks["plain"])
    sheet.write(last + 1, 1, "NGƯỜI LẬP BIỂU", looks["office"])
    sheet.write(last + 1, 8, "THỦ TRƯỞNG ĐƠN VỊ", looks["office"])
    sheet.set_column("A:A", 6)
    sheet.set_column("B:B", 26)
    sheet.set_column("C:K", 14)
    sheet.set_row(8, 80)
    sheet.freeze_panes(10, 2)
    sheet.print_area(0, 0, last + 1, 10)
    sheet.repeat_rows(7, 9)


def _by_figure(sheet: Any, looks: dict[str, Any]) -> None:
    _heading(sheet, looks, "BIỂU 02: KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU", "H")
    heads = (
        "STT",
        "Nội dung",
        "Đơn vị tính",
        "Kế hoạch giao",
        "Trong kỳ",
        "Lũy kế từ đầu năm",
        "Cùng kỳ năm trước",
    )
    for column, words in enumerate((*heads, "So cùng kỳ")):
        sheet.write(7, column, words, looks["head"])
    for row, (number, words, unit, given) in enumerate(LINES, 8):
        is_group = not unit
        look = looks["percent" if unit == "%" else "count"]
        sheet.write(row, 0, number, looks["group" if is_group else "name"])
        sheet.write(row, 1, words, looks["group" if is_group else "name"])
        sheet.write(row, 2, unit, looks["name"])
        if is_group:
            for column in range(3, 8):
                sheet.write(row, column, "x", looks["mark"])
            continue
        sheet.write(row, 3, given, look)
        for column in (4, 5, 6):
            sheet.write_blank(row, column, None, look)
        line = row + 1
        sheet.write_formula(row, 7, f'=IF(N(G{line})=0,"",E{line}/G{line}-1)', looks["percent"], "")
    sheet.set_column("A:A", 6)
    sheet.set_column("B:B", 48)
    sheet.set_column("C:H", 14)
    sheet.set_row(7, 36)


def paper_form(path: Path) -> None:
    """A report of which the last one was sent again as a form: some places are lines of dots, others still hold
    numbers."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.footer.paragraphs[0].text = "Đơn vị báo cáo: ……………"
    table = document.add_table(rows=2, cols=2)
    table.autofit = True
    for (row, column), words in {
        (0, 0): "Cơ quan: ……………………",
        (0, 1): "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        (1, 0): "Số:     /BC-UBND",
        (1, 1): "Độc lập - Tự do - Hạnh phúc",
    }.items():
        _line(table.cell(row, column).paragraphs[0], words, bold=row == 0 or column == 1, size=12)
    title = document.add_paragraph()
    _line(title, "BÁO CÁO", bold=True)
    title.paragraph_format.space_before = Pt(18)
    _line(document.add_paragraph(), "Kết quả bồi dưỡng kỹ năng số 9 tháng năm 2024", bold=True)
    for words in PAPER:
        paragraph = document.add_paragraph(words.format(office="đơn vị"))
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Cm(1)
    held = document.add_table(rows=1, cols=3)
    held.style = "Table Grid"
    for cell, words in zip(held.rows[0].cells, ("Nội dung", "Trong kỳ", "Lũy kế từ đầu năm"), strict=True):
        _line(cell.paragraphs[0], words, bold=True, size=12)
    for words, last, so_far in (
        ("Số lượt người tham gia tập huấn", "1.037", "1.037"),
        ("Số tin bài tuyên truyền", "", ""),
    ):
        cells = held.add_row().cells
        for cell, text in zip(cells, (words, last, so_far), strict=True):
            cell.text = text
    out = BytesIO()
    document.save(out)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(steady(out.getvalue()))


def _line(paragraph: Any, words: str, *, bold: bool, size: int = 14) -> None:
    run = paragraph.add_run(words)
    run.bold, run.font.size = bold, Pt(size)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
