"""Plan 84/KH-UBND with its targets, who does what, the province's board, and what was published."""

from __future__ import annotations

from datetime import date, timedelta

from making.dice import Dice
from making.programme import PROGRAMME, add_programme
from making.tables import Bundle
from making.tuyen_quang_people import TuyenQuangPeople
from making.tuyen_quang_units import SO_TTTT_ENDS, TuyenQuang

PLAN = "kh-84"
EVERYBODY = (
    "Mục tiêu đến năm 2025, 100% lãnh đạo, công chức, viên chức và người lao động trong cơ quan nhà nước; các doanh "
    "nghiệp nhà nước hàng năm được đào tạo, bồi dưỡng, tập huấn, cập nhật kiến thức về chuyển đổi số, kỹ năng số, "
    "công nghệ số"
)
OFFICERS = (
    "100% cán bộ chuyên trách chuyển đổi số, công nghệ thông tin hàng năm được đào tạo, bồi dưỡng, tập huấn về "
    "chuyển đổi số"
)
TARGETS = {"coverage.basic": EVERYBODY, "coverage.leaders": EVERYBODY, "coverage.dt_officers": OFFICERS}
ACTIVITIES = [
    (
        "Tập huấn về xây dựng chính quyền điện tử, chuyển đổi số, triển khai dịch vụ công trực tuyến",
        "so-tttt",
        ["van-phong-ubnd", "so-noi-vu"],
    ),
    (
        "Hội nghị cho người trực tiếp tham gia các khâu, bước giải quyết thủ tục hành chính",
        "van-phong-ubnd",
        ["so-tttt", "so-tu-phap"],
    ),
    ("Tập huấn số hóa hồ sơ, tài liệu và an toàn thông tin", "cong-an-tinh", ["so-tttt"]),
    (
        "Tập huấn kỹ năng số cho cán bộ, công chức cấp huyện, cấp xã",
        "so-noi-vu",
        ["so-tttt", "truong-chinh-tri"],
    ),
]
NEWS = {
    "press": ("tuyen-quang", "Tin, bài trên Báo Tuyên Quang", (20, 45)),
    "radio_tv": ("tuyen-quang", "Phóng sự phát thanh, truyền hình", (6, 18)),
    "portal": ("so-tttt", "Tin trên cổng, trang thông tin điện tử", (25, 60)),
    "social": ("so-tttt", "Bài trên Fanpage", (15, 40)),
    "event": ("tuyen-quang", "Cuộc thi «Dữ liệu số với cuộc sống»", (1, 1)),
}


class TuyenQuangPlans:
    def __init__(self, bundle: Bundle, units: TuyenQuang, people: TuyenQuangPeople) -> None:
        self.bundle, self.units, self.people = bundle, units, people
        self.dice = Dice("tuyen-quang plans")

    def build(self) -> None:
        add_programme(self.bundle)
        self.plan()
        self.board()
        self.outreach()
        self.assists()

    def plan(self) -> None:
        add = self.bundle.add
        add(
            "plans",
            id=PLAN,
            number="84/KH-UBND",
            title=(
                "Thực hiện Đề án «Nâng cao nhận thức, phổ cập kỹ năng và phát triển nguồn nhân lực chuyển đổi số quốc "
                "gia đến năm 2025, định hướng đến năm 2030» trên địa bàn tỉnh Tuyên Quang"
            ),
            issuer_unit_id="tuyen-quang",
            programme_id=PROGRAMME,
        )
        for year in (2023, 2024, 2025):
            for indicator, quote in TARGETS.items():
                add(
                    "targets",
                    id=f"ct-84-{year}-{indicator}",
                    plan_id=PLAN,
                    indicator=indicator,
                    unit_id="tuyen-quang",
                    year=year,
                    value=100,
                    comparator="at_least",
                    quote=quote,
                )
        for number, (title, lead, partners) in enumerate(ACTIVITIES, 1):
            add(
                "activities",
                id=f"hd-84-{number}",
                plan_id=PLAN,
                title=title,
                lead_unit_id=lead,
                partner_unit_ids=sorted(partners),
                starts_on=date(2023, 2, 1),
                ends_on=date(2023, 11, 30),
            )
        add(
            "directives",
            id="cv-2023-1",
            title="Về việc cử cán bộ, công chức tham gia tập huấn chuyển đổi số năm 2023",
            issuer_unit_id="so-tttt",
            issued_on=date(2023, 2, 24),
            plan_id=PLAN,
        )

    def board(self) -> None:
        begin, end = date(2022, 3, 1), SO_TTTT_ENDS - timedelta(days=1)
        self.bundle.add(
            "boards",
            id="bcd-tuyen-quang",
            unit_id="tuyen-quang",
            name="Ban Chỉ đạo chuyển đổi số tỉnh Tuyên Quang",
            standing_unit_id="so-tttt",
            valid_from=begin,
            valid_to=end,
        )
        agencies = ("so-tttt", "van-phong-ubnd", "cong-an-tinh", "so-noi-vu", "so-tai-chinh", "so-tu-phap")
        for agency in agencies:
            member = self.people.register.staff_of(agency)[0]
            self.bundle.add(
                "board_members",
                board_id="bcd-tuyen-quang",
                person_id=member.id,
                role="deputy" if agency == "so-tttt" else "member",
                valid_from=max(begin, member.start),
                valid_to=end,
            )

    def outreach(self) -> None:
        number = 0
        for month in range(1, 13):
            for channel, (unit, title, (low, high)) in NEWS.items():
                if channel != "event" or month == 6:
                    number += 1
                    self.item(
                        number, unit, channel, date(2023, month, self.dice.between(3, 26)), title, low, high
                    )
        for district in self.units.districts:
            for month in (2, 4, 6, 8, 10):
                number += 1
                day = date(2023, month, self.dice.between(3, 26))
                self.item(number, district, "loudspeaker", day, "Bản tin truyền thanh cơ sở", 8, 30)

    def item(self, number: int, unit: str, channel: str, day: date, title: str, low: int, high: int) -> None:
        self.bundle.add(
            "outreach",
            id=f"tt-{number:03d}",
            unit_id=unit,
            channel=channel,
            date=day,
            title=title,
            count=self.dice.between(low, high),
        )

    def assists(self) -> None:
        number = 0
        for team in self.people.teams:
            for _ in range(self.dice.between(1, 6)):
                number += 1
                self.bundle.add(
                    "assists",
                    id=f"ht-{number:04d}",
                    team_id=team,
                    date=self.dice.day(date(2023, 2, 1), date(2023, 12, 10)),
                    field=self.dice.weighted(
                        {"public_service": 5, "banking": 2, "health": 2, "education": 1}
                    ),
                    people=self.dice.between(1, 15),
                    outcome=self.dice.weighted({"helped": 6, "alone": 3, "not_done": 1}),
                )
