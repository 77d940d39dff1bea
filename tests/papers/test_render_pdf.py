"""The PDF, read back by pypdf."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from nhanlucso.papers.fonts import FontsMissing
from nhanlucso.papers.paper import Heading, Paper, Paragraph
from nhanlucso.papers.pdf import render_pdf

pytestmark = pytest.mark.usefixtures("fonts")


@pytest.fixture(scope="module")
def pdf(paper: Paper, fonts: None) -> PdfReader:
    return PdfReader(BytesIO(render_pdf(paper)))


def tags(node: Any) -> Iterator[str]:
    """The names of all structure elements below a node, in order."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from tags(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"])
        if "/K" in node:
            yield from tags(node["/K"])


def in_margin(page: PageObject, above: float) -> list[str]:
    """The texts that stand higher than `above`, in points from the lower edge."""
    found: list[str] = []

    def visit(text: str, outer: list[float], inner: list[float], *_: object) -> None:
        if text.strip() and inner[5] * outer[3] + outer[5] > above:
            found.append(text)

    page.extract_text(visitor_text=visit)
    return found


def words(text: str) -> str:
    return " ".join(text.split())


def test_a4_pages_and_a_landscape_annex(pdf: PdfReader) -> None:
    sizes = [(round(float(p.mediabox.width)), round(float(p.mediabox.height))) for p in pdf.pages]
    assert sizes[:-1] == [(595, 842)] * (len(sizes) - 1)
    assert sizes[-1] == (842, 595)


def test_tinos_is_embedded_and_nothing_else(pdf: PdfReader) -> None:
    names = set()
    for page in pdf.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
            names.add(re.sub(r"^/[A-Z]{6}\+", "", font.get_object()["/BaseFont"]))
    assert names == {"Tinos-Regular", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"}


def test_text_comes_out_with_its_marks(pdf: PdfReader) -> None:
    first = words(pdf.pages[0].extract_text())
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc" in first
    assert "ỦY BAN NHÂN DÂN HUYỆN BẢO THẮNG" in first
    assert re.search(r"Số: */BC-UBND", first)
    assert "Bảo Thắng, ngày … tháng 9 năm 2024" in first
    assert "tỷ lệ cán bộ được phổ cập kỹ năng số cơ bản đạt trên 90 %." in first
    everything = words(" ".join(page.extract_text() for page in pdf.pages))
    assert "1.037 969 93,4 hơn 1.001 14/09/2024" in everything
    assert "huyện./." in everything
    assert "Nơi nhận:" in everything and "KT. CHỦ TỊCH" in everything


def test_table_head_stands_on_every_page_of_the_table(pdf: PdfReader) -> None:
    with_rows = [text for page in pdf.pages if "Trung tâm Giáo" in (text := words(page.extract_text()))]
    assert len(with_rows) >= 3
    assert all("Cơ quan, đơn vị" in text for text in with_rows)


def test_page_number_from_page_two(pdf: PdfReader) -> None:
    found = []
    for page in pdf.pages:
        above = float(page.mediabox.height) - 56  # points; below begins the text
        found.append("".join(in_margin(page, above)).strip())
    assert found == ["", *map(str, range(2, len(found) + 1))]


def test_tagged_titled_and_archival(pdf: PdfReader) -> None:
    root: Any = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "vi-VN"
    found = list(tags(root["/StructTreeRoot"]["/K"]))
    assert {"/Title", "/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TR", "/TH", "/TD"} <= set(found)
    assert found.count("/Table") == 2  # the grids that only place things are none
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Báo cáo Kết quả bồi dưỡng kỹ năng số 9 tháng năm 2024"
    labels = pdf.trailer["/Root"]["/Metadata"].get_object().get_data().decode()  # type: ignore[index]
    assert "<pdfaid:part>2</pdfaid:part>" in labels and "<pdfuaid:part>1</pdfuaid:part>" in labels


def test_same_paper_same_bytes(paper: Paper) -> None:
    assert render_pdf(paper) == render_pdf(paper)


@pytest.mark.parametrize(
    "block", [Paragraph("Chữ 中 không có trong phông."), Heading(3, "Mục bắt đầu ở cấp ba")]
)
def test_what_the_archival_standard_forbids_is_printed_without_its_label(
    bare: Paper, block: Paragraph | Heading
) -> None:
    pdf = PdfReader(BytesIO(render_pdf(replace(bare, blocks=(block,)))))
    root: Any = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "pdfaid:part" not in root["/Metadata"].get_object().get_data().decode()


def test_the_least_paper(bare: Paper) -> None:
    pdf = PdfReader(BytesIO(render_pdf(bare)))
    text = words(pdf.pages[0].extract_text())
    assert len(pdf.pages) == 1
    assert "./." in text and "DỰ THẢO" not in text and "Nơi nhận" not in text


def test_missing_fonts_say_how_to_get_them(
    bare: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NHANLUCSO_FONTS", str(tmp_path))
    with pytest.raises(FontsMissing, match=r"python -m nhanlucso\.papers\.fonts"):
        render_pdf(bare)
