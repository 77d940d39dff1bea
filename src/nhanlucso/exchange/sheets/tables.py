"""The people of a table: which rows below the headings are persons, which name a unit, which are not of the list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nhanlucso.exchange.sheets.grids import Grid, Value
from nhanlucso.exchange.sheets.headings import Heading
from nhanlucso.exchange.sheets.meanings import Field
from nhanlucso.exchange.sheets.values import as_text, is_name
from nhanlucso.kernel.text import fold

_UNIT_WORD = re.compile(
    r"(ubnd|ủy ban|uỷ ban|hđnd|hội đồng nhân dân|xã|phường|thị trấn|huyện|thị xã|thành phố|tp\.?|tỉnh|đặc khu|"
    r"phòng|sở|ban|bộ|chi cục|cục|trung tâm|tt\.? (y tế|gdtx|văn hóa)|trường|trạm|bệnh viện|công an|đảng ủy|đảng uỷ|"
    r"huyện ủy|huyện uỷ|tỉnh ủy|tỉnh uỷ|thành ủy|thành uỷ|đảng bộ|chi bộ|văn phòng|vp|hội|mặt trận|ub ?mttq|mttq|"
    r"liên đoàn|thanh tra|tòa án|toà án|viện|kho bạc|bhxh|bảo hiểm|quỹ|công ty|thôn|bản|tổ dân phố|tdp|khu phố|ấp|khối|"
    r"cơ quan|đơn vị|bộ phận|nhà văn hóa|thư viện|đài|bảo tàng|hạt kiểm lâm|đội|tổ|ban chỉ huy|bch|"
    r"đoàn (tn|thanh niên|xã|phường|huyện|thể|khối|trường|thị trấn))(?=[\s.:,-]|$)",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"[IVXLC]{1,7}\.?\)?|[A-ZĐ]\.?\)?")
_LABEL_NUMBER = re.compile(r"^\s*([IVXLC]{1,7}|[A-ZĐ]|\d{1,3})\s*[.)/:–-]+\s*(?=\S)")
_LABEL_COUNT = re.compile(
    r"\s*(\(\s*\d+[^)]*\)|[:–-]\s*\d+\s*(người|đồng chí|đ/c|đại biểu|học viên|cán bộ)?\.?)\s*$"
)
_SERIAL = re.compile(r"\d{1,6}(\.\d{1,4})?\.?\)?")
_TOTAL = re.compile(
    r"(tong|cong|tong cong|tong so|cong don|total|si so|co mat|vang|vang mat|co phep|khong phep)"
    r"(\s+(don vi|nhom|muc|khoi|xa|toan|danh sach|so|cong|phep|khong|co)\b.*)?\s*(\(.*\))?\s*([:=.…].*|\d.*)?"
)
_FOOTER = re.compile(
    r"(\(?\s*danh sach (nay |tren |co |gom |an dinh)|\(?an dinh|nguoi (lap|tong hop|ghi|diem danh)|lap bieu|can bo lap|"
    r"thu truong|tm\.?\s|kt\.?\s|tl\.?\s|tuq\.?\s|q\.\s|xac nhan|noi nhan|luu y|\(?ky[ ,]|ghi chu\s*:|\*|"
    r"giang vien|giao vien|bao cao vien|lop truong|ban to chuc lop|don vi to chuc)"
)
_PLACE_AND_DAY = re.compile(r".*\bngay\b.{0,14}\bthang\b.{0,14}\bnam\b.*")
_SIGNER = re.compile(
    r"(pho )?(chu tich|truong phong|giam doc|truong ban|bi thu|chanh van phong|hieu truong|can bo phu trach|thu ky)"
    r"( (ubnd|hdnd|xa|huyen|phuong|tinh).*)?"
)
_KEY_FIELDS = (Field.BIRTH, Field.PHONE, Field.NATIONAL_ID, Field.EMAIL, Field.TITLE, Field.UNIT, Field.MARK)


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns that tell persons from other rows."""

    serial: int | None
    names: tuple[int, ...]
    known: tuple[int, ...]  # columns with a meaning, other than serial, names and notes
    key: int | None = None  # the column that stands for a missing name: the learner's mail
    has_unit: bool = False
    counts: int | None = None  # the column of numbers, in a table of head counts


@dataclass(frozen=True, slots=True)
class Person:
    """A row of the sheet (0-based) that stands for a person; `group` is the unit that a row above names."""

    row: int
    group: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """A row (0-based) amid the list that is neither person nor group nor total."""

    row: int
    text: str


class Walk:
    """Goes down the rows of a table; remembers the unit of the last group row and whether the list has ended."""

    def __init__(self, layout: Layout, group: str = "") -> None:
        self.layout = layout
        self.group = group
        self.ended = False
        self.serials = 0

    def people(self, grid: Grid, heading: Heading, end: int) -> Iterator[Person | Unclear]:
        """The persons from below the headings to `end`; what is unclear is told only if persons follow it."""
        waiting: list[Unclear] = []
        for number in range(heading.body, end):
            row = grid.rows[number]
            kind = self.judge(row)
            if kind == "person":
                yield from waiting
                waiting.clear()
                yield Person(number, self.group)
            elif kind == "unclear":
                text = " | ".join(as_text(cell) for cell in row if cell not in ("", None))
                waiting.append(Unclear(number, text))

    def judge(self, cells: list[Value]) -> str:
        """person, group, other (of no account), or unclear."""
        row = [as_text(cell) for cell in cells]
        texts = [text for text in row if text]
        if not texts:
            return "other"
        if self.layout.counts is not None:
            return self._judge_count(row, texts)
        name = self._name(row)
        serial = _cell(row, self.layout.serial)
        numbered = bool(_SERIAL.fullmatch(serial))
        filled = sum(1 for index in self.layout.known if _cell(row, index))
        if self.ended and not (numbered and is_name(name) and filled):
            return "other"
        if not numbered and self._is_no_person(row, texts[0], name, filled):
            return "other"
        label = self._group_label(texts, name, serial, filled)
        if label is not None:
            self.group = label or self.group
            return "group"
        return self._person(name, numbered, filled)

    def _judge_count(self, row: list[str], texts: list[str]) -> str:
        """A unit with its number, a group of units, or a total."""
        first = next((text for text in texts if not _SERIAL.fullmatch(text)), "")
        folded = fold(first)
        if _TOTAL.fullmatch(folded) or not first:
            return "other"
        if _FOOTER.match(folded) or _PLACE_AND_DAY.fullmatch(folded) or _SIGNER.fullmatch(folded):
            self.ended = True
        if self.ended:
            return "other"
        return "person" if _cell(row, self.layout.counts) or len(texts) > 1 else "other"

    def _name(self, row: list[str]) -> str:
        name = " ".join(filter(None, (_cell(row, index) for index in self.layout.names)))
        return name or (_cell(row, self.layout.key) and "?")

    def _person(self, name: str, numbered: bool, filled: int) -> str:
        if name != "?" and not is_name(name.lstrip("0123456789.)-/ ")):
            return "unclear" if name or (numbered and filled) else "other"
        if numbered:
            self.serials += 1
        elif not filled and self.serials:
            return "unclear"
        self.ended = False
        return "person"

    def _is_no_person(self, row: list[str], leftmost: str, name: str, filled: int) -> bool:
        """Totals, and the signatures and remarks that end a list."""
        first = fold(leftmost)
        known = [_cell(row, index) for index in self.layout.known]
        if filled <= 2 and (_TOTAL.fullmatch(fold(name)) or _TOTAL.fullmatch(first)):
            return True
        if filled <= 2 and (
            _FOOTER.match(first) or _PLACE_AND_DAY.fullmatch(first) or _SIGNER.fullmatch(first)
        ):
            self.ended = True
            return True
        signing = [text for text in known if text and _SIGNER.fullmatch(fold(text)) and text.isupper()]
        if not name and (signing or any(_PLACE_AND_DAY.fullmatch(fold(text)) for text in known)):
            self.ended = True
            return True
        return False

    def _group_label(self, texts: list[str], name: str, serial: str, filled: int) -> str | None:
        """The unit that a group row names (empty: a group that is no unit); None if it is no group row."""
        if filled:
            return None
        if len(texts) > 2:
            return None
        roman = bool(_ROMAN.fullmatch(serial))
        label = name if name else texts[-1]
        if serial and not roman and not _SERIAL.fullmatch(serial) and not name:
            label = serial
        numbered_inside = _LABEL_NUMBER.match(label)
        bare = _LABEL_COUNT.sub("", _LABEL_NUMBER.sub("", label)).strip(" .:;-–")
        if _UNIT_WORD.match(bare):
            return bare
        if (roman and len(texts) == 2) or (numbered_inside and _ROMAN.fullmatch(numbered_inside[1])):
            return "" if self.layout.has_unit else bare
        return None


def looks_like_unit(text: str) -> bool:
    """Whether a text begins as names of units do."""
    return _UNIT_WORD.match(text.strip()) is not None


def _cell(row: list[str], index: int | None) -> str:
    return row[index] if index is not None and index < len(row) else ""
