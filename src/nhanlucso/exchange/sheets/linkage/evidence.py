"""The evidence of rows for people: how many times likelier each row is of each person than by chance, and why.

All pairs are weighed together, field by field, each field in a column. What two names, or a unit and a post, have in
common is compared once for all pairs that have these two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from functools import lru_cache
from itertools import count
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from nhanlucso.exchange.sheets.linkage import births, weights
from nhanlucso.exchange.sheets.linkage.frequencies import Frequencies
from nhanlucso.exchange.sheets.linkage.names import name_level, same_name
from nhanlucso.exchange.sheets.linkage.people import Asked, Known
from nhanlucso.exchange.sheets.places import ELSEWHERE, Places

_COMMON = 0.0003  # of a register: a name that thirty of a hundred thousand bear
_NAMES, _UNITS = ("", *weights.NAME), ("", *weights.UNIT)
_SAME_LETTERS = [_NAMES.index(level) for level in ("", "same_name", "same_name_bare")]
_UNTOLD, _SAME, _OTHER = range(3)  # of sex, telephone, mail: not known of both, equal, unequal
_SEX = np.array([1.0, weights.SEX_SAME / weights.SEX_BY_CHANCE, weights.SEX_OTHER / weights.SEX_BY_CHANCE])
_BIRTH = np.array([weights.BIRTH.get(level, 1.0) for level in births.LEVELS])
_CONTRADICTING = [births.LEVELS.index(level) for level in weights.CONTRADICTING]
_PART = np.dtype([("level", "i1"), ("ratio", "f8"), ("common", "?")])
_PAIR = np.dtype(
    [
        *(("row", "i4"), ("person", "i4"), ("name", "i1"), ("common", "?"), ("birth", "i1"), ("phone", "i1")),
        *(("email", "i1"), ("sex", "i1"), ("other_id", "?"), ("unit", "i1"), ("ratio", "f8")),
    ]
)

Pairs = NDArray[np.void]  # of _PAIR: numbers of row and person, what each field says, m to u of all together
Numbers = NDArray[np.int32]
Mask = NDArray[np.bool_]
Ratios = NDArray[np.float64]
Part = tuple[int, float, bool]  # level, m to u, whether many bear it
_NOTHING: Part = (0, 1.0, False)


class Scales:
    """Weighs the rows of one list against the people of the register, both by their numbers."""

    def __init__(
        self, asked: Sequence[Asked], people: Sequence[Known], counted: Frequencies, places: Places
    ) -> None:
        self.asked, self.people, self.counted, self.places = asked, people, counted, places
        self._least = 1 / max(counted.size, 1)
        births_of = attrgetter("birth")
        self._births = births.letters_of(map(births_of, asked)), births.letters_of(map(births_of, people))
        self._names = self._coded("row.full_name", "full_name")
        self._sexes, self._ids = self._coded("sex", "sex"), self._coded("hashed", "id_hash")
        self._phones, self._emails = self._coded("phone", "phone"), self._coded("email", "email_folded")
        self._units = self._coded("unit", "home")
        self._near = self._near_parts()

    def _coded(self, of_row: str, of_person: str) -> tuple[Numbers, Numbers]:
        """What rows and people say as numbers: equal where both say the same, 0 where they say nothing."""
        codes: dict[Hashable, int] = defaultdict(count(1).__next__, {"": 0, None: 0})
        said = (map(attrgetter(of_row), self.asked), map(attrgetter(of_person), self.people))
        one, other = (np.fromiter(map(codes.__getitem__, values), np.int32) for values in said)
        return one, other

    def _near_parts(self) -> tuple[NDArray[np.int64], NDArray[np.void]]:
        """Units of rows together with homes of people that are in them or near: the two numbers in one, in order, and
        what is said of them. All others are elsewhere, as is the last, which meets nobody."""
        rows = dict(zip((row.unit for row in self.asked), self._units[0].tolist(), strict=True))
        homes = dict(zip((known.home for known in self.people), self._units[1].tolist(), strict=True))
        parts = {
            rows[unit] << 32 | homes[home]: self._part(*relation)
            for unit in rows
            if unit is not None
            for home, relation in self.places.near(unit).items()
            if home in homes
        }
        parts[np.iinfo(np.int64).max] = self._part(*ELSEWHERE)
        return np.array(sorted(parts)), np.array([parts[key] for key in sorted(parts)], _PART)

    def weigh(self, row: Numbers, person: Numbers) -> Pairs:
        """The pairs of these rows and people."""
        pairs = np.zeros(len(row), _PAIR)
        pairs["row"], pairs["person"] = row, person
        pairs["birth"] = births.birth_levels(self._births[0][row], self._births[1][person])
        for field, codes in (("sex", self._sexes), ("phone", self._phones), ("email", self._emails)):
            one, other = codes[0][row], codes[1][person]
            pairs[field] = np.where((one > 0) & (other > 0), np.where(one == other, _SAME, _OTHER), _UNTOLD)
        pairs["other_id"] = (self._ids[0][row] > 0) & (self._ids[1][person] > 0)
        name, unit = self._name_parts(pairs), self._unit_parts(pairs)
        pairs["name"], pairs["common"], pairs["unit"] = name["level"], name["common"], unit["level"]
        ratio = name["ratio"] * self._birth_ratio(pairs) * self._contacts_ratio(pairs) * _SEX[pairs["sex"]]
        pairs["ratio"] = ratio * np.where(pairs["other_id"], weights.ID_OTHER, 1.0) * unit["ratio"]
        return pairs

    def _name_parts(self, pairs: Pairs) -> NDArray[np.void]:
        """What the names say, each two compared once."""
        key = _joined(self._names, pairs)
        _, first, which = np.unique(key, return_index=True, return_inverse=True)
        parts = [self._name(self.asked[row], self.people[person]) for row, person in met(pairs[first])]
        return np.array(parts, _PART)[which]

    def _unit_parts(self, pairs: Pairs) -> NDArray[np.void]:
        """What the units say: of most people, who have one post, by the two numbers."""
        key, (known, parts) = _joined(self._units, pairs), self._near
        at = np.searchsorted(known, key)
        said = parts[np.where(known[at] == key, at, -1)]
        unit, home = self._units[0][pairs["row"]], self._units[1][pairs["person"]]
        said[unit == 0] = _NOTHING
        others = np.flatnonzero((unit > 0) & (home == 0))
        for place, (row, person) in zip(others.tolist(), met(pairs[others]), strict=True):
            said[place] = self._unit(self.asked[row], self.people[person])
        return said

    def _name(self, asked: Asked, known: Known) -> Part:
        if not asked.folded:
            return _NOTHING
        if asked.folded != known.name_folded:
            level = name_level(asked.folded, known.name_folded)
        else:
            written = asked.row.full_name or ""
            # Without any marks a name is not the one with marks; most are written alike, few need a closer look.
            exact = written == known.full_name or (
                written.isascii() == known.full_name.isascii() and same_name(written, known.full_name)
            )
            level = "same_name" if exact else "same_name_bare"
        same = level in ("same_name", "same_name_bare")
        common = same and self.counted.name(known.name_folded) > _COMMON
        return _NAMES.index(level), weights.NAME[level] / _name_by_chance(level, known, self.counted), common

    def _unit(self, asked: Asked, known: Known) -> Part:
        if asked.unit is None or not known.posts:
            return _NOTHING
        return self._part(*self.places.relation(known, asked.unit))

    def _part(self, level: str, share: float) -> Part:
        return _UNITS.index(level), weights.UNIT[level] / max(share, self._least), False

    def _birth_ratio(self, pairs: Pairs) -> Ratios:
        level, chance = pairs["birth"], np.ones(len(pairs))
        chance[level == births.NEAR] = weights.NEAR_DATES
        day, year = (level == births.SAME) | (level == births.SWAPPED), level == births.YEAR
        chance[day] = [self.counted.day(known.birth) for known in self._of(pairs, day)]
        chance[year] = [self.counted.year(known.birth) for known in self._of(pairs, year)]
        ratio: Ratios = _BIRTH[level] / chance
        return ratio

    def _contacts_ratio(self, pairs: Pairs) -> Ratios:
        phone = np.array([1.0, 0.0, weights.PHONE_OTHER])[pairs["phone"]]
        email = np.array([1.0, 0.0, weights.EMAIL_OTHER])[pairs["email"]]
        phoned, mailed = pairs["phone"] == _SAME, pairs["email"] == _SAME
        by_chance = self.counted.phone, self.counted.email
        phone[phoned] = [weights.PHONE_SAME / by_chance[0](one.phone) for one in self._of(pairs, phoned)]
        email[mailed] = [weights.EMAIL_SAME / by_chance[1](one.email) for one in self._of(pairs, mailed)]
        ratio: Ratios = phone * email
        return ratio

    def _of(self, pairs: Pairs, which: Mask) -> Iterable[Known]:
        return (self.people[person] for person in pairs["person"][which].tolist())


def _joined(codes: tuple[Numbers, Numbers], pairs: Pairs) -> NDArray[np.int64]:
    """Two numbers in one."""
    joined: NDArray[np.int64] = codes[0][pairs["row"]].astype(np.int64) << 32 | codes[1][pairs["person"]]
    return joined


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


# -- what pairs say ------------------------------------------------------------------------------------------


def met(pairs: Pairs) -> Iterable[tuple[int, int]]:
    """The numbers of row and person."""
    return zip(pairs["row"].tolist(), pairs["person"].tolist(), strict=True)


def same_letters(pairs: Pairs) -> Mask:
    """Whether the names are equal but for marks; a row may have none."""
    said: Mask = np.isin(pairs["name"], _SAME_LETTERS)
    return said


def same_email(pairs: Pairs) -> Mask:
    said: Mask = pairs["email"] == _SAME
    return said


def same_contact(pairs: Pairs) -> Mask:
    said: Mask = (pairs["phone"] == _SAME) | same_email(pairs)
    return said


def other_contact(pairs: Pairs) -> Mask:
    """Whether telephone or mail speak of somebody else, and none of them of this person."""
    said: Mask = ((pairs["phone"] == _OTHER) | (pairs["email"] == _OTHER)) & ~same_contact(pairs)
    return said


def contradicted(pairs: Pairs) -> Mask:
    """Whether birth or sex speak of somebody else."""
    said: Mask = (pairs["sex"] == _OTHER) | np.isin(pairs["birth"], _CONTRADICTING)
    return said


def reasons_of(pairs: Pairs) -> list[tuple[str, ...]]:
    """What speaks for and against each pair, in codes of `reasons.WORDS`."""
    fields = ("name", "common", "birth", "phone", "email", "sex", "other_id", "unit")
    return [_reasons(*said) for said in zip(*(pairs[field].tolist() for field in fields), strict=True)]


@lru_cache(maxsize=10_000)
def _reasons(
    name: int, common: bool, birth: int, phone: int, email: int, sex: int, other_id: bool, unit: int
) -> tuple[str, ...]:
    said = (
        *(_NAMES[name], "common_name" if common else "", births.LEVELS[birth]),
        *(("", "same_phone", "other_phone")[phone], ("", "same_email", "other_email")[email]),
        *("other_sex" if sex == _OTHER else "", "other_id" if other_id else "", _UNITS[unit]),
    )
    return tuple(filter(None, said))
