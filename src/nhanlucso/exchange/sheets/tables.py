"""The people of a table: which rows below the headings are persons, which name a unit, which are not of the list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from nhanlucso.exchange.sheets.grids import Grid, Value
from nhanlucso.exchange.sheets.groups import (
    Groups,
    Label,
    is_group_number,
    is_like_a_person,
    looks_like_unit,
    read_label,
)
from nhanlucso.exchange.sheets.headings import Heading
from nhanlucso.exchange.sheets.values import as_text, is_name, name_part
from nhanlucso.kernel.text import fold

_SERIAL = re.compile(r"\d{1,6}(\.\d{1,4})?\.?\)?")
_COUNTING = re.compile(r"[\d.,/%\s+-]*|#\w+[/!?]*\w*[!?]?")
_TOTAL = re.compile(
    r"(tong|cong|tong cong|tong so|cong don|total|grand total|sum|si so|co mat|vang|vang mat|"
    r"co phep|khong phep|cong tong|"
    r"ty le|ti le)"
    r"(\s+(don vi|nhom|muc|khoi|xa|toan|danh sach|so|cong|phep|khong|co|nguoi|can bo|hoc vien|trang|buoi|"
    r"chung|cac|i|ii|"
    r"iii|iv|v|[a-d])\b.*)?\s*(\(.*\))?\s*([:=.…].*|\d.*)?"
)
_FOOTER = re.compile(
    r"(\(?\s*danh sach (nay |tren |co |gom |an dinh)|\(?an dinh|(nguoi|can bo|chuyen vien|ke toan) "
    r"(lap|tong hop|ghi|diem danh|"
    r"theo doi)|lap bieu|nguoi lap|thu truong|tm\.?\s|kt\.?\s|tl\.?\s|tuq\.?\s|q\.\s|xac nhan|noi nhan|luu y|\(ky|"
    r"\(ghi ro|ghi chu\s*[:(]|\*|giang vien|bao cao vien|lop truong|ban to chuc lop|don vi to chuc|nguon:|"
    r"(trong do|bang chu|so tien bang chu)\b|lanh dao don vi|dai dien|phe duyet|nguoi kiem tra|-{3,})"
)
_NEVER_A_NAME = re.compile(
    r"(ubnd|uy ban nhan dan|hdnd|cong ty|truong (thcs|thpt|tieu hoc|mam non)|trung tam|so luong|"
    r"danh sach|tong so|ghi chu|"
    r"khoi (dang|chinh quyen|doan the|ubnd)|don vi|co quan)\b"
)
_PLACE_AND_DAY = re.compile(r".*\bngay\b.{0,14}\bthang\b.{0,14}\bnam\b.*")
_SIGNER = re.compile(
    r"(pho )?(chu tich|truong phong|giam doc|truong ban|bi thu|chanh van phong|hieu truong|can bo phu trach|thu ky|"
    r"tong giam doc|cong chuc phu trach|ke toan truong|thu truong don vi|truong doan)"
    r"( (ubnd|hdnd|xa|huyen|phuong|tinh).*)?"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns that tell persons from other rows."""

    serial: int | None
    names: tuple[int, ...]
    known: tuple[int, ...]  # columns with a meaning, other than serial, names and notes
    key: int | None = None  # the column that stands for a missing name: the mail
    has_unit: bool = False
    counts: int | None = None  # the column of numbers, in a table of head counts
    unit: int | None = None


class Person(NamedTuple):
    """A row of the sheet (0-based) that stands for a person; `group` is the unit that a row above names."""

    row: int
    group: str
    block: str = ""


@dataclass(frozen=True, slots=True)
class Unclear:
    """A row (0-based) amid the list that is neither person nor group nor total."""

    row: int
    text: str


class Walk:
    """Goes down the rows of a table; remembers the groups above and whether the list has ended."""

    def __init__(self, layout: Layout, groups: Groups | None = None) -> None:
        self.layout = layout
        self.groups = groups or Groups()
        self.ended = False
        self.serials = 0
        self.numbers_units = False  # in head counts: units are numbered 1, 2, 3, so that I, II are sums

    def people(self, grid: Grid, heading: Heading, end: int) -> Iterator[Person | Unclear]:
        """The persons from below the headings to `end`; what is unclear is told only if persons follow it."""
        if self.layout.counts is not None and self.layout.serial is not None:
            place = self.layout.serial
            serials = (as_text(row[place]) for row in grid.rows[heading.body : end] if place < len(row))
            self.numbers_units = any(_SERIAL.fullmatch(serial) for serial in serials)
        waiting: list[Unclear] = []
        for number in range(heading.body, end):
            row = grid.rows[number]
            kind = self.judge(row)
            if kind == "person":
                yield from waiting
                waiting.clear()
                yield Person(number, self.groups.unit, self.groups.block)
            elif kind == "unclear":
                text = " | ".join(as_text(cell) for cell in row if cell not in ("", None))
                waiting.append(Unclear(number, text))

    def judge(self, cells: list[Value]) -> str:
        """person, group, other (of no account), or unclear."""
        if self._is_plain_person(cells):
            self.serials += 1
            self.ended = False
            return "person"
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
        if not numbered and self._is_no_person(row, texts, name, filled):
            return "other"
        if filled and self._sums_a_group(row, serial, name):
            texts = [text for text in texts if not _COUNTING.fullmatch(text) or text == serial]
            filled = 0
        label = self._label(row, texts, name, serial, filled)
        if label is not None:
            self.groups.enter(label)
            return "group"
        return self._person(name, numbered, filled, is_group_number(serial))

    def _is_plain_person(self, cells: list[Value]) -> bool:
        """Numbered, named and with something else, as most rows are: nothing more needs to be asked."""
        layout = self.layout
        if layout.serial is None or layout.counts is not None or not layout.names:
            return False
        serial = cells[layout.serial] if layout.serial < len(cells) else ""
        if not _is_whole(serial):
            return False
        names = [as_text(cells[index]) for index in layout.names if index < len(cells)]
        return _is_plain_name(" ".join(names).strip()) and self._says_more(cells)

    def _says_more(self, cells: list[Value]) -> bool:
        """Whether a row has anything but serial and name."""
        for index in self.layout.known:
            if index < len(cells) and cells[index] not in ("", None) and as_text(cells[index]):
                return True
        return False

    def _sums_a_group(self, row: list[str], serial: str, name: str) -> bool:
        """Whether the row is of a group, with nothing but sums in its columns."""
        known = [text for index in self.layout.known if (text := _cell(row, index))]
        if not all(_COUNTING.fullmatch(text) for text in known):
            return False
        return is_group_number(serial) or (looks_like_unit(name) and not is_like_a_person(name))

    def _judge_count(self, row: list[str], texts: list[str]) -> str:
        """A unit with its number, a group of units, or a total."""
        serial = _cell(row, self.layout.serial)
        named = _cell(row, self.layout.unit) if self.layout.unit is not None else ""
        first = next((text for text in texts if not _SERIAL.fullmatch(text) and text != serial), "")
        folded = fold(first)
        if not first or _TOTAL.fullmatch(folded):
            return "other"
        if _FOOTER.match(folded) or _PLACE_AND_DAY.fullmatch(folded) or _SIGNER.fullmatch(folded):
            self.ended = True
        if self.ended:
            return "other"
        count = _cell(row, self.layout.counts)
        if self.numbers_units and not _SERIAL.fullmatch(serial):
            label = read_label(serial, first)
            if label is not None and (not count or is_group_number(serial)):
                self.groups.enter(label)
                return "group"
        if count:
            return "person"
        return "person" if _SERIAL.fullmatch(serial) and (named or len(texts) > 2) else "other"

    def _name(self, row: list[str]) -> str:
        name = " ".join(filter(None, (_cell(row, index) for index in self.layout.names)))
        return name or ("?" if "@" in _cell(row, self.layout.key) else "")

    def _person(self, name: str, numbered: bool, filled: int, grouped: bool) -> str:
        if name != "?" and not is_name(name_part(name)):
            return "unclear" if name or (numbered and filled) else "other"
        if (grouped and not filled) or _NEVER_A_NAME.match(fold(name)):
            return "unclear"
        if numbered:
            self.serials += 1
        elif not filled and self.serials:
            return "unclear"
        self.ended = False
        return "person"

    def _is_no_person(self, row: list[str], texts: list[str], name: str, filled: int) -> bool:
        """Totals, and the signatures and remarks that end a list."""
        first, named = fold(texts[0]), fold(name)
        if _TOTAL.fullmatch(named) or _TOTAL.fullmatch(first):
            rest = [text for text in texts if fold(text) not in (named, first)]
            if filled <= 2 or all(_COUNTING.fullmatch(text) for text in rest):
                return True
        ending = _FOOTER.match(first) or _PLACE_AND_DAY.fullmatch(first) or _SIGNER.fullmatch(first)
        if filled <= 2 and ending:
            self.ended = True
            return True
        known = [text for index in self.layout.known if (text := _cell(row, index))]
        signing = [text for text in known if _SIGNER.fullmatch(fold(text)) and text.isupper()]
        if not name and (signing or any(_ends(fold(text)) for text in known)):
            self.ended = True
            return True
        return False

    def _label(self, row: list[str], texts: list[str], name: str, serial: str, filled: int) -> Label | None:
        """The unit or block that a row over others names; None if it is no such row."""
        words = list(dict.fromkeys(texts))  # a merged cell may be told once for each of its columns
        repeated = len(texts) > 2 and len(words) == 1
        if (filled and not repeated and not self._alone_elsewhere(words, name, serial)) or len(words) > 3:
            return None
        spoken = [text for text in words if text != serial and not _COUNTING.fullmatch(text)]
        if len(spoken) > 1 and not name:
            return None
        numbered_name = (
            serial if serial and not is_group_number(serial) and not _SERIAL.fullmatch(serial) else ""
        )
        label = (name if name and name != "?" else "") or numbered_name or (spoken[0] if spoken else "")
        if not label:
            return None
        label_serial = "" if label == serial or repeated else serial
        found = read_label(label_serial, label)
        if found is not None and not found.text.strip("0123456789 "):
            return None
        if (
            found is not None
            and self.layout.has_unit
            and found.is_unit
            and found.style
            and not _worded(found)
        ):
            return Label(found.text, found.style, is_unit=False)
        return found

    def _alone_elsewhere(self, words: list[str], name: str, serial: str) -> bool:
        """Whether the only text of a row stands where no name stands."""
        return len(words) == 1 and not name and not serial


def _is_whole(serial: Value) -> bool:
    if isinstance(serial, float):
        return serial.is_integer() and serial >= 0
    text = as_text(serial)
    return text.isdigit() and text.isascii()


@lru_cache(maxsize=50_000)
def _is_plain_name(name: str) -> bool:
    return is_name(name) and not looks_like_unit(name)


def _worded(label: Label) -> bool:
    """Whether the words themselves, not only the number, say that it is a unit."""
    return read_label("", label.text) is not None


def _ends(folded: str) -> bool:
    return _PLACE_AND_DAY.fullmatch(folded) is not None or _FOOTER.match(folded) is not None


def _cell(row: list[str], index: int | None) -> str:
    return row[index] if index is not None and index < len(row) else ""
