"""What a person says of columns goes before what the headings seem to say; the shape of a list is remembered by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhanlucso.exchange.sheets.reading import TablePlace, read_sheet
from nhanlucso.kernel.errors import Refused
from tests.exchange.sheets.making import HEAD, LAN, Sheet, save

ODD = ["STT", "Họ và tên", "Mốc", "Nơi đang ở", "Dân tộc"]
ROWS = [ODD, [1, "Lê Thị Lan", "1980", "UBND xã Gia Phú", "Kinh"]]


def test_columns_not_understood_are_listed(tmp_path: Path) -> None:
    reading = read_sheet(save(tmp_path / "a.xlsx", Sheet(ROWS)))
    assert reading.columns == (
        ("Sheet1", "STT", "serial"),
        ("Sheet1", "Họ và tên", "full_name"),
        ("Sheet1", "Mốc", ""),
        ("Sheet1", "Nơi đang ở", ""),
    )
    assert reading.tables == (TablePlace("Sheet1", 1, 2, 2),)


def test_a_correction_gives_a_column_its_meaning(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", Sheet(ROWS))
    reading = read_sheet(path, corrections={"Mốc": "birth_date", "Nơi đang ở": "unit", "Dân tộc": "title"})
    assert (reading.rows[0].birth_date, reading.rows[0].unit) == ("1980", "UBND xã Gia Phú")
    assert reading.rows[0].title is None  # what is sensitive stays unread
    assert [column.header for column in reading.dropped_columns] == ["Dân tộc"]


def test_a_correction_may_leave_a_column_out(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", Sheet([HEAD, [1, *LAN]]))
    reading = read_sheet(path, corrections={"Chức vụ": ""})
    assert "title" not in reading.rows[0].as_json()
    assert ("Sheet1", "Chức vụ", "") in reading.columns


def test_an_unknown_field_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", Sheet([HEAD, [1, *LAN]]))
    with pytest.raises(Refused) as refused:
        read_sheet(path, corrections={"Chức vụ": "job"})
    assert refused.value.code == "bad_field"


def test_the_shape_is_of_the_headings_alone(tmp_path: Path) -> None:
    one = read_sheet(save(tmp_path / "a.xlsx", Sheet([HEAD, [1, *LAN]])))
    again = read_sheet(save(tmp_path / "b.xlsx", Sheet([["UBND XÃ"], [], HEAD, [1, "Lù A Sì"]], name="Tờ 1")))
    other = read_sheet(save(tmp_path / "c.xlsx", Sheet([HEAD[:-1], [1, *LAN[:-1]]])))
    assert one.shape == again.shape != other.shape


def test_a_faulty_cell_is_told_with_its_column(tmp_path: Path) -> None:
    reading = read_sheet(save(tmp_path / "a.xlsx", Sheet([HEAD, [1, "Lê Thị Lan", "31/02/1980", "", ""]])))
    assert [(problem.row, problem.column, problem.code) for problem in reading.problems] == [
        (2, 2, "bad_date")
    ]
