"""Cleaning single values: texts, names, phones, identity numbers, sex, numbers. Pure functions.

A reader returns a `Read`: the value (None if the cell says nothing or cannot be read) and the code of a problem.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from nhanlucso.exchange.sheets.grids import Value
from nhanlucso.kernel.text import clean, fold

T_co = TypeVar("T_co", covariant=True)

_UNTIDY = re.compile(
    r"[^\S ]|  |^ | $|[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202f\u205f-\u206f\ufeff]"
)
_NUMBERING = re.compile(r"^\d{1,4}\s*[.)/-]\s*(?=\D)")
_HONORIFIC = re.compile(
    r"^(đ/c|đồng chí|đ\.c|đc\.|(ông|bà|anh|chị|cô|thầy)(?=\s*[.:])|(ông|anh)\s*[(/]\s*(bà|chị)\s*\)?|"
    r"(đại|thượng|trung|thiếu)\s+(tướng|tá|úy|uý)|(thượng|trung|hạ)\s+(sĩ|sỹ)|"
    r"(gs|pgs|ts|ths|bs|bsck[i1]{1,2}|ks|cn|ls|ds|đd)\.(?=\s?[^\W\d_])(?!\s*$))\s*[.:]?\s*(?=\S+\s+\S)",
    re.IGNORECASE,
)
_MAYBE_MORE = ("Đồng ", "Đại ", "Thượng ", "Trung ", "Thiếu ", "Hạ ")
_MR_OR_MRS = re.compile(r"^(ông|bà)\s+(?=\S+\s+\S)", re.IGNORECASE)
# Old fonts have no bytes for capitals with tones: Phạm ý Nhi.
_SMALL_MARKED = re.compile(
    r"(?<=[ -])[àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ](?=[a-zà-ỹ]*( [^\W\d_a-zà-ỹ]|$))"
)
_DIGIT = re.compile(r"\d")
_NAME_PART = re.compile(r"[^\W\d_]+")
_MORE_THAN_NAME = re.compile(
    r"\s*(?:[(,;–-]|\b(?:sn|s/n|ns|sinh|năm|đt|sđt|dt|tel)\b|\s)[\s.:(,;–-]*"
    r"(?:(?:sn|s/n|ns|sinh năm|sinh ngày|sinh|năm sinh|năm|ngày|đt|sđt|dt|tel)[\s.:]*)*(\+?\d[\d\s./-]*\d)\s*\)?\s*$",
    re.IGNORECASE,
)
_PHONE_SPLIT = re.compile(r"[;,/\n|]|\s[-–]\s|\s{2,}|\s+(?:hoặc|và)\s+")
_PHONE_LABEL = re.compile(
    r"^\s*(?:số |s\.?)?(?:đt|đtdđ|điện thoại|dđ|di động|tel|phone|zalo|mobile|sđt|cq|nr)\s*[:.]?\s*|\s*\(?zalo\)?\s*$",
    re.IGNORECASE,
)
_PHONE_INSIDE = re.compile(r"(?<!\d)(?:\+?84|0)(?:[\s.-]?\d){8,10}(?!\d)")
_PHONE_LENGTH, _ID_LENGTH = 10, 12
_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_NUMBER = re.compile(r"[+-]?\d{1,15}([.,]\d{1,10})?")
_PARTS = re.compile(r"(\d{1,4})\s*/\s*(\d{1,4})")
_FLOAT = re.compile(r"(\d+)[.,]0+")
_SCIENTIFIC = re.compile(r"(\d)[.,](\d+)[Ee]\+?(\d{1,2})")
SAYS_NOTHING = frozenset(
    [
        "",
        "-",
        "--",
        "---",
        "–",
        "—",
        ".",
        "...",
        "…",
        "/",
        "n/a",
        "null",
        "none",
        "nan",
        "không có",
        "chưa có",
    ]
)
ERRORS = frozenset(["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"])
_SEX = {
    **dict.fromkeys(["nam", "male", "m", "trai", "ong", "nam gioi"], "m"),
    **dict.fromkeys(["nu", "female", "f", "gai", "ba", "nu gioi"], "f"),
}
_PASSED = (
    "hoan thanh|da hoan thanh|dat|dat yeu cau|passed|pass|completed|complete|yes|true|da dat|co|dau|hoan tat|"
    "da hoan tat|duoc cap chung chi|x|y|da cap|xuat sac|gioi|kha|trung binh|trung binh kha|tb|tb kha|tot|"
    "du dieu kien|da cap chung chi|da cap chung nhan|duoc cap chung nhan|duoc cap|done|finished|certified|"
    "hoan thanh tot|ht"
)
_NOT_PASSED = (
    "dang hoc|chua hoan thanh|khong dat|chua dat|not passed|fail|failed|in progress|incomplete|not started|"
    "chua hoc|chua bat dau|khong hoan thanh|no|false|khong|rot|not completed|dang thuc hien|dang tien hanh|"
    "moi ghi danh|da ghi danh|chua hoan tat|truot|bo hoc|da dang ky|enrolled|dang tham gia|chua|n|yeu|kem|"
    "chua cap|khong du dieu kien|chua du dieu kien|khong cap|not attempted|chua tham gia|cht|"
    "chua xong|chua dat yeu cau|kd"
)
_STATES = dict.fromkeys(_PASSED.split("|"), True) | dict.fromkeys(_NOT_PASSED.split("|"), False)


class Read(NamedTuple, Generic[T_co]):
    value: T_co | None
    note: str = ""


@lru_cache(maxsize=100_000)
def tidy(text: str) -> str:
    """As kernel.text.clean, without its cost for texts that are clean already."""
    if _UNTIDY.search(text) is None and unicodedata.is_normalized("NFC", text):
        return text
    return clean(text)


def as_text(value: Value) -> str:
    """What a cell shows, clean: 12.0 → 12, an error or nothing → empty."""
    if isinstance(value, str):
        text = tidy(value)
        return "" if text in ERRORS else text
    if value is None:
        return ""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def says_nothing(value: Value) -> bool:
    """An empty cell, a dash, «không có»."""
    return value is None or (isinstance(value, str) and tidy(value).casefold() in SAYS_NOTHING)


def read_name(value: Value, *, honorifics: bool = False) -> str:
    """A personal name: NFC, single spaces, no numbering before it, all capitals in title case.

    «Đồng chí» and ranks go; «Ông», «Bà» without a point only in a column of `honorifics`, since Ông is a family name
    too.
    """
    text = as_text(value)
    plain = text.istitle() and text.replace(" ", "").isalpha()
    if not honorifics and plain and not text.startswith(_MAYBE_MORE):
        return text  # as most are
    text = _NUMBERING.sub("", text)
    bare = _HONORIFIC.sub("", text).strip(" .,;:*-–_")
    text = _MR_OR_MRS.sub("", bare) if honorifics and bare == text.strip(" .,;:*-–_") else bare
    return title_case(text) if _is_miscased(text) else _SMALL_MARKED.sub(lambda found: found[0].upper(), text)


def _is_miscased(text: str) -> bool:
    """All in capitals, all in small letters, or typed with the capitals lock on (nGUYỄN vĂN aN)."""
    if text.isupper() or text.islower():
        return True
    words = _NAME_PART.findall(text)
    return all(word[0].islower() or len(word) == 1 for word in words) and any(w[1:].isupper() for w in words)


def name_part(text: str) -> str:
    """The name in a cell that says more: «3. Lê Thị Lan (SN 1980)» → «Lê Thị Lan»."""
    if not _DIGIT.search(text):
        return text
    return split_name(_NUMBERING.sub("", text))[0]


def split_name(text: str) -> tuple[str, str]:
    """The name, and a birth or phone number written behind it (empty if none)."""
    found = _MORE_THAN_NAME.search(text) if _DIGIT.search(text) else None
    if found is None or not found.start():
        return text.strip(), ""
    return text[: found.start()].strip(" ,;(–-"), found[1].strip()


def has_honorific(value: Value) -> bool:
    """Whether a name begins with Ông, Bà, Đồng chí or the like."""
    if not isinstance(value, str):
        return False
    text = value.lstrip()
    return _MR_OR_MRS.match(text) is not None or _HONORIFIC.match(text) is not None


def title_case(name: str) -> str:
    """NGUYỄN THỊ H'MAI → Nguyễn Thị H'Mai."""
    return _NAME_PART.sub(lambda part: part[0][0].upper() + part[0][1:].lower(), name)


def is_name(text: str) -> bool:
    """Whether a cleaned text can be a person's name: letters, at most eight words, no digits."""
    if not 0 < len(text) <= 60 or text.count(" ") >= 8:
        return False
    if text.replace(" ", "").isalpha():
        return True  # as most are
    return any(map(str.isalpha, text)) and not any(map(str.isdigit, text))


def read_phone(value: Value) -> Read[str]:
    """Digits with the leading 0, put back where a number cell has lost it; of several the first."""
    if says_nothing(value):
        return Read(None)
    text = as_text(value)
    if len(text) == _PHONE_LENGTH and text[0] == "0" and text.isascii() and text.isdigit():
        return Read(text)
    text = _PHONE_LABEL.sub("", text)
    parts = [part for part in _PHONE_SPLIT.split(text) if any(map(str.isdigit, part))]
    phones = [_phone(_PHONE_LABEL.sub("", part)) for part in parts]
    if not phones or phones[0] is None:
        whole = _phone(text)
        if whole:
            return Read(whole)
        inside = [phone for part in _PHONE_INSIDE.findall(text) if (phone := _phone(part))]
        if not inside:
            return Read(None, "bad_phone")
        return Read(inside[0], "several_phones" if len(inside) > 1 else "")
    return Read(phones[0], "several_phones" if len([p for p in phones if p]) > 1 else "")


def _phone(text: str) -> str | None:
    digits = re.sub(r"[\s.()'+-]", "", _whole_digits(text))
    if not digits.isascii() or not digits.isdigit():
        return None
    if digits.startswith("0084"):
        digits = digits[2:]
    if digits.startswith("84") and len(digits) >= 11:
        digits = "0" + digits[2:].removeprefix("0")
    if len(digits) in (9, 10) and not digits.startswith("0"):
        digits = "0" + digits
    return digits if digits.startswith("0") and len(digits) in (10, 11) else None


def _whole_digits(text: str) -> str:
    """A number as text that a program has made of it: 912345678.0, 9.12345678E+8."""
    text = text.strip().lstrip("'").strip()
    if found := _FLOAT.fullmatch(text):
        return found[1] if len(found[1]) >= 8 else text
    if found := _SCIENTIFIC.fullmatch(text):
        digits = found[1] + found[2].rstrip("0")
        length = int(found[3]) + 1
        return digits.ljust(length, "0") if length - len(digits) <= 2 else text  # else digits are lost
    return text


def read_national_id(value: Value) -> Read[str]:
    """Twelve digits as text; 10 or 11 have lost leading zeros; 9 are the old identity card, kept and told."""
    if says_nothing(value):
        return Read(None)
    digits = as_text(value)
    if not (len(digits) == _ID_LENGTH and digits.isdigit()):
        digits = re.sub(r"[\s.'-]", "", _whole_digits(digits))
    if not digits.isascii() or not digits.isdigit():
        return Read(None, "bad_national_id")
    if len(digits) == 9:
        return Read(digits, "old_id_number")
    return Read(digits.zfill(12)) if 10 <= len(digits) <= 12 else Read(None, "bad_national_id")


def read_email(value: Value) -> Read[str]:
    if says_nothing(value):
        return Read(None)
    found = _EMAIL.search(re.sub(r"\s*@\s*", "@", as_text(value)).removeprefix("mailto:"))
    return Read(found[0]) if found else Read(None, "bad_email")


def read_sex(value: Value) -> Read[str]:
    if says_nothing(value):
        return Read(None)
    sex = _SEX.get(fold(as_text(value)).strip(" ."))
    return Read(sex, "" if sex else "bad_sex")


def read_number(value: Value) -> Read[float]:
    """7.5 for 7.5, "7,5", "7.5/10"; thousands are not expected here."""
    if says_nothing(value):
        return Read(None)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Read(_plain(float(value)))
    text = as_text(value).split("/")[0].strip(" %đ*")
    if not _NUMBER.fullmatch(text):
        return Read(None, "bad_number")
    return Read(_plain(float(text.replace(",", "."))))


def read_progress(value: Value, *, passed: bool | None, whole: bool = False) -> Read[float]:
    """Per cent, 0–100. A share (0.29, and 1 unless the person has not passed) is brought to per cent, 17/20 too.

    `whole`: other cells of the column are above 1, so that 1 is one per cent where nothing is said of passing.
    """
    if isinstance(value, str) and (parts := _PARTS.fullmatch(as_text(value))):
        return _of_parts(int(parts[1]), int(parts[2]))
    number = read_number(value)
    if number.value is None:
        return number
    share = number.value
    is_share = 0 < share < 1 or (share == 1 and (passed is True or (passed is None and not whole)))
    if is_share and not (isinstance(value, str) and "%" in value):
        share = _plain(round(share * 100, 6))
    return Read(share) if 0 <= share <= 100 else Read(None, "bad_number")


def _of_parts(done: int, of: int) -> Read[float]:
    return Read(_plain(round(100 * done / of, 6))) if of > 0 and done <= of else Read(None, "bad_number")


def read_state(value: Value) -> Read[bool]:
    """Whether a state says passed or completed."""
    if isinstance(value, bool):
        return Read(value)
    if says_nothing(value):
        return Read(None)
    text = fold(as_text(value)).strip(" .!✓✔")
    if not text and not isinstance(value, int | float):
        return Read(True)
    state = _STATES.get(text)
    return Read(state, "" if state is not None else "unknown_status")


def _plain(number: float) -> float:
    """Whole numbers as int, so that 100 is written 100."""
    number = float(number)
    return int(number) if number.is_integer() and abs(number) < 1e15 else number
