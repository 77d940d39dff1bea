"""What a column heading means: the vocabulary of lists in the wild.

A heading is matched on its folded text (no case, no marks): first the whole of it, then the patterns below in
their order. Sensitive columns are known by the same means and never read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
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
    BIRTH_DAY = "birth_day"
    BIRTH_MONTH = "birth_month"
    BIRTH_YEAR = "birth_year"
    TITLE = "title"
    TITLE_UNIT = "title_unit"  # title and unit in one column
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
    OTHER = "other"  # known, and not read


ETHNICITY, RELIGION, PARTY, HEALTH = "ethnicity", "religion", "party_membership", "health"

_SENSITIVE = {
    ETHNICITY: r"\b(dan|d\.) ?toc\b(?! (noi tru|ban tru|thieu so va))|\bethnic|^race$",
    RELIGION: r"\b(ton|t\.) ?giao\b|\breligio|\btin nguong\b",
    PARTY: r"\bdang vien\b|\bvao dang\b|\bngay vao d|\bket nap\b(?! doan)|\bchuc vu dang$|"
    r"\bsinh hoat dang|\bthe dang|^dang$|"
    r"\bparty\b|\bchi bo\b|\bdang phi\b|\bchinh thuc dang\b|\btuoi dang\b|\bdcs ?vn\b|^vao d$|\bdang tich\b",
    HEALTH: r"\bsuc khoe\b|\bnhom mau\b|\bbenh\b(?! vien)|\bkhuyet tat\b|\bthuong tat\b|\bthuong binh\b|\bhealth\b|"
    r"\bdisabilit|\btiem chung\b|\bvac ?xin\b",
}
_SENSITIVE_PATTERNS = [(reason, re.compile(pattern)) for reason, pattern in _SENSITIVE.items()]


@dataclass(frozen=True, slots=True)
class Meaning:
    """The field of a heading; `exact` where the whole heading is a known word; `sensitive` the reason to drop it.

    Of two columns of one field the lower `rank` is preferred; `weak` words head columns of names, but stand as values
    in others.
    """

    field: Field | None
    exact: bool = False
    sensitive: str = ""
    rank: int = 10_000
    weak: bool = False

    def __bool__(self) -> bool:
        return self.field is not None or bool(self.sensitive)


NOTHING = Meaning(None)

WEAK_NAME = "weak_name"
_SIGNS = re.compile(r"[^a-z0-9%#+]")


def _squeezed(folded: str) -> str:
    """A folded heading without spaces and signs: «h o va ten», «ho/ten», «ho ten :»."""
    return _SIGNS.sub("", folded)


def _vocabulary() -> dict[str, Meaning]:
    """Squeezed heading -> meaning, from headings.txt."""
    lines = files(__package__).joinpath("headings.txt").read_text("utf-8").splitlines()
    known: dict[str, Meaning] = {}
    for rank, line in enumerate(lines):
        if not line or line.startswith("# "):
            continue
        name, _, words = line.partition(": ")
        weak = name == WEAK_NAME
        entry = Meaning(Field.FULL_NAME if weak else Field(name), exact=True, rank=rank, weak=weak)
        for word in words.split(" | "):
            known.setdefault(_squeezed(word.strip()) or word.strip(), entry)
    return known


_PATTERNS = [
    (meaning, re.compile(pattern))
    for meaning, pattern in [
        (Field.NOTE, r"\bghi chu\b|\bchu ky\b|\bky nhan\b|\bky ten\b|\bxac nhan cua\b"),
        (
            Field.OTHER,
            r"\b(don vi|co quan|noi) (tinh|cap|to chuc|chu tri|chu quan|quan ly truc tiep)\b|"
            r"\bngay (cap|vao|bo nhiem|tuyen)|"
            r"\bnoi (o|sinh|cu tru)\b|\bque quan\b|\bthuong tru\b|\bhe so luong\b|\btrinh do\b|"
            r"\bma (so )?(nv|nhan vien|thue|"
            r"ngach|can bo|don vi|co quan)\b|\bho( va)? ten (bo|me|cha|vo|chong|con|phu huynh|nguoi than|nguoi lap)\b|"
            r"\b(phu huynh|nguoi than|cha me|bo me|nguoi giam ho)\b|\bngay tro len\b|\bso (so )?bhxh\b|"
            r"\btai khoan ngan hang\b|^(cau|question) \d+|"
            r"\bhomework\b|\bquiz\b|\bbai (kiem tra|tap|thi) ?(so )?\d*:|\bdownloaded\b|\btai xuong\b|\bkinh nghiem\b|"
            r"\b(ten|ma) (dang nhap|tai khoan|nguoi dung)\b|\bso (chung nhan|chung chi|quyet dinh|hieu)\b|"
            r"\bnguyen vong\b",
        ),
        (
            Field.TITLE_UNIT,
            r"^(chuc (vu|danh)|vi tri)\b.*\b(don vi|co quan|noi) (dang |hien )?(cong tac|lam viec)\b",
        ),
        (Field.FULL_NAME, r"^ho( va|,| &| -)? ?ten\b.*\b(nam|ngay) sinh\b"),
        (
            Field.STATE,
            r"^(da )?hoan thanh (khoa|chuong trinh|lop)\b|^(ket qua|tinh trang|xep loai) (khoa|hoc|cuoi|dao tao)",
        ),
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
            r"\bten (khoa|lop|mon|chuyen de)\b|^(cac )?khoa (hoc|dao tao|boi duong|tap huan)\b|^course\b",
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
            r"\bdon vi\b|\bco quan\b|\bnoi (dang |hien )?(cong tac|lam viec)\b|\bphong ?[,/-]? ?ban\b|"
            r"^xa ?[,/(]|\bdia phuong\b",
        ),
        (Field.SERIAL, r"^so (tt|thu tu)\b|^stt\b"),
    ]
]
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_TRAILING = re.compile(r"[\s:*.]+$")
_QUESTION_NUMBER = re.compile(r"^\(?\d{1,2}\s*[.)]\s*")
_YEAR_NOT_MAN = re.compile(r"\W*n[ăĂ]m\W*", re.IGNORECASE)
LONGEST_HEADING = 90
SHORTEST_NEAR = 7
_BY_TEXT = _vocabulary()


@lru_cache(maxsize=20_000)
def meaning(heading: str) -> Meaning:
    """What one heading says by itself."""
    clean = tidy(heading)
    if len(clean) > LONGEST_HEADING:
        return NOTHING
    text = _QUESTION_NUMBER.sub("", _TRAILING.sub("", fold(clean)))
    if not text or _YEAR_NOT_MAN.fullmatch(clean):
        return NOTHING
    for candidate in (text, _TRAILING.sub("", _BRACKETS.sub(" ", text)).strip()):
        known = _BY_TEXT.get(_squeezed(candidate) or candidate)
        if known is not None:
            return known
    if not _BRACKETS.sub("", text).strip():
        return NOTHING  # «(Ký, ghi rõ họ tên)» is no heading
    for reason, pattern in _SENSITIVE_PATTERNS:
        if pattern.search(text):
            return Meaning(None, sensitive=reason)
    for found, pattern in _PATTERNS:
        if pattern.search(text):
            return Meaning(found)
    return NOTHING


def near_meaning(heading: str) -> Meaning:
    """What a heading with one slip of the hand says; short words are left alone, since they are near to others."""
    typed = _squeezed(_BRACKETS.sub(" ", fold(tidy(heading))))
    if not SHORTEST_NEAR <= len(typed) <= LONGEST_HEADING:
        return NOTHING
    for word, known in _BY_TEXT.items():
        if abs(len(word) - len(typed)) <= 1 and _one_slip(typed, word):
            return replace(known, exact=False)
    return NOTHING


def _one_slip(typed: str, word: str) -> bool:
    """Whether one letter is wrong, missing, too many, or two are turned."""
    start = next((n for n, (a, b) in enumerate(zip(typed, word, strict=False)) if a != b), None)
    if start is None:
        return True
    rest, meant = typed[start:], word[start:]
    turned = len(rest) > 1 and rest[:2] == meant[1::-1] and rest[2:] == meant[2:]
    return turned or rest[1:] == meant[1:] or rest[1:] == meant or rest == meant[1:]
