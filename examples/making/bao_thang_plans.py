"""Plan, targets, activities, directives, boards of Bảo Thắng; what was published, and help in the villages."""

from __future__ import annotations

from datetime import date

from making.bao_thang_people import BaoThangPeople
from making.bao_thang_training import HOME_AFFAIRS, HOST, OFFICE
from making.bao_thang_units import BaoThang
from making.dice import Dice
from making.people import Member
from making.places import EVE
from making.programme import PROGRAMME, add_programme
from making.tables import Bundle

PLAN = "kh-2024"
BASIC = "Tỷ lệ cán bộ, công chức, viên chức được tập huấn, bồi dưỡng, phổ cập kỹ năng số cơ bản đạt trên 90%."
TARGETS: list[tuple[str, int, str, str]] = [
    ("coverage.basic", 90, "over", BASIC),
    (
        "coverage.ict_standard",
        50,
        "over",
        "Tỷ lệ công chức các cấp được tập huấn, đào tạo, đào tạo lại, chuẩn hóa kỹ năng về ứng dụng công nghệ đạt "
        "trên 50%.",
    ),
    (
        "mooc.learners",
        250,
        "at_least",
        "Ít nhất 250 cán bộ, công chức tham gia tập huấn trên nền tảng MOOCs.",
    ),
    (
        "training.attendances",
        1000,
        "over",
        "Tập huấn công tác chuyển đổi số cho hơn 1.000 lượt cán bộ, công chức, viên chức và thành viên nòng cốt "
        "của tổ công nghệ số cộng đồng.",
    ),
    ("teams.village_coverage", 100, "at_least", "100% thôn, tổ dân phố có tổ công nghệ số cộng đồng."),
    (
        "coverage.leaders",
        100,
        "at_least",
        "100% người đứng đầu và cấp phó được cập nhật kiến thức chuyển đổi số.",
    ),
]
ACTIVITIES = [
    ("kns", "Tập huấn kỹ năng số cơ bản cho cán bộ, công chức, viên chức", HOST, [HOME_AFFAIRS], 12, 5),
    ("cntt", "Chuẩn hóa kỹ năng ứng dụng công nghệ thông tin cho công chức", HOME_AFFAIRS, [HOST], 6, 7),
    ("lanh-dao", "Hội nghị chuyên đề cho người đứng đầu cơ quan, đơn vị", HOST, [OFFICE], 1, 1),
    ("cttc", "Cầm tay chỉ việc tại các xã, thị trấn", HOST, [OFFICE], 7, 7),
    (
        "tcn",
        "Tập huấn thành viên nòng cốt tổ công nghệ số cộng đồng",
        HOST,
        ["bt-huyen-doan", "bt-hoi-phu-nu"],
        8,
        8,
    ),
]
NEWS = {
    "loudspeaker": [
        "Hướng dẫn nộp hồ sơ trực tuyến",
        "Cảnh báo lừa đảo trên mạng",
        "Cài đặt định danh điện tử",
    ],
    "portal": ["Tin hoạt động chuyển đổi số", "Kết quả lớp tập huấn"],
    "social": ["Bài viết trên trang của huyện", "Video hướng dẫn thanh toán không dùng tiền mặt"],
    "event": ["Ngày hội chuyển đổi số", "Ra quân hỗ trợ người dân"],
    "radio_tv": ["Chuyên mục chuyển đổi số"],
}
FIELDS = {
    "public_service": 40,
    "banking": 16,
    "health": 18,
    "education": 12,
    "transport": 6,
    "tourism": 3,
    "other": 5,
}
OUTCOMES = {"helped": 62, "alone": 26, "not_done": 12}


class BaoThangPlans:
    def __init__(self, bundle: Bundle, units: BaoThang, people: BaoThangPeople) -> None:
        self.bundle, self.units, self.people = bundle, units, people
        self.dice = Dice("bao-thang plans")

    def build(self) -> None:
        add_programme(self.bundle)
        self.plan()
        self.boards()
        self.outreach()
        self.assists()

    def plan(self) -> None:
        add = self.bundle.add
        add(
            "plans",
            id=PLAN,
            title="Kế hoạch đào tạo, bồi dưỡng, phát triển nguồn nhân lực chuyển đổi số huyện Bảo Thắng năm 2024",
            issuer_unit_id="bao-thang",
            issued_on=date(2023, 12, 8),
            valid_from=date(2023, 12, 8),
            valid_to=date(2024, 12, 31),
            programme_id=PROGRAMME,
        )
        for indicator, value, comparator, quote in TARGETS:
            self.target(f"ct-bao-thang-{indicator}", indicator, "bao-thang", value, comparator, quote)
        for commune in self.units.communes:
            self.target(f"ct-{commune}-coverage.basic", "coverage.basic", commune, 90, "over", BASIC)
        for name, title, lead, partners, first, last in ACTIVITIES:
            add(
                "activities",
                id=f"hd-2024-{name}",
                plan_id=PLAN,
                title=title,
                lead_unit_id=lead,
                partner_unit_ids=sorted(partners),
                starts_on=date(2023 if first == 12 else 2024, first, 15 if first == 12 else 1),
                ends_on=date(2024, last, 31),
            )
        for number, (title, day) in enumerate(
            (
                ("Về việc cử cán bộ, công chức, viên chức tham gia tập huấn kỹ năng số", date(2024, 2, 21)),
                ("Về việc kiện toàn tổ công nghệ số cộng đồng tại các thôn, tổ dân phố", date(2024, 4, 24)),
                ("Về việc tham gia học tập trên nền tảng MOOCs", date(2024, 6, 5)),
            ),
            1,
        ):
            add(
                "directives",
                id=f"cv-2024-{number}",
                title=title,
                issuer_unit_id="bao-thang",
                issued_on=day,
                plan_id=PLAN,
            )

    def target(self, id: str, indicator: str, unit: str, value: int, comparator: str, quote: str) -> None:
        self.bundle.add(
            "targets",
            id=id,
            plan_id=PLAN,
            indicator=indicator,
            unit_id=unit,
            year=2024,
            value=value,
            comparator=comparator,
            quote=quote,
        )

    def boards(self) -> None:
        staff_of = self.people.register.staff_of
        heads = [staff_of(unit)[0] for unit in (HOST, OFFICE, HOME_AFFAIRS, "bt-phong-tai-chinh-ke-hoach")]
        self.board(
            "bcd-bao-thang", "bao-thang", HOST, "huyện Bảo Thắng", [*staff_of("bao-thang")[:2], *heads]
        )
        leaders = [member for member in staff_of("phu-nhuan") if member.leader][3:]
        officers = [member for member in staff_of("phu-nhuan") if member.category == "civil_servant"]
        self.board("bcd-phu-nhuan", "phu-nhuan", "phu-nhuan", "xã Phú Nhuận", [*leaders, *officers[:4]])

    def board(self, id: str, unit: str, standing: str, place: str, members: list[Member]) -> None:
        begin = date(2022, 3, 1)
        self.bundle.add(
            "boards",
            id=id,
            unit_id=unit,
            name=f"Ban Chỉ đạo chuyển đổi số {place}",
            standing_unit_id=standing,
            valid_from=begin,
            valid_to=EVE,
        )
        for number, member in enumerate(members):
            self.bundle.add(
                "board_members",
                board_id=id,
                person_id=member.id,
                role=("head", "deputy")[number] if number < 2 else "member",
                valid_from=max(begin, member.start),
                valid_to=EVE,
            )

    def outreach(self) -> None:
        number = 0
        for commune in [*self.units.communes, HOST, "bt-trung-tam-van-hoa"]:
            village = commune in self.units.communes
            for _ in range(self.dice.between(6, 10)):
                number += 1
                channel = self.dice.pick(
                    ["loudspeaker"] * 4 + ["event"] if village else ["portal", "social", "radio_tv"]
                )
                self.bundle.add(
                    "outreach",
                    id=f"tt-{number:03d}",
                    unit_id=commune,
                    channel=channel,
                    date=self.dice.weekday(date(2023, 1, 5), date(2024, 12, 10)),
                    title=self.dice.pick(NEWS[channel]),
                    count=1 if channel == "event" else self.dice.between(2, 14),
                )

    def assists(self) -> None:
        """Help given house by house in 2024; some teams are busy, some hardly write anything down."""
        number = 0
        for team in self.people.teams:
            for _ in range(self.dice.weighted({0: 1, 2: 3, 4: 3, 6: 2, 9: 1})):
                number += 1
                self.bundle.add(
                    "assists",
                    id=f"ht-{number:04d}",
                    team_id=team,
                    date=self.dice.day(date(2024, 1, 6), date(2024, 12, 20)),
                    field=self.dice.weighted(FIELDS),
                    people=self.dice.between(1, 12),
                    outcome=self.dice.weighted(OUTCOMES),
                )
