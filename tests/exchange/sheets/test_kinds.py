"""Attendance and results told apart and read, one layout at a time."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from nhanlucso.exchange.sheets.reading import read_sheet
from tests.exchange.sheets.making import HEAD, LAN, Merged, Read, codes


def test_attendance_with_days_over_half_days(read: Read) -> None:
    rows = [
        ["STT", "Họ và tên", "15/8/2024", "", "16/8/2024", "", "Ghi chú"],
        ["", "", "Sáng", "Chiều", "Sáng", "Chiều", ""],
        [1, "Lê Thị Lan", "x", "P", "", "V", ""],
        [2, "Lù A Sì", "✓", "x", "muộn", "x", ""],
    ]
    merges: list[Merged] = [(0, 2, 0, 3), (0, 4, 0, 5), (0, 0, 1, 0), (0, 1, 1, 1)]
    for reading in (read(rows, *merges), read(rows, suffix=".csv")):
        assert reading.kind == "attendance"
        assert reading.rows[0].marks == {
            "2024-08-15 am": "present",
            "2024-08-15 pm": "excused",
            "2024-08-16 am": "absent",
            "2024-08-16 pm": "absent",
        }
        assert reading.rows[1].marks["2024-08-16 am"] == "late"


def test_days_above_the_row_of_names(read: Read) -> None:
    rows = [["", "", "15/8/2024", ""], ["STT", "Họ và tên", "Sáng", "Chiều"], [1, "Lê Thị Lan", "x", ""]]
    reading = read(rows, (0, 2, 0, 3))
    assert reading.rows[0].marks == {"2024-08-15 am": "present"}
    assert codes(reading) == [(0, "empty_mark_column")]


def test_days_as_date_cells(tmp_path: Path) -> None:
    path = tmp_path / "days.xlsx"
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["STT", "Họ và tên", datetime(2024, 8, 15), date(2024, 8, 16)])
    page.append([1, "Lê Thị Lan", "x", "K"])
    book.save(path)
    assert read_sheet(path).rows[0].marks == {"2024-08-15": "present", "2024-08-16": "absent"}


def test_days_without_a_year_take_it_from_the_title(read: Read) -> None:
    rows = [
        ["LỚP TẬP HUẤN NĂM 2024"],
        [],
        ["STT", "Họ và tên", "15/8 sáng", "15/8 chiều"],
        [1, "Lê Thị Lan", "x", "x"],
    ]
    reading = read(rows)
    assert set(reading.rows[0].marks) == {"2024-08-15 am", "2024-08-15 pm"}
    assert {code for _, code in codes(reading)} == {"year_from_title"}
    untold = read([["STT", "Họ và tên", "15/8 sáng"], [1, "Lê Thị Lan", "x"]])
    assert untold.rows[0].marks == {}
    assert codes(untold) == [(1, "mark_without_date")]


def test_marks_not_known_are_told(read: Read) -> None:
    reading = read([["STT", "Họ và tên", "15/8/2024"], [1, "Lê Thị Lan", "họp"], [2, "Lù A Sì", "x"]])
    assert [row.marks for row in reading.rows] == [{}, {"2024-08-15": "present"}]
    assert codes(reading) == [(2, "unknown_mark")]


def test_small_v_as_the_only_mark(read: Read) -> None:
    reading = read(
        [["STT", "Họ và tên", "15/8/2024"], [1, "Lê Thị Lan", "v"], [2, "Lù A Sì", "v"], [3, "Ma Văn An", ""]]
    )
    assert [row.marks["2024-08-15"] for row in reading.rows] == ["present", "present", "absent"]
    assert codes(reading) == [(0, "tick_v")]


def test_results_of_a_platform(read: Read) -> None:
    rows = [
        ["Khóa học: Kỹ năng số cơ bản"],
        ["STT", "Họ tên học viên", "Tài khoản/Email", "Tiến độ (%)", "Điểm", "Trạng thái", "Ngày hoàn thành"],
        [1, "Lê Thị Lan", "lan@example.vn", "100%", "7,5", "Hoàn thành", "22/06/2024 00:00"],
        [2, "Lù A Sì", "si@example.vn", 0.29, "", "Đang học", "-"],
    ]
    reading = read(rows)
    assert reading.kind == "results"
    first, second = (row.as_json() for row in reading.rows)
    assert {key: first[key] for key in ("course", "progress", "score", "passed", "completed_at")} == {
        "course": "Kỹ năng số cơ bản",
        "progress": 100,
        "score": 7.5,
        "passed": True,
        "completed_at": "2024-06-22",
    }
    assert (second["progress"], second["score"], second["passed"], second["completed_at"]) == (
        29,
        None,
        False,
        None,
    )


def test_results_by_mail_alone(read: Read) -> None:
    reading = read([["Email", "Course", "Grade"], ["lan@example.vn", "Digital skills", 0.9]], suffix=".csv")
    assert (reading.kind, reading.rows[0].email, reading.rows[0].score) == ("results", "lan@example.vn", 0.9)


def test_a_kind_that_does_not_fit_is_told(read: Read) -> None:
    reading = read([HEAD, [1, *LAN]], kind="attendance")
    assert reading.kind == "attendance"
    assert codes(reading) == [(0, "kind_differs")]
