"""Attendance: days and half days in the headings, marks below."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tests.exchange.sheets.corpus import frames
from tests.exchange.sheets.corpus.pages import Made, Page
from tests.exchange.sheets.corpus.words import heading
from tests.exchange.sheets.corpus.world import humans, units

MARKS: list[dict[str, list[object]]] = [
    {"present": ["x"], "late": ["M"], "excused": ["P"], "absent": ["K", ""]},
    {"present": ["X"], "late": ["muộn"], "excused": ["CP"], "absent": ["KP"]},
    {"present": ["✓"], "late": ["đi muộn"], "excused": ["có phép"], "absent": ["vắng", ""]},
    {
        "present": ["có mặt", "Có"],
        "late": ["đến muộn"],
        "excused": ["vắng có phép"],
        "absent": ["vắng không phép"],
    },
    {"present": [1], "late": ["M"], "excused": ["P"], "absent": [0]},
    {"present": ["+"], "late": ["trễ"], "excused": ["P"], "absent": ["-", ""]},
    {"present": ["x"], "late": ["x (muộn)"], "excused": ["V (P)"], "absent": ["V"]},
    {"present": ["v"], "late": ["v"], "excused": ["p"], "absent": [""]},
    {
        "present": ["có mặt"],
        "late": ["muộn 15 phút"],
        "excused": ["nghỉ phép"],
        "absent": ["nghỉ không phép"],
    },
]
_WEEKDAYS = ["T2", "T3", "T4", "T5", "T6", "T7", "CN"]
_LONG_WEEKDAYS = ["Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật"]
Head = Callable[[int, date], str]
ONE_ROW: dict[str, Head] = {
    "plain": lambda n, d: f"{d:%d/%m/%Y}",
    "short_year": lambda n, d: f"{d.day}/{d.month}/{d.year}",
    "session": lambda n, d: f"Buổi {n} ({d.day:02d}/{d.month})",
    "weekday": lambda n, d: f"{_WEEKDAYS[d.weekday()]} {d:%d/%m}",
    "weekday_long": lambda n, d: f"{_LONG_WEEKDAYS[d.weekday()]}\n{d:%d/%m/%Y}",
    "day_word": lambda n, d: f"Ngày {d.day}/{d.month}",
    "bare": lambda n, d: f"{d.day}/{d.month}",
    "words": lambda n, d: f"Ngày {d.day} tháng {d.month}",
    "points": lambda n, d: f"{d:%d.%m.%Y}",
    "iso": lambda n, d: d.isoformat(),
    "numbered": lambda n, d: f"Buổi {n}: {d:%d/%m/%Y}",
}
TWO_HALVES = ["under", "beside", "brackets", "short", "above"]


@dataclass
class AttendanceMaker:
    """One attendance list from a seed."""

    seed: int
    suffix: str = ""

    def __post_init__(self) -> None:
        self.pick = random.Random(7_000 + self.seed)
        self.suffix = self.suffix or self.pick.choice([".xlsx", ".xlsx", ".xls", ".ods", ".csv"])
        self.merges = self.suffix in (".xlsx", ".xls", ".html", ".docx", ".xml")
        self.halves = self.seed % 2 == 0
        ways = TWO_HALVES if self.halves else sorted(ONE_ROW)
        self.way = ways[self.seed // 2 % len(ways)]
        self.marks = MARKS[self.seed % len(MARKS)]
        self.days = self._days()
        self.left = self.pick.choice([0, 0, 1])

    def _days(self) -> list[date]:
        first = date(2024, self.pick.randint(1, 11), self.pick.randint(1, 24))
        return [first + timedelta(days=number) for number in range(self.pick.randint(2, 4))]

    def make(self) -> Made:
        pick = self.pick
        page = Page(pick.choice(["Sheet1", "Điểm danh"]))
        places = units(pick, 3)
        people = humans(pick, pick.randint(6, 18), places)
        pick.shuffle(people)
        base = [heading(pick, "serial", plain=True), heading(pick, "full_name"), heading(pick, "unit")]
        keys = (
            [f"{day} {half}" for day in self.days for half in ("am", "pm")]
            if self.halves
            else [str(day) for day in self.days]
        )
        width = len(base) + len(keys) + 2
        if pick.random() < 0.6:
            frames.letterhead(page, pick, self.left, width)
        frames.title(page, pick, self.left, width, *self._title())
        self._heading(page, base)
        for number, human in enumerate(people, 1):
            truth = {"full_name": human.full_name, "unit": human.unit}
            row = page.line(number, human.full_name, human.unit, left=self.left)
            told = {}
            for place, key in enumerate(keys):
                status = pick.choices(list(self.marks), [20, 2, 2, 3])[0]
                mark = pick.choice(self.marks[status])
                told[key] = "present" if mark == "v" else status
                page.put(row, self.left + len(base) + place, mark)
            page.put(row, self.left + len(base) + len(keys), len(keys) if pick.random() < 0.5 else "")
            page.says(row, **truth, marks=told)
        if pick.random() < 0.5:
            page.line("", "Tổng cộng", "", *[len(people) - 1 for _ in keys], left=self.left)
        if pick.random() < 0.6:
            frames.signatures(page, pick, self.left, width, len(people))
        return Made(f"attendance{self.seed}", "attendance", [page], self.suffix)

    def _title(self) -> list[str]:
        first, last = self.days[0], self.days[-1]
        return [
            self.pick.choice(["BẢNG ĐIỂM DANH", "DANH SÁCH ĐIỂM DANH HỌC VIÊN", "BẢNG THEO DÕI HỌC VIÊN"]),
            self.pick.choice(
                [
                    f"Lớp tập huấn kỹ năng số năm {first.year}",
                    f"Từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}",
                    f"(Thời gian: {first.day}/{first.month} - {last:%d/%m/%Y})",
                ]
            ),
        ]

    def _heading(self, page: Page, base: list[str]) -> None:
        start, at = page.next, self.left + len(base)
        after = ["Tổng số buổi", "Ghi chú"]
        if not self.halves:
            heads: list[object] = [ONE_ROW[self.way](number, day) for number, day in enumerate(self.days, 1)]
            page.line(*base, *heads, *after, left=self.left)
            return
        if self.way in ("beside", "brackets", "short"):
            shapes = {
                "beside": "{half} {d:%d/%m/%Y}",
                "brackets": "{d:%d/%m/%Y} ({half})",
                "short": "{d.day}/{d.month} {half}",
            }
            names = ("S", "C") if self.way == "brackets" else ("Sáng", "Chiều")
            heads = [shapes[self.way].format(half=half, d=day) for day in self.days for half in names]
            page.line(*base, *heads, *after, left=self.left)
            return
        upper, lower = (start, start + 1)
        base_row = upper if self.way == "under" else lower
        for place, text in enumerate(base):
            merged = self.merges and self.way == "under"
            page.put(base_row, self.left + place, text, down=1 if merged else 0)
        for number, day in enumerate(self.days):
            text = self.pick.choice([f"{day:%d/%m/%Y}", f"Ngày {day:%d/%m/%Y}"])
            page.put(upper, at + 2 * number, text, right=1 if self.merges else 0)
            page.put(lower, at + 2 * number, "Sáng")
            page.put(lower, at + 2 * number + 1, "Chiều")
        for place, text in enumerate(after):
            page.put(base_row, at + 2 * len(self.days) + place, text)
        page.next = lower + 1
