"""What stands above a table: the unit, the course, the days that its title names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nhanlucso.exchange.sheets.dates import read_date
from nhanlucso.exchange.sheets.grids import Grid
from nhanlucso.exchange.sheets.groups import looks_like_unit
from nhanlucso.exchange.sheets.values import as_text
from nhanlucso.kernel.text import fold

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_MONTH = re.compile(r"\bthang (\d{1,2})(?: nam |[/ -]+)(20\d\d)\b")
_DAY = re.compile(r"(?<!\d)\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?20\d\d(?!\d)")
_DAY_IN_WORDS = re.compile(r"\bngay (\d{1,2}) thang (\d{1,2}) nam (20\d\d)\b")
_OF_A_LETTER = re.compile(
    r"\b(kem theo|cong van|quyet dinh|ke hoach so|to trinh|thong bao so|/\w*-?ubnd)\b|^so\s*:|, ngay\b"
)
_COURSE = re.compile(
    r"^\s*(?:tên )?(?:khóa học|khoá học|khóa|khoá|chuyên đề|môn học|khóa bồi dưỡng|khóa đào tạo)\s*:\s*(\S.*)$",
    re.IGNORECASE,
)
_SAID_UNIT = re.compile(
    r"^\W*(?:tên )?(?:đơn vị|cơ quan|cơ quan, đơn vị|đơn vị công tác|địa phương)"
    r"\s*(?:báo cáo|lập|gửi|đăng ký|cử)?\s*:\s*"
    r"(\S.*?)[\s.…_]*$",
    re.IGNORECASE,
)
_LIST_TITLE = re.compile(r"\b(danh sach|bang|bieu|tong hop|trich ngang|ket qua|thong ke)\b")
_SEVERAL_UNITS = re.compile(
    r"\b(cac|cap|toan|tung|nhung) (xa|phuong|thi tran|phong|so|truong|don vi|co quan)\b"
)
_UNIT_IN_TITLE = re.compile(
    r"(?:^|\s)((?:(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân|đảng ủy|đảng uỷ|hđnd)\s+)?(?:xã|phường|thị trấn|đặc khu)|"
    r"(?:trường (?:mầm non|tiểu học|thcs|thpt|ptdtbt|ptdtnt)|phòng|sở|trung tâm|chi cục|bệnh viện|trạm y tế|"
    r"công ty(?: tnhh| cổ phần| cp)?|hội (?=nông|phụ|cựu|chữ)|văn phòng))\s+(?!,)(\S.*)$",
    re.IGNORECASE,
)
_AFTER_UNIT = re.compile(
    r"\s*(?:[(,;:–]|\s-\s|\b(?:năm|tháng|ngày|quý|tham gia|tham dự|dự|đợt|đến|theo|kèm|từ|tại|được|cử|đăng ký|đi|khóa|"
    r"khoá|lớp|giai đoạn|nhiệm kỳ|hưởng|có mặt|học|tập huấn|bồi dưỡng|hiện có|và các|,)(?=\W|$)).*$",
    re.IGNORECASE,
)
_ACRONYMS = re.compile(
    r"(?:UBND|HĐND|THCS|THPT|MTTQ|TNHH|PTDTBT|PTDTNT|TNCS|HCM|CNTT|VHTT|GDTX|TP|KHCN|\d+)$"
)
_KINDS = """
    xã phường thị trấn đặc khu trường mầm non tiểu học phòng sở trung tâm chi cục bệnh viện trạm y tế công ty cổ phần
    hội ủy uỷ ban nhân dân đảng
"""
_KIND_WORDS = frozenset(_KINDS.split())
_PLACE_WORD = re.compile(r"\b(?:tại|ở|do|với|qua|từ)\s*$", re.IGNORECASE)
_BARE_UNIT = re.compile(r"(ubnd|xa|phuong|thi tran|tt|phong|so|truong|tram|hoi) \w", re.IGNORECASE)
LINES_ABOVE = 14


@dataclass(frozen=True, slots=True)
class Title:
    """The lines over a table."""

    lines: tuple[str, ...]

    @classmethod
    def above(cls, grid: Grid, first: int, top: int) -> Title:
        """The lines from row `first` on, not too far up, to the headings at row `top`; of the first table in a
        document also the text above it."""
        rows = grid.rows[max(first, top - LINES_ABOVE) : top]
        above = [as_text(line) for line in grid.above] if first == 0 and top <= LINES_ABOVE else []
        return cls((*above, *(text for row in rows for cell in row if cell and (text := as_text(cell)))))

    @property
    def course(self) -> str:
        return next((found[1].strip() for line in self.lines if (found := _COURSE.match(line))), "")

    @property
    def unit(self) -> str:
        """The unit that the title names as that of all people of the list; empty if it names none or several."""
        for line in self.lines:
            if (said := _SAID_UNIT.match(line)) and any(map(str.isalpha, said[1])):
                return said[1].strip()
        titles = [
            line
            for before, line in zip(("", *self.lines), self.lines, strict=False)
            if _is_title(line) or (_is_title(before) and not _unit_in(before))
        ]
        found = [unit for line in titles if (unit := _unit_in(line))]
        return found[0] if len({fold(unit) for unit in found}) == 1 else ""

    def year(self) -> str:
        """The year that the title speaks of; numbers and days of letters do not count if others stand there."""
        own = [line for line in self.lines if not _OF_A_LETTER.search(fold(line))]
        for lines in (own, self.lines):
            years = {year for line in lines for year in _YEAR.findall(line)}
            if years:
                return years.pop() if len(years) == 1 else ""
        return ""

    def month(self) -> str:
        """YYYY-MM if the title speaks of one month."""
        found = {
            f"{year}-{int(month):02d}" for line in self.lines for month, year in _MONTH.findall(fold(line))
        }
        return found.pop() if len(found) == 1 else ""

    def day(self) -> str:
        """The ISO date if the title speaks of one day only, days of letters apart."""
        found: set[str] = set()
        for line in self.lines:
            folded = fold(line)
            if _OF_A_LETTER.search(folded):
                continue
            found |= {read_date(text).text for text in _DAY.findall(line)}
            found |= {read_date("/".join(parts)).text for parts in _DAY_IN_WORDS.findall(folded)}
        found.discard("")
        return found.pop() if len(found) == 1 else ""


def _is_title(line: str) -> bool:
    return _LIST_TITLE.search(fold(line)) is not None


def _unit_in(line: str) -> str:
    folded = fold(line)
    if _SEVERAL_UNITS.search(folded) or _OF_A_LETTER.search(folded):
        return ""
    found = _UNIT_IN_TITLE.search(line)
    if found is None or _PLACE_WORD.search(line[: found.start(1)]):
        return ""
    name = _AFTER_UNIT.sub("", found[2]).strip(" .:;-–")
    if not name or len(name) > 60 or not any(map(str.isalpha, name)):
        return ""
    text = f"{found[1]} {name}"
    return _from_capitals(text) if text.isupper() else text[0].upper() + text[1:]


def _from_capitals(text: str) -> str:
    """«UBND XÃ GIA PHÚ» → «UBND xã Gia Phú»; «THỊ TRẤN PHỐ LU» → «Thị trấn Phố Lu»."""
    words: list[str] = []
    for word in text.split(" "):
        small = word.lower()
        in_kind = small in _KIND_WORDS and all(w in _KIND_WORDS or w.isupper() for w in words)
        words.append(word if _ACRONYMS.match(word) else small if in_kind else small[:1].upper() + small[1:])
    made = " ".join(words)
    return made[0].upper() + made[1:]


def unit_of_sheet(name: str) -> str:
    """The unit that the name of a sheet tells; empty if it is none."""
    if looks_like_unit(name):
        return name
    return name if _BARE_UNIT.match(name.strip()) else ""
