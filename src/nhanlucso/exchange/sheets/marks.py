"""Marks of attendance, and the headings of the half days that they stand under."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from nhanlucso.exchange.sheets.dates import read_date
from nhanlucso.exchange.sheets.grids import Value
from nhanlucso.exchange.sheets.values import as_text
from nhanlucso.kernel.text import fold

PRESENT, LATE, EXCUSED, ABSENT = "present", "late", "excused", "absent"
TICKS = frozenset("x✓✔√☑✗✘×+●•*üþ🗸✅")
_WORDS = {
    PRESENT: "co mat|co|du|cm|1|present|tham gia|tham du|da tham gia|yes|true|c",
    LATE: "muon|den muon|di muon|tre|den tre|di tre|late|m|t|vao muon|dm",
    EXCUSED: "p|cp|phep|co phep|vang cp|vang co phep|vang (cp)|vang p|v/p|vp|vcp|nghi phep|xin phep|excused|"
    "nghi co phep|vang mat co phep|v(p)|v (p)|vang (p)|vang phep|vang co ly do|co ly do",
    ABSENT: "v|vang|k|kp|vang kp|vang khong phep|khong phep|vang mat|vang (kp)|vkp|0|absent|khong|nghi|bo|no|"
    "false|nghi khong phep|v(kp)|v (kp)|ko phep|vang k|vang mat khong phep|khong ly do|khong tham gia|-|o",
}
_MARKS = {word: status for status, words in _WORDS.items() for word in words.split("|")} | dict.fromkeys(
    TICKS, PRESENT
)
_SAID = (
    (ABSENT, re.compile(r"\bkhong (co )?(phep|ly do)\b|\bkhong (tham gia|tham du|den)\b")),
    (EXCUSED, re.compile(r"\b(co|xin|nghi) phep\b|\bvang \(?p\)?$|\bco ly do\b")),
    (LATE, re.compile(r"\b(muon|tre)\b")),
    (ABSENT, re.compile(r"^vang( mat)?\b")),
    (PRESENT, re.compile(r"^(co mat|du|co tham gia|x)\b")),
)
UNMARKED = frozenset(["…", "...", "chua ghi", "chua diem danh"])  # not recorded, which is no absence
ENGLISH = {"p": PRESENT, "a": ABSENT, "l": LATE, "e": EXCUSED}
_AM, _PM = "am", "pm"
_HALVES = {
    **dict.fromkeys(["sang", "s", "buoi sang", "am", "ca sang", "ca 1"], _AM),
    **dict.fromkeys(["chieu", "c", "buoi chieu", "pm", "ca chieu", "ca 2"], _PM),
}
_DATE = re.compile(r"\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?(\d{4}|\d{2})(?!\d)|\d{4}-\d{1,2}-\d{1,2}")
_SHORT_DATE = re.compile(r"(?<!\d)(\d{1,2})\s?[-/]\s?(\d{1,2})(?![\d/-])")
_WORDY_DATE = re.compile(r"ngay (\d{1,2}) thang (\d{1,2})(?:,? nam (\d{4}))?")
_ENGLISH_DATE = re.compile(r"\b\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*,? \d{4}\b")
_PUNCTUATION = " .,;:()[]-–_\n"


@dataclass(frozen=True, slots=True)
class HalfDay:
    """A session as a heading names it: ISO date, am, pm or neither.

    Where the rest stands elsewhere the day is MM-DD, the day of a month (DD), or empty.
    """

    day: str
    half: str = ""

    @property
    def key(self) -> str:
        return f"{self.day} {self.half}".strip()


def read_mark(value: Value, *, v_is_tick: bool = False) -> str | None:
    """The status that a mark means, "" for one that says that nothing is recorded; an empty cell is an absence; None
    if it means nothing known."""
    if isinstance(value, bool):
        return PRESENT if value else ABSENT
    text = as_text(value)
    if text and fold(text) in UNMARKED:
        return ""
    return _status(text, v_is_tick) if text else ABSENT


@lru_cache(maxsize=5_000)
def _status(text: str, v_is_tick: bool) -> str | None:
    folded = fold(text)
    if v_is_tick and folded == "v":
        return PRESENT
    status = _MARKS.get(folded) or _MARKS.get(folded.strip(" .!"))
    if status is None and set(folded) <= TICKS:
        return PRESENT
    if status is None:
        status = next((status for status, words in _SAID if words.search(folded)), None)
    return status


def ticks_are_v(values: Iterable[Value]) -> bool:
    """Whether small v stands for a tick: most cells bear it, and no other sign of presence is there."""
    texts = [as_text(value) for value in values]
    v = sum(1 for text in texts if text == "v")
    others = sum(1 for text in texts if text and text != "v" and _status(text, False) == PRESENT)
    return v > 0 and others == 0 and 2 * v > len(texts)


def marks_are_english(values: Iterable[Value]) -> bool:
    """Whether P stands for present: A for absent is there too, P is the most frequent, and no other presence is."""
    texts = [as_text(value).casefold() for value in values]
    present = sum(1 for text in texts if text == "p")
    others = any(text not in ENGLISH and _status(text, False) == PRESENT for text in texts)
    return "a" in texts and 2 * present > len(texts) and not others


def half_of(text: str) -> str:
    """am or pm if the text names half a day and nothing else."""
    return _HALVES.get(fold(text).strip(_PUNCTUATION), "")


def half_day(path: Iterable[Value]) -> HalfDay | None:
    """What the headings of a column (top to bottom) say of day and half day; None if they name no day."""
    day, half = "", ""
    for value in path:
        if value is None or isinstance(value, bool):
            continue
        found, rest = _day_in(value)
        if found and day and not found.startswith(day):
            return None
        day = found or day
        half = half_of(rest) or half
    return HalfDay(day, half) if day else None


def _day_in(value: Value) -> tuple[str, str]:
    """The day that a heading names and the words around it."""
    if not isinstance(value, str):
        text = read_date(value).text
        return (text, "") if len(text) == 10 else ("", "")
    text = as_text(value)
    if found := _DATE.search(text):
        read = read_date(found[0])
        if len(read.text) == 10:
            return read.text, _without_weekday(text[: found.start()] + " " + text[found.end() :])
    folded = fold(text)
    if found := _ENGLISH_DATE.search(folded):
        return read_date(found[0]).text, _without_weekday(folded.replace(found[0], " "))
    if found := _WORDY_DATE.search(folded):
        rest = _without_weekday(folded.replace(found[0], " "))
        if found[3]:
            return read_date(f"{found[1]}/{found[2]}/{found[3]}").text, rest
        return _month_day(found[1], found[2]), rest
    if found := _SHORT_DATE.search(text):
        return _month_day(found[1], found[2]), _without_weekday(
            text[: found.start()] + " " + text[found.end() :]
        )
    return "", text


def _month_day(day: str, month: str) -> str:
    checked = read_date(f"{day}/{month}/2000").text
    return checked[5:]


def _without_weekday(text: str) -> str:
    return re.sub(r"\b(thu (hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn|ngay|t[2-7])\b", " ", fold(text)).strip(
        _PUNCTUATION
    )
