"""Spots of a document outside its plain paragraphs: headers, footers, notes, text boxes, controls, form fields."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import parse_xml

from nhanlucso.kernel.errors import Refused
from nhanlucso.papers.forms import fill_form, read_form
from nhanlucso.papers.packing import packed, unpacked

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
BOX = "<w:txbxContent><w:p><w:r><w:t>Số tổ: ……</w:t></w:r></w:p></w:txbxContent>"
CONTROL = '<w:sdt><w:sdtPr><w:alias w:val="Tên đơn vị"/>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
RUN = '<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>Bấm để nhập</w:t></w:r>'
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {} </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{}</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
PARAGRAPHS = (
    f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback>"
    "</mc:AlternateContent></w:r><w:r><w:t>Số lớp: 12 lớp</w:t></w:r>",
    "<w:r><w:t xml:space='preserve'>Đơn vị: </w:t></w:r>" + CONTROL.format("<w:showingPlcHdr/>", RUN),
    "<w:r><w:t xml:space='preserve'>Có </w:t></w:r>" + FIELD.format("FORMTEXT", "\u2002\u2002\u2002")
    + "<w:r><w:t xml:space='preserve'> người. Trang </w:t></w:r>" + FIELD.format("PAGE", "3"),
    "<w:pPr><w:tabs><w:tab w:val='left' w:leader='dot' w:pos='5000'/></w:tabs></w:pPr>"
    "<w:r><w:t>Số hội nghị:</w:t><w:tab/></w:r>",
)  # fmt: skip
HEADS = "".join(f"<w:tc><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>" for words in ("Nội dung", "Kết quả"))
ROWS = (
    "<w:tbl>"
    + CONTROL.format("", f"<w:tr>{HEADS}</w:tr>")
    + "<w:tr><w:tc><w:p><w:r><w:t>Số lớp</w:t></w:r></w:p></w:tc>"
    + CONTROL.format("<w:showingPlcHdr/>", f"<w:tc><w:p>{RUN}</w:p></w:tc>")
    + "</w:tr></w:tbl>"
)


@pytest.fixture(scope="module")
def form() -> bytes:
    document = Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "UBND XÃ ……"
    section.footer.paragraphs[0].text = "Kỳ: năm 2024"
    body = document.element.body
    for inner in reversed(PARAGRAPHS):
        body.insert(0, parse_xml(f"<w:p {NAMESPACES}>{inner}</w:p>"))
    body.insert(len(PARAGRAPHS), parse_xml(ROWS.replace("<w:tbl>", f"<w:tbl {NAMESPACES}>", 1)))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_every_place_is_found_once(form: bytes) -> None:
    spots = read_form(form).spots
    assert list(spots) == [
        "p0.n0", "p1.0", "p3.c0", "p4.c0", "p5.0", "p9.c0", "footer1/p0.k0", "header1/p0.0",
    ]  # fmt: skip
    assert [spots[name].where for name in ("p1.0", "header1/p0.0")] == ["Khung chữ", "Đầu trang"]
    assert spots["p3.c0"].before == "Tên đơn vị"
    assert spots["p9.c0"].above == ("Kết quả",)


def test_all_are_filled_and_nothing_else_changes(form: bytes) -> None:
    values = {
        "p0.n0": "15", "p1.0": "25", "p3.c0": "Xã Hòa", "p4.c0": "21", "p5.0": "3", "p9.c0": "15",
        "header1/p0.0": "Hòa", "footer1/p0.k0": "quý I năm 2025",
    }  # fmt: skip
    made = fill_form(form, values, {})
    body = Document(BytesIO(made)).element.body
    words = ["".join(t.text or "" for t in one.iter("{*}t")) for one in body.iter("{*}p")]
    assert words[1:7] == [
        "Số tổ: 25",
        "Số tổ: 25",
        "Đơn vị: Xã Hòa",
        "Có 21 người. Trang 3",
        "Số hội nghị:3",
        "Nội dung",
    ]
    assert words[9] == "15"
    document = Document(BytesIO(made))
    assert document.sections[0].header.paragraphs[0].text == "UBND XÃ Hòa"
    assert document.sections[0].footer.paragraphs[0].text == "Kỳ: quý I năm 2025"
    written = unpacked(made)["word/document.xml"]
    assert b"showingPlcHdr" not in written
    assert b"PlaceholderText" not in written


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("word/document.xml", b"FORMTEXT", b"DDEAUTO cmd"),
        (
            "word/_rels/document.xml.rels",
            b"</Relationships>",
            b'<Relationship Id="x" TargetMode="External" Target="https://a.example/t.dotm" '
            b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/></Relationships>',
        ),
    ],
)
def test_a_file_that_fetches_something_by_being_opened_is_refused(
    form: bytes, part: str, old: bytes, new: bytes
) -> None:
    parts = unpacked(form)
    assert old in parts[part]
    with pytest.raises(Refused) as refusal:
        read_form(packed(parts | {part: parts[part].replace(old, new)}))
    assert refusal.value.code == "form_runs"


def test_all_parts_stay(form: bytes) -> None:
    made = zipfile.ZipFile(BytesIO(fill_form(form, {"p0.n0": "15"}, {})))
    given = zipfile.ZipFile(BytesIO(form))
    changed = [name for name in given.namelist() if made.read(name) != given.read(name)]
    assert made.namelist() == given.namelist()
    assert changed == ["word/document.xml"]
