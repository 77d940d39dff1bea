"""Lists to print and as documents."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from docx import Document
from pypdf import PdfReader

from nhanlucso.papers.lists import ListPaper, document_list, print_list

PAPER = ListPaper(
    title="Danh sách mời: Lớp kỹ năng số",
    head=["STT", "Họ và tên", "Ngày sinh"],
    rows=[(1, "=Lù A Sì", date(1990, 9, 14)), (2, "Giàng Thị Mỷ", "1985")],
    notes=["công chức"],
    agency="Sở Tư pháp",
    place="Lào Cai",
    day=date(2024, 1, 5),
    of_people=True,
)


def test_the_print_has_heading_table_and_places_to_sign() -> None:
    text = PdfReader(BytesIO(print_list(PAPER))).pages[0].extract_text()
    for words in (
        "SỞ TƯ PHÁP",
        "Độc lập - Tự do - Hạnh phúc",
        "DANH SÁCH MỜI",
        "14/09/1990",
        "NGƯỜI LẬP DANH SÁCH",
    ):
        assert words in text


def test_a_print_without_agency_has_no_national_heading() -> None:
    text = (
        PdfReader(BytesIO(print_list(ListPaper(title="Nhật ký", head=["Việc"], rows=[["xem"]]))))
        .pages[0]
        .extract_text()
    )
    assert "NHẬT KÝ" in text
    assert "Độc lập" not in text


def test_the_document_has_the_table() -> None:
    document = Document(BytesIO(document_list(PAPER)))
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["1", "=Lù A Sì", "14/09/1990"]
    assert document.paragraphs[0].text == "DANH SÁCH MỜI"
