"""Staff of the district and its communes, village teams, and who went where in July 2025."""

from __future__ import annotations

from datetime import date

from making.bao_thang_units import BODIES, HEALTH, HEALTH_STAFF, NEW_PROVINCE, VILLAGES, BaoThang
from making.dice import Dice
from making.people import Member, Register

CADRES = [
    ("Bí thư Đảng ủy", True),
    ("Phó Bí thư Thường trực Đảng ủy", True),
    ("Phó Chủ tịch HĐND xã", True),
    ("Chủ tịch UBND xã", True),
    ("Phó Chủ tịch UBND xã", True),
    ("Phó Chủ tịch UBND xã", True),
    ("Chủ tịch Ủy ban MTTQ xã", False),
    ("Bí thư Đoàn xã", False),
    ("Chủ tịch Hội LHPN xã", False),
    ("Chủ tịch Hội Nông dân xã", False),
    ("Chủ tịch Hội CCB xã", False),
]
CIVIL_SERVANTS = [
    "Công chức Văn phòng - Thống kê",
    "Công chức Văn hóa - Xã hội",
    "Công chức Tư pháp - Hộ tịch",
    "Công chức Địa chính - Nông nghiệp - Xây dựng và Môi trường",
    "Công chức Tài chính - Kế toán",
    "Chỉ huy trưởng Ban Chỉ huy Quân sự",
    "Công chức Văn phòng - Thống kê",
    "Công chức Tư pháp - Hộ tịch",
    "Công chức Địa chính - Nông nghiệp - Xây dựng và Môi trường",
    "Công chức Văn hóa - Xã hội",
    "Công chức Tài chính - Kế toán",
    "Công chức Văn phòng - Thống kê",
]
# How many civil servants each commune has: Phú Nhuận has 21 staff, 11 of them cadres.
CIVIL_COUNTS = {
    "phu-nhuan": 10,
    "pho-lu": 12,
    "thi-tran-tang-loong": 11,
    "gia-phu": 11,
    "xuan-quang": 11,
    "son-ha": 9,
}
HEADS = {
    "bt-van-phong-hdnd-ubnd": "Chánh Văn phòng",
    "bt-thanh-tra": "Chánh Thanh tra",
    "bt-huyen-uy": "Chánh Văn phòng",
    "bt-mttq": "Chủ tịch",
    "bt-huyen-doan": "Bí thư",
    "bt-hoi-phu-nu": "Chủ tịch",
    "bt-hoi-nong-dan": "Chủ tịch",
    "bt-hoi-cuu-chien-binh": "Chủ tịch",
}
ONE_STOP = ("Công chức Tư pháp - Hộ tịch", "Công chức Địa chính - Nông nghiệp - Xây dựng và Môi trường")


class BaoThangPeople:
    """Fills the units of the district with people; `district_staff` are all staff on 14 September 2024."""

    def __init__(self, units: BaoThang, register: Register) -> None:
        self.units, self.register = units, register
        self.dice = Dice("bao-thang posts")
        self.team_members: list[Member] = []
        self.teams: dict[str, str] = {}  # team -> village

    def build(self) -> None:
        for commune in self.units.communes:
            self.commune(commune)
        self.district()
        for name, _title, kind, count in BODIES:
            self.body(f"bt-{name}", kind, count)
        self.health()
        self.namesakes()
        self.histories()
        for commune in self.units.communes:
            self.village_teams(commune)

    @property
    def staff(self) -> list[Member]:
        return [member for member in self.register.members if member.staff]

    def commune(self, commune: str) -> None:
        town = self.units.places.names[commune].startswith("Thị trấn")
        everyone = commune == "phu-nhuan"
        for title, leader in CADRES:
            duties = ("dt_concurrent",) if everyone or title == "Bí thư Đoàn xã" else ()
            title = title.replace(" xã", " thị trấn") if town else title
            sex = "f" if "LHPN" in title else "m" if "CCB" in title else ""
            ages = (25, 36) if "Đoàn" in title else (34, 58)
            self.register.person(commune, title, "cadre", leader=leader, duties=duties, sex=sex, ages=ages)
        for number, title in enumerate(CIVIL_SERVANTS[: CIVIL_COUNTS.get(commune, 10)]):
            lead = number == 0  # one office and statistics officer leads digital transformation
            duties = ["dt_concurrent"] if everyone or number in (0, 1) else []
            duties += ["dt_lead", "records"] if lead else []
            duties += ["one_stop"] if title in ONE_STOP else []
            sex = "m" if "Quân sự" in title else ""
            self.register.person(
                commune, title, "civil_servant", duties=tuple(duties), sex=sex, ages=(27, 54)
            )

    def district(self) -> None:
        for title in ("Chủ tịch UBND huyện", "Phó Chủ tịch UBND huyện", "Phó Chủ tịch UBND huyện"):
            self.register.person("bao-thang", title, "cadre", leader=True, ages=(42, 57))
        self.register.person("bao-thang", "Phó Chủ tịch HĐND huyện", "cadre", leader=True, ages=(42, 57))

    def body(self, unit: str, kind: str, count: int) -> None:
        rest = "Viên chức" if kind == "service_unit" else "Chuyên viên"
        head = HEADS.get(unit, "Giám đốc" if kind == "service_unit" else "Trưởng phòng")
        category = "public_employee" if kind == "service_unit" else "civil_servant"
        top = "cadre" if kind == "agency" else category
        person = self.register.person
        person(unit, head, top, leader=True, ages=(38, 57))
        person(unit, f"Phó {head}", top, leader=True, ages=(33, 55))
        for number in range(count):
            duties, title, kept = (), rest, category
            if number == 0:
                duties = ("dt_concurrent",)
            if number == 1 and unit in ("bt-phong-van-hoa-thong-tin", "bt-van-phong-hdnd-ubnd"):
                duties, title = ("dt_dedicated",), "Chuyên viên công nghệ thông tin"
            if number == count - 1 and count > 5 and kind != "agency":
                kept, title = "contract_worker", "Nhân viên hợp đồng"
            if number == 2 and unit == "bt-van-phong-hdnd-ubnd":
                duties = ("one_stop", "records")
            person(unit, title, kept, duties=duties)

    def health(self) -> None:
        person = self.register.person
        person(HEALTH, "Giám đốc", "public_employee", leader=True, ages=(42, 57))
        person(HEALTH, "Phó Giám đốc", "public_employee", leader=True, ages=(38, 56))
        for number in range(HEALTH_STAFF):
            title = self.dice.pick(
                ["Bác sĩ", "Điều dưỡng", "Điều dưỡng", "Dược sĩ", "Viên chức dân số", "Kế toán"]
            )
            person(HEALTH, title, "public_employee", duties=("dt_concurrent",) if number == 0 else ())

    def namesakes(self) -> None:
        """Two people of one name in one commune, and short names, as they occur."""
        names = {
            "xuan-quang": "Hoàng Văn Sáng",
            "ban-phiet": "Lù A Sì",
            "nong-truong-phong-hai": "Giàng Thị Mỷ",
        }
        for commune, name in names.items():
            sex = "f" if " Thị " in name else "m"
            same = [m for m in self.register.members if m.unit == commune and m.sex == sex and m.staff][-2:]
            for member in same if commune == "xuan-quang" else same[:1]:
                self.rename(member, name)

    def rename(self, member: Member, name: str) -> None:
        member.name = name
        for row in self.register.bundle.rows["people"]:
            if row["id"] == member.id:
                row["full_name"] = name

    # --- posts over time -----------------------------------------------------------------------------

    def histories(self) -> None:
        """Writes the posts of all staff: a few transfers and second posts, then July 2025."""
        staff = self.staff
        newcomers = {
            m.id for m in self.dice.some([m for m in staff if not m.leader and m.unit != "phu-nhuan"], 12)
        }
        for member in staff:
            if member.id in newcomers:
                self.transferred(member)
            if member.unit == HEALTH:
                self.register.post(member)
            else:
                self.to_new_units(member)
        for unit, second in (
            ("bt-phong-van-hoa-thong-tin", "bt-trung-tam-van-hoa"),
            ("bt-phong-noi-vu", "bt-huyen-uy"),
        ):
            deputy = self.register.staff_of(unit)[1]
            self.register.post(
                deputy,
                unit=second,
                title="Ủy viên kiêm nhiệm",
                main=False,
                start=date(2023, 4, 1),
                end=date(2025, 6, 30),
                leader=False,
                duties=(),
            )

    def transferred(self, member: Member) -> None:
        """Came in spring 2024, half of them from another commune."""
        member.start = self.dice.weekday(date(2024, 2, 20), date(2024, 6, 14))
        member.marks.add("new")
        if self.dice.chance(0.5):
            before = self.dice.pick(
                [unit for unit in self.units.communes if unit not in (member.unit, "phu-nhuan")]
            )
            last = date.fromordinal(member.start.toordinal() - 1)
            self.register.post(member, unit=before, start=date(2021, 7, 1), end=last, duties=())
            member.marks.add("moved")

    def to_new_units(self, member: Member) -> None:
        if member.start.year == 2024 and "new" not in member.marks:
            raise AssertionError("only newcomers begin in 2024")
        unit, title, leader = self.future(member)
        self.register.across_reform(member, unit, title, leader=leader)

    def future(self, member: Member) -> tuple[str, str, bool]:
        """Unit, title and leadership from July 2025; an empty unit for those who left."""
        if self.dice.chance(0.13):
            return "", "", False
        (new,) = self.units.places.became[member.unit]
        if new == NEW_PROVINCE:
            if self.dice.chance(0.08):
                return "lc-so-khcn", "Chuyên viên", False
            new = self.dice.pick([unit for unit in self.units.new_communes if unit != "phuong-lao-cai"])
        if new == "phuong-lao-cai":
            return new, "Chuyên viên", False
        if member.leader and self.dice.chance(0.35):
            return new, "Lãnh đạo xã", True
        if member.leader:
            return (
                f"{new}-{self.dice.pick(['van-phong', 'phong-kinh-te', 'phong-van-hoa-xa-hoi'])}",
                "Phó phòng",
                True,
            )
        division = (
            "hanh-chinh-cong"
            if "one_stop" in member.duties
            else self.dice.pick(["van-phong", "phong-kinh-te", "phong-van-hoa-xa-hoi"])
        )
        return f"{new}-{division}", "Chuyên viên", False

    # --- villages ----------------------------------------------------------------------------------------

    def village_teams(self, commune: str) -> None:
        villages = self.units.villages[commune]
        without = set(self.dice.some(villages[1:], VILLAGES[commune][1]))
        founded = self.dice.weekday(date(2022, 6, 1), date(2022, 10, 28))
        for village in villages:
            if village not in without:
                self.team(village, founded)
            else:
                head = self.villager(village, "Trưởng thôn", "part_time")
                head.marks.add("no team")

    def team(self, village: str, founded: date) -> None:
        team = f"to-{village}"
        name = self.units.places.names[village]
        self.teams[team] = village
        bundle = self.register.bundle
        bundle.add(
            "teams", id=team, unit_id=village, name=f"Tổ công nghệ số cộng đồng {name}", valid_from=founded
        )
        seats = [("Trưởng thôn", "part_time", "leader"), ("Bí thư chi bộ", "part_time", "deputy")]
        seats += [
            ("Bí thư chi đoàn thôn", "citizen", "member"),
            ("Chi hội trưởng phụ nữ", "citizen", "member"),
        ]
        for title, category, role in seats[: self.dice.between(3, 4)]:
            member = self.villager(village, title, category)
            self.team_members.append(member)
            bundle.add("team_members", team_id=team, person_id=member.id, role=role, valid_from=founded)

    def villager(self, village: str, title: str, category: str) -> Member:
        town = self.units.places.names[village].startswith("Tổ")
        title = title.replace("Trưởng thôn", "Tổ trưởng tổ dân phố").replace(" thôn", "") if town else title
        sex = "f" if "phụ nữ" in title else ""
        ages = (19, 33) if "đoàn" in title else (30, 62)
        start = self.dice.day(date(2021, 9, 1), date(2022, 5, 31))
        member = self.register.person(village, title, category, sex=sex, ages=ages, start=start)
        self.register.post(member)
        return member
