"""How likely two records mean one person: weights of evidence on plain values, and the reasons in short codes.

Evidence is weighed in bits, the logarithm to base 2 of how many times likelier it is seen of one person than of two
(Fellegi and Sunter). What is rare says more: equal names weigh by how many people bear the name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import exp2, log2
from typing import NamedTuple

from nhanlucso.kernel.text import name_key

SAME_ID, OTHER_ID = "same_id", "other_id"
SAME_NAME, SAME_NAME_BARE, NAME_ORDER, NAME_TYPO = "same_name", "same_name_bare", "name_order", "name_typo"
NAME_PART, OTHER_NAME = "name_part", "other_name"
SAME_BIRTH, SAME_YEAR, SWAPPED_BIRTH = "same_birth", "same_year", "swapped_birth"
NEAR_BIRTH, OTHER_BIRTH = "near_birth", "other_birth"
SAME_PHONE, OTHER_PHONE, SAME_EMAIL, OTHER_EMAIL = "same_phone", "other_phone", "same_email", "other_email"
SAME_UNIT, OTHER_UNIT, OTHER_SEX = "same_unit", "other_unit", "other_sex"

_DAYS = 365.25 * 45  # among which births of people at work are spread
_YEARS = 45.0
_FEWEST = 1_000  # a small register does not make names rarer or twins likelier

_key = lru_cache(maxsize=10_000)(name_key)

Weighed = tuple[float, str]  # bits, code of the reason ("": none to tell)
_NOTHING: Weighed = (0.0, "")


class Traits(NamedTuple):
    """What is known of a person; empty is unknown. `birth`: ISO date or year; `units`: ids of units of their posts."""

    name: str
    folded: str
    birth: str = ""
    sex: str = ""
    id_hash: str = ""
    phone: str = ""
    email: str = ""
    units: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Rarity:
    """How many records there are, and how many bear a folded name or use a telephone; unlisted values are unique."""

    total: int
    names: Mapping[str, int] = field(default_factory=dict)
    phones: Mapping[str, int] = field(default_factory=dict)

    def bits(self, count: int) -> float:
        """The evidence of agreeing in a value that so many records have."""
        return log2(max(self.total, _FEWEST) / max(count, 1))


@dataclass(frozen=True, slots=True)
class Likelihood:
    """`probability` from 0 to 1 that both are one person, `reasons` that speak for it, `against` it (codes)."""

    probability: float
    reasons: tuple[str, ...]
    against: tuple[str, ...]


def likelihood(one: Traits, other: Traits, rarity: Rarity) -> Likelihood:
    """What speaks for and against two records of one register being one person."""
    weighed = [
        weigh_id(one.id_hash, other.id_hash),
        weigh_name(one, other, rarity),
        weigh_birth(one.birth, other.birth),
        weigh_phone(one.phone, other.phone, rarity),
        weigh_email(one.email, other.email),
        weigh_sex(one.sex, other.sex),
        weigh_units(one.units, other.units),
    ]
    bits = sum(weight for weight, _ in weighed) + prior(rarity.total)
    told = sorted((item for item in weighed if item[1]), key=lambda item: -abs(item[0]))
    return Likelihood(
        probability(bits),
        tuple(code for weight, code in told if weight > 0),
        tuple(code for weight, code in told if weight < 0),
    )


def prior(total: int) -> float:
    """Bits before any evidence: of two records of a register taken at random, one in sixteen people stands twice."""
    return -log2(max(total, _FEWEST)) - 4


def probability(bits: float) -> float:
    """The probability that bits of evidence, the prior among them, amount to."""
    return 1 / (1 + exp2(-max(-60.0, min(60.0, bits))))


def weigh_id(one: str, other: str) -> Weighed:
    """Equal identity numbers all but decide; unequal ones may be an old card and a new."""
    if not one or not other:
        return _NOTHING
    return (30.0, SAME_ID) if one == other else (-8.0, OTHER_ID)


def weigh_name(one: Traits, other: Traits, rarity: Rarity) -> Weighed:
    """Equal names by how rare they are; names that differ in marks, order, a letter or a middle name weigh less."""
    if one.folded == other.folded:
        bits = rarity.bits(rarity.names.get(one.folded, 1))
        if one.name == other.name or _key(one.name) == _key(other.name):
            return bits, SAME_NAME
        return bits - (1.5 if one.name.isascii() or other.name.isascii() else 5.0), SAME_NAME_BARE
    bits = rarity.bits(max(rarity.names.get(one.folded, 1), rarity.names.get(other.folded, 1)))
    words, others = one.folded.split(), other.folded.split()
    if sorted(words) == sorted(others):
        return bits - 3.0, NAME_ORDER
    if near(one.folded, other.folded):
        return bits - 6.0, NAME_TYPO
    ends = (words[0], words[-1]) == (others[0], others[-1])
    if ends and (set(words) < set(others) or set(others) < set(words)):
        return bits - 7.0, NAME_PART
    return -9.0, OTHER_NAME


def weigh_birth(one: str, other: str) -> Weighed:
    """Births as days or years. The first of January often stands for a year of which no day is known."""
    if not one or not other:
        return _NOTHING
    if one[4:] in ("", "-01-01") or other[4:] in ("", "-01-01"):
        return (log2(_YEARS) - 0.2, SAME_YEAR) if one[:4] == other[:4] else (-6.0, OTHER_BIRTH)
    if one == other:
        return log2(_DAYS) - 0.2, SAME_BIRTH
    if one[:4] == other[:4] and one[5:7] == other[8:10] and one[8:10] == other[5:7]:
        return log2(_DAYS) - 5.0, SWAPPED_BIRTH
    if sum(a != b for a, b in zip(one, other, strict=True)) == 1:
        return 3.0, NEAR_BIRTH
    return (-4.0 if one[:4] == other[:4] else -8.0), OTHER_BIRTH


def weigh_phone(one: str, other: str, rarity: Rarity) -> Weighed:
    """Telephones are shared by families and offices, and change."""
    if not one or not other:
        return _NOTHING
    if one != other:
        return -1.0, OTHER_PHONE
    return min(12.0, rarity.bits(rarity.phones.get(one, 1))), SAME_PHONE


def weigh_email(one: str, other: str) -> Weighed:
    if not one or not other:
        return _NOTHING
    return (12.0, SAME_EMAIL) if one.casefold() == other.casefold() else (-1.0, OTHER_EMAIL)


def weigh_sex(one: str, other: str) -> Weighed:
    if not one or not other:
        return _NOTHING
    return (0.9, "") if one == other else (-5.0, OTHER_SEX)


def weigh_units(one: frozenset[int], other: frozenset[int]) -> Weighed:
    """A common unit speaks for one person, but namesakes live side by side too; people move."""
    if not one or not other:
        return _NOTHING
    return (3.0, SAME_UNIT) if one & other else (-1.0, OTHER_UNIT)


def near(one: str, other: str) -> bool:
    """Whether two texts differ by one letter put in, left out, changed, or two neighbours swapped."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return one == other
    start = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    rest, others = one[start:], other[start:]
    if len(rest) == len(others):
        swapped = rest[:2] == others[1::-1] and rest[2:] == others[2:]
        return rest[1:] == others[1:] or swapped
    longer, shorter = (rest, others) if len(rest) > len(others) else (others, rest)
    return longer[1:] == shorter
