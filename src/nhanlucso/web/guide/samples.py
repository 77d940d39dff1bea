"""Lists to try the import with: invented people, the headings of lists as they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nhanlucso.papers.lists import Value


@dataclass(frozen=True, slots=True)
class Sample:
    """A list: what it is called on the page, its title, head and rows as they stand in the file (Vietnamese), and
    what kind of file that is."""

    label: str | Promise
    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Value]]
    form: str = "xlsx"


_PEOPLE = (
    ("Hoàng Thị Mai Anh", "12/03/1988", "Nữ", "Công chức Văn hóa - Xã hội", "0912000101"),
    ("Vàng A Sính", "05/11/1990", "Nam", "Công chức Địa chính", "0912000102"),
    ("Lò Văn Đức", "1985", "Nam", "Phó Chủ tịch UBND", "0912000103"),
    ("Nông Thị Thủy", "28/07/1993", "Nữ", "Công chức Tư pháp - Hộ tịch", "0912000104"),
    ("Phạm Quốc Việt", "19/01/1979", "Nam", "Bí thư Đảng ủy", "0912000105"),
)
SAMPLES = {
    "can-bo": Sample(
        _("Danh sách cán bộ"),
        "DANH SÁCH CÁN BỘ, CÔNG CHỨC",
        ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Chức vụ", "Điện thoại"),
        [[number, *row] for number, row in enumerate(_PEOPLE, 1)],
    ),
    "can-bo-word": Sample(
        _("Danh sách cán bộ"),
        "DANH SÁCH CÁN BỘ, CÔNG CHỨC",
        ("STT", "Họ và tên", "Năm sinh", "Chức vụ", "Số điện thoại"),
        [[number, row[0], row[1][-4:], row[3], row[4]] for number, row in enumerate(_PEOPLE, 1)],
        "docx",
    ),
    "diem-danh": Sample(
        _("Bảng điểm danh"),
        "BẢNG ĐIỂM DANH LỚP KỸ NĂNG SỐ CƠ BẢN",
        ("STT", "Họ và tên", "Ngày sinh", "15/05/2026 sáng", "15/05/2026 chiều"),
        [
            [number, row[0], row[1], *marks]
            for number, (row, marks) in enumerate(
                zip(_PEOPLE, (("x", "x"), ("x", "x"), ("x", "P"), ("K", "K"), ("x", "x")), strict=True), 1
            )
        ],
    ),
    "ket-qua": Sample(
        _("Kết quả học trực tuyến"),
        "KẾT QUẢ HỌC TẬP TRÊN NỀN TẢNG TRỰC TUYẾN",
        ("STT", "Họ và tên", "Ngày sinh", "Khóa học", "Tiến độ (%)", "Điểm", "Ngày hoàn thành"),
        [
            [number, row[0], row[1], "Kỹ năng số cơ bản", *outcome]
            for number, (row, outcome) in enumerate(
                zip(
                    _PEOPLE,
                    ((100, 9, "20/05/2026"), (100, 8, "21/05/2026"), (60, None, None), (100, 7, "22/05/2026"),
                     (10, None, None)),
                    strict=True,
                ),
                1,
            )
        ],
    ),
}  # fmt: skip
