"""Lists put together at random from all that layouts, formats and typing habits offer; every value must come back."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from nhanlucso.exchange.sheets.reading import read_sheet
from tests.exchange.sheets.legacy import to_tcvn3
from tests.exchange.sheets.making import Merged, Sheet, day_of, people, save

HEADINGS = {
    "full_name": ["Họ và tên", "HỌ TÊN", "Họ, tên", "Họ và tên cán bộ"],
    "birth_date": ["Ngày sinh", "Ngày tháng năm sinh", "NGÀY, THÁNG, NĂM SINH", "Sinh ngày"],
    "sex": ["Giới tính", "Giới", "Nam/Nữ"],
    "title": ["Chức vụ", "Chức danh", "Chức vụ, chức danh", "Chức vụ công tác"],
    "unit": ["Đơn vị", "Đơn vị công tác", "Cơ quan, đơn vị", "Nơi công tác"],
    "phone": ["SĐT", "Điện thoại", "Số điện thoại", "Di động"],
    "national_id": ["CCCD", "Số CCCD", "Số định danh cá nhân", "CMND/CCCD"],
    "email": ["Email", "Thư điện tử", "Địa chỉ email"],
}
DATE_SHAPES = [
    "{d:02d}/{m:02d}/{y}",
    "{d}/{m}/{y}",
    "{d:02d}-{m:02d}-{y}",
    "{d}.{m}.{y}",
    "{y}-{m:02d}-{d:02d}",
]
KEYS = list(HEADINGS)


class ListMaker:
    """One list and its truth."""

    def __init__(self, seed: int) -> None:
        self.pick = random.Random(seed)
        self.people = people(self.pick.randint(8, 30), seed)
        self.suffix = self.pick.choice([".xlsx", ".xls", ".ods", ".csv", ".tsv"])
        optional = [key for key in KEYS if key not in ("full_name", "unit")]
        chosen = set(self.pick.sample(optional, self.pick.randint(2, len(optional)))) | {"full_name"}
        self.grouped = self.pick.random() < 0.4
        if not self.grouped:
            chosen.add("unit")
        self.keys = [key for key in KEYS if key in chosen]
        self.rows: list[list[object]] = []
        self.merges: list[Merged] = []
        self.typed = self._typing()

    def make(self) -> Sheet:
        if self.pick.random() < 0.7:
            self.rows += [["UBND HUYỆN BẢO THẮNG", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], []]
            self.rows += [["DANH SÁCH CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC"], []]
        self.heading = ["STT", *(self.pick.choice(HEADINGS[key]) for key in self.keys), "Ghi chú"]
        self.rows.append(self.heading)
        if self.grouped:
            self._groups()
        else:
            self._body(self.people)
        if self.pick.random() < 0.7:
            self.rows += [
                ["", f"Tổng cộng: {len(self.people)} người"],
                [],
                ["", "NGƯỜI LẬP", "", "TRƯỞNG PHÒNG"],
            ]
            self.rows += [[], ["", "Bùi Thị Hạnh", "", "Trần Văn Dũng"]]
        return Sheet(self.rows, self.merges)

    def truth(self) -> list[dict[str, str]]:
        keys = [*self.keys, "unit"] if self.grouped else self.keys
        return [{key: person[key] for key in keys} for person in self.people]

    def _groups(self) -> None:
        self.people.sort(key=lambda person: person["unit"])
        units = sorted({person["unit"] for person in self.people})
        for number, unit in enumerate(units):
            self.rows.append([["I", "II", "III", "IV"][number], unit])
            members = [person for person in self.people if person["unit"] == unit]
            self._body(members)
            self.rows.append(["", f"Cộng: {len(members)} người"])

    def _body(self, members: list[dict[str, str]]) -> None:
        again = self.pick.randrange(5, 40)
        for number, person in enumerate(members, 1):
            if number % again == 0:
                self.rows.append(list(self.heading))
            self.rows.append([number, *(self.typed[key](person[key]) for key in self.keys), ""])

    def _typing(self) -> dict[str, Callable[[str], object]]:
        numbers = self.pick.random() < 0.5 and self.suffix in (".xlsx", ".xls", ".ods")
        shape = self.pick.choice(DATE_SHAPES)
        name = self.pick.choice(
            [str, str.upper, lambda text: unicodedata.normalize("NFD", text), "  {} ".format]
        )
        return {
            "full_name": name,
            "birth_date": lambda text: day_of(text, shape),
            "sex": lambda text: self.pick.choice({"m": ["Nam", "nam"], "f": ["Nữ", "nữ "]}[text]),
            "title": str,
            "unit": self.pick.choice([str, lambda text: text.replace(" ", "  ")]),
            "phone": int
            if numbers
            else self.pick.choice([str, lambda text: f"{text[:4]}.{text[4:7]}.{text[7:]}"]),
            "national_id": int if numbers else str,
            "email": str,
        }


@pytest.mark.parametrize("seed", range(80))
def test_every_value_comes_back(tmp_path: Path, seed: int) -> None:
    maker = ListMaker(seed)
    sheet = maker.make()
    reading = read_sheet(save(tmp_path / f"list{maker.suffix}", sheet))
    assert reading.kind == "staff"
    assert [
        {key: value for key, value in row.as_json().items() if key not in ("sheet", "row")}
        for row in reading.rows
    ] == maker.truth()
    assert reading.problems == ()


@pytest.mark.parametrize("seed", range(80, 90))
def test_in_tcvn3_too(tmp_path: Path, seed: int) -> None:
    maker = ListMaker(seed)
    maker.typed["full_name"] = str
    sheet = maker.make()
    sheet.rows = [[to_tcvn3(cell) if isinstance(cell, str) else cell for cell in row] for row in sheet.rows]
    sheet.font = ".VnTime"
    reading = read_sheet(save(tmp_path / "list.xls", sheet))
    assert [row.full_name for row in reading.rows] == [person["full_name"] for person in maker.people]
    assert [row.unit for row in reading.rows] == [person["unit"] for person in maker.people]
