"""Forms in Excel: their blanks, and what filling them leaves as it came."""

from __future__ import annotations

import zipfile
from io import BytesIO

import openpyxl
import pytest

from nhanlucso.kernel.errors import Refused
from nhanlucso.papers.forms import fill_form, read_form
from tests.factories.forms import ROWS, workbook_form


def test_blanks_are_the_lined_empty_cells_and_the_lines_of_dots() -> None:
    found = set(read_form(workbook_form()).spots)
    cells = {f"0!{column}{row}" for column in "DEF" for row in range(7, 7 + len(ROWS))}
    assert found == cells | {"0!A1.k0", "0!A2.0", "0!A3.0"}


def test_a_blank_knows_the_words_beside_and_above_it() -> None:
    spot = read_form(workbook_form()).spots["0!E8"]
    assert spot.beside == ("lượt", "Số lượt người tham gia tập huấn")
    assert spot.above[:2] == ("Lũy kế từ đầu năm", "Thực hiện")
    assert spot.where == "Biểu 01, ô E8"


def test_numbers_and_words_are_written_and_the_rest_stays() -> None:
    given = workbook_form()
    made = fill_form(given, {"0!A2.0": "Xã Hòa", "0!D8": "hơn 30"}, {"0!D7": 21, "0!D10": 93.4})
    book = openpyxl.load_workbook(BytesIO(made))
    sheet = book["Biểu 01"]
    assert [sheet[at].value for at in ("A2", "D7", "D8", "E7")] == [
        "Đơn vị báo cáo: Xã Hòa",
        21,
        "hơn 30",
        None,
    ]
    assert sheet["D10"].value == pytest.approx(0.934)
    assert sheet["D10"].number_format == "0.0%"
    assert sheet["D13"].value == "=SUM(D7:D11)"
    assert sheet["B7"].comment.text.endswith("Ghi theo danh sách")
    assert sheet.page_setup.orientation == "landscape"
    assert {str(area) for area in sheet.merged_cells.ranges} >= {"A1:F1", "D4:E4", "F4:F5"}
    assert _parts(given).keys() == _parts(made).keys()
    same = {name for name, body in _parts(made).items() if _parts(given)[name] == body}
    assert _parts(made).keys() - same == {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}


def test_formulas_are_counted_when_the_file_is_opened() -> None:
    made = _parts(fill_form(workbook_form(), {}, {"0!D7": 21}))
    assert b'fullCalcOnLoad="1"' in made["xl/workbook.xml"]


def test_the_same_values_give_the_same_bytes() -> None:
    assert fill_form(workbook_form(), {}, {"0!D7": 21}) == fill_form(workbook_form(), {}, {"0!D7": 21})


def test_a_form_of_another_year_has_the_same_shape_and_another_form_has_not() -> None:
    shape = read_form(workbook_form(2024)).shape
    assert read_form(workbook_form(2025)).shape == shape
    other = openpyxl.Workbook()
    other.active["A1"] = "Biểu khác: ……"
    out = BytesIO()
    other.save(out)
    assert read_form(out.getvalue()).shape != shape


def test_hidden_sheets_have_no_blanks() -> None:
    book = openpyxl.load_workbook(BytesIO(workbook_form()))
    book.create_sheet("Ẩn")["A1"] = "Tên: ......"
    book["Ẩn"].sheet_state = "hidden"
    out = BytesIO()
    book.save(out)
    assert all(name.startswith("0!") for name in read_form(out.getvalue()).spots)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda body: b"no zip at all", "not_a_form"),
        (lambda body: body[: len(body) // 2], "not_a_form"),
        (lambda body: _with(body, "xl/vbaProject.bin", b"x"), "form_runs"),
        (lambda body: _with(body, "xl/bomb.xml", b" " * (41 << 20)), "form_too_large"),
        (
            lambda body: _with(body, "xl/worksheets/sheet1.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"),
            "not_a_form",
        ),
        (lambda body: _with(body, "xl/workbook.xml", b"<broken"), "not_a_form"),
    ],
)
def test_what_is_no_form_is_refused(change: object, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_form(change(workbook_form()))  # type: ignore[operator]
    assert refusal.value.code == code


def _parts(body: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(body)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _with(body: bytes, name: str, part: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for key, value in {**_parts(body), name: part}.items():
            package.writestr(key, value)
    return out.getvalue()
