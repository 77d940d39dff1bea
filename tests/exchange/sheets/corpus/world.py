"""Invented people and their offices. The truth of every list comes from here."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass

_FAMILIES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Lù",
    "Giàng",
    "Sùng",
    "Vàng",
    "Thào",
    "Bàn",
    "Triệu",
    "Nông",
    "Ma",
    "Lò",
    "Tẩn",
    "Chảo",
    "Hà",
    "Cư",
    "Tống",
    "Đoàn",
    "Phương",
    "Tô",
    "Hạ",
    "Mã",
    "Khổng",
    "Ông",
    "Đồng",
    "Sở",
    "Công",
]
_MIDDLES_M = [
    "Văn",
    "Đức",
    "Minh",
    "Quốc",
    "Hữu",
    "A",
    "Xuân",
    "Mạnh",
    "Đình",
    "Ngọc",
    "Công",
    "Sỹ",
    "Seo",
    "Mí",
    "Thế",
]
_MIDDLES_F = ["Thị", "Thu", "Ngọc", "Thanh", "Thùy", "Hồng", "Thị", "Thị", "Phương", "Bích", "Thị", "Kiều"]
_GIVEN_M = [
    "Anh",
    "Bình",
    "Cường",
    "Dũng",
    "Đạt",
    "Đông",
    "Khánh",
    "Ước",
    "Páo",
    "Sì",
    "Chúng",
    "Tuấn",
    "Sơn",
    "Phong",
    "Kỳ",
    "Thắng",
    "Huy",
    "Cộng",
    "Hùng",
    "Vượng",
    "Sò",
    "Lềnh",
]
_GIVEN_F = [
    "Hòa",
    "Hằng",
    "Lan",
    "Mỷ",
    "Nga",
    "Oanh",
    "Phượng",
    "Quỳnh",
    "Súa",
    "Thuỷ",
    "Vân",
    "Yến",
    "Hà",
    "Ánh",
    "Dở",
    "Chi",
    "Uyên",
    "Thúy",
    "Nguyệt",
    "Tổng",
    "Nữ",
    "Sáng",
]
_ODD = [
    ("Nguyễn Thị H'Len", "f"),
    ("Lý A Ú", "m"),
    ("Phạm Ý Nhi", "f"),
    ("Ma Thị Ê", "f"),
    ("Lù A Sì", "m"),
    ("Rơ Châm H'Yéo", "f"),
    ("Vàng Mí Sò", "m"),
    ("Trần Lê Thị Thu Hằng", "f"),
    ("John Smith", "m"),
    ("Souksavanh Phommachanh", "f"),
    ("Y Phôn", "m"),
    ("Bàn Thị Thuỷ", "f"),
    ("Đoàn Văn Hội", "m"),
    ("Tô Ái", "f"),
    ("Sở Thị Ban", "f"),
    ("Trưởng Văn Phòng", "m"),
]
COMMUNES = [
    "xã Gia Phú",
    "xã Phú Nhuận",
    "thị trấn Phố Lu",
    "xã Xuân Quang",
    "xã Sơn Hà",
    "xã Trì Quang",
    "thị trấn Tằng Loỏng",
    "xã Phong Niên",
    "xã Bản Phiệt",
    "phường Nông Tiến",
    "xã Ỷ La",
    "đặc khu Vân Đồn",
]
OFFICES = [
    "Phòng Tư pháp",
    "Phòng Văn hóa - Thông tin",
    "Phòng Nội vụ",
    "Văn phòng HĐND và UBND huyện",
    "Trường THCS Gia Phú",
    "Trung tâm Y tế huyện Bảo Thắng",
    "Sở Khoa học và Công nghệ",
    "Ban Tổ chức Huyện ủy",
    "Hội Nông dân xã Sơn Hà",
    "Công ty TNHH Apatit Lào Cai",
    "Trạm Y tế xã Trì Quang",
    "Trường Mầm non số 1 Phố Lu",
    "Ủy ban MTTQ xã Gia Phú",
]
TITLES = [
    "Chủ tịch UBND",
    "Phó Chủ tịch HĐND",
    "Công chức Địa chính",
    "Công chức Văn phòng - Thống kê",
    "Viên chức",
    "Chuyên viên",
    "Kế toán",
    "Phó Trưởng phòng",
    "Trưởng phòng",
    "Giáo viên",
    "Hiệu trưởng",
    "Bí thư Đoàn xã",
    "Văn thư, thủ quỹ",
    "Cán bộ Bưu điện văn hóa xã",
    "Công an viên",
    "Người lao động",
    "Điều dưỡng",
    "Chủ tịch Hội Phụ nữ",
    "Nhân viên",
    "Trưởng thôn",
]
COURSES = [
    "Kỹ năng số cơ bản",
    "Dịch vụ công trực tuyến",
    "An toàn thông tin",
    "Chuyển đổi số cho cán bộ cấp xã",
    "Sử dụng VNeID",
    "Kỹ năng sử dụng trí tuệ nhân tạo",
]


@dataclass(frozen=True, slots=True)
class Human:
    full_name: str
    birth_date: str  # ISO
    sex: str  # m, f
    title: str
    unit: str
    phone: str
    national_id: str
    email: str

    @property
    def words(self) -> list[str]:
        return self.full_name.split(" ")

    @property
    def day(self) -> tuple[int, int, int]:
        year, month, day = map(int, self.birth_date.split("-"))
        return day, month, year


def units(pick: random.Random, count: int) -> list[str]:
    """Names of offices as letters write them."""
    known = [f"UBND {commune}" for commune in COMMUNES] + OFFICES
    return pick.sample(known, count)


def humans(pick: random.Random, count: int, places: list[str]) -> list[Human]:
    """People in the order of their offices."""
    found = []
    for number in range(count):
        name, sex = _name(pick)
        found.append(
            Human(
                full_name=name,
                birth_date=f"{pick.randint(1962, 2004)}-{pick.randint(1, 12):02d}-{pick.randint(1, 28):02d}",
                sex=sex,
                title=pick.choice(TITLES),
                unit=places[number * len(places) // count],
                phone=pick.choice(["09", "03", "08", "07", "05"]) + f"{pick.randint(10_000_000, 99_999_999)}",
                national_id="0" + pick.choice(["", "0"]) + f"{pick.randint(10**10, 10**11 - 1)}",
                email=f"{bare(name.split()[-1])}{number}@laocai.example.vn",
            )
        )
    return [_fitting(human) for human in found]


def _fitting(human: Human) -> Human:
    """Twelve digits exactly."""
    return Human(**{**_fields(human), "national_id": human.national_id[:12].ljust(12, "7")})


def _fields(human: Human) -> dict[str, str]:
    return {name: getattr(human, name) for name in Human.__dataclass_fields__}


def _name(pick: random.Random) -> tuple[str, str]:
    if pick.random() < 0.12:
        return pick.choice(_ODD)
    sex = pick.choice("mf")
    middles, given = (_MIDDLES_M, _GIVEN_M) if sex == "m" else (_MIDDLES_F, _GIVEN_F)
    words = [pick.choice(_FAMILIES), pick.choice(middles), pick.choice(given)]
    if pick.random() < 0.15:
        words.insert(2, pick.choice(given))
    return " ".join(words), sex


def bare(text: str) -> str:
    """Without marks and in small letters, for mail addresses."""
    apart = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in apart if char.isascii() and char.isalpha())
