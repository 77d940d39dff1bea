"""Names, phones, identity numbers, sex, numbers and states as people type them."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhanlucso.exchange.sheets import values
from nhanlucso.kernel.text import clean


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Nguyễn Văn Anh", "Nguyễn Văn Anh"),
        ("  Lù  A\u00a0Sì ", "Lù A Sì"),
        (unicodedata.normalize("NFD", "Trần Thị Thuỷ"), "Trần Thị Thuỷ"),
        ("Vàng\u200b Thị Mỷ", "Vàng Thị Mỷ"),
        ("NGUYỄN THỊ H'MAI", "Nguyễn Thị H'Mai"),
        ("ĐẶNG Y-PHÔN", "Đặng Y-Phôn"),
        ("3. Lê Thị Lan", "Lê Thị Lan"),
        ("Đ/c Trần Văn Sơn", "Trần Văn Sơn"),
        ("Ông: Trần Văn Sơn", "Trần Văn Sơn"),
        ("Ông Thị Thu Hoa", "Ông Thị Thu Hoa"),  # Ông is a family name too
        ("Hà Vi *", "Hà Vi"),
        (None, ""),
        ("", ""),
    ],
)
def test_names(cell: Any, name: str) -> None:
    assert values.read_name(cell) == name


def test_honorifics_go_where_a_column_bears_them() -> None:
    assert values.read_name("Bà Lê Thị Lan", honorifics=True) == "Lê Thị Lan"
    assert values.has_honorific("Ông Lê Văn Tám")
    assert not values.has_honorific("Bàn Văn Tám")


@pytest.mark.parametrize(
    ("text", "can_be"),
    [("Lù A Sì", True), ("UBND xã 12", False), ("", False), ("1", False), ("a b c d e f g h i", False)],
)
def test_what_can_be_a_name(text: str, can_be: bool) -> None:
    assert values.is_name(text) is can_be


@given(st.text())
def test_tidy_does_what_clean_does(text: str) -> None:
    assert values.tidy(text) == clean(text)


@pytest.mark.parametrize(
    ("cell", "phone", "note"),
    [
        ("0912345678", "0912345678", ""),
        (912345678, "0912345678", ""),
        (912345678.0, "0912345678", ""),
        ("912 345 678", "0912345678", ""),
        ("0912.345.678", "0912345678", ""),
        ("0912-345-678", "0912345678", ""),
        ("+84 912 345 678", "0912345678", ""),
        ("84912345678", "0912345678", ""),
        ("0084912345678", "0912345678", ""),
        ("2143841234", "02143841234", ""),
        ("'0912345678", "0912345678", ""),
        ("0912345678; 0983111222", "0912345678", "several_phones"),
        ("0912345678 - 0983111222", "0912345678", "several_phones"),
        ("12345", None, "bad_phone"),
        ("không dùng", None, "bad_phone"),
        ("-", None, ""),
        (None, None, ""),
    ],
)
def test_phones(cell: Any, phone: str | None, note: str) -> None:
    assert values.read_phone(cell) == values.Read(phone, note)


@given(st.integers(min_value=0, max_value=99_999_999))
def test_a_phone_survives_a_number_cell(rest: int) -> None:
    phone = f"09{rest:08d}"
    assert values.read_phone(float(phone)).value == phone == values.read_phone(phone).value


@pytest.mark.parametrize(
    ("cell", "number", "note"),
    [
        ("010185001234", "010185001234", ""),
        (10185001234.0, "010185001234", ""),
        ("1085001234", "001085001234", ""),
        ("010 185 001 234", "010185001234", ""),
        ("063123456", "063123456", "old_id_number"),
        (163123456.0, "163123456", "old_id_number"),
        ("12345678", None, "bad_national_id"),
        ("0101850012345", None, "bad_national_id"),
        ("A10185001234", None, "bad_national_id"),
        ("", None, ""),
    ],
)
def test_national_ids(cell: Any, number: str | None, note: str) -> None:
    assert values.read_national_id(cell) == values.Read(number, note)


@given(st.integers(min_value=10**9, max_value=10**12 - 1))
def test_a_national_id_survives_a_number_cell(number: int) -> None:
    assert values.read_national_id(float(number)).value == f"{number:012d}"


@pytest.mark.parametrize(
    ("cell", "sex"),
    [
        ("Nam", "m"),
        ("NỮ", "f"),
        ("nu", "f"),
        ("Nữ.", "f"),
        ("Male", "m"),
        ("F", "f"),
        ("", None),
        ("khác", None),
    ],
)
def test_sex(cell: str, sex: str | None) -> None:
    assert values.read_sex(cell).value == sex


@pytest.mark.parametrize(
    ("cell", "number"),
    [("7,5", 7.5), ("9,0", 9), (7.5, 7.5), ("8/10", 8), ("75", 75), ("8.25", 8.25), ("-", None), ("", None)],
)
def test_numbers(cell: Any, number: float | None) -> None:
    assert values.read_number(cell) == values.Read(number)


def test_what_is_no_number_is_told() -> None:
    assert values.read_number("khá") == values.Read(None, "bad_number")
    assert values.read_number("7,5,1").note == "bad_number"


@pytest.mark.parametrize(
    ("cell", "passed", "progress"),
    [
        ("100%", None, 100),
        ("15 %", False, 15),
        (1.0, True, 100),
        (1.0, False, 1),
        (0.29, False, 29),
        (23.0, False, 23),
        ("0,5", None, 50),
        ("1%", None, 1),
        (0, None, 0),
        ("", None, None),
    ],
)
def test_progress(cell: Any, passed: bool | None, progress: float | None) -> None:
    assert values.read_progress(cell, passed=passed).value == progress


def test_progress_over_100_is_told() -> None:
    assert values.read_progress(120, passed=None) == values.Read(None, "bad_number")


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        ("Hoàn thành", True),
        ("ĐẠT", True),
        ("Đang học", False),
        ("Chưa hoàn thành", False),
        ("Không đạt", False),
        ("Passed", True),
        (True, True),
        ("✓", True),
        ("", None),
    ],
)
def test_states(cell: Any, state: bool | None) -> None:
    assert values.read_state(cell) == values.Read(state)


def test_an_unknown_state_is_told() -> None:
    assert values.read_state("tạm dừng").note == "unknown_status"


@pytest.mark.parametrize(
    ("cell", "mail", "note"),
    [
        ("an@laocai.gov.vn", "an@laocai.gov.vn", ""),
        ("mailto:an@laocai.gov.vn", "an@laocai.gov.vn", ""),
        (" an@laocai.gov.vn ", "an@laocai.gov.vn", ""),
        ("an tại laocai", None, "bad_email"),
        ("-", None, ""),
    ],
)
def test_mails(cell: str, mail: str | None, note: str) -> None:
    assert values.read_email(cell) == values.Read(mail, note)


@pytest.mark.parametrize(
    ("cell", "text"), [(12.0, "12"), (7.5, "7.5"), (True, "x"), (None, ""), ("#N/A", ""), (" a  b ", "a b")]
)
def test_texts(cell: Any, text: str) -> None:
    assert values.as_text(cell) == text
