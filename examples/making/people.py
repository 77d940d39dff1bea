"""Invented persons and their posts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from making.dice import Dice
from making.names import full_name
from making.places import EVE, REFORM
from making.tables import Bundle

STAFF = ("cadre", "civil_servant", "public_employee", "contract_worker")
QUALIFICATIONS = {
    "it": ["Đại học Công nghệ thông tin", "Đại học Khoa học máy tính", "Cao đẳng Tin học ứng dụng"],
    "other": [
        "Đại học Luật",
        "Đại học Hành chính",
        "Đại học Kinh tế",
        "Đại học Nông lâm",
        "Đại học Sư phạm",
        "Đại học Văn hóa",
        "Trung cấp Hành chính",
        "Trung cấp Kế toán",
        "Thạc sĩ Quản lý công",
    ],
}


@dataclass
class Member:
    """One person as the maker of a case sees them: who, where on the day of the report, as what."""

    id: str
    name: str
    sex: str
    birth: date
    phone: str
    unit: str
    title: str
    category: str
    leader: bool = False
    duties: tuple[str, ...] = ()
    start: date = date(2021, 7, 1)
    marks: set[str] = field(default_factory=set)  # what the maker decided about this person

    @property
    def staff(self) -> bool:
        return self.category in STAFF


class Register:
    """Writes persons and posts and remembers the members."""

    def __init__(self, bundle: Bundle, prefix: str, weights: dict[str, int], domain: str) -> None:
        self.bundle, self.prefix, self.weights, self.domain = bundle, prefix, weights, domain
        self.dice = Dice(f"{bundle.source} people")
        self.members: list[Member] = []
        self.posts: dict[str, int] = {}  # person -> number of posts so far

    def person(
        self,
        unit: str,
        title: str,
        category: str,
        *,
        leader: bool = False,
        duties: tuple[str, ...] = (),
        sex: str = "",
        ages: tuple[int, int] = (26, 58),
        start: date | None = None,
        name: str = "",
    ) -> Member:
        """A new person with no post written yet; `ages` in 2024."""
        dice = self.dice
        id = f"{self.prefix}-{len(self.members) + 1:04d}"
        sex = sex or dice.pick("mf")
        year = 2024 - dice.between(*ages)
        birth = dice.day(date(year, 1, 1), date(year, 12, 28))
        member = Member(
            id=id,
            name=name or full_name(dice, self.weights, sex),
            sex=sex,
            birth=birth,
            phone=self.phone(),
            unit=unit,
            title=title,
            category=category,
            leader=leader,
            duties=duties,
            start=start or dice.day(date(2021, 7, 1), date(2022, 9, 30)),
        )
        self.members.append(member)
        self.bundle.add(
            "people",
            id=id,
            full_name=member.name,
            birth_date=birth if member.staff or dice.chance(0.5) else str(year),
            sex=sex,
            # A few, and no one's: no province has the code 000.
            national_id=f"000{len(self.members):09d}" if member.staff and dice.chance(0.02) else "",
            phone=member.phone if dice.chance(0.92) and len(self.members) % 8 else "",
            email=f"{id}@{self.domain}" if member.staff and dice.chance(0.6) else "",
        )
        return member

    def phone(self) -> str:
        """Ten digits that look like a mobile number; no network in Vietnam has been given the prefix 053."""
        return f"053{self.dice.below(10**7):07d}"

    def post(
        self,
        member: Member,
        *,
        unit: str = "",
        title: str = "",
        main: bool = True,
        start: date | None = None,
        end: date | None = None,
        leader: bool | None = None,
        duties: tuple[str, ...] | None = None,
    ) -> None:
        """Writes a post; what is not given is as the member has it."""
        self.posts[member.id] = self.posts.get(member.id, 0) + 1
        own = member.duties if duties is None else duties
        self.bundle.add(
            "posts",
            id=f"{member.id}-{self.posts[member.id]}",
            person_id=member.id,
            unit_id=unit or member.unit,
            title=title or member.title,
            category=member.category,
            is_leader=member.leader if leader is None else leader,
            is_main=main,
            duties=list(own),
            valid_from=start or member.start,
            valid_to=end,
            qualification=self.qualification(own) if member.staff else "",
        )

    def qualification(self, duties: tuple[str, ...]) -> str:
        if self.dice.chance(0.25):
            return ""
        return self.dice.pick(QUALIFICATIONS["it" if "dt_dedicated" in duties else "other"])

    def across_reform(self, member: Member, unit: str, title: str, *, leader: bool = False) -> None:
        """The post held until 30 June 2025 and, if `unit` is not empty, the one from 1 July on."""
        self.post(member, end=EVE)
        if unit:
            kept = tuple(duty for duty in member.duties if duty != "dt_lead")
            self.post(member, unit=unit, title=title, start=REFORM, leader=leader, duties=kept)

    def staff_of(self, *units: str) -> list[Member]:
        return [member for member in self.members if member.staff and member.unit in units]
