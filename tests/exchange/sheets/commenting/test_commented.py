"""The problems of a list as comments in its own file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import xlsxwriter
import xlwt
from docx import Document
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from nhanlucso.exchange.sheets.commenting import commented
from nhanlucso.exchange.sheets.commenting.notes import MOST_COMMENTS
from nhanlucso.exchange.sheets.opening import open_grids
from nhanlucso.exchange.sheets.problems import Problem
from nhanlucso.exchange.sheets.reading import read_sheet
from nhanlucso.kernel.errors import Refused

HEAD = ["STT", "Họ và tên", "Ngày sinh", "Điện thoại"]
ROWS = [[1, "Lù A Sì", "31/02/1985", "0912000111"], [2, "Giàng Thị Mỷ", None, "12"]]
BAD_DATE = Problem("DS", 4, "bad_date", {"value": "31/02/1985", "column": "Ngày sinh"}, 2)
TWICE = Problem("DS", 5, "row_twice", {"name": "Giàng Thị Mỷ", "read": 4})
WHOLE = Problem("DS", 0, "no_rows")


@pytest.fixture
def made() -> Iterator[list[Path]]:
    """Files to be thrown away."""
    paths: list[Path] = []
    yield paths
    for path in paths:
        path.unlink(missing_ok=True)


def workbook(path: Path, rows: Sequence[Sequence[Any]] = ROWS) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = "DS"
    for row in [["DANH SÁCH CÁN BỘ"], [], HEAD, *rows]:
        sheet.append(row)
    book.save(path)
    return path


def done(path: Path, made: list[Path], *problems: Problem, name: str = "") -> Any:
    out = commented(path, name or path.name, problems)
    made.append(out)
    return load_workbook(out)


def test_each_problem_stands_in_its_cell(tmp_path: Path, made: list[Path]) -> None:
    book = done(workbook(tmp_path / "a.xlsx"), made, BAD_DATE, TWICE, WHOLE)
    sheet = book["DS"]
    assert sheet["C4"].comment.text == BAD_DATE.message
    assert sheet["C4"].fill.fgColor.rgb == "FFFFF2CC"
    assert sheet["B5"].comment.text == TWICE.message  # no cell is known: that of the name
    assert sheet["A1"].comment.text == WHOLE.message  # the sheet: its first cell
    assert sheet["B4"].comment is None
    assert sheet["B4"].fill.fill_type is None


def test_a_last_sheet_lists_all(tmp_path: Path, made: list[Path]) -> None:
    book = done(workbook(tmp_path / "a.xlsx"), made, BAD_DATE, TWICE)
    assert book.sheetnames == ["DS", "Ghi chú"]
    rows = list(book["Ghi chú"].iter_rows(values_only=True))
    assert rows == [
        ("Trang tính", "Dòng", "Ô", "Cần xem"),
        ("DS", "4", "C4", BAD_DATE.message),
        ("DS", "5", "B5", TWICE.message),
    ]


def test_the_list_reads_as_before(tmp_path: Path, made: list[Path]) -> None:
    path = workbook(tmp_path / "a.xlsx")
    before = read_sheet(path)
    out = commented(path, path.name, before.problems)
    made.append(out)
    assert before.problems
    after = read_sheet(out)
    assert (after.rows, after.problems) == (before.rows, before.problems)


def test_an_empty_faulty_cell_is_marked_too(tmp_path: Path, made: list[Path]) -> None:
    book = done(
        workbook(tmp_path / "a.xlsx"), made, Problem("DS", 5, "bad_date", {"value": "", "column": ""}, 2)
    )
    cell = book["DS"]["C5"]
    assert (cell.value, cell.fill.fgColor.rgb, cell.comment is not None) == (None, "FFFFF2CC", True)


def test_two_problems_of_one_cell_stand_together(tmp_path: Path, made: list[Path]) -> None:
    book = done(
        workbook(tmp_path / "a.xlsx"),
        made,
        BAD_DATE,
        Problem("DS", 4, "month_only", {"value": "x", "read": "1985"}, 2),
    )
    assert len(book["DS"]["C4"].comment.text.split("\n")) == 2


def rich(path: Path) -> Path:
    """A workbook with much that is not cells."""
    book = Workbook()
    sheet = book.active
    sheet.title = "DS"
    for row in [["DANH SÁCH"], [], HEAD, *ROWS, ["", "=SUM(A4:A5)"]]:
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    sheet["C4"].font = Font(name=".VnTime", bold=True)
    sheet["B4"].comment = Comment("cũ", "An", height=10, width=10)
    sheet["C4"].comment = Comment("xem lại <ngày>", "An")
    sheet.conditional_formatting.add("A4:A9", CellIsRule(operator="greaterThan", formula=["1"]))
    rule = DataValidation(type="list", formula1='"Nam,Nữ"')
    rule.add("E4")
    sheet.add_data_validation(rule)
    sheet.row_dimensions[4].height = 40
    other = book.create_sheet("Ẩn")
    other.sheet_state = "hidden"
    other["A1"] = "giữ"
    book.create_sheet("Ghi chú")
    book.save(path)
    return path


def test_everything_else_stays_as_it_was(tmp_path: Path, made: list[Path]) -> None:
    path = rich(tmp_path / "a.xlsx")
    book = done(path, made, BAD_DATE, TWICE)
    sheet = book["DS"]
    assert sheet["B6"].value == "=SUM(A4:A5)"
    assert str(sheet.merged_cells) == "A1:D1"
    assert (sheet["C4"].font.name, sheet["C4"].font.bold) == (".VnTime", True)
    assert len(sheet.conditional_formatting) == 1
    assert sheet.data_validations.dataValidation[0].formula1 == '"Nam,Nữ"'
    assert sheet.row_dimensions[4].height == 40
    assert book["Ẩn"].sheet_state == "hidden"
    assert book.sheetnames == ["DS", "Ẩn", "Ghi chú", "Ghi chú (2)"]
    with ZipFile(path) as old, ZipFile(made[0]) as new:
        same = [
            name for name in old.namelist() if name in new.namelist() and old.read(name) == new.read(name)
        ]
    assert {"xl/worksheets/sheet2.xml", "xl/theme/theme1.xml", "docProps/core.xml"} <= set(same)


def test_comments_that_were_there_stay(tmp_path: Path, made: list[Path]) -> None:
    sheet = done(rich(tmp_path / "a.xlsx"), made, BAD_DATE, TWICE)["DS"]
    assert sheet["B4"].comment.text == "cũ"
    assert sheet["C4"].comment.text == f"xem lại <ngày>\n{BAD_DATE.message}"
    assert sheet["B5"].comment.text == TWICE.message


def test_pictures_stay(tmp_path: Path, made: list[Path]) -> None:
    path = tmp_path / "a.xlsx"
    picture = tmp_path / "p.png"
    picture.write_bytes(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6260606060000000"
            "050001a5f645400000000049454e44ae426082"
        )
    )
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("DS")
    for number, row in enumerate([["DANH SÁCH"], [], HEAD, *ROWS]):
        sheet.write_row(number, 0, row)
    sheet.insert_image("F2", str(picture))
    sheet.add_table("A8:B9")
    book.close()
    out = commented(path, path.name, [BAD_DATE])
    made.append(out)
    with ZipFile(out) as package:
        assert "xl/media/image1.png" in package.namelist()
        text = package.read("xl/worksheets/sheet1.xml").decode()
    assert text.index("<drawing ") < text.index("<legacyDrawing ") < text.index("<tableParts ")


def test_what_runs_on_opening_is_not_carried_on(tmp_path: Path, made: list[Path]) -> None:
    path = workbook(tmp_path / "a.xlsx", [[1, '=WEBSERVICE("https://example.invalid")', None, "12"], *ROWS])
    book = done(path, made, BAD_DATE)
    cells = [cell for row in book["DS"].iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert book["DS"]["C4"].comment is not None
    assert "định dạng, hình, công thức và macro không còn" in book["Ghi chú"]["A1"].value


@pytest.mark.parametrize(
    "part", ["xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/embeddings/oleObject1.bin"]
)
def test_macros_and_links_are_left_out(tmp_path: Path, made: list[Path], part: str) -> None:
    path = workbook(tmp_path / "a.xlsx")
    with ZipFile(path, "a") as package:
        package.writestr(part, b"x")
    out = commented(path, "a.xlsm", [BAD_DATE])
    made.append(out)
    with ZipFile(out) as package:
        assert part not in package.namelist()
    assert load_workbook(out)["DS"]["C4"].comment.text == BAD_DATE.message


def test_csv_becomes_a_workbook_of_the_same_cells(tmp_path: Path, made: list[Path]) -> None:
    path = tmp_path / "danh-sach.csv"
    path.write_text("Họ và tên;Ngày sinh;Điện thoại\n=1+1;31/02/1985;0912000111\n", "utf-8")
    sheet_name = next(iter(open_grids(path))).name
    book = done(
        path,
        made,
        Problem("tên khác", 2, "bad_date", {"value": "31/02/1985", "column": "x"}, 1),
        name="DS.csv",
    )
    sheet = book[sheet_name]
    assert [cell.value for cell in sheet[2]] == ["=1+1", "31/02/1985", "0912000111"]
    assert (sheet["A2"].data_type, sheet["A2"].quotePrefix) == ("s", True)
    assert sheet["B2"].comment is not None
    assert "«DS.csv»" in book["Ghi chú"]["A1"].value


def test_old_workbooks_and_word_too(tmp_path: Path, made: list[Path]) -> None:
    old = xlwt.Workbook()
    sheet = old.add_sheet("DS")
    for number, row in enumerate([["DANH SÁCH"], [], HEAD, *ROWS]):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value)
    sheet.write(5, 2, datetime(1990, 5, 6), xlwt.easyxf(num_format_str="dd/mm/yyyy"))
    old.save(str(tmp_path / "a.xls"))
    book = done(tmp_path / "a.xls", made, BAD_DATE)
    assert book["DS"]["C4"].comment.text == BAD_DATE.message
    assert book["DS"]["C6"].value == datetime(1990, 5, 6)
    document = Document()
    table = document.add_table(rows=0, cols=4)
    for row in [HEAD, *ROWS]:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = "" if value is None else str(value)
    document.save(str(tmp_path / "a.docx"))
    book = done(
        tmp_path / "a.docx",
        made,
        Problem("Table 1", 2, "bad_date", {"value": "31/02/1985", "column": "x"}, 2),
    )
    assert book["Table 1"]["C2"].comment is not None


def test_many_problems_are_bounded_and_told(tmp_path: Path, made: list[Path], monkeypatch: Any) -> None:
    monkeypatch.setattr("nhanlucso.exchange.sheets.commenting.notes.MOST_LISTED", MOST_COMMENTS + 10)
    rows = [[n, "Lù A Sì", "31/02/1985", ""] for n in range(MOST_COMMENTS + 20)]
    path = workbook(tmp_path / "a.xlsx", rows)
    problems = [
        Problem("DS", n + 4, "bad_date", {"value": "31/02/1985", "column": "Ngày sinh"}, 2)
        for n in range(len(rows))
    ]
    book = done(path, made, *problems)
    noted = [row[0] for row in book["DS"].iter_rows(min_col=3, max_col=3) if row[0].comment]
    assert len(noted) == MOST_COMMENTS
    assert book["Ghi chú"].cell(book["Ghi chú"].max_row, 4).value == "Và 10 chỗ nữa không ghi ở đây."


def test_a_file_that_cannot_be_read_leaves_nothing(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "made"))
    (tmp_path / "made").mkdir()
    path = workbook(tmp_path / "a.xlsx")
    shutil.copy(path, tmp_path / "b.xlsx")
    (tmp_path / "b.xlsx").write_bytes(path.read_bytes()[:2000])
    with pytest.raises(Refused) as refusal:
        commented(tmp_path / "b.xlsx", "b.xlsx", [BAD_DATE])
    assert refusal.value.code == "truncated"
    assert list((tmp_path / "made").iterdir()) == []


@pytest.mark.parametrize("name", ["xl/styles.xml", "xl/sharedStrings.xml"])
def test_names_with_a_prefix_are_understood(tmp_path: Path, made: list[Path], name: str) -> None:
    """Some programs write every element with a prefix."""
    path = workbook(tmp_path / "a.xlsx")
    changed = tmp_path / "p.xlsx"
    with ZipFile(path) as old, ZipFile(changed, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            if part in ("xl/styles.xml", "xl/worksheets/sheet1.xml"):
                text = (
                    data.decode()
                    .replace("</", "</x:")
                    .replace("<", "<x:")
                    .replace("<x:/x:", "</x:")
                    .replace("<x:?", "<?")
                )
                data = text.replace("xmlns=", "xmlns:x=").encode()
            new.writestr(part, data)
    book = done(changed, made, BAD_DATE)
    assert book["DS"]["C4"].fill.fgColor.rgb == "FFFFF2CC"
    assert book["DS"]["C4"].comment is not None
