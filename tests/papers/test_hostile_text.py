"""Whatever people type, it is printed as text and nothing more."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from nhanlucso.papers.excel import render_xlsx
from nhanlucso.papers.paper import Annex, Band, Bullets, Column, Heading, Paper, Paragraph, Signing, Table
from nhanlucso.papers.pdf import render_pdf
from nhanlucso.papers.word import render_docx
from nhanlucso.papers.wording import printable

pytestmark = pytest.mark.usefixtures("fonts")

MARKUP = [
    '#panic("x")',
    '#read("/etc/hostname")',
    "*đậm* _nghiêng_ `mã` $x$ <nhãn> @nguồn",
    "= Đề mục // chú thích /* hết */",
    "</w:t></w:r><w:br/>&amp;<!-- -->]]>",
    '"]) \\ #{ } [ ] ~ -- ---',
]


def everywhere(paper: Paper, text: str) -> Paper:
    """The same text in every place that takes one."""
    table = Table(text, (Column(text), Column(text, group=text)), (Band(text), (text, text)), (text, 1), text)
    blocks = (Heading(1, text), Paragraph(text, lead=text), Bullets((text, text)), table, Paragraph(text))
    return replace(
        paper,
        agency=text,
        agency_above=text,
        place=text,
        symbol=text,
        kind_title=text,
        subject=text,
        addressees=(text, text),
        recipients=(text,),
        signing=Signing(text, text, text),
        blocks=blocks,
        annexes=(Annex(text, blocks),),
        footer_note=text,
    )


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_text(bare: Paper, text: str) -> None:
    paper = everywhere(bare, text)
    squeezed = "".join(text.split())
    pdf = "".join(page.extract_text() for page in PdfReader(BytesIO(render_pdf(paper))).pages)
    assert "".join(pdf.split()).count(squeezed) >= 12
    document = Document(BytesIO(render_docx(paper)))
    assert document.tables[1].rows[-2].cells[0].text == text
    book = openpyxl.load_workbook(BytesIO(render_xlsx(paper)))
    assert book["Bảng 1"]["A7"].value == text


def test_control_and_invisible_characters_are_dropped() -> None:
    dirty = "a\x00b\x0bc\u202ed\ud800e\ufffef\ue000 g\r\nh\ti\u200bj  k "
    assert printable(dirty) == "abcdef g\nh ij k"
    assert printable("Ho\u0300a") == "Hòa"
    assert printable("93,4\u00a0%") == "93,4\u00a0%"


def test_long_words_and_long_cells_stay_on_the_page(bare: Paper) -> None:
    word, cell = "Nguyễn" * 40, "Ủy ban nhân dân " * 700
    table = Table("t", (Column("a", width=20), Column("b")), ((word, cell), ("cuối", 1)))
    pages = PdfReader(BytesIO(render_pdf(replace(bare, blocks=(table,))))).pages
    texts = ["".join(page.extract_text().replace("\u200b", "").split()) for page in pages]
    assert word in texts[0]
    assert sum(text.count("dân") for text in texts) >= 700
    assert "cuối" in "".join(texts[-2:])


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "\x00", "x" * 3000, "Ủy ban " * 900, "a\nb", "😀 中文 العربية"]
)
def test_odd_texts_render(bare: Paper, text: str) -> None:
    paper = everywhere(bare, text)
    assert len(PdfReader(BytesIO(render_pdf(paper))).pages) >= 2
    assert Document(BytesIO(render_docx(paper))).tables
    assert openpyxl.load_workbook(BytesIO(render_xlsx(paper))).sheetnames[1:] == ["Bảng 1", "Bảng 2"]


@settings(max_examples=30)
@given(text=st.text(max_size=60))
def test_any_text_renders_and_reads_back(bare: Paper, text: str) -> None:
    paper = everywhere(bare, text)
    wanted = printable(text)
    assert render_pdf(paper).startswith(b"%PDF")
    document = Document(BytesIO(render_docx(paper)))
    assert document.tables[1].rows[-2].cells[0].text == wanted
    book = openpyxl.load_workbook(BytesIO(render_xlsx(paper)))
    assert (book["Bảng 1"]["A7"].value or "") == wanted
