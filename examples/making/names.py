"""Invented names in the ways of naming of the north-western provinces. No real person is meant.

The lists are written for these examples. Given names of people quoted in public reports on the two cases are
left out of them.
"""

from __future__ import annotations

from making.dice import Dice


def words(text: str) -> list[str]:
    """A list, with the common ones repeated."""
    return text.split()


# Surnames of each people; then, for men and for women, middle words and given names.
KINH = words(
    "Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Trần Lê Lê Phạm Phạm Hoàng Vũ Vũ Đặng Bùi Đỗ Ngô Dương Phan Đinh "
    "Trịnh Đoàn Lương Đào Lưu Cao Mai Tạ Phùng Chu Tô Vương Hà Tống Kiều"
)
KINH_MEN = (
    words("Văn Văn Văn Đức Minh Quang Hữu Xuân Mạnh Ngọc Tiến Anh Trung Công Thành"),
    words(
        "Tuấn Hùng Dũng Cường Sơn Hải Long Nam Thắng Trung Kiên Quân Bình Toàn Đạt Huy Khánh Vinh Tùng Hưng "
        "Phong Quyết Trường Lâm Đông Chiến Luân Duy Tài Khoa Việt Nghĩa Hoàn Giang Tâm"
    ),
)
KINH_WOMEN = (
    words("Thị Thị Thị Thị Thu Thanh Ngọc Minh Bích Hồng Kim Thùy Phương Mai"),
    words(
        "Hoa Lan Hương Hà Nga Thủy Loan Huyền Yến Nhung Linh Trang Mai Oanh Liên Dung Hiền Phượng Thảo Ngân "
        "Tuyết Vân Xuân Hằng Quỳnh Chi Bích Ánh Nguyệt Thoa Lý Hòa Thúy Nụ Gấm"
    ),
)
TAY = words("Hoàng Hoàng Nông Nông Ma Ma Lương Hà Quan Chẩu Vi La Lý Nguyễn Đàm Bế Triệu Hứa Ma Lộc Phùng")
TAY_MEN = (
    words("Văn Văn Đình Đức Xuân Quang Công Ngọc Thế"),
    words(
        "Thông Thuận Điệp Khải Tuyên Trọng Hậu Chung Sáng Quý Tỉnh Vượng Thịnh Lợi Huân Dương Phúc Thế Đoàn "
        "Nghị"
    ),
)
TAY_WOMEN = (
    words("Thị Thị Thị Thu Bích Hồng"),
    words(
        "Nhàn Diệp Thơm Chiêm Lưu Bưởi Nết Mến Duyên Tươi Thêu Sen Thương Ngoan Hậu Chuyên Xuyến Đào Hoài Ngời"
    ),
)
NUNG = words("Nông Lù Hoàng Lục Vàng Sần Vương Lùng Long Nùng Hoàng Tráng Thền Sùng Lèng Chương")
NUNG_MEN = (
    words("Văn Văn Seo A A Quang"),
    words("Sì Dìn Phà Chính Tỉn Sài Hòa Lìn Khoa Tờ Phủ Dùng Cương Pao Diu"),
)
NUNG_WOMEN = (
    words("Thị Thị Thị Seo"),
    words("Mỷ Xuyến Sín Dín Lành Hồng Pành Chấn Vui Phượng Bình Tàn Phìn Sửu Lù"),
)
MONG = words("Giàng Sùng Vàng Thào Lý Ma Hầu Tráng Cư Cứ Hạng Lầu Má Vừ Thền Sùng Giàng Ly")
MONG_MEN = (
    words("A A A Seo Seo Văn Mí"),
    words("Sì Pao Chúng Lử Páo Sáng Dơ Chẩn Vảng Sài Tủa Hồ Của Phừ Sủ Chu Tráng Khoa Giống Phử Lềnh Thắng"),
)
MONG_WOMEN = (
    words("Thị Thị Thị Seo"),
    words("Mỷ Dín Sua Chư Vang Pàng Mai Sào Dở Ca Cở Xóa Sông Chá Lan Pà Lia Dợ Say Máy"),
)
DAO = words("Triệu Triệu Bàn Bàn Đặng Chảo Tẩn Phàn Lý Lò Phùng Dương Chìu Vàng")
DAO_MEN = (
    words("Văn Văn Tòn Láo Kim Quầy Phù Sành Tiến Hữu"),
    words("Phúc Lở Sành Chiêu Tá Pu Ton Liều Vạng Nhất Khé Hín Mềnh Lụa Quyên Phấu Vinh Tài Thanh Quý"),
)
DAO_WOMEN = (
    words("Thị Thị Mùi Mẩy Tả Thị"),
    words("Chạn Mẩy Nái Khé Ghển Pham Liều Mán Lai Sếnh Nhậy Bình Hoa Xiên Tình Coi Lưu Viện Dất Chòi"),
)
GIAY = words("Vàng Lục Nùng Lù Hoàng Sần Lùng Phan Vùi Lò Nông Vạn")
GIAY_MEN = (
    words("Văn Văn Văn Đức Minh Xuân"),
    words("Páo Siểu Chung Dùng Lèng Sài Tiến Thật Bằng Quẩy Thơ Phẩm"),
)
GIAY_WOMEN = (
    words("Thị Thị Thị Thu"),
    words("Xến Hỏi Nhừ Diện Mỷ Xoan Xuân Biên Tráng Pỉnh Dín Chuyển"),
)

GROUPS = {
    "Kinh": (KINH, KINH_MEN, KINH_WOMEN),
    "Tày": (TAY, TAY_MEN, TAY_WOMEN),
    "Nùng": (NUNG, NUNG_MEN, NUNG_WOMEN),
    "Mông": (MONG, MONG_MEN, MONG_WOMEN),
    "Dao": (DAO, DAO_MEN, DAO_WOMEN),
    "Giáy": (GIAY, GIAY_MEN, GIAY_WOMEN),
}
LAO_CAI = {"Kinh": 46, "Tày": 16, "Dao": 14, "Mông": 12, "Giáy": 7, "Nùng": 5}
TUYEN_QUANG = {"Kinh": 44, "Tày": 29, "Dao": 14, "Mông": 4, "Nùng": 9}


def full_name(dice: Dice, weights: dict[str, int], sex: str) -> str:
    """A name of one of the peoples of the region; a few women of Kinh families bear four words."""
    people = dice.weighted(weights)
    surnames, men, women = GROUPS[people]
    middles, given_names = men if sex == "m" else women
    middle, given = dice.pick(middles), dice.pick(given_names)
    if people == "Kinh" and sex == "f" and middle == "Thị" and dice.chance(0.4):
        middle = f"Thị {dice.pick(['Thu', 'Thanh', 'Hồng', 'Kim', 'Bích', 'Minh', 'Ngọc'])}"
    if middle.split()[-1] == given:
        middle = "Văn" if sex == "m" else "Thị"
    return f"{dice.pick(surnames)} {middle} {given}"
