"""Conferences with head counts, classes with rosters and self-paced study in Tuyên Quang, 2022 to 2025."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from making.dice import Dice
from making.people import Member
from making.places import REFORM
from making.training import AFTERNOON, MORNING, Training
from making.tuyen_quang_people import TuyenQuangPeople
from making.tuyen_quang_units import CITY, SCHOOL, TuyenQuang

MOOC = "MOOCs"
# Their staff, who stand on no roster, study by themselves; of all others one in seven does.
SELF_PACED = {"so-tttt": 0.97, "van-phong-ubnd": 0.85, "cong-an-tinh": 0.75}
COUNTED = ("so-tttt", "van-phong-ubnd", "cong-an-tinh")  # hosts whose delegates are only counted
# Two rounds of four: day, mode, delegates. Together 11,320.
ROUNDS: list[tuple[str, list[tuple[date, str, int]]]] = [
    (
        "Đợt 1",
        [
            (date(2023, 3, 14), "in_person", 620),
            (date(2023, 3, 16), "in_person", 540),
            (date(2023, 3, 21), "in_person", 480),
            (date(2023, 3, 23), "in_person", 580),
        ],
    ),
    (
        "Đợt 2",
        [
            (date(2023, 7, 11), "online", 2350),
            (date(2023, 7, 13), "online", 2180),
            (date(2023, 7, 18), "online", 2420),
            (date(2023, 7, 20), "hybrid", 2150),
        ],
    ),
]
# Fifteen conferences; together 1,800, and «over» wherever the list at the door was closed early.
ONE_STOP_HEADS = [130, 120, 115, 125, 110, 140, 120, 105, 130, 115, 125, 110, 120, 125, 110]
DELEGATES = "cán bộ, công chức, viên chức cấp tỉnh, cấp huyện, cấp xã"


class TuyenQuangTraining:
    def __init__(self, units: TuyenQuang, people: TuyenQuangPeople, training: Training) -> None:
        self.units, self.people, self.training = units, people, training
        self.dice = Dice("tuyen-quang learning")

    def build(self) -> None:
        self.courses()
        self.information_department()
        self.provincial_office()
        self.police()
        for number, district in enumerate(self.units.communes):
            self.district_classes(number, district)
        self.agency_classes()
        self.leaders()
        self.self_paced()
        self.other_years()

    def courses(self) -> None:
        course = self.training.course
        basic, ict = "basic_digital_skills", "ict_standard"
        course(
            "cqdt-dvc",
            "Chính quyền điện tử, chuyển đổi số, dịch vụ công trực tuyến",
            "class",
            8,
            basic,
            "chuyển đổi số",
        )
        course(
            "tthc",
            "Giải quyết thủ tục hành chính trên môi trường mạng",
            "class",
            4,
            basic,
            "thủ tục hành chính",
        )
        course(
            "so-hoa-attt", "Số hóa hồ sơ và an toàn thông tin", "class", 16, ict, "số hóa; an toàn thông tin"
        )
        course(
            "kns-co-ban", "Kỹ năng số cơ bản cho cán bộ, công chức cấp xã", "class", 8, basic, "kỹ năng số"
        )
        course(
            "chuan-cntt",
            "Chuẩn kỹ năng ứng dụng công nghệ thông tin",
            "class",
            24,
            f"{basic};{ict}",
            "ứng dụng CNTT",
        )
        course("lanh-dao-cds", "Chuyển đổi số cho lãnh đạo các cấp", "class", 4, "", "lãnh đạo")
        course("mooc-cds", "Chuyển đổi số cơ bản", "self_paced", 10, basic, "kỹ năng số")
        course("mooc-cntt", "Ứng dụng công nghệ thông tin cơ bản", "self_paced", 20, ict, "ứng dụng CNTT")

    # --- counted delegates ---------------------------------------------------------------------------------

    def information_department(self) -> None:
        number = 0
        for round, conferences in ROUNDS:
            for day, mode, delegates in conferences:
                number += 1
                id = self.training.held(
                    f"2023-tttt-{number}",
                    "cqdt-dvc",
                    f"Hội nghị tập huấn chuyển đổi số và dịch vụ công trực tuyến {round}, hội nghị {number}",
                    "so-tttt",
                    (day, day + timedelta(days=1)) if number == 1 else (day,),
                    form="conference",
                    mode=mode,
                    round=round,
                    activity="hd-84-1",
                    place="Thành phố Tuyên Quang" if mode == "in_person" else "Trực tuyến",
                )
                self.training.heads(f"dd-{id}", id, "so-tttt", DELEGATES, delegates, "about", day)
        # The same delegates counted again on the second day: one head count of one class, not more people.
        self.training.heads(
            "dd-2023-tttt-1-b", "2023-tttt-1", "so-tttt", DELEGATES, 560, "about", date(2023, 3, 15)
        )

    def provincial_office(self) -> None:
        for number, heads in enumerate(ONE_STOP_HEADS, 1):
            day = date(2023, 2, 15) + timedelta(days=13 * (number - 1))
            day -= timedelta(days=max(0, day.weekday() - 4))
            id = self.training.held(
                f"2023-vp-{number:02d}",
                "tthc",
                f"Hội nghị hướng dẫn giải quyết thủ tục hành chính, hội nghị {number}",
                "van-phong-ubnd",
                (day,),
                form="conference",
                co_hosts=("so-tttt", "so-tu-phap"),
                activity="hd-84-2",
                halves=(MORNING if number % 2 else AFTERNOON,),
            )
            qualifier = "over" if number % 3 == 0 else "exact"
            audience = "người tham gia các khâu, bước giải quyết thủ tục hành chính"
            self.training.heads(f"dd-{id}", id, "van-phong-ubnd", audience, heads, qualifier, day)

    def police(self) -> None:
        for number, day in enumerate((date(2023, 5, 23), date(2023, 6, 6)), 1):
            id = self.training.held(
                f"2023-ca-{number}",
                "so-hoa-attt",
                f"Tập huấn số hóa hồ sơ, dịch vụ công và an toàn thông tin, lớp {number}",
                "cong-an-tinh",
                (day, day + timedelta(days=1)),
                activity="hd-84-3",
                place="Hội trường Công an tỉnh",
            )
            audience = "cán bộ làm số hóa hồ sơ, chuyển đổi số, dịch vụ công"
            self.training.heads(f"dd-{id}", id, "cong-an-tinh", audience, 300, "nearly", day)

    # --- rosters -------------------------------------------------------------------------------------------

    def district_classes(self, number: int, district: str) -> None:
        """Each district trains the staff of its communes; how many come differs much."""
        share = (0.83, 0.44, 0.52, 0.71, 0.62, 0.76, 0.66)[number]
        staff = self.people.register.staff_of(*self.units.communes[district])
        classes = 1 + len(staff) // 100
        zeal = {commune: self.dice.chance(0.88) for commune in self.units.communes[district]}
        for part in range(classes):
            day = date(2023, 4, 4) + timedelta(days=7 * part + 14 * (number % 3))
            id = self.training.held(
                f"2023-{district.removeprefix('huyen-')}-{part + 1}",
                "kns-co-ban",
                f"Tập huấn kỹ năng số cơ bản cho cấp xã, lớp {part + 1}",
                f"{district}-phong-van-hoa-thong-tin",
                (day,),
                round="Đợt 1",
                capacity=110,
                activity="hd-84-4",
            )
            members = staff[part::classes]
            coming = [m for m in members if self.dice.chance(share if zeal[m.unit] else share / 3)]
            self.training.complete(id, coming)
            absent = [m for m in members if m not in coming and self.dice.chance(0.5)]
            self.training.break_off(id, absent[::4])
            self.training.absent(id, [m for m in absent if m not in absent[::4]])

    def agency_classes(self) -> None:
        """Agencies whose staff stand on a roster; Sở Tư pháp sends everybody."""
        open_to = [m for m in self.people.staff if self.roster_unit(m)]
        servants = [m for m in open_to if m.unit == "so-tu-phap" or self.dice.chance(0.55)]
        for number in range(5):
            first = date(2023, 5, 9) + timedelta(days=14 * number)
            id = self.training.held(
                f"2023-tct-{number + 1}",
                "chuan-cntt",
                f"Chuẩn kỹ năng ứng dụng công nghệ thông tin, lớp {number + 1}",
                SCHOOL[0],
                (first, first + timedelta(days=1), first + timedelta(days=2)),
                co_hosts=("so-noi-vu",),
                round="Đợt 1",
                capacity=70,
                activity="hd-84-4",
                place="Trường Chính trị tỉnh",
            )
            self.training.complete(id, servants[number::5])
            others = [m for m in open_to if m not in servants]
            self.training.break_off(id, others[number::12])

    def roster_unit(self, member: Member) -> bool:
        unit = member.unit
        agency = unit in self.units.places.became and self.units.places.became[unit] == [unit]
        commune = any(unit in communes for communes in self.units.communes.values())
        return not commune and unit not in COUNTED and (agency or "-phong-" in unit or "-van-phong" in unit)

    def leaders(self) -> None:
        """One morning for leaders of communes, on line, by the city for all."""
        leaders = [m for m in self.people.staff if m.leader and m.unit not in COUNTED]
        id = self.training.held(
            "2023-lanh-dao",
            "lanh-dao-cds",
            "Bồi dưỡng chuyển đổi số cho lãnh đạo các cấp",
            SCHOOL[0],
            (date(2023, 8, 15),),
            mode="online",
            round="Đợt 2",
            activity="hd-84-4",
            halves=(MORNING,),
        )
        self.training.complete(id, [m for m in leaders if self.dice.chance(0.7)])

    # --- self-paced study, other years -----------------------------------------------------------------------

    def self_paced(self) -> None:
        for member in self.people.staff:
            share = SELF_PACED.get(member.unit, 0.14)
            if self.dice.chance(share):
                self.study(member, "mooc-cds", 0.8 + share / 6)
            if share > 0.14 and self.dice.chance(share / 2):
                self.study(member, "mooc-cntt", 0.8)

    def study(self, member: Member, course: str, success: float) -> None:
        enrolled = self.dice.weekday(date(2023, 2, 6), date(2023, 7, 28))
        completed = enrolled + timedelta(days=self.dice.between(5, 40))
        passed = self.dice.chance(success)
        finished = passed or self.dice.chance(0.5)
        self.training.result(member, course, enrolled, completed if finished else None, passed, MOOC)

    def other_years(self) -> None:
        for number, (day, delegates) in enumerate(((date(2022, 5, 17), 1900), (date(2022, 8, 23), 2050)), 1):
            id = self.training.held(
                f"2022-tttt-{number}",
                "cqdt-dvc",
                f"Hội nghị phổ biến Đề án chuyển đổi số, hội nghị {number}",
                "so-tttt",
                (day,),
                form="conference",
                mode="online",
                round="Đợt 1",
            )
            self.training.heads(f"dd-{id}", id, "so-tttt", DELEGATES, delegates, "about", day)
        staff = self.people.staff
        self.class_of(
            "2022-kns", CITY + "-phong-van-hoa-thong-tin", date(2022, 10, 11), self.dice.some(staff, 160)
        )
        self.class_of("2024-kns", SCHOOL[0], date(2024, 4, 16), self.dice.some(staff, 240))
        before = [m for m in staff if m.unit in ("kim-phu", "thai-binh", "trung-ha", "trung-mon")]
        self.class_of("2025-kns-1", SCHOOL[0], date(2025, 3, 18), before)
        now = {
            row["person_id"]
            for row in self.training.bundle.rows["posts"]
            if row["unit_id"] == "minh-xuan-2025"
        }
        here = [m for m in staff if m.id in now]
        self.class_of("2025-kns-2", "minh-xuan-2025", REFORM + timedelta(days=56), here)

    def class_of(self, id: str, host: str, day: date, members: Sequence[Member]) -> None:
        self.training.held(
            id, "kns-co-ban", f"Tập huấn kỹ năng số cơ bản năm {day.year}", host, (day,), round="Đợt 1"
        )
        self.training.complete(id, [m for m in members if m.start < day])
