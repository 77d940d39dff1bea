"""What a column heading means: the vocabulary of lists in the wild.

A heading is matched on its folded text (no case, no marks): first the whole of it, then the patterns below in
their order. Sensitive columns are known by the same means and never read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from nhanlucso.exchange.sheets.values import tidy
from nhanlucso.kernel.text import fold


class Field(StrEnum):
    SERIAL = "serial"
    FULL_NAME = "full_name"
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    BIRTH = "birth_date"
    SEX = "sex"
    MALE = "male"
    FEMALE = "female"
    TITLE = "title"
    UNIT = "unit"
    PHONE = "phone"
    NATIONAL_ID = "national_id"
    EMAIL = "email"
    CATEGORY = "category"
    COURSE = "course"
    PROGRESS = "progress"
    SCORE = "score"
    STATE = "passed"
    COMPLETED_AT = "completed_at"
    ENROLLED_AT = "enrolled_at"
    COUNT = "count"
    AUDIENCE = "audience"
    HELD_ON = "date"
    MARK = "mark"
    NOTE = "note"


ETHNICITY, RELIGION, PARTY, HEALTH = "ethnicity", "religion", "party_membership", "health"

_SENSITIVE = {
    ETHNICITY: r"\bdan toc\b(?! (noi tru|ban tru|thieu so va))|\bethnic",
    RELIGION: r"\bton giao\b|\breligio",
    PARTY: r"\bdang vien\b|\bvao dang\b|\bngay vao d|\bket nap dang|\bchuc vu dang$|\bsinh hoat dang|\bthe dang|^dang$|"
    r"\bparty\b|\bchi bo\b",
    HEALTH: r"\bsuc khoe\b|\bnhom mau\b|\bbenh\b|\bkhuyet tat\b|\bthuong tat\b|\bthuong binh\b|\bhealth\b|\bdisabilit",
}
_SENSITIVE_PATTERNS = [(reason, re.compile(pattern)) for reason, pattern in _SENSITIVE.items()]


def _vocabulary() -> dict[str, Field]:
    """Heading -> field, from headings.txt."""
    lines = files(__package__).joinpath("headings.txt").read_text("utf-8").splitlines()
    entries = (line.partition(": ") for line in lines if line and not line.startswith("# "))
    return {word.strip(): Field(name) for name, _, words in entries for word in words.split(" | ")}


_BY_TEXT = _vocabulary()
_PATTERNS = [
    (meaning, re.compile(pattern))
    for meaning, pattern in [
        (Field.NOTE, r"\bghi chu\b|\bchu ky\b|\bky nhan\b|\bky ten\b|\bxac nhan cua\b"),
        (Field.EMAIL, r"\be-?mail\b|\bthu dien tu\b"),
        (Field.PHONE, r"\bdien thoai\b|\bsdt\b|\bdi dong\b|\bdtdd\b|\bso dt\b|\bphone\b"),
        (
            Field.NATIONAL_ID,
            r"(?<!ngay cap )\b(cccd|cmnd|cmtnd|cmt|can cuoc|dinh danh|chung minh (nhan dan|thu))\b",
        ),
        (
            Field.BIRTH,
            r"\b(nam|ngay) sinh\b|\bngay[, /]*thang[, /]*(nam)?[, ]*sinh\b|\b(date|year) of birth\b|\bbirth ?dat",
        ),
        (
            Field.COMPLETED_AT,
            r"\b(ngay|thoi gian|thoi diem) (hoan thanh|hoan tat|ket thuc)\b|\bcompletion date\b",
        ),
        (Field.ENROLLED_AT, r"\b(ngay|thoi gian) (ghi danh|dang ky|bat dau|tham gia)\b"),
        (
            Field.COUNT,
            r"^(tong )?(so|sl)( luong)?( cac)? (nguoi|dai bieu|hoc vien|can bo|luot|dong chi)\b|^so luong\b",
        ),
        (Field.AUDIENCE, r"^(doi tuong|thanh phan) (tham gia|tham du|du)\b"),
        (Field.HELD_ON, r"^(ngay|thoi gian) (to chuc|thuc hien)\b"),
        (Field.PROGRESS, r"\btien do\b|\b(ty|ti) le hoan thanh\b|%.*hoan thanh|\bprogress\b"),
        (Field.STATE, r"\btrang thai\b|\bdat ?/ ?khong dat\b|\btinh trang (hoc|hoan)|\bcompletion status\b"),
        (Field.SCORE, r"^(tong )?diem\b(?! danh)|\bscore\b|\bgrade\b"),
        (
            Field.COURSE,
            r"\bten (khoa|lop|mon|chuyen de)\b|\bkhoa (hoc|dao tao|boi duong|tap huan)\b|\bcourse\b",
        ),
        (Field.FAMILY_NAME, r"^ho (va |, ?)?(ten )?(dem|lot|chu dem|chu lot)\b"),
        (
            Field.FULL_NAME,
            r"^ho( va|,| &| -)? ?ten\b|\bho( va)? ten\b|\bfull ?name\b|"
            r"^ten (can bo|hoc vien|nguoi|thanh vien|dai bieu|nhan vien)\b",
        ),
        (Field.SEX, r"^gioi tinh\b|\bgender\b"),
        (Field.CATEGORY, r"^(loai|doi tuong|ngach)\b"),
        (Field.TITLE, r"\bchuc (vu|danh)\b|\bvi tri (viec lam|cong tac)\b|\bnhiem vu\b|\bcong viec\b"),
        (
            Field.UNIT,
            r"\bdon vi\b|\bco quan\b|\bnoi (cong tac|lam viec)\b|\bphong ?[,/-]? ?ban\b|^xa ?[,/(]|\bdia phuong\b",
        ),
        (Field.SERIAL, r"^so (tt|thu tu)\b|^stt\b"),
    ]
]
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_TRAILING = re.compile(r"[\s:*.]+$")
LONGEST_HEADING = 80


@dataclass(frozen=True, slots=True)
class Meaning:
    """The field of a heading; `exact` where the whole heading is a known word; `sensitive` the reason to drop it."""

    field: Field | None
    exact: bool = False
    sensitive: str = ""

    def __bool__(self) -> bool:
        return self.field is not None or bool(self.sensitive)


NOTHING = Meaning(None)


@lru_cache(maxsize=20_000)
def meaning(heading: str) -> Meaning:
    """What one heading says by itself."""
    text = _TRAILING.sub("", fold(tidy(heading)))
    if not text or len(text) > LONGEST_HEADING:
        return NOTHING
    for candidate in (text, _TRAILING.sub("", _BRACKETS.sub("", text)).strip()):
        if candidate in _BY_TEXT:
            return Meaning(_BY_TEXT[candidate], exact=True)
    for reason, pattern in _SENSITIVE_PATTERNS:
        if pattern.search(text):
            return Meaning(None, sensitive=reason)
    for found, pattern in _PATTERNS:
        if pattern.search(text):
            return Meaning(found)
    return NOTHING
