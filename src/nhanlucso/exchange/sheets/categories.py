"""What a title says of its holder's category; nothing where it could be another."""

from __future__ import annotations

import re
from functools import lru_cache

from nhanlucso.kernel.text import fold
from nhanlucso.orgs.enums import UnitKind
from nhanlucso.people.enums import Category

_SAID = (
    (Category.PART_TIME, re.compile(r"\b(khong|ban) chuyen trach\b")),
    (Category.CONTRACT_WORKER, re.compile(r"\bhop dong\b|\bhdld\b|\bhd 111\b|\bhd68\b")),
    (Category.PUBLIC_EMPLOYEE, re.compile(r"\bvien chuc\b")),
    (Category.CIVIL_SERVANT, re.compile(r"\bcong chuc\b")),
    (Category.CADRE, re.compile(r"^can bo( chuyen trach| chu chot)?$")),
)
_SEVERAL = re.compile(r"can bo,? (cong chuc|vien chuc)|cong chuc,? (vien chuc|nguoi lao dong)")
_VILLAGE = re.compile(r"\b(thon|ban|to dan pho|tdp|khu pho|ap|chi hoi|chi bo|chi doan|xom|khu)\b")
_ELECTED = re.compile(
    r"^(pho )?(chu tich|bi thu)\b(?! hoi dong (truong|quan tri|thanh vien))|^pct\b|^ct (ubnd|hdnd)\b|^pbt\b"
)
_ADMINISTRATIVE = re.compile(
    r"^(pho )?(truong phong|chanh van phong)\b|^chuyen vien\b|^(pho )?chi cuc truong\b"
)
_LEADING = re.compile(
    r"^(pho )?(chu tich|bi thu|truong phong|giam doc|chanh van phong|hieu truong|chi cuc truong|cuc truong|"
    r"truong ban|chanh thanh tra|tong giam doc)\b|^quyen (truong phong|giam doc|chu tich)\b"
)
_STATE_BODIES = (
    UnitKind.PROVINCE,
    UnitKind.DISTRICT,
    UnitKind.COMMUNE,
    UnitKind.AGENCY,
    UnitKind.DIVISION,
)


@lru_cache(maxsize=10_000)
def category_of(said: str, title: str, unit_kind: str) -> str:
    """The category by what a column of its own says, else by the title and the kind of unit; empty if unknown."""
    for text in (fold(said), fold(title)):
        if not text or _SEVERAL.search(text):
            continue
        for category, pattern in _SAID:
            if pattern.search(text):
                return category.value
    words = fold(title)
    if _VILLAGE.search(words):
        return ""
    if unit_kind in _STATE_BODIES:
        if _ELECTED.search(words):
            return Category.CADRE.value
        if _ADMINISTRATIVE.search(words):
            return Category.CIVIL_SERVANT.value
    return ""


def is_leader(title: str) -> bool | None:
    """True where the title leads a body; otherwise unknown."""
    words = fold(title)
    return True if _LEADING.search(words) and not _VILLAGE.search(words) else None
