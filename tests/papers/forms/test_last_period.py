"""Forms of last time: numbers that still stand there are spots too; formulas, days and what names things are not."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
from docx import Document

from nhanlucso.papers.forms import fill_form, read_form
from nhanlucso.papers.forms.places import places_of


def workbook() -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    lined, share = book.add_format({"border": 1}), book.add_format({"border": 1, "num_format": "0.00"})
    sheet = book.add_worksheet("Biểu 02")
    rich = [book.add_format({"bold": True}), "Có 1.037 lượt", " người, đạt 93,44 %"]
    sheet.write_rich_string("A1", *rich)
    for column, words in enumerate(("STT", "Nội dung", "Năm trước", "Trong kỳ", "Ngày chốt", "Cộng")):
        sheet.write(2, column, words, lined)
    day = book.add_format({"border": 1, "num_format": "dd/mm/yyyy"})
    sheet.write_row(3, 0, [1, "Số lớp", 12, "1.037"], lined)
    sheet.write_number("E4", 45000, day)
    sheet.write_formula("F4", "=SUM(C4:D4)", lined, 12)
    sheet.write_row(4, 0, [2, "Tỷ lệ", 90.5, 91.25], share)
    sheet.print_area("A1:F5")
    book.add_worksheet("Biểu 03").write("A1", "Kỳ: ......")
    book.close()
    return out.getvalue()


def test_numbers_of_cells_are_spots_and_formulas_days_and_their_ordinals_are_not() -> None:
    layout = read_form(workbook())
    assert set(layout.spots) == {"0!A1.n0", "0!A1.n1", "0!C4", "0!D4", "0!C5", "0!D5", "1!A1.0"}
    assert {"0!A4", "0!B4"} <= set(layout.others)
    assert not {"0!E4", "0!F4"} & set(layout.others)
    assert (layout.spots["0!D4"].holds, layout.spots["0!C5"].places) == ("1.037", 2)
    assert layout.spots["0!A1.n1"].says_percent


def test_a_number_is_written_over_that_of_last_time_and_parts_of_a_text_keep_their_looks() -> None:
    given = workbook()
    texts = {"0!A1.n0": "khoảng 2.000", "0!A1.n1": "95,1", "0!D4": "–", "1!A1.0": "quý I năm 2025"}
    book = openpyxl.load_workbook(
        BytesIO(fill_form(given, texts, {"0!C4": 15, "0!C5": 91.26})), rich_text=True
    )
    sheet = book["Biểu 02"]
    assert str(sheet["A1"].value) == "Có khoảng 2.000 lượt người, đạt 95,1 %"
    assert sheet["A1"].value[0].font.b
    assert [sheet[at].value for at in ("C4", "D4", "C5", "F4")] == [15, "–", 91.26, "=SUM(C4:D4)"]
    assert sheet.print_area == "'Biểu 02'!$A$1:$F$5"
    assert book["Biểu 03"]["A1"].value == "Kỳ: quý I năm 2025"


def test_the_form_of_next_time_has_the_same_shape_whatever_numbers_it_holds() -> None:
    given = workbook()
    assert read_form(fill_form(given, {"0!A1.n0": "7"}, {"0!C4": 15})).shape == read_form(given).shape


def test_any_cell_can_be_written_in_the_case_of_what_stood_there() -> None:
    given = workbook()
    made = openpyxl.load_workbook(BytesIO(fill_form(given, {"0!B3": "Xã Hòa", "0!A3": "Xã Hòa"}, {})))
    assert [made["Biểu 02"][at].value for at in ("A3", "B3")] == ["XÃ HÒA", "Xã Hòa"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("có 1.037 lượt người, gần 600 cán bộ", ["1.037", "gần 600"]),
        ("Biểu 01, Điều 5, QĐ 146/QĐ-TTg ngày 28/01/2022, quý 3, giai đoạn 2021-2025, COVID-19", []),
        ("1. Đã mở 12 lớp, đạt 93,4%, 2.024 và 2024 người", ["12", "93,4", "2.024", "2024"]),
        ("Kết quả 9 tháng năm 2024", ["9 tháng năm 2024"]),
        ("Lào Cai, ngày 14 tháng 9 năm 2024", ["ngày 14 tháng 9 năm 2024"]),
        ("thu (1) và (2); tổ 4, thôn 12; lúc 7:30", []),
    ],
)
def test_which_numbers_of_a_sentence_count_something(text: str, found: list[str]) -> None:
    assert [text[place.start : place.end] for place in places_of(text)] == found


def test_a_sentence_of_a_document_and_a_cell_that_hold_numbers() -> None:
    document = Document()
    paragraph = document.add_paragraph("Toàn xã có ")
    paragraph.add_run("1.0").bold = True
    paragraph.add_run("37").bold = True
    paragraph.add_run(" lượt người dự.")
    table = document.add_table(rows=2, cols=3)
    for at, words in {
        (0, 0): "STT",
        (0, 1): "Nội dung",
        (0, 2): "Kết quả",
        (1, 0): "1",
        (1, 1): "Số lớp",
    }.items():
        table.cell(*at).text = words
    table.cell(1, 2).text = "12"
    out = BytesIO()
    document.save(out)
    layout = read_form(out.getvalue())
    assert [(spot.holds, spot.kind) for spot in layout.spots.values()] == [
        ("1.037", "number"),
        ("12", "number"),
    ]
    sentence, cell = layout.spots
    made = Document(BytesIO(fill_form(out.getvalue(), {sentence: "hơn 2.000", cell: "15"}, {})))
    assert made.paragraphs[0].text == "Toàn xã có hơn 2.000 lượt người dự."
    assert [run.text for run in made.paragraphs[0].runs if run.bold] == ["hơn 2.000", ""]
    assert made.tables[0].cell(1, 2).text == "15"
