"""What somebody may write about a person; plain values."""

from __future__ import annotations

import re
from datetime import date

_VIETNAMESE_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ID_LENGTHS = (9, 12)  # the old identity card, and the number of today


def birth_of(text: str) -> str | None:
    """«15/12/1985», «1985-12-15» or «1985» as it is stored (ISO date or year); None for what is no day."""
    words = text.strip()
    if not words or _YEAR.fullmatch(words):
        return words
    if match := _VIETNAMESE_DAY.fullmatch(words):
        words = f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}"
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return None
    return day.isoformat() if _YEAR.fullmatch(f"{day.year:04d}") else None


def phone_of(text: str) -> str | None:
    """Digits with their leading 0; +84 becomes 0. None for what is no telephone number."""
    digits = re.sub(r"[\s.()-]", "", text)
    digits = "0" + digits[3:] if digits.startswith("+84") else digits
    if not digits:
        return ""
    return digits if re.fullmatch(r"\d{8,12}", digits) else None


def national_id_of(text: str) -> str | None:
    """Digits alone, 12 of them (9 on old identity cards). None for anything else."""
    digits = re.sub(r"[\s.-]", "", text)
    if not digits:
        return ""
    return digits if re.fullmatch(r"\d+", digits) and len(digits) in _ID_LENGTHS else None
