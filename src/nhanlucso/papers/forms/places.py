"""Where in a text something can be written: lines of dots, and the numbers, periods and days of last time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

DOTS = re.compile(r"[._‥]*…[.…_‥]*|[._‥]{3,}")
"""A blank within a text: a line of dots or of underscores."""

_QUALIFIER = r"(?:(?:hơn|trên|gần|khoảng|dưới)\s+)?"
_NUMBER = re.compile(
    rf"{_QUALIFIER}(?<![\w/.,:–-])(?:[0-9]{{1,3}}(?:\.[0-9]{{3}})+|[0-9]{{1,9}})(?:,[0-9]+)?(?![\w/:–-]|[.,][0-9])",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?:(?:quý (?:IV|I{1,3}|[1-4])|(?:6|9|sáu|chín) tháng(?: đầu| cuối)?|tháng [0-9]{1,2}),?\s+)?"
    r"năm (?:19|20)[0-9]{2}\b",
    re.IGNORECASE,
)
_DAY = re.compile(r"\bngày [0-9]{1,2} tháng [0-9]{1,2} năm [0-9]{4}\b", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?:biểu|mẫu|phụ lục|điều|khoản|điểm|mục|năm|tháng|ngày|quý|kỳ|giai đoạn|chương|phần|bảng|trang|cột|dòng|tổ|thôn"
    r"|thứ|đến|tới|từ)\s*(?:số\s*)?$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_COUNTED = re.compile(r"\s*(?:%|người|lượt|cán bộ|công chức|lớp|tổ|tin|hộ|đại biểu|học viên)", re.IGNORECASE)
_WHOLE_NUMBER = re.compile(rf"\s*({_NUMBER.pattern})\s*%?\s*", re.IGNORECASE)
_DATED = re.compile(
    r"\b(?:kế hoạch|nghị quyết|quyết định|luật|nghị định|thông tư|chương trình|đề án)\b", re.I
)
_LONG = 160  # a year in a text longer than that is mostly that of a law


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a text, the last part of its name, what kind of spot it is; `label`: how the form itself calls
    it."""

    start: int
    end: int
    key: str
    kind: str
    label: str = ""


def places_of(text: str, fields: Sequence[Place] = (), kept: Sequence[tuple[int, int]] = ()) -> list[Place]:
    """The places of a text in order, none over another: `fields` that the file declares, lines of dots, then days,
    periods and numbers. `kept`: stretches that nobody writes to, such as page numbers."""
    taken = [*((place.start, place.end) for place in fields), *kept]
    found = list(fields)
    for prefix, kind, matches in (
        ("", "blank", list(DOTS.finditer(text))),
        ("d", "day", list(_DAY.finditer(text))),
        ("k", "period", [match for match in _PERIOD.finditer(text) if _names_a_period(text, match)]),
        ("n", "number", [match for match in _NUMBER.finditer(text) if _counts(text, match)]),
    ):
        for number, match in enumerate(matches):
            if all(match.end() <= start or match.start() >= end for start, end in taken):
                found.append(Place(match.start(), match.end(), f"{prefix}{number}", kind))
                taken.append(match.span())
    return sorted(found, key=lambda place: place.start)


def whole_number(text: str) -> tuple[int, int] | None:
    """Where the number is in a text that holds nothing else; None for any other text."""
    match = _WHOLE_NUMBER.fullmatch(text)
    return match.span(1) if match else None


def _names_a_period(text: str, match: re.Match[str]) -> bool:
    """Whether it may be the period of the report: a year alone is often that of a plan or a law."""
    if not match[0].casefold().startswith("năm"):
        return True
    return len(text) <= _LONG and not _DATED.search(text[: match.start()])


def _counts(text: str, match: re.Match[str]) -> bool:
    """Whether a number counts something: no paragraph, year, or part of a name."""
    before, after = text[: match.start()], text[match.end() :]
    if _NAMED.search(before) or (not before.strip() and re.match(r"[.)]|$", after)):
        return False
    if before.endswith("(") and after.startswith(")"):  # the number of a column
        return False
    return not _YEAR.fullmatch(match[0]) or _COUNTED.match(after) is not None
