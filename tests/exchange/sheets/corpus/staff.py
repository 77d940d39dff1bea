"""Lists of staff in all their shapes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.exchange.sheets.corpus import frames
from tests.exchange.sheets.corpus.frames import Col, Top
from tests.exchange.sheets.corpus.habits import NEEDS_CELLS, OF, Habit, Typed
from tests.exchange.sheets.corpus.pages import Made, Page
from tests.exchange.sheets.corpus.words import JUNK, SENSITIVE, SENSITIVE_VALUES, heading
from tests.exchange.sheets.corpus.world import COMMUNES, Human, humans, units

UNIT_WAYS = [
    "column",
    "column",
    "groups",
    "nested",
    "blocks",
    "sheets",
    "title",
    "said",
    "ditto",
    "typed_once",
    "group_counts",
    "letters",
    "merged_groups",
]
CELLS_ONLY = {"blocks", "merged_groups"}  # ways that need merged cells
EXTRAS = ["birth_date", "sex", "title", "phone", "national_id", "email"]


@dataclass
class StaffMaker:
    """One list of staff; all choices come from the seed, those given are held fast."""

    seed: int
    suffix: str = ""
    unit_way: str = ""
    birth_by_sex: bool | None = None
    encoding: str = ""
    habits: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        pick = self.pick = random.Random(self.seed)
        self.suffix = self.suffix or pick.choice([".xlsx", ".xlsx", ".xlsx", ".xls", ".ods", ".csv", ".tsv"])
        self.texts = self.suffix in (".csv", ".tsv", ".html", ".docx")
        self.merges = self.suffix in (".xlsx", ".xls", ".html", ".docx", ".xml")
        self.unit_way = self.unit_way or pick.choice(UNIT_WAYS)
        if not self.merges and self.unit_way in CELLS_ONLY:
            self.unit_way = "column"
        if self.texts and self.unit_way == "sheets":
            self.unit_way = "groups"
        self.keys = [key for key in EXTRAS if pick.random() < 0.65] or ["phone"]
        self.left = pick.choice([0, 0, 0, 1, 2])
        self.plain = bool(self.encoding)
        self.groups = 0

    def make(self) -> Made:
        pick = self.pick
        wanted = {"title": 1, "said": 1}.get(self.unit_way, pick.randint(2, 4))
        if self.unit_way == "title":
            places = [pick.choice(COMMUNES)]
        else:
            places = units(pick, wanted)
        people = humans(pick, pick.randint(9, 26), places)
        columns = self._columns()
        if self.unit_way == "sheets":
            pages = [
                self._page(columns, [h for h in people if h.unit == place], place[:31]) for place in places
            ]
            for page, place in zip(pages, places, strict=True):
                for row in page.truth.values():
                    row["unit"] = place[:31]
        else:
            pages = [self._page(columns, people, pick.choice(["Sheet1", "DS", "Danh sách", "Trang tính1"]))]
        if self.merges or self.suffix == ".ods":
            pages = self._with_others(pages)
        return Made(f"staff{self.seed}", "staff", pages, self.suffix, self.encoding)

    # -- columns -----------------------------------------------------------------------------------------------

    def _habit(self, key: str) -> Habit:
        known = OF[key]
        if key in self.habits:
            return known[self.habits[key]]
        texts = self.texts or self.suffix == ".xml"
        fit = [name for name in known if not (texts and name in NEEDS_CELLS)]
        if self.plain:
            fit = [name for name in fit if name in ("plain", "dd/mm/yyyy", "year", "words", "points")]
        return known[self.pick.choice(fit)]

    def _col(self, key: str) -> Col:
        return Col(key, heading(self.pick, key, plain=self.plain), self._habit(key))

    def _columns(self) -> list[Top]:
        pick = self.pick
        number = iter(range(1, 10_000))
        tops = [
            Top("", [Col("serial", heading(pick, "serial", plain=True), lambda h, p: Typed(next(number)))])
        ]
        if self.texts:
            tops[0].columns[0].cell = lambda h, p: Typed(str(next(number)))
        tops.append(self._name_columns())
        body = [self._top(key) for key in self.keys]
        if self.unit_way in ("column", "blocks", "ditto", "typed_once"):
            body.append(self._top("unit"))
        pick.shuffle(body)
        for reason in pick.sample(sorted(SENSITIVE), pick.choice([0, 0, 1, 2])):
            values = SENSITIVE_VALUES[reason]
            head = pick.choice(SENSITIVE[reason].split("|"))
            body.insert(
                pick.randint(0, len(body)),
                Top("", [Col(f"!{reason}", head, lambda h, p, v=values: Typed(p.choice(v)))]),
            )
        for head in pick.sample(sorted(JUNK), pick.choice([0, 1, 1, 2])):
            values = JUNK[head]
            body.insert(
                pick.randint(0, len(body)),
                Top("", [Col("", head, lambda h, p, v=values: Typed(p.choice(v)))]),
            )
        notes = (
            [Top("", [Col("", heading(pick, "note"), lambda h, p: Typed(""))])] if pick.random() < 0.7 else []
        )
        return tops + body + notes

    def _name_columns(self) -> Top:
        pick = self.pick
        way = "one" if self.plain else pick.choice(["one"] * 6 + ["two", "under", "unnamed"])
        if way == "one":
            return Top("", [self._col("full_name")])
        family = Col("", pick.choice(["Họ đệm", "Họ và đệm", "Họ và tên đệm", "Họ"]), _family)
        given = Col("full_name", "Tên", _given)
        if way == "two":
            return Top("", [family, given])
        if way == "under":
            return Top("Họ và tên", [family, given])
        family.head, given.head = pick.choice(["Họ và tên", "HỌ VÀ TÊN"]), ""
        return Top("", [family, given])

    def _top(self, key: str) -> Top:
        pick = self.pick
        if key == "birth_date" and (self.birth_by_sex or (self.birth_by_sex is None and pick.random() < 0.2)):
            return self._births_by_sex()
        if key == "sex" and pick.random() < 0.3 and not self.plain:
            return self._ticked_sex()
        if key == "birth_date" and pick.random() < 0.1 and not self.plain:
            return Top(
                "Ngày, tháng, năm sinh",
                [
                    Col("", "Ngày", lambda h, p: Typed(h.day[0])),
                    Col("", "Tháng", lambda h, p: Typed(h.day[1])),
                    Col("birth_date", "Năm", lambda h, p: Typed(h.day[2], h.birth_date)),
                ],
            )
        if key == "national_id" and pick.random() < 0.25:
            return Top(
                pick.choice(["CCCD", "Căn cước công dân", "CMND/CCCD"]),
                [
                    Col(key, "Số", self._habit(key)),
                    Col("", "Ngày cấp", lambda h, p: Typed("01/01/2021")),
                    Col("", "Nơi cấp", lambda h, p: Typed("Cục CS QLHC về TTXH")),
                ],
            )
        if key == "phone" and pick.random() < 0.15:
            return Top(
                "Điện thoại",
                [
                    Col("", pick.choice(["Cơ quan", "Cố định"]), lambda h, p: Typed("02143841234")),
                    Col(key, "Di động", self._habit(key)),
                ],
            )
        return Top("", [self._col(key)])

    def _births_by_sex(self) -> Top:
        if "sex" in self.keys:
            self.keys.remove("sex")
        habit = self._habit("birth_date")

        def of(sex: str) -> Habit:
            def typed(human: Human, pick: random.Random) -> Typed:
                return habit(human, pick) if human.sex == sex else Typed("")

            return typed

        head = self.pick.choice(["Năm sinh", "Ngày sinh", "Ngày, tháng, năm sinh"])
        return Top(
            head, [Col("birth_date", "Nam", of("m"), ("m",)), Col("birth_date", "Nữ", of("f"), ("f",))]
        )

    def _ticked_sex(self) -> Top:
        tick = self.pick.choice(["x", "X", "1", "✓"])
        if self.pick.random() < 0.3:
            return Top(
                "", [Col("sex", "Nữ", lambda h, p: Typed(tick if h.sex == "f" else "", h.sex), ("all",))]
            )
        men = Col("sex", "Nam", lambda h, p: Typed(tick if h.sex == "m" else "", h.sex), ("m",))
        women = Col("sex", "Nữ", lambda h, p: Typed(tick if h.sex == "f" else "", h.sex), ("f",))
        return Top("Giới tính", [men, women])

    # -- rows --------------------------------------------------------------------------------------------------

    def _page(self, tops: Sequence[Top], people: list[Human], name: str) -> Page:
        pick = self.pick
        page = Page(name)
        width = sum(len(top.columns) for top in tops)
        page.skip(pick.choice([0, 0, 1]))
        if pick.random() < 0.7:
            frames.letterhead(page, pick, self.left, width)
        frames.title(page, pick, self.left, width, *self._title(people))
        self._heading(page, tops)
        frames.numbering(page, self.left, width, pick.choice(["", "", "", "brackets", "letters", "numbers"]))
        self._body(page, tops, people)
        if pick.random() < 0.4:
            page.line(
                "",
                pick.choice(["Tổng cộng: {} người", "Tổng số: {}", "Cộng: {} người"]).format(len(people)),
                left=self.left,
            )
        if pick.random() < 0.7:
            frames.signatures(page, pick, self.left, width, len(people))
        return page

    def _title(self, people: Sequence[Human]) -> list[str]:
        if self.unit_way == "title":
            place = people[0].unit.upper()
            return [
                self.pick.choice(
                    [
                        f"DANH SÁCH CÁN BỘ, CÔNG CHỨC {place}",
                        f"DANH SÁCH CÁN BỘ {place} THAM GIA TẬP HUẤN NĂM 2024",
                    ]
                )
            ]
        if self.unit_way == "said":
            return ["DANH SÁCH CỬ ĐI TẬP HUẤN", f"Đơn vị: {people[0].unit}"]
        return [
            self.pick.choice(["DANH SÁCH CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC", "DANH SÁCH TRÍCH NGANG"]),
            "(Kèm theo Công văn số 12/CV-UBND ngày 02/9/2024)",
        ]

    def _heading(self, page: Page, tops: Sequence[Top]) -> list[Col]:
        return frames.head(page, self.left, tops, merges=self.merges)

    def _body(self, page: Page, tops: Sequence[Top], people: list[Human]) -> None:
        columns = [column for top in tops for column in top.columns]
        again = self.pick.choice([0, 0, 0, 6, 9])
        before, block = "", 0
        for number, human in enumerate(people):
            if again and number and number % again == 0:
                self._heading(page, tops)
            if human.unit != before:
                if before and self.unit_way in ("groups", "letters") and self.pick.random() < 0.5:
                    page.line("", "Cộng: 5 người", left=self.left)
                self._group(page, human.unit, [h for h in people if h.unit == human.unit], len(columns))
            row = page.next
            self._row(page, row, columns, human, first=human.unit != before)
            page.skip()
            if human.unit != before:
                block = row
            before = human.unit
            last = number + 1 == len(people) or people[number + 1].unit != human.unit
            if self.unit_way == "blocks" and last and not again and row > block:
                unit = next(self.left + place for place, column in enumerate(columns) if column.key == "unit")
                page.merges.append((block, unit, row, unit))

    def _group(self, page: Page, unit: str, members: list[Human], width: int) -> None:
        """The row that names a unit."""
        way, number = self.unit_way, frames.ROMAN[self.groups]
        self.groups += 1
        if way in ("groups", "letters", "nested"):
            if way == "letters" and self.groups == 1:
                page.line("A", "KHỐI CHÍNH QUYỀN", left=self.left)
            page.line(number, unit, left=self.left)
            if way == "nested":
                inner = [
                    ("a", "Lãnh đạo"),
                    ("1", "Khối Đảng, đoàn thể"),
                    ("", "Cán bộ chuyên trách"),
                    ("-", "Công chức"),
                ]
                page.line(*self.pick.choice(inner), left=self.left)
        elif way == "group_counts":
            size = self.pick.choice([f"{unit} ({len(members)} người)", f"{unit}: {len(members):02d} người"])
            page.line("", size, left=self.left)
        elif way == "merged_groups":
            page.put(page.next, self.left, f"{number}. {unit}", right=width - 1)
            page.skip()

    def _row(self, page: Page, row: int, columns: Sequence[Col], human: Human, *, first: bool) -> None:
        truth: dict[str, object] = {"full_name": human.full_name}
        for place, column in enumerate(columns):
            at = self.left + place
            typed = column.cell(human, self.pick)
            cell = typed.cell
            if column.key == "unit":
                cell = self._unit_cell(cell, first=first)
                truth["unit"] = human.unit
            elif column.key.startswith("!"):
                page.dropped.add(column.key[1:])
            elif column.key and column.key not in ("serial", "full_name"):
                if cell != "" or column.key == "sex":
                    truth[column.key] = typed.truth
                if column.keys and column.key == "birth_date" and cell != "":
                    truth["sex"] = human.sex
            page.put(row, at, cell)
            if typed.fault:
                page.faults.add((row + 1, at))
        if self.unit_way not in ("column", "blocks", "ditto", "typed_once", "sheets"):
            truth["unit"] = _titled(human.unit) if self.unit_way == "title" else human.unit
        page.says(row, **truth)

    def _unit_cell(self, cell: object, *, first: bool) -> object:
        if first or self.unit_way == "column":
            return cell
        return self.ditto if self.unit_way == "ditto" else ""

    @property
    def ditto(self) -> str:
        return ['"', "-nt-", "như trên", "//"][self.seed % 4]

    # -- other sheets ------------------------------------------------------------------------------------------

    def _with_others(self, pages: list[Page]) -> list[Page]:
        """A cover, a summary and a hidden copy that are no part of the list."""
        pick = self.pick
        if pick.random() < 0.25:
            cover = Page("Bìa")
            cover.line("BÁO CÁO")
            cover.line("Kết quả rà soát cán bộ, công chức")
            cover.line("Người lập:", "Bùi Thị Hạnh")
            pages = [cover, *pages]
        if pick.random() < 0.25:
            summary = Page("Tổng hợp")
            summary.line("TỔNG HỢP SỐ LƯỢNG")
            summary.line("STT", "Đơn vị", "Số lượng", "Ghi chú")
            summary.line(1, "UBND xã Gia Phú", 12)
            summary.line(2, "UBND xã Phú Nhuận", 9)
            summary.line("", "Tổng cộng", 21)
            pages = [*pages, summary]
        if pick.random() < 0.25 and self.suffix != ".ods":
            old = Page("Cũ", hidden=True)
            old.line("STT", "Họ và tên", "Năm sinh")
            old.line(1, "Nguyễn Văn Cũ", 1950)
            pages = [*pages, old]
        return pages


def _family(human: Human, pick: random.Random) -> Typed:
    return Typed(" ".join(human.words[:-1]))


def _given(human: Human, pick: random.Random) -> Typed:
    return Typed(human.words[-1], human.full_name)


def _titled(unit: str) -> str:
    """A unit read out of a title in capitals: «XÃ GIA PHÚ» is «Xã Gia Phú»."""
    return unit[0].upper() + unit[1:]
