"""The Word document, read back by python-docx."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from nhanlucso.papers.paper import Paper
from nhanlucso.papers.word import render_docx


@pytest.fixture(scope="module")
def document(paper: Paper) -> DocxDocument:
    return Document(BytesIO(render_docx(paper)))


def texts(document: DocxDocument) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def test_a4_with_the_margins_of_the_decree(document: DocxDocument) -> None:
    section = document.sections[0]
    measures = (
        section.page_width,
        section.page_height,
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
        section.right_margin,
    )
    for found, wanted in zip(measures, (210, 297, 20, 20, 30, 15), strict=True):
        assert found is not None
        assert abs(found - Mm(wanted)) < Mm(0.1)


def test_page_number_in_the_top_margin_but_not_on_page_one(document: DocxDocument) -> None:
    section = document.sections[0]
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == ""
    field = section.header.paragraphs[0]._p.find(qn("w:fldSimple"))
    assert field is not None and field.get(qn("w:instr")) == "PAGE"
    assert section.header.paragraphs[0].alignment is not None


def test_head_names_agency_nation_and_leaves_the_number_blank(document: DocxDocument) -> None:
    left, right = document.tables[0].rows[0].cells
    assert left.paragraphs[0].text == "ỦY BAN NHÂN DÂN\nHUYỆN BẢO THẮNG"
    assert [p.text for p in right.paragraphs][:2] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]
    assert right.paragraphs[0].runs[0].font.size == Pt(13)
    assert right.paragraphs[1].runs[0].font.size == Pt(14)
    assert all(paragraph.runs[0].bold for paragraph in right.paragraphs[:2])
    left, right = document.tables[0].rows[1].cells
    number = left.paragraphs[0].text
    assert number.startswith("Số:") and number.endswith("/BC-UBND")
    assert number.removeprefix("Số:").removesuffix("/BC-UBND").strip("\u00a0") == ""
    assert left.paragraphs[1].text == "DỰ THẢO"
    assert right.paragraphs[0].text == "Bảo Thắng, ngày … tháng 9 năm 2024"
    assert right.paragraphs[0].runs[0].italic


def test_times_new_roman_for_every_script_and_no_theme_face(document: DocxDocument) -> None:
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Caption"):
        fonts = document.styles[name].element.rPr.rFonts
        scripts = {qn(f"w:{script}"): "Times New Roman" for script in ("ascii", "hAnsi", "eastAsia", "cs")}
        assert dict(fonts.attrib) == scripts, name
    assert document.styles["Normal"].font.size == Pt(14)


def test_body_is_justified_numbered_and_closed(document: DocxDocument) -> None:
    body = texts(document)
    assert "I. KẾT QUẢ" in body and "II. ĐỀ XUẤT" in body
    assert "1. Tập huấn" in body and "2. Tổ công nghệ số cộng đồng" in body
    assert "Trên đây là báo cáo của Ủy ban nhân dân huyện./." in body
    lead = next(p for p in document.paragraphs if p.text.startswith("Toàn huyện:"))
    assert lead.runs[0].bold and not lead.runs[1].bold
    form = document.styles["Paper Body"].paragraph_format
    assert form.first_line_indent is not None and abs(form.first_line_indent - Mm(10)) < Mm(0.1)


def test_table_head_repeats_and_rows_stay_whole(document: DocxDocument) -> None:
    rows = document.tables[1]._tbl.findall(qn("w:tr"))
    assert len(rows) == 2 + 1 + 40 + 1
    heads = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
    assert heads == [True, True] + [False] * 42
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
    cells = document.tables[1].rows[3].cells
    assert [cell.text for cell in cells][2:] == ["1.037", "969", "93,4", "hơn 1.001", "14/09/2024"]
    total = [cell.text for cell in document.tables[1].rows[-1].cells]
    assert total == ["", "Tổng cộng", "41.480", "38.760", "93,4", "–", ""]


def test_grouped_columns_stand_under_one_head(document: DocxDocument) -> None:
    upper, lower = document.tables[1].rows[0].cells, document.tables[1].rows[1].cells
    assert upper[2].text == upper[3].text == "Cán bộ (người)"
    assert [lower[2].text, lower[3].text] == ["Tổng số", "Đã tập huấn"]
    assert upper[1].text == lower[1].text == "Cơ quan, đơn vị"


def test_recipients_and_signature(document: DocxDocument) -> None:
    left, right = document.tables[2].rows[0].cells
    assert [p.text for p in left.paragraphs] == ["Nơi nhận:", "- Như trên;", "- Lưu: VT, VHTT."]
    head = left.paragraphs[0].runs[0]
    assert (head.font.size, head.bold, head.italic) == (Pt(12), True, True)
    assert left.paragraphs[1].runs[0].font.size == Pt(11)
    signed = [p.text for p in right.paragraphs if p.text]
    assert signed == ["TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


def test_annex_lies_across_and_names_its_paper(document: DocxDocument) -> None:
    assert document.sections[1].orientation == WD_ORIENT.LANDSCAPE
    body = texts(document)
    assert "Phụ lục" in body and "DANH SÁCH LỚP" in body
    assert "Bảng 2. Kết quả tập huấn theo đơn vị" in body
    assert any(text.startswith("(Kèm theo Báo cáo số") for text in body)


def test_footer_note_on_every_page(document: DocxDocument) -> None:
    section = document.sections[0]
    for footer in (section.first_page_footer, section.footer):
        assert footer.paragraphs[0].text == "Bản dựng 20240915, định nghĩa chỉ số 1."


def test_the_least_paper(bare: Paper) -> None:
    document = Document(BytesIO(render_docx(bare)))
    assert "./." in texts(document)
    everything = "".join(node.text or "" for node in document.element.iter(qn("w:t")))
    assert "DỰ THẢO" not in everything and "Nơi nhận" not in everything and "Kính gửi" not in everything
    assert "ngày … tháng … năm …" in everything
