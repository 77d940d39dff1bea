"""Word documents: their tables are sheets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nhanlucso.exchange.sheets.reading import SheetReading, read_sheet
from tests.exchange.sheets.wording import Word

HEAD = ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị"]
LAN = ["1", "Lê Thị Lan", "01/02/1980", "Chuyên viên", "Phòng Tư pháp"]
SI = ["2", "Lù A Sì", "1990", "Chủ tịch", "UBND xã Gia Phú"]


def places(reading: SheetReading) -> list[tuple[str, int, Any]]:
    return [(row.sheet, row.row, row.full_name) for row in reading.rows]


def test_a_list_in_a_document(tmp_path: Path) -> None:
    document = Word()
    document.table([["UBND HUYỆN BẢO THẮNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]])
    document.line("DANH SÁCH CÁN BỘ")
    document.table([HEAD, LAN, SI])
    document.line("Danh sách này có 02 người.")
    document.table([["Nơi nhận:", "CHỦ TỊCH\nNguyễn Văn A"]])
    reading = read_sheet(document.save(tmp_path))
    assert [row.as_json() for row in reading.rows] == [
        {
            **{"sheet": "Table 2", "row": 2, "full_name": "Lê Thị Lan", "birth_date": "1980-02-01"},
            **{"title": "Chuyên viên", "unit": "Phòng Tư pháp"},
        },
        {
            **{"sheet": "Table 2", "row": 3, "full_name": "Lù A Sì", "birth_date": "1990"},
            **{"title": "Chủ tịch", "unit": "UBND xã Gia Phú"},
        },
    ]
    assert reading.problems == ()


def test_a_list_that_goes_on_in_the_next_table(tmp_path: Path) -> None:
    document = Word()
    document.table([HEAD, LAN])
    document.line("")
    document.table([SI])
    document.line("Lào Cai, ngày 1 tháng 8 năm 2024")
    assert places(read_sheet(document.save(tmp_path))) == [
        ("Table 1", 2, "Lê Thị Lan"),
        ("Table 2", 1, "Lù A Sì"),
    ]
