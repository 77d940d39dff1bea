"""What somebody may write about a person, and who may be the same person; plain values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

_VIETNAMESE_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ID_LENGTHS = (9, 12)  # the old identity card, and the number of today

NATIONAL_ID, BIRTH, PHONE = "national_id", "birth", "phone"
REASONS = (NATIONAL_ID, BIRTH, PHONE)  # the surest first


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


class Trait(NamedTuple):
    """What two records of one person have in common."""

    person: int
    name_folded: str
    birth: str
    national_id_hash: str
    phone: str


@dataclass(frozen=True, slots=True)
class Group:
    """Records that may be one person, and why (of REASONS, the surest first)."""

    people: tuple[int, ...]
    reasons: tuple[str, ...]


def alike(traits: Iterable[Trait]) -> list[Group]:
    """Groups of two or more records that may be one person, in the order of their first record.

    Alike are: equal identity numbers; equal names with equal births (a year alone is equal to any day in it);
    equal names with equal telephone numbers.
    """
    buckets: dict[tuple[str, ...], list[Trait]] = {}
    order: dict[int, int] = {}
    for trait in traits:
        order[trait.person] = len(order)
        for key in _keys(trait):
            buckets.setdefault(key, []).append(trait)
    found: dict[tuple[int, ...], set[str]] = {}
    for key, bucket in buckets.items():
        for people in _same_birth(bucket) if key[0] == BIRTH else [bucket]:
            if len(people) > 1:
                found.setdefault(tuple(p.person for p in people), set()).add(key[0])
    groups = [Group(people, tuple(r for r in REASONS if r in why)) for people, why in found.items()]
    return sorted(groups, key=lambda group: order[group.people[0]])


def _keys(trait: Trait) -> Iterable[tuple[str, ...]]:
    if trait.national_id_hash:
        yield (NATIONAL_ID, trait.national_id_hash)
    if trait.birth:
        yield (BIRTH, trait.name_folded, trait.birth[:4])
    if trait.phone:
        yield (PHONE, trait.name_folded, trait.phone)


def _same_birth(bucket: Sequence[Trait]) -> list[list[Trait]]:
    """Records of one name and year, by day; where somebody has the year alone, all of them."""
    if any(len(trait.birth) == 4 for trait in bucket):
        return [list(bucket)]
    days: dict[str, list[Trait]] = {}
    for trait in bucket:
        days.setdefault(trait.birth, []).append(trait)
    return list(days.values())
