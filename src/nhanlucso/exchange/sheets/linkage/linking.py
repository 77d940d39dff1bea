"""The person of each row.

Certain are, as long as nothing speaks against them and the probability is high enough: an equal identity number; an
equal name and an equal birth date; an equal name and an equal telephone, mail or birth year if only one has it. Of
attendance and results also: the name as written, if only one person with it holds a post there on the day. All else is
proposed at most. Equal means: without regard to marks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from nhanlucso.exchange.sheets.linkage import births, evidence, weights
from nhanlucso.exchange.sheets.linkage.evidence import Mask, Pairs, Ratios, Scales
from nhanlucso.exchange.sheets.linkage.names import may_be_name, name_level, same_name
from nhanlucso.exchange.sheets.linkage.people import Asked, Candidate, Found, Known, There
from nhanlucso.exchange.sheets.linkage.weights import Strength
from nhanlucso.exchange.sheets.places import Places
from nhanlucso.exchange.sheets.register import Register
from nhanlucso.exchange.sheets.rows import SheetRow
from nhanlucso.kernel.sealing import match_hash
from nhanlucso.kernel.text import fold

_NONE = -1  # no strength


class Linker:
    """Finds the people of the rows of one list, all rows together."""

    def __init__(
        self, register: Register, places: Places, known_share: float, asked: Sequence[Asked]
    ) -> None:
        """`known_share`: how many rows are about people of the register (`weights.KNOWN_…`)."""
        self.register, self.asked = register, asked
        self.people = register.inside
        self._outside = max(register.frequencies.size, 1) * ((1 - known_share) / known_share)
        self._scales = Scales(asked, self.people, register.frequencies, places)

    def find(self) -> list[Found]:
        """Whom each row means."""
        found = {number: one for number, row in enumerate(self.asked) if (one := self._by_id(row))}
        named = self._weighed(self._left(found), self._named)
        found |= self._certain(named)
        left = self._left(found)
        near = self._weighed(left, self._near)
        found |= self._proposed(np.concatenate([named[np.isin(named["row"], left)], near]))
        found |= self._alike([number for number in self._left(found) if self.asked[number].birth])
        return [found.get(number, Found()) for number in range(len(self.asked))]

    def _left(self, found: Collection[int]) -> list[int]:
        return [number for number in range(len(self.asked)) if number not in found]

    def _by_id(self, asked: Asked) -> Found | None:
        same = self.register.with_id(asked.hashed) if asked.hashed else []
        if len(same) == 1:
            return Found(same[0], by_id=True, strength=Strength.ID, reasons=("same_id",))
        share = weights.MOST_DOUBTFUL / len(same) if same else 0
        return Found(possible=tuple(Candidate(one, share, ("same_id",)) for one in same)) if same else None

    # -- who is compared -------------------------------------------------------------------------------------

    def _weighed(self, numbers: Iterable[int], whom: Callable[[Asked], Collection[Known]]) -> Pairs:
        """These rows against those whom each may mean."""
        rows: list[int] = []
        people: list[int] = []
        for number in numbers:
            met = whom(self.asked[number])
            rows += [number] * len(met)
            people += [known.number for known in met if known.number is not None]
        return self._scales.weigh(np.array(rows, np.int32), np.array(people, np.int32))

    def _named(self, asked: Asked) -> Sequence[Known]:
        """Those of the name; where the row has a birth only those of its year, and of none: the others are somebody
        else unless telephone or mail vouch for them, and then they are found by these."""
        if not asked.folded:
            return self.register.with_email(asked.email)
        if not asked.birth:
            return self.register.named(asked.folded)
        return self.register.named_in(asked.folded, asked.birth[:4])

    def _near(self, asked: Asked) -> Collection[Known]:
        """Others than those of the name whom the row may mean: with its telephone or mail, or a name that is near."""
        people = {
            known.pk: known
            for known in (*self.register.with_phone(asked.phone), *self.register.with_email(asked.email))
        }
        if asked.folded:
            people |= {known.pk: known for known in self.register.near(asked.folded, asked.birth)}
        for known in self._named(asked):
            people.pop(known.pk, None)
        return people.values()

    # -- what is certain -------------------------------------------------------------------------------------

    def _certain(self, named: Pairs) -> dict[int, Found]:
        """The people whom the rules allow, if they are probable enough."""
        fitting = named[~evidence.contradicted(named)]
        day, year = fitting["birth"] == births.SAME, fitting["birth"] == births.YEAR
        agreeing = [day, evidence.same_contact(fitting), year]
        strength = np.select(agreeing, [Strength.DAY, Strength.CONTACT, Strength.YEAR], _NONE)
        strongest = np.full(len(self.asked), _NONE)
        np.maximum.at(strongest, fitting["row"], strength)
        top = strongest[fitting["row"]]
        found = self._alone(fitting, (strength == top) & (top != _NONE), strength)
        if any(row.there for row in self.asked):
            standing = self._standing(fitting[(top == _NONE) & ~fitting["other_id"]])
            found |= self._alone(
                standing, ~evidence.other_contact(standing), np.zeros(len(standing), np.int8)
            )
        return found

    def _standing(self, fitting: Pairs) -> Pairs:
        """Of those who agree in nothing but the name whoever holds a post there and whose name is as written."""
        standing: dict[int, list[int]] = defaultdict(list)
        other_contact = evidence.other_contact(fitting)
        for place, (row, person) in enumerate(evidence.met(fitting)):
            there = self.asked[row].there
            if there is not None and self.people[person].stands(there):
                standing[row].append(place)
        kept: list[int] = []
        for row, places in standing.items():
            name = self.asked[row].row.full_name
            names = {place: self.people[fitting["person"][place]].full_name for place in places}
            if len(places) > 1:
                places = [place for place in places if same_name(name, names[place])]
            places = [place for place in places if may_be_name(name, names[place])]
            kept += places if len(places) > 1 or not other_contact[places].any() else []
        return fitting[kept]

    def _alone(self, rivals: Pairs, agreeing: Mask, strength: NDArray[np.int8]) -> dict[int, Found]:
        """By row the only one that agrees. Another identity number may be that of an older card: told, not decided."""
        share = self._shares(rivals)
        only = np.bincount(rivals["row"][agreeing], minlength=len(self.asked))[rivals["row"]] == 1
        sure = agreeing & only & ~rivals["other_id"] & (share >= weights.CERTAIN)
        certain = rivals[sure]
        told = strength[sure].tolist(), evidence.reasons_of(certain), share[sure].tolist()
        return {
            row: Found(self.people[person], strength=rests_on, reasons=reasons, probability=probability)
            for (row, person), rests_on, reasons, probability in zip(
                evidence.met(certain), *told, strict=True
            )
        }

    # -- what is proposed ------------------------------------------------------------------------------------

    def _proposed(self, weighed: Pairs) -> dict[int, Found]:
        """Those whom the rows may mean: all of the name whom birth and sex do not contradict, and whoever else is
        probable. Of those contradicted only whom telephone or mail vouch for: twelve people of one name are twelve."""
        share = self._shares(weighed)
        contact = evidence.same_contact(weighed)
        against = evidence.contradicted(weighed) | (
            weighed["other_id"] & (weighed["birth"] != births.SAME) & (weighed["birth"] != births.YEAR)
        )
        alike = np.where(contact, evidence.same_email(weighed), evidence.same_letters(weighed))
        possible = ((share >= weights.POSSIBLE) | alike) & (contact | ~against)
        told = self._candidates(weighed[possible], share[possible])
        return {row: Found(possible=tuple(candidates)) for row, candidates in told.items()}

    def _alike(self, numbers: Iterable[int]) -> dict[int, Found]:
        """Nobody known: who bears the name and was born on nearly the same day is told, for who looks twice."""
        named = self._weighed(numbers, lambda asked: self.register.named(asked.folded))
        near = named[named["birth"] == births.NEAR]
        share = self._shares(near)
        told = self._candidates(near[share >= weights.ALIKE], share[share >= weights.ALIKE])
        return {row: Found(alike=tuple(candidates)) for row, candidates in told.items()}

    def _shares(self, rivals: Pairs) -> Ratios:
        """The probability of each pair among all of its row, and whoever is outside the register."""
        everything = np.bincount(rivals["row"], rivals["ratio"], minlength=len(self.asked))
        shares: Ratios = rivals["ratio"] / (self._outside + everything)[rivals["row"]]
        return shares

    def _candidates(self, pairs: Pairs, share: Ratios) -> dict[int, list[Candidate]]:
        """By row, the likeliest first; among equals the order of the register."""
        order = np.lexsort((pairs["person"], -share))
        pairs, share = pairs[order], np.minimum(share[order], weights.MOST_DOUBTFUL)
        found: dict[int, list[Candidate]] = defaultdict(list)
        told = zip(evidence.met(pairs), share.tolist(), evidence.reasons_of(pairs), strict=True)
        for (row, person), probability, reasons in told:
            found[row].append(Candidate(self.people[person], probability, reasons))
        return found


def ask(row: SheetRow, unit: int | None, there: There | None) -> Asked:
    """A row ready to be compared."""
    return Asked(
        row,
        fold(row.full_name) if row.full_name else "",
        match_hash(row.national_id) if row.national_id else "",
        row.birth_date or "",
        row.sex or "",
        row.phone or "",
        (row.email or "").casefold(),
        unit,
        there,
    )


def could_mean(asked: Asked, known: Known) -> bool:
    """Whether a person may decide that the row means this one: a like name, or the same number or contact."""
    return (
        (bool(asked.hashed) and asked.hashed == known.id_hash)
        or (bool(asked.phone) and asked.phone == known.phone)
        or (bool(asked.email) and asked.email == known.email.casefold())
        or (bool(asked.folded) and name_level(asked.folded, known.name_folded) != "other_name")
    )
