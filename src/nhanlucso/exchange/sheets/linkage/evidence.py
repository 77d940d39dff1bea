"""The evidence of one row for one person: how many times likelier it is of him or her than by chance, and why."""

from __future__ import annotations

from dataclasses import dataclass

from nhanlucso.exchange.sheets.linkage import weights
from nhanlucso.exchange.sheets.linkage.births import birth_level
from nhanlucso.exchange.sheets.linkage.frequencies import Frequencies
from nhanlucso.exchange.sheets.linkage.names import name_level, same_name
from nhanlucso.exchange.sheets.linkage.people import Known
from nhanlucso.exchange.sheets.rows import SheetRow

_COMMON = 0.0003  # of a register: a name that thirty of a hundred thousand bear


@dataclass(frozen=True, slots=True)
class Asked:
    """What a row says, ready to be compared: the folded name, the hash of the identity number, the casefolded mail."""

    row: SheetRow
    folded: str
    hashed: str
    birth: str
    sex: str
    phone: str
    email: str
    ascii: bool


@dataclass(slots=True)
class Evidence:
    """Of one pair: the levels of its fields, and the ratio of m to u of all of them."""

    known: Known
    name: str = ""
    birth: str = ""
    unit: str = ""
    same_phone: bool = False
    same_email: bool = False
    other_contact: bool = False
    other_sex: bool = False
    other_id: bool = False
    ratio: float = 1.0
    reasons: tuple[str, ...] = ()

    @property
    def same_letters(self) -> bool:
        """Whether the names are equal but for marks; a row may have none."""
        return self.name in ("same_name", "same_name_bare", "")

    @property
    def same_contact(self) -> bool:
        return self.same_phone or self.same_email

    @property
    def contradicted(self) -> bool:
        """Whether birth or sex speak of somebody else."""
        return self.birth in weights.CONTRADICTING or self.other_sex


def weigh(asked: Asked, known: Known, unit: str, unit_share: float, counted: Frequencies) -> Evidence:
    """Compares a row with a person. `unit`: a key of `weights.UNIT` or empty; `unit_share`: of the register in it."""
    found = Evidence(known, unit=unit)
    reasons: list[str] = []
    _weigh_name(found, asked, counted, reasons)
    _weigh_birth(found, asked, counted, reasons)
    _weigh_contacts(found, asked, counted, reasons)
    if asked.sex and known.sex:
        found.other_sex = asked.sex != known.sex
        m = weights.SEX_OTHER if found.other_sex else weights.SEX_SAME
        found.ratio *= m / weights.SEX_BY_CHANCE
        reasons += ["other_sex"] if found.other_sex else []
    if asked.hashed and known.id_hash:
        found.other_id = True
        found.ratio *= weights.ID_OTHER
        reasons.append("other_id")
    if unit:
        found.ratio *= weights.UNIT[unit] / max(unit_share, 1 / max(counted.size, 1))
        reasons.append(unit)
    found.reasons = tuple(reasons)
    return found


def _weigh_name(found: Evidence, asked: Asked, counted: Frequencies, reasons: list[str]) -> None:
    if not asked.folded:
        return
    known = found.known
    if asked.folded == known.name_folded:
        written = asked.row.full_name
        # Without any marks a name is not the one with marks; most are written alike, and few need a closer look.
        exact = written == known.full_name or (
            (asked.ascii == known.full_name.isascii()) and same_name(written, known.full_name)
        )
        found.name = "same_name" if exact else "same_name_bare"
    else:
        found.name = name_level(asked.folded, known.name_folded)
    found.ratio *= weights.NAME[found.name] / _name_by_chance(found.name, known, counted)
    reasons.append(found.name)
    if found.same_letters and counted.name(known.name_folded) > _COMMON:
        reasons.append("common_name")


def _name_by_chance(level: str, known: Known, counted: Frequencies) -> float:
    name = known.name_folded
    if level == "same_name":
        return counted.marked(known.full_name, name)
    if level == "same_name_bare":
        return counted.name(name)
    if level == "name_order":
        return min(1.0, weights.ORDERS * counted.name(name))
    if level == "name_initials":
        return weights.INITIALS_ALIKE * counted.given(name)
    if level == "name_part":
        return counted.ends(name)
    return min(1.0, weights.NEIGHBOURS * counted.name(name)) if level == "name_typo" else 1.0


def _weigh_birth(found: Evidence, asked: Asked, counted: Frequencies, reasons: list[str]) -> None:
    found.birth = level = birth_level(asked.birth, found.known.birth)
    if not level:
        return
    chance = 1.0
    if level == "same_birth":
        chance = counted.day(found.known.birth)
    elif level == "same_year":
        chance = counted.year(found.known.birth)
    elif level == "swapped_birth":
        chance = counted.day(found.known.birth)
    elif level == "near_birth":
        chance = weights.NEAR_DATES
    found.ratio *= weights.BIRTH[level] / chance
    reasons.append(level)


def _weigh_contacts(found: Evidence, asked: Asked, counted: Frequencies, reasons: list[str]) -> None:
    known = found.known
    differ = 0
    if asked.phone and known.phone:
        found.same_phone = asked.phone == known.phone
        differ += not found.same_phone
        m, u = (
            (weights.PHONE_SAME, counted.phone(known.phone))
            if found.same_phone
            else (weights.PHONE_OTHER, 1.0)
        )
        found.ratio *= m / u
        reasons.append("same_phone" if found.same_phone else "other_phone")
    if asked.email and known.email:
        found.same_email = asked.email == known.email.casefold()
        differ += not found.same_email
        m, u = (
            (weights.EMAIL_SAME, counted.email(known.email))
            if found.same_email
            else (weights.EMAIL_OTHER, 1.0)
        )
        found.ratio *= m / u
        reasons.append("same_email" if found.same_email else "other_email")
    found.other_contact = bool(differ) and not found.same_contact
