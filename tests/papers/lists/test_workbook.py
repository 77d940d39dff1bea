"""Lists as workbooks: the national heading, cells that are what they say, nothing that runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from nhanlucso.papers.lists import ListPaper, Value, render_list

HEAD = ("STT", "Họ và tên", "Ngày sinh", "Đơn vị")


def sheet_of(paper: ListPaper) -> Any:
    return load_workbook(BytesIO(render_list(paper))).active


def plain(head: Sequence[str], *rows: Sequence[Value], **more: Any) -> ListPaper:
    return ListPaper(title="Danh sách", head=head, rows=rows, **more)


def official(*rows: Sequence[Value]) -> ListPaper:
    return ListPaper(
        title="Danh sách mời: Lớp kỹ năng số",
        head=HEAD,
        rows=rows,
        notes=["Ngày 01/01/2024", "công chức"],
        agency="Ủy ban nhân dân xã Phú Nhuận",
        agency_above="Ủy ban nhân dân huyện Bảo Thắng",
        place="Phú Nhuận",
        day=date(2024, 1, 5),
        of_people=True,
    )


def test_the_heading_is_that_of_official_papers() -> None:
    sheet = sheet_of(official((1, "Lù A Sì", date(1990, 9, 14), "Xã Phú Nhuận")))
    assert sheet["A1"].value == "ỦY BAN NHÂN DÂN\nHUYỆN BẢO THẮNG"
    assert sheet["A2"].value == "ỦY BAN NHÂN DÂN\nXÃ PHÚ NHUẬN"
    right = next(area for area in sheet.merged_cells.ranges if area.min_row == 1 and area.min_col > 1)
    said = [sheet.cell(row, right.min_col) for row in (1, 2, 3)]
    assert [cell.value for cell in said] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Phú Nhuận, ngày 05 tháng 01 năm 2024",
    ]
    assert [cell.font.name for cell in said] == ["Times New Roman"] * 3
    assert [cell.font.size for cell in said] == [13, 14, 13]
    assert [sheet.cell(row, 1).value for row in (5, 6, 7)] == [
        "DANH SÁCH MỜI",
        "Lớp kỹ năng số",
        "(Ngày 01/01/2024; công chức)",
    ]
    assert [cell.value for cell in sheet[9]] == list(HEAD)


def test_below_people_stand_their_number_and_places_to_sign() -> None:
    sheet = sheet_of(official((1, "Lù A Sì", date(1990, 9, 14), "Xã Phú Nhuận")))
    below = [row[0].value for row in sheet.iter_rows(min_row=11)]
    assert below == ["Danh sách gồm 1 người.", None, "NGƯỜI LẬP DANH SÁCH", "(Ký, ghi rõ họ tên)"]


def test_numbers_dates_and_texts_keep_their_kind() -> None:
    sheet = sheet_of(
        plain(("STT", "Tên", "Ngày", "Điện thoại", "Điểm"), (1, "Lù A Sì", date(2024, 9, 14), "0912", 7.5))
    )
    cells = sheet[4]
    assert [cell.value for cell in cells][:2] == [1, "Lù A Sì"]
    assert (cells[2].value.date(), cells[2].number_format) == (date(2024, 9, 14), "dd/mm/yyyy")
    assert (cells[3].value, cells[3].data_type) == ("0912", "s")
    assert cells[4].value == 7.5


def test_a_day_that_no_spreadsheet_counts_right_is_text() -> None:
    sheet = sheet_of(plain(("Ngày",), (date(1899, 12, 1),), (date(1900, 3, 1),)))
    assert sheet["A4"].value == "01/12/1899"
    assert sheet["A5"].value.date() == date(1900, 3, 1)


def test_what_is_not_known_is_an_empty_cell() -> None:
    sheet = sheet_of(plain(("A", "B", "C"), (None, "", float("nan"))))
    assert [cell.value for cell in sheet[4]] == [None, None, None]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+84 912", "-x", "@SUM(A1)", '=HYPERLINK("https://example.invalid")', "<f>1</f>"],
)
def test_no_text_is_a_formula(text: str) -> None:
    content = render_list(ListPaper(title=text, head=["Tên", text], rows=[[text, "x"]]))
    cell = load_workbook(BytesIO(content)).active["A4"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", text[0] in "=+-@")
    with ZipFile(BytesIO(content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_a_text_like_an_escape_stays_as_it_is() -> None:
    content = render_list(plain(("Tên",), ("a_x0041_b",)))
    assert CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()[-1] == [
        "a_x0041_b"
    ]


def test_signs_that_no_file_can_hold_are_left_out() -> None:
    sheet = sheet_of(plain(("Tên",), ("a\x00b\ufffec\ud800 \n d",)))
    assert sheet["A4"].value == "abc d"


def test_an_empty_list_has_its_head_and_nobody_to_sign() -> None:
    sheet = sheet_of(official())
    assert [cell.value for cell in sheet[9]] == list(HEAD)
    assert sheet.max_row == 9


def test_somebody_of_whom_only_the_name_is_known_is_no_heading_of_a_group() -> None:
    sheet = sheet_of(official((1, "Bản Văn Sơn", "", None)))
    assert [cell.value for cell in sheet[10]][:3] == [1, "Bản Văn Sơn", "–"]


def test_a_unit_that_is_not_known_is_not_the_one_above() -> None:
    sheet = sheet_of(official((1, "Lù A Sì", "Công chức", "Xã An"), (2, "Bản Văn Sơn", "Công chức", "")))
    assert [sheet[f"D{row}"].value for row in (10, 11)] == ["Xã An", "–"]


def test_it_prints_on_a4_with_the_head_on_every_page_and_no_number_on_the_first() -> None:
    sheet = sheet_of(official(*([(1, "Lù A Sì", date(1990, 9, 14), "Xã Phú Nhuận")] * 40)))
    assert (
        sheet.page_setup.paperSize,
        sheet.page_setup.fitToHeight,
        sheet.sheet_properties.pageSetUpPr.fitToPage,
    ) == (9, 0, True)
    assert sheet.print_title_rows == "$9:$9"
    assert sheet.freeze_panes == "A10"
    assert sheet.auto_filter.ref == "A9:D49"
    assert sheet.HeaderFooter.differentFirst
    assert sheet.dimensions == "A1:D53"


def test_a_wide_list_lies() -> None:
    long = "chữ dài " * 8
    assert sheet_of(plain([f"Cột {n}" for n in range(6)], [long] * 6)).page_setup.orientation == "landscape"


@pytest.mark.parametrize("columns", [1, 2, 30])
def test_any_number_of_columns(columns: int) -> None:
    paper = ListPaper(
        title="Danh sách", head=[f"C{n}" for n in range(columns)], rows=[[n for n in range(columns)]] * 3,
        agency="Sở Tư pháp", day=date(2024, 1, 5),
    )  # fmt: skip
    sheet = sheet_of(paper)
    assert [cell.value for cell in sheet[9]] == list(range(columns))


def test_sixty_thousand_rows_are_whole() -> None:
    rows = [(number, f"Người {number % 7}", date(1990, 1, 1), "Xã An") for number in range(60_000)]
    sheet = load_workbook(BytesIO(render_list(plain(HEAD, *rows))), read_only=True).active
    found = list(sheet.iter_rows(min_row=4, values_only=True))
    assert len(found) == 60_000
    assert found[-1][:2] == (59_999, "Người 2")
