"""Where a table stands and what its rows and columns are, one layout at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhanlucso.exchange.sheets.reading import read_sheet
from tests.exchange.sheets.making import HEAD, LAN, Merged, Read, Sheet, codes, names, save

SI = ["Lù A Sì", "1975", "Viên chức", "UBND xã Gia Phú"]
NATION = [
    ["UBND HUYỆN BẢO THẮNG", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["PHÒNG VĂN HÓA - THÔNG TIN", "", "Độc lập - Tự do - Hạnh phúc"],
    [],
    ["DANH SÁCH CÁN BỘ, CÔNG CHỨC"],
    ["(Kèm theo Công văn số    ngày    tháng    năm 2024)"],
    [],
]


def test_a_table_at_the_top(read: Read) -> None:
    reading = read([HEAD, [1, *LAN], [2, *SI]])
    assert reading.kind == "staff"
    assert reading.as_json() == {
        "kind": "staff",
        "rows": [
            {
                "sheet": "Sheet1",
                "row": 2,
                "full_name": "Lê Thị Lan",
                "birth_date": "1980-02-01",
                "title": "Chuyên viên",
                "unit": "Phòng Tư pháp",
            },
            {
                "sheet": "Sheet1",
                "row": 3,
                "full_name": "Lù A Sì",
                "birth_date": "1975",
                "title": "Viên chức",
                "unit": "UBND xã Gia Phú",
            },
        ],
        "dropped_columns": [],
        "problems": [],
    }


def test_a_national_heading_above_and_signatures_below(read: Read) -> None:
    rows = [
        *NATION,
        HEAD,
        [1, *LAN],
        [2, *SI],
        ["Danh sách này có 02 người./."],
        [],
        ["", "NGƯỜI LẬP BIỂU", "", "TRƯỞNG PHÒNG"],
        [],
        ["", "Bùi Thị Hạnh", "", "Trần Văn Dũng"],
    ]
    reading = read(rows)
    assert names(reading) == ["Lê Thị Lan", "Lù A Sì"]
    assert [row.row for row in reading.rows] == [8, 9]
    assert reading.problems == ()


def test_a_place_and_day_end_the_list(read: Read) -> None:
    rows = [
        HEAD,
        [1, *LAN],
        ["", "", "", "Bảo Thắng, ngày 14 tháng 9 năm 2024"],
        ["", "Người lập", "", "CHỦ TỊCH"],
        ["", "Lù A Sì", "", "Trần Văn Dũng"],
    ]
    assert names(read(rows)) == ["Lê Thị Lan"]


def test_totals_are_no_people_but_people_with_such_names_are(read: Read) -> None:
    rows = [
        HEAD,
        [1, *LAN],
        ["", "Cộng: 1 người"],
        [2, "Tống Công Minh", "1980"],
        ["", "Tổng cộng: 2"],
        ["Tổng số", "2"],
    ]
    assert names(read(rows)) == ["Lê Thị Lan", "Tống Công Minh"]


def test_group_rows_name_the_unit(read: Read) -> None:
    head = ["TT", "Họ tên", "Năm sinh"]
    rows = [
        head,
        ["I", "UBND xã Gia Phú"],
        [1, "Lê Thị Lan", 1980],
        ["II", "Phú Nhuận"],
        [1, "Lù A Sì", 1975],
    ]
    reading = read(rows)
    assert [(row.full_name, row.unit) for row in reading.rows] == [
        ("Lê Thị Lan", "UBND xã Gia Phú"),
        ("Lù A Sì", "Phú Nhuận"),
    ]


def test_a_group_may_stand_in_one_merged_row_with_its_number_and_count(read: Read) -> None:
    rows = [
        ["TT", "Họ tên", "Năm sinh"],
        ["I. UBND xã Gia Phú (1 người)"],
        [1, "Lê Thị Lan", 1980],
        ["UBND xã Phú Nhuận: 01 người"],
        [1, "Lù A Sì", 1975],
    ]
    reading = read(rows, (1, 0, 1, 2), (3, 0, 3, 2))
    assert [row.unit for row in reading.rows] == ["UBND xã Gia Phú", "UBND xã Phú Nhuận"]


def test_family_names_that_look_like_unit_words_are_people(read: Read) -> None:
    rows = [
        ["TT", "Họ tên"],
        [1, "Đoàn Thị Lan"],
        [2, "Phương Văn Sơn"],
        [3, "Bàn Thị Thuỷ"],
        [4, "Tô Văn Hội"],
    ]
    assert names(read(rows)) == ["Đoàn Thị Lan", "Phương Văn Sơn", "Bàn Thị Thuỷ", "Tô Văn Hội"]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".ods", ".xls"])
def test_births_in_two_columns_tell_the_sex(read: Read, suffix: str) -> None:
    rows = [
        ["TT", "Họ tên", "Năm sinh", "", "Chức vụ"],
        ["", "", "Nam", "Nữ", ""],
        [1, "Lù A Sì", 1975, "", "Viên chức"],
        [2, "Lê Thị Lan", "", "01/02/1980", "Chuyên viên"],
    ]
    merges: list[Merged] = [(0, 2, 0, 3), (0, 0, 1, 0), (0, 1, 1, 1), (0, 4, 1, 4)]
    reading = read(rows, *(merges if suffix in (".xlsx", ".xls") else []), suffix=suffix)
    assert [(row.birth_date, row.sex, row.title) for row in reading.rows] == [
        ("1975", "m", "Viên chức"),
        ("1980-02-01", "f", "Chuyên viên"),
    ]


def test_sex_by_ticks(read: Read) -> None:
    two = [
        ["TT", "Họ tên", "Giới tính", ""],
        ["", "", "Nam", "Nữ"],
        [1, "Lù A Sì", "x", ""],
        [2, "Lê Lan", "", "x"],
    ]
    assert [row.sex for row in read(two, (0, 2, 0, 3)).rows] == ["m", "f"]
    one = [["TT", "Họ tên", "Nữ"], [1, "Lù A Sì", ""], [2, "Lê Lan", "x"]]
    assert [row.sex for row in read(one).rows] == ["m", "f"]
    both = [["TT", "Họ tên", "Nam", "Nữ"], [1, "Lù A Sì", "x", "x"], [2, "Lê Lan", "", "x"]]
    assert [row.sex for row in read(both).rows] == [None, "f"]
    assert codes(read(both)) == [(2, "two_sexes")]


def test_a_name_in_two_columns(read: Read) -> None:
    under_one = [["TT", "Họ và tên", "", "Chức vụ"], [1, "Lê Thị", "Lan", "Viên chức"], [2, "Lù A", "Sì", ""]]
    assert names(read(under_one, (0, 1, 0, 2))) == ["Lê Thị Lan", "Lù A Sì"]
    assert names(read(under_one, suffix=".csv")) == ["Lê Thị Lan", "Lù A Sì"]
    apart = [["TT", "Họ đệm", "Tên", "Chức vụ"], [1, "Lê Thị", "Lan", "Viên chức"]]
    assert names(read(apart)) == ["Lê Thị Lan"]


def test_a_column_named_only_name(read: Read) -> None:
    assert names(read([["STT", "Tên", "SĐT"], [1, "Lê Thị Lan", 912345678]])) == ["Lê Thị Lan"]


def test_a_list_of_names_alone(read: Read) -> None:
    assert names(read([["Họ và tên"], ["Lê Thị Lan"], ["Lù A Sì"]], suffix=".csv")) == [
        "Lê Thị Lan",
        "Lù A Sì",
    ]


def test_numbering_under_the_headings_is_skipped(read: Read) -> None:
    assert names(read([HEAD, ["(1)", "(2)", "(3)", "(4)", "(5)"], [1, *LAN]])) == ["Lê Thị Lan"]
    assert names(read([HEAD, [1, 2, 3, 4, 5], [1, *LAN]])) == ["Lê Thị Lan"]


def test_headings_repeated_at_page_breaks_keep_the_group(read: Read) -> None:
    head = ["TT", "Họ tên", "Năm sinh"]
    rows = [head, ["I", "UBND xã Gia Phú"], [1, "Lê Thị Lan", 1980], head, [2, "Lù A Sì", 1975]]
    reading = read(rows)
    assert [row.unit for row in reading.rows] == ["UBND xã Gia Phú"] * 2
    assert [column for column in reading.columns if column[2] == "full_name"] == [
        ("Sheet1", "Họ tên", "full_name")
    ]


def test_two_tables_in_one_sheet(read: Read) -> None:
    rows = [
        ["TT", "Họ tên", "SĐT"],
        [1, "Lê Thị Lan", "0912345678"],
        [],
        [*NATION[3]],
        ["STT", "Chức vụ", "Họ và tên"],
    ]
    rows.append([1, "Viên chức", "Lù A Sì"])
    reading = read(rows)
    assert [(row.full_name, row.phone, row.title) for row in reading.rows] == [
        ("Lê Thị Lan", "0912345678", None),
        ("Lù A Sì", None, "Viên chức"),
    ]
    assert "phone" not in reading.rows[1].as_json()


def test_units_from_merged_blocks_and_ditto_marks(read: Read) -> None:
    blocks = [
        ["TT", "Họ tên", "Đơn vị"],
        [1, "Lê Thị Lan", "UBND xã Gia Phú"],
        [2, "Lù A Sì", ""],
        [3, "Vàng A Páo", "Phòng Tư pháp"],
    ]
    assert [row.unit for row in read(blocks, (1, 2, 2, 2)).rows] == ["UBND xã Gia Phú"] * 2 + [
        "Phòng Tư pháp"
    ]
    ditto = [["TT", "Họ tên", "Đơn vị"], [1, "Lê Thị Lan", "UBND xã Gia Phú"], [2, "Lù A Sì", "-nt-"]]
    assert [row.unit for row in read(ditto).rows] == ["UBND xã Gia Phú"] * 2


def test_the_unit_from_the_name_of_the_sheet(tmp_path: Path) -> None:
    head = ["TT", "Họ tên"]
    path = save(
        tmp_path / "units.xlsx",
        Sheet([head, [1, "Lê Thị Lan"]], name="UBND xã Gia Phú"),
        Sheet([head, [1, "Lù A Sì"]], name="Sheet2"),
    )
    assert [(row.sheet, row.unit) for row in read_sheet(path).rows] == [
        ("UBND xã Gia Phú", "UBND xã Gia Phú"),
        ("Sheet2", None),
    ]


def test_sensitive_columns_are_dropped_and_named(read: Read) -> None:
    head = ["TT", "Họ tên", "Dân tộc", "Tôn giáo", "Ngày vào Đảng", "Tình trạng sức khỏe", "Chức vụ"]
    reading = read([head, [1, "Lù A Sì", "Mông", "Không", "03/02/2010", "Tốt", "Viên chức"]])
    assert [(column.header, column.reason) for column in reading.dropped_columns] == [
        ("Dân tộc", "ethnicity"),
        ("Tôn giáo", "religion"),
        ("Ngày vào Đảng", "party_membership"),
        ("Tình trạng sức khỏe", "health"),
    ]
    assert reading.rows[0].title == "Viên chức"
    assert "Mông" not in str(reading.as_json()["rows"])


def test_rows_amid_the_list_that_are_not_understood_are_told(read: Read) -> None:
    reading = read(
        [HEAD, [1, *LAN], ["", "Xem thêm biên bản"], [2, *SI], [3, "", "1980", "Viên chức"], [4, *SI]]
    )
    assert len(reading.rows) == 3
    assert codes(reading) == [(3, "row_not_understood"), (5, "row_not_understood")]


def test_two_columns_of_one_meaning_are_told(read: Read) -> None:
    reading = read(
        [
            ["STT", "Họ tên", "Số điện thoại liên hệ khi cần", "SĐT"],
            [1, "Lù A Sì", "02143841234", "0912345678"],
        ]
    )
    assert reading.rows[0].phone == "0912345678"
    assert codes(reading) == [(1, "column_twice")]


def test_cells_that_cannot_be_read_are_told_and_left_empty(read: Read) -> None:
    head = ["STT", "Họ tên", "Ngày sinh", "Giới tính", "SĐT", "CCCD", "Email", "Chức vụ"]
    reading = read(
        [
            head,
            [1, "Lù A Sì", "31/02/1980", "khác", "123", "1234", "a at b", "#N/A"],
            [2, "Lê Lan", "1/2/80", "Nữ", "912345678", 163123456, "", ""],
        ]
    )
    first, second = reading.rows
    assert (first.birth_date, first.sex, first.phone, first.national_id, first.email) == (None,) * 5
    assert (second.birth_date, second.phone, second.national_id) == ("1980-02-01", "0912345678", "163123456")
    told = [code for row, code in codes(reading) if row == 2]
    assert sorted(told) == ["bad_date", "bad_email", "bad_national_id", "bad_phone", "bad_sex", "error_value"]
    assert [code for row, code in codes(reading) if row == 3] == ["two_digit_year", "old_id_number"]
    assert all(problem.message for problem in reading.problems)


def test_lost_zeros_come_back(read: Read) -> None:
    reading = read([["STT", "Họ tên", "Điện thoại", "Số CCCD"], [1, "Lù A Sì", 912345678, 10185001234]])
    assert (reading.rows[0].phone, reading.rows[0].national_id) == ("0912345678", "010185001234")


def test_ids_under_a_two_row_heading(read: Read) -> None:
    rows = [
        ["STT", "Họ tên", "CCCD", "", ""],
        ["", "", "Số", "Ngày cấp", "Nơi cấp"],
        [1, "Lù A Sì", "010185001234", "01/01/2021", "Cục CS"],
    ]
    reading = read(rows, (0, 2, 0, 4))
    assert reading.rows[0].national_id == "010185001234"
    assert reading.problems == ()


def test_headings_without_people(read: Read) -> None:
    reading = read([HEAD])
    assert reading.rows == ()
    assert codes(reading) == [(0, "no_rows")]
