"""Lists as offices, schools, companies and Party committees make them, written by hand one after the other."""

from __future__ import annotations

from typing import Any

import pytest

from tests.exchange.sheets.making import Merged, Read, codes

Rows = list[list[Any]]
Told = dict[str, Any]

PLAIN = ["STT", "Họ và tên", "Chức vụ", "Đơn vị"]
LAN = [1, "Lê Thị Lan", "Chuyên viên", "Phòng Tư pháp"]
LAN_READ = {"full_name": "Lê Thị Lan", "title": "Chuyên viên", "unit": "Phòng Tư pháp"}

LISTS: dict[str, tuple[Rows, list[Merged], list[Told]]] = {
    "a name with its birth, a title with its unit": (
        [
            ["STT", "Họ và tên, năm sinh", "Chức vụ, đơn vị công tác"],
            [1, "Nguyễn Văn An (1980)", "Chuyên viên, Phòng Văn hóa - Thông tin"],
            [2, "Trần Bình - SN: 12/3/1979", "Hiệu trưởng - Trường THCS Gia Phú"],
        ],
        [],
        [
            {
                "full_name": "Nguyễn Văn An",
                "birth_date": "1980",
                "title": "Chuyên viên",
                "unit": "Phòng Văn hóa - Thông tin",
            },
            {
                "full_name": "Trần Bình",
                "birth_date": "1979-03-12",
                "title": "Hiệu trưởng",
                "unit": "Trường THCS Gia Phú",
            },
        ],
    ),
    "three rows of headings and their numbers": (
        [
            ["TT", "HỌ VÀ TÊN", "THÔNG TIN CÁ NHÂN", "", "", "", "CHỨC VỤ"],
            ["", "", "Năm sinh", "", "CCCD", "", ""],
            ["", "", "Nam", "Nữ", "Số", "Ngày cấp", ""],
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
            [1, "LÊ THỊ LAN", "", 1980, "010185001234", "1/1/2021", "Kế toán"],
        ],
        [(0, 0, 2, 0), (0, 1, 2, 1), (0, 2, 0, 5), (1, 2, 1, 3), (1, 4, 1, 5), (0, 6, 2, 6)],
        [
            {
                "full_name": "Lê Thị Lan",
                "birth_date": "1980",
                "sex": "f",
                "national_id": "010185001234",
                "title": "Kế toán",
            }
        ],
    ),
    "groups within groups, with sums in their rows": (
        [
            ["STT", "Họ và tên", "15/8/2024", "16/8/2024"],
            ["A", "KHỐI CHÍNH QUYỀN", "", ""],
            ["I", "UBND xã Gia Phú", 2, 1],
            [1, "Lê Thị Lan", 1, 1],
            [2, "Hội Văn Ban", 1, 0],
            ["", "Cộng I", 2, 1],
            ["II", "UBND xã Sơn Hà", 1, 1],
            [3, "Ma An", 1, 1],
            ["", "Tổng cộng (I+II)", 3, 2],
        ],
        [],
        [
            {
                "full_name": "Lê Thị Lan",
                "unit": "UBND xã Gia Phú",
                "marks": {"2024-08-15": "present", "2024-08-16": "present"},
            },
            {
                "full_name": "Hội Văn Ban",
                "unit": "UBND xã Gia Phú",
                "marks": {"2024-08-15": "present", "2024-08-16": "absent"},
            },
            {
                "full_name": "Ma An",
                "unit": "UBND xã Sơn Hà",
                "marks": {"2024-08-15": "present", "2024-08-16": "present"},
            },
        ],
    ),
    "days of a month in numbers": (
        [
            ["BẢNG ĐIỂM DANH THÁNG 6 NĂM 2024"],
            ["STT", "Họ và tên", "Ngày trong tháng", "", "", "Tổng"],
            ["", "", 3, 4, 5, ""],
            [1, "Lê Thị Lan", "x", "P", "x", 2],
        ],
        [(1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 4), (1, 5, 2, 5)],
        [
            {
                "full_name": "Lê Thị Lan",
                "marks": {"2024-06-03": "present", "2024-06-04": "excused", "2024-06-05": "present"},
            }
        ],
    ),
    "halves of the day that the title names": (
        [
            ["DANH SÁCH ĐIỂM DANH"],
            ["Ngày 15 tháng 8 năm 2024"],
            ["STT", "Họ và tên", "Sáng", "Chiều"],
            [1, "Lê Thị Lan", "x", "K"],
        ],
        [],
        [{"full_name": "Lê Thị Lan", "marks": {"2024-08-15 am": "present", "2024-08-15 pm": "absent"}}],
    ),
    "marks in English": (
        [["No.", "Full name", "15/8/2024"], [1, "Lê Thị Lan", "P"], [2, "Lù A Sì", "A"], [3, "Ma An", "P"]],
        [],
        [
            {"full_name": "Lê Thị Lan", "marks": {"2024-08-15": "present"}},
            {"full_name": "Lù A Sì", "marks": {"2024-08-15": "absent"}},
            {"full_name": "Ma An", "marks": {"2024-08-15": "present"}},
        ],
    ),
    "units in a merged column without a heading": (
        [
            ["", "STT", "Họ và tên", "Chức vụ"],
            ["UBND xã Gia Phú", 1, "Lê Thị Lan", "Kế toán"],
            ["", 2, "Lù A Sì", "Văn thư"],
        ],
        [(1, 0, 2, 0)],
        [
            {"full_name": "Lê Thị Lan", "title": "Kế toán", "unit": "UBND xã Gia Phú"},
            {"full_name": "Lù A Sì", "title": "Văn thư", "unit": "UBND xã Gia Phú"},
        ],
    ),
    "the offices of the Party": (
        [
            ["ĐẢNG BỘ XÃ GIA PHÚ", "", "ĐẢNG CỘNG SẢN VIỆT NAM"],
            ["TT", "Họ và tên", "Năm sinh", "Ngày vào Đảng", "", "Chức vụ", ""],
            ["", "", "", "Dự bị", "Chính thức", "Đảng", "Chính quyền"],
            [1, "Trần Văn Bắc", 1979, "03/02/2005", "03/02/2006", "Bí thư", "Chủ tịch UBND"],
        ],
        [(1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4), (1, 5, 1, 6)],
        [{"full_name": "Trần Văn Bắc", "birth_date": "1979", "title": "Chủ tịch UBND"}],
    ),
    "a title in two lines names the school": (
        [
            ["DANH SÁCH"],
            ["CÁN BỘ, GIÁO VIÊN TRƯỜNG TIỂU HỌC GIA PHÚ ĐĂNG KÝ HỌC"],
            ["STT", "Họ và tên", "SĐT phụ huynh"],
            [1, "Lê Thị Lan", "0912345678"],
        ],
        [],
        [{"full_name": "Lê Thị Lan", "unit": "Trường tiểu học Gia Phú"}],
    ),
    "headings typed in haste": (
        [
            ["S TT", "Họ và tên *", "Ngày tháng năn sinh", "4. Số điện thọai", "Chưc vụ"],
            [1, "nGUYỄN vĂN aN", "00/00/1980", "0912345678.0", "Kế toán"],
        ],
        [],
        [{"full_name": "Nguyễn Văn An", "birth_date": "1980", "phone": "0912345678", "title": "Kế toán"}],
    ),
    "what follows a list is no part of it": (
        [
            PLAIN,
            LAN,
            ["Trong đó: Nữ 01; dân tộc 0"],
            ["Bằng chữ: một người"],
            ["", "NGƯỜI LẬP", "", "GIÁM ĐỐC"],
            ["", "(Ký, ghi rõ họ tên)", "", "(Ký tên, đóng dấu)"],
            ["", "Bùi Thị Hạnh", "", "Trần Văn Dũng"],
            ["Nơi nhận:"],
            ["- Lưu: VT."],
        ],
        [],
        [LAN_READ],
    ),
    "the national title right above the headings": (
        [
            ["UBND XÃ GIA PHÚ", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", ""],
            ["", "", "Độc lập - Tự do - Hạnh phúc", ""],
            PLAIN,
            LAN,
        ],
        [(0, 0, 0, 1), (0, 2, 0, 3), (1, 2, 1, 3)],
        [LAN_READ],
    ),
    "a roster of which only the days of presence count": (
        [
            ["STT", "Họ và tên", "15/8/2024", ""],
            ["", "", "Có mặt", "Vắng"],
            [1, "Lê Thị Lan", "x", ""],
            [2, "Lù A Sì", "", "x"],
        ],
        [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3)],
        [
            {"full_name": "Lê Thị Lan", "marks": {"2024-08-15": "present"}},
            {"full_name": "Lù A Sì", "marks": {"2024-08-15": "absent"}},
        ],
    ),
    "delegates with the sexes apart": (
        [
            ["STT", "Đơn vị", "Số lượng đại biểu", "", ""],
            ["", "", "Tổng số", "Nam", "Nữ"],
            ["I", "Vùng thấp", 25, 15, 10],
            [1, "UBND xã Gia Phú", "gần 25", 15, 10],
        ],
        [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 4)],
        [{"unit": "UBND xã Gia Phú", "count": 25, "qualifier": "nearly"}],
    ),
    "comrades, men and women, and ranks before names": (
        [
            ["TT", "Họ và tên", "Năm sinh"],
            [1, "Đ/c Lý A Páo", "1985"],
            [2, "Bà Vàng Thị Mỷ", "1990"],
            [3, "Thượng úy Phạm Văn C", "1979"],
            [4, "Đ/c: Ông Thế Lâm", "1970"],
        ],
        [],
        [
            {"full_name": "Lý A Páo", "birth_date": "1985"},
            {"full_name": "Vàng Thị Mỷ", "birth_date": "1990"},
            {"full_name": "Phạm Văn C", "birth_date": "1979"},
            {"full_name": "Ông Thế Lâm", "birth_date": "1970"},
        ],
    ),
    "births of men and of women": (
        [
            ["STT", "Họ tên", "Nam sinh", "Nữ sinh", "Chức vụ"],
            [1, "Lê Văn Tám", "12/03/1980", "", "Công chức"],
            [2, "Vàng Thị Mỷ", "", "1990", "Công chức"],
        ],
        [],
        [
            {"full_name": "Lê Văn Tám", "birth_date": "1980-03-12", "sex": "m", "title": "Công chức"},
            {"full_name": "Vàng Thị Mỷ", "birth_date": "1990", "sex": "f", "title": "Công chức"},
        ],
    ),
    "learners of whom some have a mail and no name": (
        [
            ["Họ", "Tên", "Địa chỉ email", "Khóa học", "Điểm"],
            ["Lê Thị", "Lan", "lan.le@laocai.gov.vn", "Kỹ năng số", "8,5"],
            ["", "", "hung.nv@laocai.gov.vn", "Kỹ năng số", 7],
            ["", "", "Liên hệ phòng CNTT", "", ""],
        ],
        [],
        [
            {
                "full_name": "Lê Thị Lan",
                "email": "lan.le@laocai.gov.vn",
                "course": "Kỹ năng số",
                "score": 8.5,
            },
            {"email": "hung.nv@laocai.gov.vn", "course": "Kỹ năng số", "score": 7},
        ],
    ),
    "accounts that are mails": (
        [
            ["#", "Tên học viên", "Tài khoản", "Tên khóa học", "Tiến độ (%)"],
            [1, "Lê Thị Lan", "lan.le@laocai.gov.vn", "Kỹ năng số", "45,5"],
        ],
        [],
        [
            {
                "full_name": "Lê Thị Lan",
                "email": "lan.le@laocai.gov.vn",
                "course": "Kỹ năng số",
                "progress": 45.5,
            }
        ],
    ),
    "the days of a month that only the title names": (
        [
            ["BẢNG CHẤM CÔNG LỚP HỌC THÁNG 9/2025"],
            ["STT", "Họ và tên", *range(1, 31), "Tổng"],
            [1, "Lê Thị Lan", *("x" if day in (3, 4) else "" for day in range(1, 31)), 2],
            [2, "Lù A Sì", *({3: "x", 4: "v"}.get(day, "") for day in range(1, 31)), 1],
        ],
        [],
        [
            {"full_name": "Lê Thị Lan", "marks": {"2025-09-03": "present", "2025-09-04": "present"}},
            {"full_name": "Lù A Sì", "marks": {"2025-09-03": "present", "2025-09-04": "absent"}},
        ],
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_lists(read: Read, name: str) -> None:
    rows, merges, truth = LISTS[name]
    reading = read(rows, *merges)
    found = [
        {
            key: value
            for key, value in row.as_json().items()
            if key not in ("sheet", "row") and value is not None
        }
        for row in reading.rows
    ]
    assert found == truth


def test_a_column_of_ethnic_groups_under_the_letters_of_telephones(read: Read) -> None:
    reading = read([["TT", "Họ và tên", "DT"], [1, "Lê Thị Lan", "Kinh"], [2, "Lù A Sì", "H Mông"]])
    assert [(column.header, column.reason) for column in reading.dropped_columns] == [("DT", "ethnicity")]
    assert (codes(reading), reading.rows[0].phone) == ([], None)
    phones = read([["TT", "Họ và tên", "ĐT"], [1, "Lê Thị Lan", "0912345678"], [2, "Lù A Sì", ""]])
    assert (phones.rows[0].phone, phones.dropped_columns) == ("0912345678", ())


def test_a_table_beside_the_first_is_told(read: Read) -> None:
    head = ["STT", "Họ và tên", "Năm sinh"]
    rows = [[*head, "", *head], [1, "Lý A Páo", 1985, "", 1, "Vàng Thị Mỷ", 1990], [2, "Sùng A Lử", 1988]]
    reading = read(rows)
    assert [row.full_name for row in reading.rows] == ["Lý A Páo", "Sùng A Lử"]
    told = {problem.code: problem.message for problem in reading.problems}
    assert "1 người chưa được đọc" in told["table_beside"]


def test_slips_that_look_like_tones_without_vowels_stay(read: Read) -> None:
    reading = read([["TT", "Họ và tên"], [1, "L òSeo Quân"], [2, "Lê ABình"], [3, "Nguyễn Văn Thắng"]])
    assert [row.full_name for row in reading.rows] == ["L òSeo Quân", "Lê ABình", "Nguyễn Văn Thắng"]
    assert codes(reading) == []


def test_what_was_made_out_is_told(read: Read) -> None:
    sexes = read([["STT", "Họ và tên", "Giới tính"], [1, "Lê Thị Lan", 0], [2, "Lù A Sì", 1]])
    assert [row.sex for row in sexes.rows] == ["f", "m"]
    assert codes(sexes) == [(1, "sex_by_number")]
    plain = read([["STT", "Họ và tên", "Giới tính (1: Nữ, 0: Nam)"], [1, "Lê Thị Lan", 1]])
    assert ([row.sex for row in plain.rows], codes(plain)) == (["f"], [])
    order = read(
        [["STT", "Họ và tên", "Buổi 1 (3/6/2024)", "Buổi 2 (3/6/2024)"], [1, "Lê Thị Lan", "x", "K"]]
    )
    assert order.rows[0].marks == {"2024-06-03 am": "present", "2024-06-03 pm": "absent"}
    assert codes(order) == [(1, "halves_by_order")]
    inside = read([["STT", "Họ và tên", "Chức vụ, đơn vị"], [1, "Lê Thị Lan", "Chủ tịch UBND xã Gia Phú"]])
    assert (inside.rows[0].title, inside.rows[0].unit) == ("Chủ tịch UBND xã Gia Phú", "UBND xã Gia Phú")
    assert codes(inside) == [(2, "unit_in_title")]
    undated = read([["STT", "Họ và tên", "Buổi 1", "Buổi 2"], [1, "Lê Thị Lan", "x", "K"]])
    assert (undated.kind, undated.rows[0].marks) == ("attendance", {})
    assert codes(undated) == [(1, "mark_without_date"), (1, "mark_without_date")]
    ticks = read([["STT", "Họ và tên", "ĐV"], [1, "Lê Thị Lan", "x"], [2, "Lù A Sì", "x"], [3, "Ma An", "x"]])
    assert {row.unit for row in ticks.rows} == {None}
    assert codes(ticks) == [(1, "not_of_its_heading")]


def test_units_typed_once_are_carried_down_and_told(read: Read) -> None:
    rows = [
        PLAIN,
        LAN,
        [2, "Lù A Sì", "Kế toán", ""],
        [3, "Ma An", "Kế toán", "UBND xã Gia Phú"],
        [4, "Tô Ái", "", ""],
    ]
    reading = read(rows)
    assert [row.unit for row in reading.rows] == ["Phòng Tư pháp"] * 2 + ["UBND xã Gia Phú"] * 2
    assert codes(reading) == [(1, "unit_carried_down")]


def test_rows_that_are_no_people_never_become_any(read: Read) -> None:
    rows = [PLAIN, LAN, [2, "UBND xã Gia Phú", "đã gửi", "x"], [3, "Lù A Sì", "Kế toán", "Phòng Tư pháp"]]
    reading = read(rows)
    assert [row.full_name for row in reading.rows] == ["Lê Thị Lan", "Lù A Sì"]
    assert codes(reading) == [(3, "row_not_understood")]
