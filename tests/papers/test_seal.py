"""The code at the end of a paper: read by a machine from the page as it is printed, in the layout of the decree."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
import typst
import zxingcpp
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from nhanlucso.papers import excel, pdf, word
from nhanlucso.papers.paper import Paper, Seal
from tests.papers.pictures import grey

TEXT = "NHANLUCSO:1:02905:2024-9M:12:0123456789ABCDEF0123456789ABCDEF:FEDCBA9876543210"
SEAL = Seal(TEXT, "Xác minh số liệu: gói 0123 4567 89ab cdef, khóa fedc ba98 7654 3210.")


@pytest.fixture
def sealed(paper: Paper) -> Paper:
    return replace(paper, seal=SEAL)


def scanned(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What a reader finds on each page at 200 dpi."""
    compile = typst.compile

    def as_pictures(template: object, **options: object) -> object:
        kept = {name: value for name, value in options.items() if name not in ("pdf_standards", "timestamp")}
        return compile(template, **(kept | {"format": "png", "ppi": 200.0}))

    with monkeypatch.context() as patch:
        patch.setattr(pdf.typst, "compile", as_pictures)
        pages: list[bytes] | bytes = pdf.render_pdf(paper)
    found = pages if isinstance(pages, list) else [pages]
    return [[code.text for code in zxingcpp.read_barcodes(grey(page))] for page in found]


def test_the_code_on_the_last_page_is_read_at_200_dpi(
    sealed: Paper, fonts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for paper in (sealed, replace(sealed, annexes=())):
        *others, last = scanned(paper, monkeypatch)
        assert last == [TEXT]
        assert others and not any(others)


def test_the_words_stand_beside_it_and_the_signature_stays_with_it(sealed: Paper, fonts: None) -> None:
    made = PdfReader(BytesIO(pdf.render_pdf(replace(sealed, annexes=()))))
    last = " ".join(made.pages[-1].extract_text().split())
    assert SEAL.words in last and "Nơi nhận:" in last
    assert "pdfaid" in made.trailer["/Root"]["/Metadata"].get_data().decode()  # still archival


def test_the_document_bears_the_same_code(sealed: Paper) -> None:
    document = Document(BytesIO(word.render_docx(sealed)))
    (shape,) = document.inline_shapes
    assert shape.width.mm == pytest.approx(20, abs=0.1)
    assert shape._inline.docPr.get("descr") == SEAL.words
    picture = document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
    assert [code.text for code in zxingcpp.read_barcodes(grey(picture.blob))] == [TEXT]
    assert document.tables[-1].rows[0].cells[1].text == SEAL.words


def test_a_paper_without_proof_has_no_code(
    paper: Paper, fonts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not any(scanned(paper, monkeypatch))
    assert len(Document(BytesIO(word.render_docx(paper))).inline_shapes) == 0


def test_the_workbook_bears_the_same_code_with_its_text_to_be_copied(sealed: Paper) -> None:
    made = BytesIO(excel.render_xlsx(sealed))
    with ZipFile(made) as parts:
        picture = parts.read("xl/media/image1.png")
        row = int(re.findall(rb"<xdr:row>(\d+)</xdr:row>", parts.read("xl/drawings/drawing1.xml"))[0])
    assert [code.text for code in zxingcpp.read_barcodes(grey(picture))] == [TEXT]
    assert load_workbook(made).worksheets[0].cell(row + 1, 2).value == f"{SEAL.words}\n{TEXT}"
    with ZipFile(BytesIO(excel.render_xlsx(replace(sealed, seal=None)))) as parts:
        assert not [name for name in parts.namelist() if "media" in name]
