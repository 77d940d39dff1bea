"""Marks of attendance and the half days above them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nhanlucso.exchange.sheets.marks import half_day, read_mark, ticks_are_v


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        *((tick, "present") for tick in ("x", "X", "✓", "✔", "có mặt", "Có mặt", "đủ", "+", "xx", 1.0, True)),
        *((word, "late") for word in ("muộn", "Đi muộn", "trễ", "M")),
        *((word, "excused") for word in ("P", "p", "CP", "vắng CP", "Có phép", "vắng có phép", "VP", "V(P)")),
        *(
            (word, "absent")
            for word in ("V", "K", "KP", "vắng", "vắng KP", "Vắng không phép", 0.0, False, "-")
        ),
        ("", "absent"),
        (None, "absent"),
        ("  ", "absent"),
        ("?", None),
        ("họp", None),
    ],
)
def test_marks(cell: Any, status: str | None) -> None:
    assert read_mark(cell) == status


def test_small_v_is_a_tick_where_it_is_the_only_sign() -> None:
    assert ticks_are_v(["v", "v", "", "v", "p"][:4])
    assert not ticks_are_v(["x", "v", "x"])
    assert not ticks_are_v(["V", "V"])
    assert read_mark("v", v_is_tick=True) == "present"
    assert read_mark("V") == "absent"


@pytest.mark.parametrize(
    ("path", "key"),
    [
        (["15/8/2024", "Sáng"], "2024-08-15 am"),
        (["15/8/2024", "Chiều"], "2024-08-15 pm"),
        (["Sáng 15/8/2024"], "2024-08-15 am"),
        (["15/8/24 (S)"], "2024-08-15 am"),
        (["Thứ 5 (15/8/2024)"], "2024-08-15"),
        ([date(2024, 8, 15), "C"], "2024-08-15 pm"),
        (["ngày 15 tháng 8 năm 2024", "S"], "2024-08-15 am"),
        (["Buổi sáng", "15/8/2024"], "2024-08-15 am"),
        (["15/8", "chiều"], "08-15 pm"),
        (["2024-08-15 am"], "2024-08-15 am"),
    ],
)
def test_half_days(path: list[Any], key: str) -> None:
    found = half_day(path)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    "path", [["Ghi chú"], ["Buổi 1"], ["Sáng"], [""], [None, True], ["31/2/2024"], ["1982"]]
)
def test_headings_without_a_day(path: list[Any]) -> None:
    assert half_day(path) is None
