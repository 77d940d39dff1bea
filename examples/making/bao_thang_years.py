"""Bảo Thắng before and after the nine months of 2024: for the trend, and for the state reached."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from making.bao_thang_people import BaoThangPeople
from making.bao_thang_training import HOME_AFFAIRS, HOST, MOOC
from making.dice import Dice
from making.people import Member
from making.training import MORNING, Training

UNRECORDED, UNRECORDED_DAYS = "2024-cttc-cuoi-nam", (date(2024, 11, 5), date(2024, 11, 6), date(2024, 11, 7))


class OtherYears:
    def __init__(self, people: BaoThangPeople, training: Training) -> None:
        self.people, self.training = people, training
        self.dice = Dice("bao-thang other years")

    def before(self) -> None:
        """Fewer classes a year earlier, for the trend and for the state reached."""
        staff = [m for m in self.people.staff if "new" not in m.marks]
        there = [m for m in staff if self.dice.chance(0.97 if m.unit == "phu-nhuan" else 0.58)]
        for number in range(6):
            first = date(2023, 3, 14) + timedelta(days=14 * number)
            id = self.training.held(
                f"2023-kns-{number + 1:02d}",
                "kns-co-ban",
                f"Tập huấn kỹ năng số cơ bản năm 2023, lớp {number + 1}",
                HOST,
                (first,),
                round="Đợt 1",
                capacity=60,
                place="Hội trường UBND huyện",
            )
            self.training.complete(id, there[number::6])
        for member in there:
            member.marks.add("2023")
        servants = [m for m in there if m.category == "civil_servant"]
        id = self.training.held(
            "2023-cntt",
            "chuan-cntt",
            "Chuẩn hóa kỹ năng ứng dụng công nghệ thông tin năm 2023",
            HOME_AFFAIRS,
            (date(2023, 8, 8), date(2023, 8, 9)),
            round="Đợt 1",
            place="Trung tâm Chính trị huyện",
        )
        self.training.complete(id, self.dice.some(servants, 46))
        for member in self.dice.some([m for m in there if m.category != "public_employee"], 118):
            enrolled = self.dice.day(date(2023, 4, 3), date(2023, 8, 10))
            done = enrolled + timedelta(days=self.dice.between(4, 30))
            passed = self.dice.chance(0.75)
            self.training.result(member, "mooc-attt", enrolled, done if passed else None, passed, MOOC)
        id = self.training.held(
            "2023-hn-ra-quan",
            "to-cong-nghe",
            "Hội nghị ra quân tổ công nghệ số cộng đồng",
            HOST,
            (date(2023, 5, 11),),
            form="conference",
            halves=(MORNING,),
            place="Sân vận động huyện",
        )
        day = date(2023, 5, 11)
        self.training.heads("dd-2023-ra-quan", id, HOST, "người dân và thành viên tổ", 250, "about", day)

    def after(self) -> None:
        """A class for the missing in October 2024, one in spring 2025, two of the new communes."""
        missing = [m for m in self.people.staff if "missing" in m.marks]
        day = date(2024, 10, 22)
        id = self.training.held(
            "2024-kns-bo-sung",
            "kns-co-ban",
            "Tập huấn kỹ năng số cơ bản, lớp bổ sung",
            HOST,
            (day, day + timedelta(days=1)),
            round="Đợt 3",
            capacity=50,
            place="Hội trường UBND huyện",
        )
        for member in missing:
            self.training.bundle.add(
                "invitations",
                class_id=id,
                person_id=member.id,
                invited_at="2024-10-08T09:00:00+07:00",
            )
        self.training.complete(id, [m for m in missing if self.dice.chance(0.6)])
        # Not yet recorded: examples/sheets/diem-danh.xlsx is its sign-in sheet.
        self.training.held(
            UNRECORDED,
            "cam-tay",
            "Cầm tay chỉ việc cuối năm tại xã Phú Nhuận",
            "phu-nhuan",
            UNRECORDED_DAYS,
            form="mentoring",
            halves=(MORNING,),
            place="UBND xã Phú Nhuận",
        )
        staff = self.people.staff
        self.one_day("2025-kns-01", HOST, date(2025, 4, 15), self.dice.some(staff, 90))
        for new, day in (("tang-loong", date(2025, 8, 19)), ("bao-thang-xa", date(2025, 9, 9))):
            here = {row["person_id"] for row in self.training.bundle.rows["posts"] if self.belongs(row, new)}
            self.one_day(
                f"2025-kns-{new}", f"{new}-phong-van-hoa-xa-hoi", day, [m for m in staff if m.id in here]
            )

    def belongs(self, post: dict[str, str], new: str) -> bool:
        return (post["unit_id"] == new or post["unit_id"].startswith(f"{new}-")) and post["valid_to"] == ""

    def one_day(self, id: str, host: str, day: date, members: Sequence[Member]) -> None:
        self.training.held(
            id,
            "kns-co-ban",
            "Bình dân học vụ số cho cán bộ, công chức",
            host,
            (day,),
            round="Đợt 1",
            capacity=100,
        )
        coming = [m for m in members if self.dice.chance(0.85)]
        self.training.complete(id, coming)
        self.training.absent(id, [m for m in members if m not in coming])
