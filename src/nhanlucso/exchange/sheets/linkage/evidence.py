"""The evidence of one row for one person: how many times likelier it is of him or her than by chance, and why.

Of a list of many rows the same texts meet again and again: what two of them have in common is compared once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from nhanlucso.exchange.sheets.linkage import weights
from nhanlucso.exchange.sheets.linkage.births import birth_level
from nhanlucso.exchange.sheets.linkage.frequencies import Frequencies
from nhanlucso.exchange.sheets.linkage.names import name_level, same_name
from nhanlucso.exchange.sheets.linkage.people import Home, Known
from nhanlucso.exchange.sheets.places import ELSEWHERE, Places
from nhanlucso.exchange.sheets.rows import SheetRow

_COMMON = 0.0003  # of a register: a name that thirty of a hundred thousand bear


class Asked(NamedTuple):
    """What a row says, ready to be compared: the folded name, the hash of the identity number, the casefolded mail."""

    row: SheetRow
    folded: str
    hashed: str
    birth: str
    sex: str
    phone: str
    email: str
    ascii: bool


class Part(NamedTuple):
    """What one field says: a key of `weights`, its ratio of m to u, the reasons."""

    level: str
    ratio: float
    reasons: tuple[str, ...]


NOTHING = Part("", 1.0, ())


@dataclass(slots=True)
class Evidence:
    """Of one pair: what its fields say, and the ratio of m to u of all of them."""

    known: Known
    name: Part
    birth: Part
    contacts: Part
    other_sex: bool
    other_id: bool
    unit: Part
    ratio: float

    @property
    def same_letters(self) -> bool:
        """Whether the names are equal but for marks; a row may have none."""
        return self.name.level in ("same_name", "same_name_bare", "")

    @property
    def same_contact(self) -> bool:
        return self.contacts.level == "same"

    @property
    def same_email(self) -> bool:
        return "same_email" in self.contacts.reasons

    @property
    def other_contact(self) -> bool:
        return self.contacts.level == "other"

    @property
    def contradicted(self) -> bool:
        """Whether birth or sex speak of somebody else."""
        return self.other_sex or self.birth.level in weights.CONTRADICTING

    @property
    def reasons(self) -> tuple[str, ...]:
        said = [*self.name.reasons, *self.birth.reasons, *self.contacts.reasons]
        said += ["other_sex"] if self.other_sex else []
        said += ["other_id"] if self.other_id else []
        return (*said, *self.unit.reasons)


class Scales:
    """Weighs the rows of one list against people."""

    def __init__(self, counted: Frequencies, places: Places) -> None:
        self.counted, self.places = counted, places
        self._least = 1 / max(counted.size, 1)
        self._names: dict[str | None, dict[str, Part]] = defaultdict(dict)  # as written -> as known
        self._births: dict[str, dict[str, Part]] = defaultdict(dict)
        self._places: dict[int, dict[Home, Part]] = {}
        self._elsewhere = self._part(*ELSEWHERE)

    def weigh(self, asked: Asked, people: Iterable[Known], unit: int | None) -> list[Evidence]:
        """The row against each of the people. `unit`: the one that the row names."""
        names, births = self._names[asked.row.full_name], self._births[asked.birth]
        places, elsewhere = self._near(unit)
        _, _, hashed, _, sex, phone, email, _ = asked
        weighed: list[Evidence] = []
        for known in people:
            name = names.get(known.full_name)
            if name is None:
                name = names[known.full_name] = self._name(asked, known)
            birth = births.get(known.birth)
            if birth is None:
                birth = births[known.birth] = self._birth(asked.birth, known.birth)
            told = (phone and known.phone) or (email and known.email)
            contacts = self._contacts(asked, known) if told else NOTHING
            ratio = name.ratio * birth.ratio * contacts.ratio
            other_sex = bool(sex and known.sex) and sex != known.sex
            if sex and known.sex:
                ratio *= _OTHER_SEX if other_sex else _SAME_SEX
            other_id = bool(hashed and known.id_hash)
            if other_id:
                ratio *= weights.ID_OTHER
            place = places.get(known.home, elsewhere) if known.home else self._place(known, unit)
            ratio *= place.ratio
            weighed.append(Evidence(known, name, birth, contacts, other_sex, other_id, place, ratio))
        return weighed

    def _near(self, unit: int | None) -> tuple[dict[Home, Part], Part]:
        """What is said of posts in the unit or near it, and of all others."""
        if unit is None:
            return {}, NOTHING
        found = self._places.get(unit)
        if found is None:
            near = self.places.near(unit).items()
            found = self._places[unit] = {home: self._part(*relation) for home, relation in near}
        return found, self._elsewhere

    def _place(self, known: Known, unit: int | None) -> Part:
        relation = self.places.relation(known, unit) if unit is not None and known.posts else ("", 1.0)
        return self._part(*relation) if relation[0] else NOTHING

    def _part(self, level: str, share: float) -> Part:
        return Part(level, weights.UNIT[level] / max(share, self._least), (level,))

    def _name(self, asked: Asked, known: Known) -> Part:
        if not asked.folded:
            return NOTHING
        if asked.folded != known.name_folded:
            level = name_level(asked.folded, known.name_folded)
        else:
            written = asked.row.full_name
            # Without any marks a name is not the one with marks; most are written alike, few need a closer look.
            exact = written == known.full_name or (
                (asked.ascii == known.full_name.isascii()) and same_name(written, known.full_name)
            )
            level = "same_name" if exact else "same_name_bare"
        same = level in ("same_name", "same_name_bare")
        common = same and self.counted.name(known.name_folded) > _COMMON
        ratio = weights.NAME[level] / _name_by_chance(level, known, self.counted)
        return Part(level, ratio, (level, "common_name") if common else (level,))

    def _birth(self, asked: str, known: str) -> Part:
        level = birth_level(asked, known)
        if not level:
            return NOTHING
        chance = 1.0
        if level in ("same_birth", "swapped_birth"):
            chance = self.counted.day(known)
        elif level == "same_year":
            chance = self.counted.year(known)
        elif level == "near_birth":
            chance = weights.NEAR_DATES
        return Part(level, weights.BIRTH[level] / chance, (level,))

    def _contacts(self, asked: Asked, known: Known) -> Part:
        """Level: «same» if one of them is, else «other»."""
        ratio, reasons = 1.0, []
        if asked.phone and known.phone:
            same = asked.phone == known.phone
            reasons.append("same_phone" if same else "other_phone")
            ratio *= weights.PHONE_SAME / self.counted.phone(known.phone) if same else weights.PHONE_OTHER
        if asked.email and known.email:
            same = asked.email == known.email.casefold()
            reasons.append("same_email" if same else "other_email")
            ratio *= weights.EMAIL_SAME / self.counted.email(known.email) if same else weights.EMAIL_OTHER
        level = "same" if "same_phone" in reasons or "same_email" in reasons else "other"
        return Part(level, ratio, tuple(reasons))


_OTHER_SEX = weights.SEX_OTHER / weights.SEX_BY_CHANCE
_SAME_SEX = weights.SEX_SAME / weights.SEX_BY_CHANCE


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
