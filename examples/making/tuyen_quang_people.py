"""Staff of the province's agencies, of the districts' offices, and a handful in each commune."""

from __future__ import annotations

from datetime import date, timedelta

from making.dice import Dice
from making.people import Member, Register
from making.places import EVE, REFORM
from making.tuyen_quang_units import (
    AGENCIES,
    DIVISIONS,
    NEW_PROVINCE,
    SCHOOL,
    SO_TTTT_ENDS,
    VILLAGES,
    TuyenQuang,
)

HEADS = {
    "van-phong-ubnd": ("Chánh Văn phòng", "Phó Chánh Văn phòng"),
    "cong-an-tinh": ("Trưởng phòng", "Phó Trưởng phòng"),
    "thanh-tra-tinh": ("Chánh Thanh tra", "Phó Chánh Thanh tra"),
    "truong-chinh-tri": ("Hiệu trưởng", "Phó Hiệu trưởng"),
}
# How many posts of each agency are dedicated to information technology. Sở Tư pháp has one, as reported.
DEDICATED = {
    "so-tttt": 9,
    "van-phong-ubnd": 3,
    "cong-an-tinh": 4,
    "so-tu-phap": 1,
    "so-y-te": 1,
    "so-giao-duc": 1,
}
COMMUNE: list[tuple[str, str, bool, tuple[str, ...]]] = [
    ("Chủ tịch UBND", "cadre", True, ()),
    ("Phó Chủ tịch UBND", "cadre", True, ()),
    ("Công chức Văn phòng - Thống kê", "civil_servant", False, ("dt_concurrent", "dt_lead", "records")),
    ("Công chức Tư pháp - Hộ tịch", "civil_servant", False, ("one_stop",)),
    ("Công chức Địa chính - Xây dựng", "civil_servant", False, ("one_stop",)),
    ("Công chức Văn hóa - Xã hội", "civil_servant", False, ("dt_concurrent",)),
    ("Công chức Tài chính - Kế toán", "civil_servant", False, ()),
    ("Bí thư Đoàn", "cadre", False, ()),
    ("Chủ tịch Hội LHPN", "cadre", False, ()),
    ("Bí thư Đảng ủy", "cadre", True, ()),
]


class TuyenQuangPeople:
    def __init__(self, units: TuyenQuang, register: Register) -> None:
        self.units, self.register = units, register
        self.dice = Dice("tuyen-quang posts")
        self.teams: dict[str, list[Member]] = {}

    @property
    def staff(self) -> list[Member]:
        return [member for member in self.register.members if member.staff]

    def build(self) -> None:
        for id, _name, count in [*AGENCIES, SCHOOL]:
            self.agency(id, count)
        for district, communes in self.units.communes.items():
            self.district(district)
            for commune in communes:
                self.commune(commune)
        for member in self.staff:
            self.write_posts(member)
        for commune in self.units.villages:
            self.village_teams(commune)

    def agency(self, unit: str, count: int) -> None:
        person = self.register.person
        head, deputy = HEADS.get(unit, ("Giám đốc", "Phó Giám đốc"))
        kept = {"truong-chinh-tri": "public_employee", "cong-an-tinh": "cadre"}.get(unit, "civil_servant")
        person(unit, head, kept, leader=True, ages=(42, 58))
        person(unit, deputy, kept, leader=True, ages=(38, 57))
        dedicated = DEDICATED.get(unit, 0)
        for number in range(count):
            title, category, duties = "Chuyên viên", kept, ()
            if number < dedicated:
                title, duties = "Chuyên viên công nghệ thông tin", ("dt_dedicated",)
            elif number < dedicated + 3:
                duties = ("dt_concurrent",)
            elif number == count - 1:
                title, category = "Nhân viên hợp đồng", "contract_worker"
            elif number % 9 == 4:
                title, duties = "Chuyên viên bộ phận một cửa", ("one_stop",)
            if unit == "cong-an-tinh":
                title, category = "Cán bộ", "cadre"
            if unit == "truong-chinh-tri" and category == "public_employee":
                title = "Giảng viên"
            leader = 10 <= number < 10 + count // 8
            title = "Trưởng phòng" if leader and unit != "truong-chinh-tri" else title
            person(unit, title, category, leader=leader, duties=duties)

    def district(self, district: str) -> None:
        person = self.register.person
        for title in ("Chủ tịch UBND", "Phó Chủ tịch UBND"):
            person(district, title, "cadre", leader=True, ages=(42, 57))
        for name, _title, count in DIVISIONS:
            unit = f"{district}-{name}"
            person(unit, "Trưởng phòng", "civil_servant", leader=True, ages=(38, 57))
            for number in range(count - 1):
                duties = ("dt_concurrent",) if number == 0 else ()
                person(unit, "Chuyên viên", "civil_servant", duties=duties)

    def commune(self, commune: str) -> None:
        for title, category, leader, duties in COMMUNE[: self.dice.between(6, len(COMMUNE))]:
            sex = "f" if "LHPN" in title else ""
            self.register.person(commune, title, category, leader=leader, duties=duties, sex=sex)

    # --- posts over time ---------------------------------------------------------------------------------

    def write_posts(self, member: Member) -> None:
        """The post of 2023, then what the reforms of 2025 made of it."""
        if member.unit == "so-tttt":
            self.register.post(member, end=SO_TTTT_ENDS - timedelta(days=1))
            if self.dice.chance(0.9):
                self.register.post(member, unit="so-khcn", start=SO_TTTT_ENDS)
            return
        became = self.units.places.became[member.unit]
        if became == [member.unit]:
            self.register.post(member, end=date(2024, 8, 31) if self.dice.chance(0.03) else None)
        elif member.unit in ("van-son", "hong-lac"):
            self.through_hong_son(member)
        else:
            self.register.across_reform(
                member, self.future(became), self.future_title(member), leader=member.leader
            )

    def through_hong_son(self, member: Member) -> None:
        first = date(2024, 9, 1)
        self.register.post(member, end=first - timedelta(days=1))
        self.register.post(member, unit="hong-son", start=first, end=EVE)
        self.register.post(member, unit="hong-son-2025", title=self.future_title(member), start=REFORM)

    def future(self, became: list[str]) -> str:
        """Where the person serves from July 2025; empty for those who left.

        Of a divided commune those who stay choose a side by the post they get; those who left remain undecided.
        """
        if self.dice.chance(0.12):
            return ""
        if became == [NEW_PROVINCE]:
            return self.dice.pick(self.new_communes())
        return self.dice.pick(became)

    def new_communes(self) -> list[str]:
        return [unit for unit in self.units.places.names if unit.endswith("-2025") and unit != NEW_PROVINCE]

    def future_title(self, member: Member) -> str:
        return "Lãnh đạo xã, phường" if member.leader else "Chuyên viên"

    # --- villages ------------------------------------------------------------------------------------------

    def village_teams(self, commune: str) -> None:
        founded = self.dice.weekday(date(2022, 5, 4), date(2022, 9, 30))
        bundle = self.register.bundle
        with_team = self.units.villages[commune][: VILLAGES[commune][1]]
        for unit in [commune, *with_team]:
            team = f"to-{unit}"
            name = self.units.places.names[unit]
            until = (
                EVE if unit == commune else None
            )  # the village teams went on, those of the communes did not
            bundle.add(
                "teams",
                id=team,
                unit_id=unit,
                name=f"Tổ công nghệ số cộng đồng {name}",
                valid_from=founded,
                valid_to=until,
            )
            self.teams[team] = members = (
                self.commune_team(commune) if unit == commune else self.villagers(unit)
            )
            for number, member in enumerate(members):
                role = ("leader", "deputy")[number] if number < 2 else "member"
                begin = max(founded, member.start)
                bundle.add(
                    "team_members",
                    team_id=team,
                    person_id=member.id,
                    role=role,
                    valid_from=begin,
                    valid_to=until,
                )

    def commune_team(self, commune: str) -> list[Member]:
        return [m for m in self.register.staff_of(commune) if not m.title.startswith("Chủ tịch UBND")][:6]

    def villagers(self, village: str) -> list[Member]:
        members = []
        for title, category in (
            ("Trưởng thôn", "part_time"),
            ("Bí thư chi bộ", "part_time"),
            ("Bí thư chi đoàn", "citizen"),
            ("Chi hội trưởng phụ nữ", "citizen"),
        ):
            sex = "f" if "phụ nữ" in title else ""
            start = self.dice.day(date(2021, 8, 1), date(2022, 4, 30))
            member = self.register.person(village, title, category, sex=sex, ages=(24, 60), start=start)
            self.register.post(member)
            members.append(member)
        return members
