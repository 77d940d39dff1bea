"""Head counts: units with numbers of people and how exactly they are known."""

from __future__ import annotations

from typing import Any

import pytest

from nhanlucso.exchange.sheets.counts import read_count
from tests.exchange.sheets.making import Read, codes


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        (25, (25, "exact")),
        (25.0, (25, "exact")),
        ("25", (25, "exact")),
        ("25 người", (25, "exact")),
        ("1.800", (1800, "exact")),
        ("gần 600", (600, "nearly")),
        ("Gần 600 cán bộ", (600, "nearly")),
        ("khoảng 120", (120, "about")),
        ("~ 120", (120, "about")),
        ("khoảng 11.320 đại biểu", (11_320, "about")),
        ("trên 1.800", (1800, "over")),
        ("hơn 1.000 lượt người", (1000, "over")),
        (">100", (100, "over")),
        ("dưới 50", (50, "under")),
        (0, (0, "exact")),
    ],
)
def test_numbers_with_their_qualifier(cell: Any, count: tuple[int, str]) -> None:
    assert read_count(cell).value == count


@pytest.mark.parametrize("cell", ["nhiều", "1.8 triệu", 1.8, -3, "120-150", True])
def test_what_is_no_number_of_people_is_told(cell: Any) -> None:
    read = read_count(cell)
    assert (read.value, read.note) == (None, "bad_count")


def test_units_and_their_delegates(read: Read) -> None:
    rows = [
        ["SỐ LƯỢNG ĐẠI BIỂU THAM DỰ HỘI NGHỊ"],
        [],
        ["STT", "Đơn vị", "Số đại biểu", "Ghi chú"],
        [1, "UBND xã Gia Phú", 25, ""],
        [2, "UBND xã Phú Nhuận", "gần 600", ""],
        [3, "Phòng Tư pháp", "", "chưa báo cáo"],
        ["", "Tổng cộng", 625, ""],
        ["", "NGƯỜI LẬP BIỂU"],
    ]
    reading = read(rows)
    assert reading.kind == "headcounts"
    assert [
        {key: value for key, value in row.as_json().items() if key not in ("sheet", "row")}
        for row in reading.rows
    ] == [
        {"unit": "UBND xã Gia Phú", "count": 25, "qualifier": "exact"},
        {"unit": "UBND xã Phú Nhuận", "count": 600, "qualifier": "nearly"},
        {"unit": "Phòng Tư pháp", "count": None, "qualifier": None},
    ]
    assert codes(reading) == []
