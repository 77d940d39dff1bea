"""Dates in every shape that people type: text, serial numbers, years alone, with or without a time of day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from nhanlucso.exchange.sheets.grids import Value
from nhanlucso.kernel.clock import local_date
from nhanlucso.kernel.text import fold

OLDEST, LATEST = 1900, 2100
_SERIAL_DAY_0 = date(1899, 12, 30)  # Excel's count of days, right from March 1900 on
_SERIALS = (10_000, 80_000)  # 1927 to 2119; lower numbers are years
_UNKNOWN = r"(?:0{1,2}|\?+|-+|\.+|…+|_+)"
_UNKNOWN_DAY = re.compile(rf"{_UNKNOWN}\s?[-/.]\s?{_UNKNOWN}\s?[-/.]\s?(\d{{4}})")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)? ?(Z|UTC|[+-]\d{2}:?\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[-/.]{1,2}\s*(\d{1,2})\s*[-/.]{1,2}\s*(\d{4}|\d{2})(?!\d)")
_WORDS = re.compile(r"(?:ngay )?(\d{1,2}) (?:thang|thg) (\d{1,2})(?:,? nam)?,? (\d{4})")
_MONTH_NAMES = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_ENGLISH = re.compile(rf"(\d{{1,2}}) ({_MONTH_NAMES})[a-z]*,? (\d{{4}})")
_ENGLISH_TURNED = re.compile(rf"({_MONTH_NAMES})[a-z]* (\d{{1,2}}),? (\d{{4}})")
_MONTHS = {m: n for n, m in enumerate(_MONTH_NAMES.split("|"), 1)}
_MONTH_YEAR = re.compile(r"(\d{1,2})\s?[-/.]\s?(\d{4})")
_MONTH_IN_WORDS = re.compile(r"thang (\d{1,2})(?: nam |[\s/.-]+)(\d{4})")
_YEAR = re.compile(r"(?:(?:sinh )?nam |sinh |sn[ :.]*|s/n[ :.]*|ns[ :.]*)?(\d{4})(?:\.0+)?")
_BORN = re.compile(r"^(sinh ngày|sinh|ngày sinh|sn|ns)\s*[:.]?\s*(?=\d)", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{2})(\d{2})(\d{4})")
_TIME_AFTER = re.compile(r"[\s,T]+\d{1,2}[:h]\d{2}.*$")
_TIME_BEFORE = re.compile(r"^\d{1,2}[:h]\d{2}(:\d{2})?( ?[AaPp][Mm])?[\s,]+")


@dataclass(frozen=True, slots=True)
class ReadDate:
    """`text` is an ISO date or a year, empty if unreadable; `note` is the code of a problem, empty if plain."""

    text: str
    note: str = ""


UNREADABLE = ReadDate("", "bad_date")


def read_date(value: Value, *, month_first: bool = False, pivot: int = 49) -> ReadDate:
    """The date or year that a cell means. Two-digit years up to `pivot` are of this century.

    An empty cell or a dash gives an empty text without a note.
    """
    if isinstance(value, datetime):
        return _checked(local_date(value) if value.tzinfo else value.date())
    if isinstance(value, date):
        return _checked(value)
    if isinstance(value, bool) or value is None:
        return ReadDate("") if value is None else UNREADABLE
    if isinstance(value, int | float):
        return _from_number(float(value))
    if not isinstance(value, str):
        return UNREADABLE
    return _from_text(value, month_first, pivot)


def is_month_first(values: Iterable[Value]) -> bool:
    """Whether a column writes the month before the day: some text allows only that, and none only the other."""
    month_first = False
    for value in values:
        found = _DAY_FIRST.match(value.strip()) if isinstance(value, str) else None
        if not found:
            continue
        first, second = int(found[1]), int(found[2])
        if first > 12:
            return False
        month_first = month_first or second > 12
    return month_first


@lru_cache(maxsize=100_000)
def _from_text(text: str, month_first: bool, pivot: int) -> ReadDate:
    text = text.strip().lstrip("'").strip()
    if not text.strip("-–—. ") or text.casefold() in ("n/a", "null", "none", "chưa", "không"):
        return ReadDate("")
    if _MOMENT.fullmatch(text):
        iso = text.replace("UTC", "+00:00").replace(" +", "+")
        try:
            return _checked(local_date(datetime.fromisoformat(iso)))
        except ValueError:
            return UNREADABLE
    text = _BORN.sub("", _TIME_BEFORE.sub("", _TIME_AFTER.sub("", text)).strip(" ,."))
    if found := _ISO.fullmatch(text):
        return _made(found[1], found[2], found[3])
    if found := _UNKNOWN_DAY.fullmatch(text):
        return ReadDate(found[1], "day_unknown") if OLDEST <= int(found[1]) <= LATEST else UNREADABLE
    if found := _DAY_FIRST.fullmatch(text):
        return _day_first(found[1], found[2], found[3], month_first, pivot)
    return _other_text(text)


def _other_text(text: str) -> ReadDate:
    if found := _MONTH_YEAR.fullmatch(text):
        known = 1 <= int(found[1]) <= 12 and OLDEST <= int(found[2]) <= LATEST
        return ReadDate(found[2], "month_only") if known else UNREADABLE
    if found := _COMPACT.fullmatch(text):
        return _made(found[3], found[2], found[1])
    folded = fold(text)
    if (found := _MONTH_IN_WORDS.fullmatch(folded)) and 1 <= int(found[1]) <= 12:
        return ReadDate(found[2], "month_only")
    if found := _YEAR.fullmatch(folded):
        return ReadDate(found[1]) if OLDEST <= int(found[1]) <= LATEST else UNREADABLE
    if found := _WORDS.search(folded):
        return _made(found[3], found[2], found[1])
    if found := _ENGLISH.search(folded):
        return _made(found[3], str(_MONTHS[found[2]]), found[1])
    if found := _ENGLISH_TURNED.search(folded):
        return _made(found[3], str(_MONTHS[found[1]]), found[2])
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return _from_number(float(text))
    return UNREADABLE


def _day_first(first: str, second: str, year: str, month_first: bool, pivot: int) -> ReadDate:
    note = ""
    if len(year) == 2:
        year, note = str((2000 if int(year) <= pivot else 1900) + int(year)), "two_digit_year"
    day, month = (second, first) if month_first else (first, second)
    if month_first or (int(month) > 12 >= int(day)):
        note = note or "month_first"
        day, month = (day, month) if month_first else (month, day)
    made = _made(year, month, day)
    return ReadDate(made.text, note) if made.text else made


def _from_number(number: float) -> ReadDate:
    if number.is_integer() and OLDEST <= number <= LATEST:
        return ReadDate(str(int(number)))
    if _SERIALS[0] <= number <= _SERIALS[1]:
        return _checked(_SERIAL_DAY_0 + timedelta(days=int(number)))
    if number.is_integer() and 1_010_000 <= number <= 31_129_999:  # ddmmyyyy typed as a number
        return _other_text(f"{int(number):08d}")
    return UNREADABLE


def _made(year: str, month: str, day: str) -> ReadDate:
    try:
        return _checked(date(int(year), int(month), int(day)))
    except ValueError:
        return UNREADABLE


def _checked(day: date) -> ReadDate:
    return ReadDate(day.isoformat()) if OLDEST <= day.year <= LATEST else UNREADABLE
