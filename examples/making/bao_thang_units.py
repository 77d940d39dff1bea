"""Huyện Bảo Thắng as it was in 2024, and what became of it on 1 July 2025."""

from __future__ import annotations

from datetime import date, timedelta

from making.dice import Dice
from making.places import EVE, PROVINCES_ACT, REFORM, Places, slug
from nhanlucso.orgs import catalogue

ON = date(2024, 9, 14)
DISTRICT_KEY, PROVINCE_KEY, NEIGHBOUR_KEY, NEW_PROVINCE_KEY = "086@", "10@", "15@", "15@2025-07-01"
# Ids that differ from the plain slug, since two units would bear the same one.
OLD_IDS = {
    "Thị trấn Tằng Loỏng": "thi-tran-tang-loong",
    "Thị trấn Nông trường Phong Hải": "nong-truong-phong-hai",
}
NEW_IDS = {
    "Xã Bảo Thắng": "bao-thang-xa",
    "Xã Gia Phú": "gia-phu-2025",
    "Xã Xuân Quang": "xuan-quang-2025",
    "Phường Lào Cai": "phuong-lao-cai",
}
NEW_PROVINCE = "lao-cai-2025"

# id without the prefix "bt-", name, kind, number of staff beside the leaders
BODIES: list[tuple[str, str, str, int]] = [
    ("van-phong-hdnd-ubnd", "Văn phòng HĐND và UBND huyện", "division", 12),
    ("phong-noi-vu", "Phòng Nội vụ", "division", 7),
    ("phong-tai-chinh-ke-hoach", "Phòng Tài chính - Kế hoạch", "division", 7),
    ("phong-van-hoa-thong-tin", "Phòng Văn hóa - Thông tin", "division", 6),
    ("phong-giao-duc-dao-tao", "Phòng Giáo dục và Đào tạo", "division", 7),
    ("phong-tu-phap", "Phòng Tư pháp", "division", 3),
    ("phong-tai-nguyen-moi-truong", "Phòng Tài nguyên và Môi trường", "division", 6),
    ("phong-nong-nghiep", "Phòng Nông nghiệp và Phát triển nông thôn", "division", 6),
    ("phong-kinh-te-ha-tang", "Phòng Kinh tế và Hạ tầng", "division", 5),
    ("phong-lao-dong", "Phòng Lao động - Thương binh và Xã hội", "division", 5),
    ("phong-dan-toc", "Phòng Dân tộc", "division", 3),
    ("thanh-tra", "Thanh tra huyện", "division", 4),
    ("huyen-uy", "Cơ quan Huyện ủy", "agency", 18),
    ("mttq", "Ủy ban Mặt trận Tổ quốc Việt Nam huyện", "agency", 4),
    ("huyen-doan", "Huyện đoàn", "agency", 3),
    ("hoi-phu-nu", "Hội Liên hiệp Phụ nữ huyện", "agency", 3),
    ("hoi-nong-dan", "Hội Nông dân huyện", "agency", 3),
    ("hoi-cuu-chien-binh", "Hội Cựu chiến binh huyện", "agency", 2),
    ("trung-tam-van-hoa", "Trung tâm Văn hóa, Thể thao - Truyền thông", "service_unit", 14),
    ("trung-tam-nong-nghiep", "Trung tâm Dịch vụ nông nghiệp", "service_unit", 12),
    ("ban-quan-ly-du-an", "Ban Quản lý dự án đầu tư xây dựng", "service_unit", 8),
]
HEALTH = "bt-trung-tam-y-te"
HEALTH_STAFF = 40
NEW_DIVISIONS = [
    ("van-phong", "Văn phòng HĐND và UBND xã"),
    ("phong-kinh-te", "Phòng Kinh tế"),
    ("phong-van-hoa-xa-hoi", "Phòng Văn hóa - Xã hội"),
    ("hanh-chinh-cong", "Trung tâm Phục vụ hành chính công"),
]
# Villages of each commune, and how many of them have no team. The numbers of Phú Nhuận are as reported in
# public; the others are set by hand.
VILLAGES = {
    "phu-nhuan": (25, 0),
    "pho-lu": (16, 0),
    "thi-tran-tang-loong": (12, 0),
    "nong-truong-phong-hai": (17, 1),
    "ban-phiet": (11, 0),
    "ban-cam": (10, 1),
    "thai-nien": (18, 4),
    "phong-nien": (17, 1),
    "gia-phu": (19, 0),
    "xuan-quang": (18, 0),
    "son-hai": (8, 0),
    "xuan-giao": (13, 0),
    "tri-quang": (12, 2),
    "son-ha": (9, 0),
}
VILLAGE_WORDS = [
    ["Phú", "Tân", "Đồng", "Khe", "Làng", "Nậm", "Bản", "An", "Hòa", "Cốc", "Nà", "Suối"],
    ["Lợi", "Thành", "Tiến", "Trang", "Mon", "Bay", "Sơn", "Lạc", "Ủng", "Choỏng", "Chom", "Phung", "Thắng"],
]


class BaoThang:
    """Ids of the district's units, for the modules that fill them."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.communes: list[str] = []
        self.new_communes: list[str] = []
        self.bodies: list[str] = []
        self.villages: dict[str, list[str]] = {}

    def build(self) -> None:
        self.provinces()
        self.district()
        self.agencies()
        self.reformed_communes()
        self.all_villages()

    def provinces(self) -> None:
        places = self.places
        places.entry(PROVINCE_KEY, "lao-cai")
        places.entry(NEIGHBOUR_KEY, "yen-bai")
        places.entry(NEW_PROVINCE_KEY, NEW_PROVINCE)
        for old in ("lao-cai", "yen-bai"):
            places.change("merge-lao-cai", "merge", REFORM, old, NEW_PROVINCE, PROVINCES_ACT)

    def district(self) -> None:
        places = self.places
        district, *communes = catalogue.subtree(DISTRICT_KEY, ON)
        places.entry(district.key, "bao-thang", "lao-cai")
        places.ended("bao-thang", NEW_PROVINCE)
        for commune in communes:
            id = OLD_IDS.get(commune.name, slug(commune.name))
            self.communes.append(places.entry(commune.key, id, "bao-thang"))
        for name, title, kind, _staff in BODIES:
            body = places.unit(f"bt-{name}", title, kind, "bao-thang", None, EVE)
            places.ended(body, NEW_PROVINCE)
            self.bodies.append(body)
        places.moved(HEALTH, "bao-thang", NEW_PROVINCE, "service_unit", "Trung tâm Y tế Bảo Thắng")
        self.bodies.append(HEALTH)

    def agencies(self) -> None:
        """The department that led digital transformation in the province, and its heir since 1 March 2025."""
        places = self.places
        merged = date(2025, 3, 1)
        places.unit(
            "lc-so-tttt",
            "Sở Thông tin và Truyền thông",
            "agency",
            "lao-cai",
            None,
            merged - timedelta(days=1),
        )
        places.moved("lc-so-khcn", "lao-cai", NEW_PROVINCE, "agency", "Sở Khoa học và Công nghệ")
        places.change("merge-lc-so-tttt", "merge", merged, "lc-so-tttt", "lc-so-khcn")

    def reformed_communes(self) -> None:
        places = self.places
        for old in self.communes:
            key = next(key for key, id in places.id_of.items() if id == old)
            for successor in catalogue.successors(key):
                if successor.key not in places.id_of:
                    id = NEW_IDS.get(successor.name, slug(successor.name))
                    self.new_communes.append(places.entry(successor.key, id, NEW_PROVINCE))
                new = places.id_of[successor.key]
                act = catalogue.entry(successor.key).document
                places.change(f"merge-{new}", "merge", REFORM, old, new, act)
                places.became.setdefault(old, []).append(new)
        for new in self.new_communes:
            if new == "phuong-lao-cai":
                continue  # most of this ward came from the city, which is not in the example
            for name, title in NEW_DIVISIONS:
                division = places.unit(f"{new}-{name}", title, "division", new, REFORM)
                places.change(f"create-{division}", "create", REFORM, "", division)

    def all_villages(self) -> None:
        dice = Dice("bao-thang villages")
        for commune in self.communes:
            count, _without = VILLAGES[commune]
            town = self.places.names[commune].startswith("Thị trấn")
            names = (
                [f"Tổ dân phố số {n}" for n in range(1, count + 1)] if town else village_names(dice, count)
            )
            self.villages[commune] = []
            for number, name in enumerate(names, 1):
                village = f"{commune}-thon-{number:02d}"
                (new,) = self.places.became[commune]
                self.places.unit(village, name, "village", commune, None, EVE)
                self.places.unit(village, name, "village", new, REFORM, None)
                self.places.change(f"move-{village}", "move", REFORM, village, village)
                self.places.became[village] = [village]
                self.villages[commune].append(village)


def village_names(dice: Dice, count: int) -> list[str]:
    names: list[str] = []
    while len(names) < count:
        name = f"Thôn {dice.pick(VILLAGE_WORDS[0])} {dice.pick(VILLAGE_WORDS[1])}"
        if name in names:
            continue
        if count - len(names) >= 3 and dice.chance(0.25):
            names += [f"{name} {n}" for n in (1, 2)]  # villages named 1 and 2 are common
        else:
            names.append(name)
    return names
