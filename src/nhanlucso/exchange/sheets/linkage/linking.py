"""The person of one row.

Certain are, as long as nothing speaks against them and the probability is high enough: an equal identity number; an
equal name and an equal birth date; an equal name and an equal telephone, mail or birth year if only one has it. Of
attendance and results also: the name as written, if only one person with it holds a post there on the day. All else is
proposed at most. Equal means: without regard to marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from nhanlucso.exchange.sheets.linkage import weights
from nhanlucso.exchange.sheets.linkage.births import birth_level
from nhanlucso.exchange.sheets.linkage.evidence import Asked, Evidence, Scales
from nhanlucso.exchange.sheets.linkage.names import may_be_name, name_level, same_name
from nhanlucso.exchange.sheets.linkage.people import Candidate, Found, Known
from nhanlucso.exchange.sheets.linkage.weights import Strength
from nhanlucso.exchange.sheets.places import Places
from nhanlucso.exchange.sheets.register import Register
from nhanlucso.exchange.sheets.rows import SheetRow
from nhanlucso.kernel.text import fold
from nhanlucso.people.identity import match_hash


@dataclass(frozen=True, slots=True)
class There:
    """Where the people of attendance and results are looked for by name alone: units, and the day of their posts."""

    units: frozenset[int]
    on: date | None


class Linker:
    """Finds the people of the rows of one list."""

    def __init__(self, register: Register, places: Places, known_share: float) -> None:
        """`known_share`: how many rows are about people of the register (`weights.KNOWN_…`)."""
        self.register, self.places = register, places
        self._outside = (1 - known_share) / known_share
        self._scales = Scales(register.frequencies, places)

    def find(self, asked: Asked, unit: int | None, there: There | None = None) -> Found:
        """Whom a row means. `unit`: the unit that the row itself names, None where it names none."""
        same = self.register.with_id(asked.hashed) if asked.hashed else []
        if len(same) == 1:
            return Found(same[0], by_id=True, strength=Strength.ID, reasons=("same_id",))
        if same:
            share = weights.MOST_DOUBTFUL / len(same)
            return Found(possible=tuple(Candidate(known, share, ("same_id",)) for known in same))
        named = self._scales.weigh(asked, self._named(asked), unit)
        found = self._certain(named, asked, there)
        if found is not None:
            return found
        others = self._near(asked, {evidence.known.pk for evidence in named})
        found = self._proposed([*named, *self._scales.weigh(asked, others, unit)])
        if found.possible or not asked.birth:
            return found
        return self._alike(asked, unit)

    def could_mean(self, asked: Asked, known: Known) -> bool:
        """Whether a person may decide that the row means this one: a like name, or the same number or contact."""
        evidence = self._scales.weigh(asked, [known], None)[0]
        same_id = bool(asked.hashed) and asked.hashed == known.id_hash
        return same_id or evidence.same_contact or evidence.name.level not in ("other_name", "")

    # -- who is compared -------------------------------------------------------------------------------------

    def _named(self, asked: Asked) -> Sequence[Known]:
        """Those of the name; where the row has a birth only those of its year, and of none: the others are somebody
        else unless telephone or mail vouch for them, and then they are found by these."""
        if not asked.folded:
            return self.register.with_email(asked.email)
        if not asked.birth:
            return self.register.named(asked.folded)
        return self.register.named_in(asked.folded, asked.birth[:4])

    def _near(self, asked: Asked, compared: set[int]) -> Iterable[Known]:
        """Others than those compared whom the row may mean: with its telephone or mail, or a name that is near."""
        people = {
            known.pk: known
            for known in (*self.register.with_phone(asked.phone), *self.register.with_email(asked.email))
            if known.pk not in compared
        }
        if asked.folded:
            for known in self.register.near(asked.folded, asked.birth):
                if known.pk in compared or known.pk in people or known.name_folded == asked.folded:
                    continue
                if name_level(asked.folded, known.name_folded) != "other_name":
                    people[known.pk] = known
        return people.values()

    # -- what is certain -------------------------------------------------------------------------------------

    def _certain(self, named: Sequence[Evidence], asked: Asked, there: There | None) -> Found | None:
        """The one whom the rules allow, if he or she is probable enough."""
        fitting = [evidence for evidence in named if not evidence.contradicted]
        for strength in (Strength.DAY, Strength.CONTACT, Strength.YEAR):
            agreeing = [evidence for evidence in fitting if _agrees(evidence, strength)]
            if agreeing:
                return self._alone(agreeing, fitting, strength)
        if there is None:
            return None
        standing = [
            evidence for evidence in fitting if not evidence.other_id and _holds_post(evidence, there)
        ]
        if len(standing) > 1:
            standing = [one for one in standing if same_name(asked.row.full_name, one.known.full_name)]
        standing = [one for one in standing if may_be_name(asked.row.full_name, one.known.full_name)]
        if not standing or standing[0].other_contact:
            return None
        return self._alone(standing, standing, Strength.NAME)

    def _alone(
        self, agreeing: Sequence[Evidence], rivals: Sequence[Evidence], strength: Strength
    ) -> Found | None:
        """The only one that agrees. Another identity number may be that of an older card: told, not decided."""
        only = agreeing[0]
        probability = only.ratio / self._all(rivals)
        if len(agreeing) > 1 or only.other_id or probability < weights.CERTAIN:
            return None
        return Found(only.known, strength=strength, reasons=only.reasons, probability=probability)

    # -- what is proposed ------------------------------------------------------------------------------------

    def _proposed(self, weighed: Sequence[Evidence]) -> Found:
        """Those whom the row may mean: all of the name whom birth and sex do not contradict, and whoever else is
        probable. Of those contradicted only whom telephone or mail vouch for: twelve people of one name are twelve."""
        everything = self._all(weighed)
        probable = [(evidence.ratio / everything, evidence) for evidence in weighed]
        return Found(possible=_candidates(pair for pair in probable if _is_possible(*pair)))

    def _alike(self, asked: Asked, unit: int | None) -> Found:
        """Nobody known: who bears the name and was born on nearly the same day is told, for who looks twice."""
        near = [
            known
            for known in self.register.named(asked.folded)
            if birth_level(asked.birth, known.birth) == "near_birth"
        ]
        weighed = self._scales.weigh(asked, near, unit)
        everything = self._all(weighed)
        probable = ((evidence.ratio / everything, evidence) for evidence in weighed)
        return Found(alike=_candidates(pair for pair in probable if pair[0] >= weights.ALIKE))

    def _all(self, weighed: Iterable[Evidence]) -> float:
        """What all together weigh: the people compared, and whoever is outside the register."""
        outside = max(self.register.frequencies.size, 1) * self._outside
        return outside + sum(evidence.ratio for evidence in weighed)


def ask(row: SheetRow) -> Asked:
    """A row ready to be compared."""
    return Asked(
        row,
        fold(row.full_name) if row.full_name else "",
        match_hash(row.national_id) if row.national_id else "",
        row.birth_date or "",
        row.sex or "",
        row.phone or "",
        (row.email or "").casefold(),
        bool(row.full_name) and (row.full_name or "").isascii(),
    )


def _agrees(evidence: Evidence, strength: Strength) -> bool:
    if strength is Strength.CONTACT:
        return evidence.same_contact
    return evidence.birth.level == ("same_birth" if strength is Strength.DAY else "same_year")


def _holds_post(evidence: Evidence, there: There) -> bool:
    return any(
        post.unit in there.units and (there.on is None or post.valid_on(there.on))
        for post in evidence.known.posts
    )


def _is_possible(share: float, evidence: Evidence) -> bool:
    """Whether a person is asked about this one."""
    if evidence.same_contact:
        return share >= weights.POSSIBLE or evidence.same_email
    if evidence.contradicted or (
        evidence.other_id and evidence.birth.level not in ("same_birth", "same_year")
    ):
        return False
    return share >= weights.POSSIBLE or evidence.same_letters


def _candidates(probable: Iterable[tuple[float, Evidence]]) -> tuple[Candidate, ...]:
    """The likeliest first; among equals the order of the register."""
    ordered = sorted(probable, key=lambda pair: (-pair[0], pair[1].known.pk))
    return tuple(
        Candidate(evidence.known, min(share, weights.MOST_DOUBTFUL), evidence.reasons)
        for share, evidence in ordered
    )
