"""What the headings over one column say together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nhanlucso.exchange.sheets.grids import Value
from nhanlucso.exchange.sheets.marks import HalfDay, half_day, half_of
from nhanlucso.exchange.sheets.meanings import NOTHING, Field, Meaning, meaning, near_meaning
from nhanlucso.exchange.sheets.values import as_text
from nhanlucso.kernel.text import fold

_ISSUE_OF_ID = re.compile(r"^(ngày|nơi|cơ quan) cấp", re.IGNORECASE)
_UNDATED_SESSION = re.compile(r"(buoi|ngay|tiet|ca|lan) (thu )?\d{1,2}")
_TOP_DECIDES = {Field.PHONE, Field.EMAIL, Field.BIRTH, Field.NATIONAL_ID, Field.SEX}
_STANDS_ALONE = {Field.PHONE, Field.EMAIL, Field.BIRTH, Field.NATIONAL_ID, Field.FULL_NAME, Field.SEX}
_OF_SEVERAL = re.compile(r"[,/&;]|\bva\b|\btrong do\b|\bthong tin\b")
_BIRTH_PARTS = {"ngay": Field.BIRTH_DAY, "thang": Field.BIRTH_MONTH, "nam": Field.BIRTH_YEAR}
_PRESENCE = ("co mat", "diem danh", "vang mat", "tham gia", "tham du")  # headings of marks, under a day
_SUMS = ("tong so", "tong", "tong cong", "cong", "chung")
_MOST_OTHER_NUMBERS = 7  # so many headings 1, 2, 3 in a row are days, no questions of a test
MARKS = Meaning(Field.MARK)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its headings from top to bottom, and what they mean."""

    index: int
    path: tuple[str, ...]
    meaning: Meaning = NOTHING
    half_day: HalfDay | None = None
    merged_with: int | None = None  # the first column of a heading merged over several

    @property
    def header(self) -> str:
        return " / ".join(self.path)


def path_meaning(path: tuple[str, ...], cells: list[Value]) -> tuple[Meaning, HalfDay | None]:
    """What the headings over a column say together: the lowest first, unless the upper one decides."""
    if not path:
        return NOTHING, None
    meanings = [meaning(text) for text in path]
    low, high = meanings[-1], meanings[0]
    if sensitive := _sensitive(path, meanings):
        return sensitive, None
    over = next((found for found in reversed(meanings[:-1]) if found.field in _TOP_DECIDES), None)
    if over is not None:
        return _under(path[-1], over, low), None
    if len(path) > 1 and high.field is Field.COUNT:
        whole = fold(path[-1]).strip(" .:") in _SUMS or low.field is Field.COUNT
        return (high if whole else Meaning(Field.OTHER)), None
    if low.exact and low.field and fold(path[-1]).strip(" .:") not in _PRESENCE:
        return low, None
    marks = _session(path, cells)
    if marks is not None and (marks.day or not (low or high)):
        return MARKS, marks
    if low or high:
        return (low or high), None
    if _UNDATED_SESSION.fullmatch(fold(path[-1]).strip(" .:")):
        return MARKS, None
    return meaning(" ".join(path)) or near_meaning(path[-1]), None


def _session(path: tuple[str, ...], cells: list[Value]) -> HalfDay | None:
    """The half day that headings name, as much of it as they do."""
    if day := half_day(cells):
        return day
    if len(path) > 1 and fold(path[-2]).startswith("ngay") and is_day_number(path[-1]):
        return HalfDay(f"{int(path[-1]):02d}")
    half = next((half_of(text) for text in reversed(path) if half_of(text)), "")
    return HalfDay("", half) if half else None


def _sensitive(path: tuple[str, ...], meanings: list[Meaning]) -> Meaning | None:
    """The first sensitive heading; a common heading of several things leaves its exact parts alone."""
    for text, found in zip(path, meanings, strict=True):
        of_several = found is not meanings[-1] and _OF_SEVERAL.search(fold(text)) is not None
        if found.sensitive and not (of_several and meanings[-1].exact):
            return found
    return None


def _under(text: str, high: Meaning, low: Meaning) -> Meaning:
    """What a column under «Điện thoại», «Năm sinh», «CCCD» and the like is."""
    if _ISSUE_OF_ID.match(text):
        return NOTHING
    if high.field in (Field.BIRTH, Field.SEX) and low.field in (Field.MALE, Field.FEMALE):
        return low
    return low if low.exact and low.field in _STANDS_ALONE else high


def beside(columns: list[Column]) -> list[Column]:
    """What headings say only together with those beside them: the parts of a birth date, births of men and of women,
    the days of a month."""
    return _days_of_month(_births_by_sex(_birth_parts(columns)))


def _births_by_sex(columns: list[Column]) -> list[Column]:
    """«Nam sinh» (which also is «Năm sinh», typed in haste) beside «Nữ sinh»."""
    words = [fold(column.path[-1]).strip(" .:") if column.path else "" for column in columns]
    if "nu sinh" not in words:
        return columns
    said = {"nam sinh": Field.MALE, "nu sinh": Field.FEMALE}
    return [
        replace(column, meaning=Meaning(said[word], exact=True)) if word in said else column
        for word, column in zip(words, columns, strict=True)
    ]


def _days_of_month(columns: list[Column]) -> list[Column]:
    """1, 2, 3 … 31 as headings of their own: the title says of which month."""
    numbers = [int(c.path[0]) if len(c.path) == 1 and is_day_number(c.path[0]) else 0 for c in columns]
    found, first = list(columns), 0
    for place in range(1, len(numbers) + 1):
        if place < len(numbers) and numbers[place] == numbers[place - 1] + 1 and numbers[place - 1]:
            continue
        if place - first >= _MOST_OTHER_NUMBERS and numbers[first]:
            for at in range(first, place):
                found[at] = replace(columns[at], meaning=MARKS, half_day=HalfDay(f"{numbers[at]:02d}"))
        first = place
    return found


def _birth_parts(columns: list[Column]) -> list[Column]:
    """Ngày | Tháng | Năm under one heading of births are parts of a date."""
    found = list(columns)
    for number, column in enumerate(columns):
        trio = columns[number : number + 3]
        words = [fold(c.path[-1]).strip(" .") if len(c.path) > 1 else "" for c in trio]
        if words == [*_BIRTH_PARTS] and meaning(column.path[0]).field is Field.BIRTH:
            for place, word in enumerate(words):
                said = Meaning(_BIRTH_PARTS[word], exact=True)
                found[number + place] = replace(columns[number + place], meaning=said)
    return found


def is_day_number(cell: Value) -> bool:
    """Whether a heading is the number of a day in a month."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return False
    text = as_text(cell)
    return text.isascii() and text.isdigit() and len(text) <= 2 and 1 <= int(text) <= 31
