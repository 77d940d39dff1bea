"""Rows that stand over others: units, and blocks of people that are no unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nhanlucso.exchange.sheets.values import tidy
from nhanlucso.kernel.text import fold

_UNIT_WORD = re.compile(
    r"(ubnd|ủy ban|uỷ ban|hđnd|hội đồng nhân dân|xã|phường|thị trấn|tt\.|huyện|thị xã|thành phố|tp\.?|tỉnh|đặc khu|"
    r"phòng|sở|ban|bộ|chi cục|cục|trung tâm|tt\.? (y tế|gdtx|văn hóa|dvvh)|ttyt|trường|trạm|bệnh viện|công an|đảng ủy|"
    r"đảng uỷ|huyện ủy|huyện uỷ|tỉnh ủy|tỉnh uỷ|thành ủy|thành uỷ|đảng bộ|chi bộ|văn phòng|vp|hội|mặt trận|ub ?mttq|"
    r"mttq|liên đoàn|thanh tra|tòa án|toà án|viện|kho bạc|bhxh|bảo hiểm|quỹ|công ty|cty|doanh nghiệp|hợp tác xã|htx|"
    r"ngân hàng|thôn|bản|tổ dân phố|tdp|khu phố|ấp|xóm|buôn|cơ quan|đơn vị|bộ phận|nhà văn hóa|thư viện|đài|bảo tàng|"
    r"hạt kiểm lâm|đội|tổ|ban chỉ huy|bch|trường (thpt|thcs|tiểu học|mầm non)|th&thcs|thcs|thpt|mầm non|tập đoàn|"
    r"tổng công ty|nhà máy|xí nghiệp|xưởng|chi nhánh|"
    r"đoàn (tn|thanh niên|xã|phường|huyện|thể|khối|trường|thị trấn))(?=[\s.:,-]|$)",
    re.IGNORECASE,
)
_BLOCK = re.compile(
    r"(khoi|cap (tinh|huyen|xa|so|truong|thon)|cac |lanh dao|ban (giam doc|giam hieu|lanh dao)|bgh|bgd|can bo|"
    r"cong chuc|vien chuc|chuyen vien|nhan vien|hop dong|nguoi lao dong|lao dong|dai bieu|khach moi|nam|nu|hoc vien|"
    r"giao vien|thanh phan|danh sach|bien che|nguoi hoat dong|doi tuong|thanh vien|dang vien|to truong|truong pho|"
    r"don vi (truc thuoc|su nghiep|hanh chinh)|co quan (chuyen mon|hanh chinh)|bo phan (chuyen mon|hanh chinh)|"
    r"doan the|nhom|lop|buoi|ngay|dot|phan)\b"
)
_NOT_A_UNIT = re.compile(
    r"ban (giam doc|giam hieu|lanh dao|to chuc lop)\b|(don vi|co quan) (truc thuoc|su nghiep|chuyen mon|hanh chinh)"
)
_ROMAN = re.compile(r"[IVXLC]{1,7}")
_LETTER = re.compile(r"[A-ZĐ]")
_SMALL = re.compile(r"[a-zđ]")
_DIGITS = re.compile(r"\d{1,3}(\.\d{1,3})*")
_LABEL_NUMBER = re.compile(
    r"^\s*([IVXLC]{1,7}|[A-ZĐ]|[a-zđ](?=[.)])|\d{1,3}(?:\.\d{1,3})*)\s*[.)/:–-]+\s*(?=\S)"
)
_LABEL_COUNT = re.compile(
    r"\s*(\(\s*(gồm|có|tổng số|:)?\s*\d+[^)]*\)|[:–-]\s*(có\s*)?\d+\s*"
    r"(người|đồng chí|đ/c|đại biểu|học viên|cán bộ|cbcc|cbccvc|ng|cbcnv|giáo viên|gv)?\.?)\s*$"
)
_SEPARATORS = [
    re.compile(pattern) for pattern in (r"\s*\n\s*", r"\s*[,;]\s+", r"\s+[-–]\s+|\s*\|\s*|\s+/\s+")
]
_TITLE_LIKE = re.compile(r"(truong|pho|bi thu|chu tich|giam doc|can bo|cong chuc|chuyen vien)\b")
_UNIT_INSIDE = re.compile(
    r"(?<=\s)((?:UBND|HĐND|Đảng ủy|Đảng uỷ|Huyện ủy|UBMTTQ|MTTQ|Ủy ban|Trường|Trung tâm|Trạm|Công ty|Bệnh viện)\s.+|"
    r"(?:xã|phường|thị trấn|đặc khu)\s+[^\W\d_a-z].*)$"
)
_PERSON = re.compile(r"\S+ (Thị|Văn|A|Seo|Mí) [^\W\d_a-zà-ỹđ]|\S+ THỊ \S")


@dataclass(frozen=True, slots=True)
class Label:
    """What a row over others says: the unit (empty if it is none), and the style of its number."""

    text: str
    style: str  # roman, letter, small, digits, or empty
    is_unit: bool


@dataclass(slots=True)
class Groups:
    """The units and blocks that a row stands under: a number of a style seen before closes what is below it."""

    styles: list[str] = field(default_factory=list)
    open: list[tuple[str, Label]] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)

    def enter(self, label: Label) -> None:
        if label.style not in self.styles:
            self.styles.append(label.style)
        level = self.styles.index(label.style)
        self.open = [entry for entry in self.open if self.styles.index(entry[0]) < level]
        self.open.append((label.style, label))

    @property
    def unit(self) -> str:
        """The innermost unit."""
        return next((label.text for _, label in reversed(self.open) if label.is_unit), "")

    @property
    def block(self) -> str:
        """The innermost block, which is asked only where nothing names a unit."""
        return next((label.text for _, label in reversed(self.open) if not label.is_unit), "")


def read_label(serial: str, label: str) -> Label | None:
    """A row that says nothing of a person; None if it is no group."""
    style, label = _style(serial, label)
    bare = _LABEL_COUNT.sub("", label).strip(" .:;-–")
    if not bare:
        return None
    if style in ("", "digits") and is_like_a_person(bare):
        return None
    if looks_like_unit(bare):
        return Label(bare, style, is_unit=not _NOT_A_UNIT.match(fold(bare)))
    if _BLOCK.match(fold(bare)):
        return Label(bare, style, is_unit=False)
    if style in ("roman", "letter"):
        return Label(bare, style, is_unit=True)
    return None


def _style(serial: str, label: str) -> tuple[str, str]:
    """How the row is numbered, and its words without the number."""
    number = serial.strip(" .):-–(")
    if not number and (inside := _LABEL_NUMBER.match(label)):
        number, label = inside[1], label[inside.end() :]
    for style, pattern in (("roman", _ROMAN), ("letter", _LETTER), ("small", _SMALL), ("digits", _DIGITS)):
        if pattern.fullmatch(number):
            return ("letter" if number in ("C", "D", "L") else style), label
    return "", label


def looks_like_unit(text: str) -> bool:
    """Whether a text begins as names of units do."""
    return _UNIT_WORD.match(text.strip()) is not None


def is_like_a_person(text: str) -> bool:
    """Whether a text that begins as a unit is a name: Hội Văn Ban, Sở Thị Lan."""
    return _PERSON.match(text) is not None and not (text.isupper() and " THỊ " not in text)


def is_group_number(serial: str) -> bool:
    """Whether a cell numbers a group rather than a person: I, II, A, a."""
    number = serial.strip(" .):-–(")
    return any(pattern.fullmatch(number) for pattern in (_ROMAN, _LETTER, _SMALL))


@dataclass(frozen=True, slots=True)
class TitleAndUnit:
    """What a cell of both says; not `sure` where nothing sets the unit apart from the title."""

    title: str
    unit: str = ""
    sure: bool = True


def split_title_and_unit(text: str) -> TitleAndUnit:
    """«Chuyên viên, Phòng Tư pháp» → the two; «Chủ tịch UBND xã Gia Phú» keeps its title and names the unit too."""
    for separator in _SEPARATORS:
        for found in separator.finditer(text):
            left, right = tidy(text[: found.start()]), tidy(text[found.end() :])
            if left and right and looks_like_unit(right):
                return TitleAndUnit(left, right)
            if left and right and looks_like_unit(left) and not _TITLE_LIKE.match(fold(left)):
                return TitleAndUnit(right, left)
    whole = tidy(text)
    inside = _UNIT_INSIDE.search(whole)
    return TitleAndUnit(whole, inside[1], sure=False) if inside else TitleAndUnit(whole)
