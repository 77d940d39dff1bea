"""Plain lists as spreadsheets."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from nhanlucso.papers.lists import render_list


def test_numbers_dates_and_texts_keep_their_kind() -> None:
    content = render_list(
        "Danh sách", ["Kỳ 2024"], ["STT", "Tên", "Ngày"], [[1, "Lù A Sì", date(2024, 9, 14)]]
    )
    rows = list(load_workbook(BytesIO(content)).active.iter_rows(values_only=True))
    assert rows[0][0] == "Danh sách"
    assert rows[1][0] == "Kỳ 2024"
    assert rows[3] == ("STT", "Tên", "Ngày")
    assert rows[4][:2] == (1, "Lù A Sì")
    assert rows[4][2].date() == date(2024, 9, 14)


@pytest.mark.parametrize(
    "text", ["=1+1", "+84 912", "-x", "@SUM(A1)", '=HYPERLINK("https://example.invalid")']
)
def test_no_text_is_a_formula(text: str) -> None:
    sheet = load_workbook(BytesIO(render_list(text, [], ["Tên"], [[text]]))).active
    cell = sheet["A4"] if sheet["A4"].value == text else sheet["A3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    assert sheet["A1"].data_type == "s"


def test_an_empty_list_has_its_head() -> None:
    sheet = load_workbook(BytesIO(render_list("Danh sách", [], ["STT", "Tên"], []))).active
    assert [cell.value for cell in sheet[3]] == ["STT", "Tên"]
