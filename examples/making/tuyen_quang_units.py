"""Tỉnh Tuyên Quang with its 138 communes of 2023, its agencies, and the reform of 2025."""

from __future__ import annotations

from datetime import date, timedelta

from making.dice import Dice
from making.places import EVE, PROVINCES_ACT, REFORM, Places, slug
from nhanlucso.orgs import catalogue

ON = date(2023, 9, 14)
PROVINCE_KEY, NEIGHBOUR_KEY, NEW_PROVINCE_KEY = "08@", "02@", "08@2025-07-01"
NEW_PROVINCE = "tuyen-quang-2025"
CITY = "thanh-pho-tuyen-quang"

# id, name, number of staff beside the two leaders
AGENCIES: list[tuple[str, str, int]] = [
    ("so-tttt", "Sở Thông tin và Truyền thông", 36),
    ("van-phong-ubnd", "Văn phòng UBND tỉnh", 42),
    ("cong-an-tinh", "Công an tỉnh", 38),
    ("so-tu-phap", "Sở Tư pháp", 29),
    ("so-khcn", "Sở Khoa học và Công nghệ", 24),
    ("so-noi-vu", "Sở Nội vụ", 30),
    ("so-tai-chinh", "Sở Tài chính", 28),
    ("so-giao-duc", "Sở Giáo dục và Đào tạo", 30),
    ("so-y-te", "Sở Y tế", 26),
    ("so-cong-thuong", "Sở Công Thương", 22),
    ("so-van-hoa", "Sở Văn hóa, Thể thao và Du lịch", 26),
    ("thanh-tra-tinh", "Thanh tra tỉnh", 18),
]
SCHOOL = ("truong-chinh-tri", "Trường Chính trị tỉnh", 16)
SO_TTTT_ENDS = date(2025, 3, 1)
DIVISIONS = [
    ("van-phong", "Văn phòng HĐND và UBND", 6),
    ("phong-van-hoa-thong-tin", "Phòng Văn hóa và Thông tin", 4),
    ("phong-noi-vu", "Phòng Nội vụ", 4),
]
# Communes whose villages are in the example, with their number and how many of them have a team.
VILLAGES = {
    "trung-mon": (6, 6),
    "tan-trao": (5, 5),
    "hung-my": (6, 5),
    "phu-luu": (6, 5),
    "thuong-lam": (5, 4),
    "yen-hoa": (6, 3),
}
WORDS = [
    ["Tân", "Đồng", "Nà", "Khuổi", "Bản", "Phiêng", "Làng", "Cây"],
    ["Lập", "Tiến", "Tông", "Lòa", "Chang", "Cướm", "Mạ"],
]


class TuyenQuang:
    def __init__(self, places: Places) -> None:
        self.places = places
        self.districts: list[str] = []
        self.communes: dict[str, list[str]] = {}  # district -> communes of 2023
        self.villages: dict[str, list[str]] = {}
        self.keys: dict[str, str] = {}  # commune -> catalogue key

    def build(self) -> None:
        self.provinces()
        self.agencies()
        self.district_tree()
        self.hong_son()
        self.reformed_communes()
        self.some_villages()

    def provinces(self) -> None:
        places = self.places
        places.entry(PROVINCE_KEY, "tuyen-quang")
        places.entry(NEIGHBOUR_KEY, "ha-giang")
        places.entry(NEW_PROVINCE_KEY, NEW_PROVINCE)
        for old in ("tuyen-quang", "ha-giang"):
            places.change("merge-tuyen-quang", "merge", REFORM, old, NEW_PROVINCE, PROVINCES_ACT)

    def agencies(self) -> None:
        """Agencies go on under the new province; the one of information ended four months earlier."""
        places = self.places
        for id, name, _staff in AGENCIES:
            if id == "so-tttt":
                places.unit(id, name, "agency", "tuyen-quang", None, SO_TTTT_ENDS - timedelta(days=1))
                places.change("merge-so-tttt", "merge", SO_TTTT_ENDS, id, "so-khcn")
            else:
                places.moved(id, "tuyen-quang", NEW_PROVINCE, "agency", name)
        id, name, _staff = SCHOOL
        places.moved(id, "tuyen-quang", NEW_PROVINCE, "service_unit", name)

    def district_tree(self) -> None:
        places = self.places
        _province, *below = catalogue.subtree(PROVINCE_KEY, ON)
        for entry in below:
            if entry.kind == "district":
                id = CITY if entry.name.startswith("Thành phố") else f"huyen-{slug(entry.name)}"
                self.districts.append(places.entry(entry.key, id, "tuyen-quang"))
                self.communes[id] = []
                places.ended(id, NEW_PROVINCE)
                for name, title, _staff in DIVISIONS:
                    division = places.unit(f"{id}-{name}", title, "division", id, entry.valid_from, EVE)
                    places.ended(division, NEW_PROVINCE)
        for entry in below:
            if entry.kind == "commune":
                self.commune(entry.key, places.id_of[entry.parent_key])

    def commune(self, key: str, district: str) -> str:
        """A commune; one that kept its people and name in 2025 only changed its parent and stays one unit."""
        entry = catalogue.entry(key)
        id = slug(entry.name)
        if id in self.keys:  # Tân Thành and Tân Thanh
            id = f"{id}-{district}"
        self.keys[id] = key
        self.places.entry(key, id, district)
        if entry.is_valid_on(ON):
            self.communes[district].append(id)
        return id

    def hong_son(self) -> None:
        """Vân Sơn went into Hồng Lạc on 1 September 2024, which was called Hồng Sơn from then on."""
        places = self.places
        ended = [id for id, key in self.keys.items() if (catalogue.entry(key).valid_to or EVE) < EVE]
        for old in ended:
            for successor in catalogue.successors(self.keys[old]):
                entry = catalogue.entry(successor.key)
                if successor.key not in places.id_of:
                    self.commune(successor.key, places.id_of[entry.parent_key])
                new = places.id_of[successor.key]
                assert entry.valid_from
                places.change(f"merge-{new}", "merge", entry.valid_from, old, new, entry.document)
                places.became[old] = [new]

    def reformed_communes(self) -> None:
        for old, key in list(self.keys.items()):
            if old in self.places.became:
                continue
            successors = catalogue.successors(key)
            if len(successors) == 1 and catalogue.changes([successors[0].key])[-1].kind == "move":
                self.kept(old, successors[0].key)
                continue
            for successor in successors:
                new = self.new_commune(successor.key)
                kind = "split" if successor.relation == "part" else "merge"
                event = f"split-{old}" if kind == "split" else f"merge-{new}"
                act = catalogue.entry(successor.key).document
                self.places.change(event, kind, REFORM, old, new, act)
                self.places.became.setdefault(old, []).append(new)
        for old, successors in self.places.became.items():
            if successors and successors[0] in self.keys and successors[0] != old:  # ended before the reform
                self.places.became[old] = self.places.became[successors[0]]

    def new_commune(self, key: str) -> str:
        places = self.places
        if key not in places.id_of:
            places.entry(key, f"{slug(catalogue.entry(key).name)}-2025", NEW_PROVINCE)
        return places.id_of[key]

    def kept(self, id: str, key: str) -> None:
        entry = catalogue.entry(key)
        old = self.keys[id]
        self.places.id_of[key] = id
        self.places.unit(id, entry.name, "commune", NEW_PROVINCE, REFORM, None, entry.code, old)
        self.places.change(f"move-{id}", "move", REFORM, id, id, entry.document)
        self.places.became[id] = [id]

    def some_villages(self) -> None:
        dice = Dice("tuyen-quang villages")
        for commune, (count, _teams) in VILLAGES.items():
            (new,) = self.places.became[commune]
            begin = catalogue.entry(self.keys[commune]).valid_from
            names: list[str] = []
            while len(names) < count:
                name = f"Thôn {dice.pick(WORDS[0])} {dice.pick(WORDS[1])}"
                names += [name] if name not in names else []
            self.villages[commune] = []
            for number, name in enumerate(names, 1):
                village = f"{commune}-thon-{number:02d}"
                self.places.unit(village, name, "village", commune, begin, EVE)
                self.places.unit(village, name, "village", new, REFORM, None)
                self.places.change(f"move-{village}", "move", REFORM, village, village)
                self.villages[commune].append(village)
