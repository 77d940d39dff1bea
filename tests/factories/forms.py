"""Forms as superiors send them, made anew for each test."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter
from docx import Document

ROWS = (
    ("Tổng số cán bộ, công chức, viên chức", "người"),
    ("Số lượt người tham gia tập huấn", "lượt"),
    ("Số người được tập huấn", "người"),
    ("Tỷ lệ CBCCVC được phổ cập kỹ năng số cơ bản", "%"),
    ("Số tổ công nghệ số cộng đồng", "tổ"),
)


def workbook_form(year: int = 2024) -> bytes:
    """A table with a head of two rows, lines around its cells, a formula below, a picture-like comment, a title with
    a year and two lines of dots. Blanks D7:F11."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Biểu 01")
    lined, head = (
        book.add_format({"border": 1}),
        book.add_format({"border": 1, "bold": True, "text_wrap": True}),
    )
    share = book.add_format({"border": 1, "num_format": "0.0%"})
    sheet.merge_range("A1:F1", f"BIỂU 01: KẾT QUẢ NĂM {year}", head)
    sheet.write("A2", "Đơn vị báo cáo: ....................")
    sheet.write("A3", "Kỳ báo cáo: …………")
    for area, words in (
        ("A4:A5", "STT"),
        ("B4:B5", "Nội dung"),
        ("C4:C5", "Đơn vị tính"),
        ("D4:E4", "Thực hiện"),
    ):
        sheet.merge_range(area, words, head)
    sheet.merge_range("F4:F5", "Cùng kỳ năm trước", head)
    sheet.write("D5", "Trong kỳ", head)
    sheet.write("E5", "Lũy kế từ đầu năm", head)
    for column in range(6):
        sheet.write(5, column, f"({column + 1})", lined)
    for place, (words, unit) in enumerate(ROWS):
        row = 6 + place
        sheet.write_number(row, 0, place + 1, lined)
        sheet.write(row, 1, words, lined)
        sheet.write(row, 2, unit, lined)
        for column in (3, 4, 5):
            sheet.write_blank(row, column, None, share if unit == "%" else lined)
    sheet.write_formula("D13", "=SUM(D7:D11)", lined)
    sheet.write_comment("B7", "Ghi theo danh sách")
    sheet.set_landscape()
    book.close()
    return out.getvalue()


def document_form() -> bytes:
    """A sentence with four lines of dots, one in bold across two runs; a table with a column of results and one of
    notes."""
    document = Document()
    paragraph = document.add_paragraph("Đơn vị: ………………… báo cáo: đã có ")
    paragraph.add_run("....").bold = True
    paragraph.add_run("....").bold = True
    paragraph.add_run(" lượt người dự; tỷ lệ cán bộ có kỹ năng số cơ bản đạt ……. %, mở ........ lớp.")
    table = document.add_table(rows=3, cols=3)
    for column, words in enumerate(("Chỉ tiêu", "Kết quả", "Ghi chú")):
        table.cell(0, column).text = words
    for row, words in enumerate(("Số người được tập huấn", "Số tổ công nghệ số cộng đồng"), 1):
        table.cell(row, 0).text = words
    out = BytesIO()
    document.save(out)
    return out.getvalue()
