"""Classes, attendance and self-paced study of Bảo Thắng, 2023 to 2025."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from making.bao_thang_people import BaoThangPeople
from making.bao_thang_units import HEALTH, BaoThang
from making.dice import Dice
from making.people import Member
from making.training import AFTERNOON, MORNING, Training

FIRST, LAST = date(2023, 12, 15), date(2024, 9, 14)  # nine months of 2024, NĐ 09/2019/NĐ-CP
ATTENDANCES, MOOC_LEARNERS = 1037, 273
ICT_SHARE = 0.53
HOST, OFFICE, HOME_AFFAIRS = "bt-phong-van-hoa-thong-tin", "bt-van-phong-hdnd-ubnd", "bt-phong-noi-vu"
MOOC = "MOOCs"
# Staff who did not reach the basic skills within the window. Thái Niên is clearly behind.
MISSING = {
    "thai-nien": 8,
    "tri-quang": 4,
    "ban-cam": 3,
    "phong-nien": 2,
    "nong-truong-phong-hai": 2,
    "phu-nhuan": 1,
    HEALTH: 6,
    "bt-huyen-uy": 2,
    "bt-ban-quan-ly-du-an": 2,
    "bt-trung-tam-nong-nghiep": 2,
    "bt-thanh-tra": 1,
    "bao-thang": 1,
}
OFFICES_A = [
    "bao-thang",
    "bt-van-phong-hdnd-ubnd",
    "bt-phong-noi-vu",
    "bt-phong-tai-chinh-ke-hoach",
    "bt-phong-van-hoa-thong-tin",
    "bt-phong-giao-duc-dao-tao",
    "bt-phong-tu-phap",
]
OFFICES_B = [
    "bt-phong-tai-nguyen-moi-truong",
    "bt-phong-nong-nghiep",
    "bt-phong-kinh-te-ha-tang",
    "bt-phong-lao-dong",
    "bt-phong-dan-toc",
    "bt-thanh-tra",
]
PARTY = [
    "bt-huyen-uy",
    "bt-mttq",
    "bt-huyen-doan",
    "bt-hoi-phu-nu",
    "bt-hoi-nong-dan",
    "bt-hoi-cuu-chien-binh",
]
SERVICES = [HEALTH, "bt-trung-tam-van-hoa", "bt-trung-tam-nong-nghiep", "bt-ban-quan-ly-du-an"]
CLUSTERS: list[tuple[str, list[str], date]] = [
    ("cụm Phố Lu - Sơn Hà", ["pho-lu", "son-ha"], date(2024, 1, 9)),
    ("cụm Tằng Loỏng - Phú Nhuận", ["thi-tran-tang-loong", "phu-nhuan"], date(2024, 3, 5)),
    ("cụm Phong Hải - Bản Cầm", ["nong-truong-phong-hai", "ban-cam"], date(2024, 3, 12)),
    ("cụm Bản Phiệt - Thái Niên", ["ban-phiet", "thai-nien", "son-hai"], date(2024, 3, 19)),
    ("cụm Gia Phú - Xuân Giao", ["gia-phu", "xuan-giao"], date(2024, 3, 26)),
    ("cụm Xuân Quang - Phong Niên", ["xuan-quang", "phong-nien", "tri-quang"], date(2024, 4, 2)),
    ("khối cơ quan chuyên môn, lớp 1", OFFICES_A, date(2024, 4, 9)),
    ("khối cơ quan chuyên môn, lớp 2", OFFICES_B, date(2024, 4, 16)),
    ("khối Đảng, Mặt trận và đoàn thể", PARTY, date(2024, 5, 7)),
    ("khối đơn vị sự nghiệp", SERVICES, date(2024, 5, 14)),
]


class BaoThangTraining:
    """Decides who learnt what, so that the figures of the nine months come out of the rosters."""

    def __init__(self, units: BaoThang, people: BaoThangPeople, training: Training) -> None:
        self.units, self.people, self.training = units, people, training
        self.dice = Dice("bao-thang learning")
        self.learners: set[str] = set()  # persons with a self-paced result in the window

    def build(self) -> None:
        self.basic_classes()
        self.ict_classes()
        self.officers()
        self.seminar()
        self.leaders()
        self.mentoring()
        self.contest()
        self.team_classes()
        self.mooc_to_the_number()

    def courses(self) -> None:
        course = self.training.course
        basic, ict = "basic_digital_skills", "ict_standard"
        course(
            "kns-co-ban",
            "Kỹ năng số cơ bản cho cán bộ, công chức, viên chức",
            "class",
            16,
            basic,
            "kỹ năng số",
        )
        course(
            "chuan-cntt", "Chuẩn hóa kỹ năng ứng dụng công nghệ thông tin", "class", 20, ict, "ứng dụng CNTT"
        )
        course(
            "can-bo-cds", "Nghiệp vụ cho cán bộ làm công tác chuyển đổi số", "class", 24, ict, "chuyển đổi số"
        )
        course("lanh-dao-cds", "Chuyển đổi số cho người đứng đầu", "class", 4, "", "lãnh đạo")
        course(
            "to-cong-nghe", "Kỹ năng cho thành viên tổ công nghệ số cộng đồng", "class", 8, "", "dịch vụ công"
        )
        course(
            "cam-tay", "Cầm tay chỉ việc: xử lý hồ sơ trên phần mềm dùng chung", "class", 4, "", "phần mềm"
        )
        course("mooc-cds", "Chuyển đổi số cơ bản", "self_paced", 10, basic, "kỹ năng số")
        course("mooc-attt", "An toàn thông tin cho người dùng", "self_paced", 6, "", "an toàn thông tin")
        course("mooc-dvc", "Dịch vụ công trực tuyến toàn trình", "self_paced", 6, "", "dịch vụ công")

    # --- the nine months of 2024 -------------------------------------------------------------------------

    def basic_classes(self) -> None:
        """Two days for each cluster. Most complete; some learn by themselves instead; the missing break off."""
        for number, (title, units, first) in enumerate(CLUSTERS, 1):
            id = self.training.held(
                f"2024-kns-{number:02d}",
                "kns-co-ban",
                f"Tập huấn kỹ năng số cơ bản, {title}",
                HOST,
                (first, first + timedelta(days=1)),
                co_hosts=(HOME_AFFAIRS,),
                round="Đợt 1",
                capacity=60,
                activity="hd-2024-kns",
                place="Hội trường UBND huyện" if number > 6 else f"Hội trường UBND {self.seat(units[0])}",
            )
            for unit in units:
                self.basic_class(id, unit, first)

    def seat(self, unit: str) -> str:
        name = self.units.places.names[unit]
        return name[0].lower() + name[1:]

    def basic_class(self, class_id: str, unit: str, first: date) -> None:
        staff = self.people.register.staff_of(unit)
        missing = self.missing(unit, staff)
        late = [m for m in staff if m.start > first and m not in missing]
        others = [m for m in staff if m not in missing and m not in late]
        alone = [m for m in others if m.category in ("cadre", "civil_servant") and self.dice.chance(0.24)]
        self.training.complete(class_id, [m for m in others if m not in alone])
        for member in [*alone, *late]:
            self.study(member, "mooc-cds", first + timedelta(days=10), passed=True)
        some = [m for m in alone if self.dice.chance(0.2)]
        self.training.absent(class_id, some)
        here = [m for m in missing if m.start <= first]
        self.training.break_off(class_id, here)
        for member in here:
            if member.category != "public_employee" and self.dice.chance(0.4):
                self.study(member, "mooc-cds", first + timedelta(days=20), passed=False)

    def missing(self, unit: str, staff: Sequence[Member]) -> list[Member]:
        """Who does not reach the basic skills; in Phú Nhuận the one had them already in 2023."""
        pool = [
            m
            for m in staff
            if "dt_lead" not in m.duties and not ("2023" not in m.marks and unit == "phu-nhuan")
        ]
        chosen = self.dice.some(pool, MISSING.get(unit, 0))
        for member in chosen:
            member.marks.add("missing")
        return chosen

    def ict_classes(self) -> None:
        """Two and a half days; civil servants from everywhere, mixed."""
        servants = [
            m for m in self.people.staff if m.category == "civil_servant" and "missing" not in m.marks
        ]
        all_servants = [m for m in self.people.staff if m.category == "civil_servant"]
        wanted = round(ICT_SHARE * len(all_servants))
        settled = [m for m in servants if m.start <= date(2024, 6, 1)]
        leads = [m for m in settled if "dt_lead" in m.duties]
        rest = [m for m in settled if "dt_lead" not in m.duties]
        chosen = self.dice.some(rest, wanted - len(leads))
        behind = self.dice.some([m for m in rest if m not in chosen], 16)
        for number in range(5):
            first = date(2024, 6, 11) + timedelta(days=7 * number)
            id = self.training.held(
                f"2024-cntt-{number + 1:02d}",
                "chuan-cntt",
                f"Chuẩn hóa kỹ năng ứng dụng công nghệ thông tin, lớp {number + 1}",
                HOME_AFFAIRS,
                (first, first + timedelta(days=1), first + timedelta(days=2)),
                co_hosts=(HOST,),
                round="Đợt 2",
                capacity=40,
                activity="hd-2024-cntt",
                place="Trung tâm Chính trị huyện",
            )
            self.training.complete(id, chosen[number::5])
            self.training.break_off(id, behind[number::5])

    def officers(self) -> None:
        """The province's class for those who lead digital transformation in the communes."""
        id = self.training.held(
            "2024-can-bo-cds",
            "can-bo-cds",
            "Tập huấn nghiệp vụ cho cán bộ làm công tác chuyển đổi số cấp xã",
            "lc-so-tttt",
            (date(2024, 5, 22), date(2024, 5, 23), date(2024, 5, 24)),
            mode="hybrid",
            round="Đợt 1",
            place="Thành phố Lào Cai",
        )
        leads = [m for m in self.people.staff if {"dt_lead", "dt_dedicated"} & set(m.duties)]
        self.training.complete(id, [m for m in leads if m.start <= date(2024, 5, 22)])

    def seminar(self) -> None:
        """In December: within the nine months of the decree, before the calendar ones."""
        id = self.training.held(
            "2023-hoi-thao",
            "lanh-dao-cds",
            "Hội thảo giải pháp chuyển đổi số cấp xã",
            HOST,
            (date(2023, 12, 20),),
            form="seminar",
            co_hosts=(OFFICE,),
            halves=(AFTERNOON,),
            place="Hội trường UBND huyện",
        )
        chairs = [
            m for m in self.people.staff if m.title.startswith("Phó Chủ tịch UBND") and "new" not in m.marks
        ]
        self.training.complete(id, self.dice.some(chairs, 24))

    def leaders(self) -> None:
        leaders = [m for m in self.people.staff if m.leader]
        day = date(2024, 1, 17)
        id = self.training.held(
            "2024-hn-lanh-dao",
            "lanh-dao-cds",
            "Hội nghị chuyên đề chuyển đổi số cho người đứng đầu cơ quan, đơn vị",
            HOST,
            (day,),
            form="conference",
            co_hosts=(OFFICE,),
            round="Đợt 1",
            capacity=150,
            activity="hd-2024-lanh-dao",
            halves=(MORNING,),
            place="Hội trường UBND huyện",
        )
        coming = [
            m for m in leaders if m.start <= day and "missing" not in m.marks and self.dice.chance(0.72)
        ]
        self.training.complete(id, coming)
        self.training.absent(id, [m for m in leaders if m not in coming and m.start <= day])

    def mentoring(self) -> None:
        """An officer of the district sits down with a few at their own desks, commune by commune."""
        for number, commune in enumerate(self.units.communes):
            day = date(2024, 7, 2) + timedelta(days=2 * number)
            day += timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
            id = self.training.held(
                f"2024-cttc-{commune}",
                "cam-tay",
                f"Cầm tay chỉ việc tại {self.seat(commune)}",
                HOST,
                (day,),
                form="mentoring",
                activity="hd-2024-cttc",
                halves=(AFTERNOON,),
                place=f"UBND {self.seat(commune)}",
            )
            desks = [m for m in self.people.register.staff_of(commune) if m.category == "civil_servant"]
            self.training.complete(id, self.dice.some([m for m in desks if m.start <= day], 4))

    def contest(self) -> None:
        id = self.training.held(
            "2024-hoi-thi",
            "to-cong-nghe",
            "Hội thi tổ công nghệ số cộng đồng",
            HOST,
            (date(2024, 8, 23),),
            form="contest",
            co_hosts=("bt-huyen-doan",),
            halves=(MORNING, AFTERNOON),
            place="Trung tâm Văn hóa, Thể thao - Truyền thông",
        )
        young = [m for m in self.people.team_members if "đoàn" in m.title]
        self.training.complete(id, self.dice.some(young, 28))

    def team_classes(self) -> None:
        """Core members of the village teams; as many as bring the attendances to the reported order."""
        left = ATTENDANCES - self.training.attendances(FIRST, LAST)
        groups = [units for _title, units, _first in CLUSTERS[:6]]
        for number, communes in enumerate(groups):
            first = date(2024, 8, 6) + timedelta(days=2 * number)
            first += timedelta(days=2 if first.weekday() > 4 else 0)
            share = left // (len(groups) - number)
            left -= share
            id = self.training.held(
                f"2024-tcn-{number + 1:02d}",
                "to-cong-nghe",
                f"Tập huấn thành viên nòng cốt tổ công nghệ số cộng đồng, {CLUSTERS[number][0]}",
                HOST,
                (first,),
                co_hosts=communes,
                round="Đợt 2",
                capacity=80,
                activity="hd-2024-tcn",
                place=f"Nhà văn hóa {self.seat(communes[0])}",
            )
            pool = [m for m in self.people.team_members if m.unit.rsplit("-thon-", 1)[0] in communes]
            coming = self.dice.some(pool, share)
            self.training.complete(id, coming)
            self.training.absent(id, [m for m in pool if m not in coming and self.dice.chance(0.15)])

    # --- self-paced study --------------------------------------------------------------------------------

    def study(self, member: Member, course: str, earliest: date, passed: bool, finished: bool = True) -> None:
        """A result of the nine months; those who do not pass are half of them still on the way."""
        enrolled = self.dice.day(max(earliest, member.start, FIRST), LAST - timedelta(days=45))
        completed = enrolled + timedelta(days=self.dice.between(3, 40))
        done = finished and (passed or self.dice.chance(0.5))
        self.training.result(member, course, enrolled, completed if done else None, passed, MOOC)
        self.learners.add(member.id)

    def mooc_to_the_number(self) -> None:
        """More cadres and civil servants study on the platform, until it is the reported number."""
        staff = self.people.staff
        pool = [m for m in staff if m.category in ("cadre", "civil_servant") and m.id not in self.learners]
        for member in self.dice.some(pool, MOOC_LEARNERS - len(self.learners)):
            course = self.dice.pick(("mooc-attt", "mooc-attt", "mooc-dvc"))
            start = date(2024, 2, 19)
            self.study(member, course, start, self.dice.chance(0.7), self.dice.chance(0.75))
        second = [m for m in staff if m.id in self.learners and self.dice.chance(0.15)]
        for member in second:
            self.training.result(member, "mooc-dvc", date(2024, 8, 1), date(2024, 8, 20), True, MOOC)
