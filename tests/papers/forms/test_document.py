"""Forms in Word: their blanks, and what filling them leaves as it came."""

from __future__ import annotations

from io import BytesIO

from docx import Document

from nhanlucso.papers.forms import fill_form, read_form
from tests.factories.forms import document_form


def test_blanks_are_lines_of_dots_and_empty_cells_beside_words() -> None:
    spots = read_form(document_form()).spots
    texts = [name for name in spots if name.startswith("p0.")]
    assert texts == ["p0.0", "p0.1", "p0.2", "p0.3"]
    assert [spot.beside[0] for name, spot in spots.items() if name.endswith(".e")] == [
        "Số người được tập huấn", "Số người được tập huấn",
        "Số tổ công nghệ số cộng đồng", "Số tổ công nghệ số cộng đồng",
    ]  # fmt: skip


def test_a_line_of_dots_knows_the_clause_around_it() -> None:
    spots = read_form(document_form()).spots
    assert spots["p0.1"].beside[:2] == ("báo cáo: đã có", "lượt người dự")
    assert spots["p0.2"].says_percent
    assert not spots["p0.3"].says_percent


def test_values_are_written_like_the_text_around_them() -> None:
    given = document_form()
    names = list(read_form(given).spots)
    cell = next(name for name in names if name.endswith(".e"))
    made = Document(
        BytesIO(fill_form(given, {"p0.0": "Xã Hòa", "p0.1": "1.037", "p0.2": "93,4", cell: "21"}, {}))
    )
    paragraph = made.paragraphs[0]
    assert paragraph.text == (
        "Đơn vị: Xã Hòa báo cáo: đã có 1.037 lượt người dự; "
        "tỷ lệ cán bộ có kỹ năng số cơ bản đạt 93,4 %, mở ........ lớp."
    )
    assert [run.bold for run in paragraph.runs if "1.037" in run.text] == [True]
    assert made.tables[0].cell(1, 1).text == "21"
    assert made.tables[0].cell(1, 2).text == ""
    assert made.tables[0].cell(2, 0).text == "Số tổ công nghệ số cộng đồng"


def test_merged_cells_keep_their_place() -> None:
    document = Document()
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Nội dung"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Thực hiện"
    table.cell(1, 1).text, table.cell(1, 2).text = "Trong kỳ", "Lũy kế"
    table.cell(2, 0).text = "Số lớp"
    out = BytesIO()
    document.save(out)
    layout = read_form(out.getvalue())
    assert [spot.above for spot in layout.spots.values()] == [
        ("Trong kỳ", "Thực hiện"),
        ("Lũy kế", "Thực hiện"),
    ]
    head = layout.blocks[-1].rows[0]
    assert [(cell.text, cell.across, cell.down) for cell in head] == [("Nội dung", 1, 2), ("Thực hiện", 2, 1)]
