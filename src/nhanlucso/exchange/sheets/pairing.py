"""Every row of a list with its unit and its person: found, told apart from the other rows, decided by a person."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from nhanlucso.exchange.sheets.linkage.claims import Linked, settle_claims
from nhanlucso.exchange.sheets.linkage.linking import Linker, ask, could_mean
from nhanlucso.exchange.sheets.linkage.people import Asked, Candidate, Found, Known, There
from nhanlucso.exchange.sheets.linkage.weights import LISTED, Strength
from nhanlucso.exchange.sheets.places import Places
from nhanlucso.exchange.sheets.plan import NEW, SKIP, CandidateRow, Ground, ImportPlan, Outcome
from nhanlucso.exchange.sheets.register import Register
from nhanlucso.exchange.sheets.rows import SheetRow
from nhanlucso.exchange.sheets.unitfinding import UnitFinder
from nhanlucso.kernel.errors import Detail, Refused
from nhanlucso.orgs.rules import History

Decisions = Mapping[tuple[str, int], str]


@dataclass(frozen=True, slots=True)
class Matching:
    """All that the rows of one import are matched with."""

    ground: Ground
    past: History
    register: Register
    units: UnitFinder
    places: Places
    decisions: Decisions


class Pairing:
    """Pairs the rows of one list. `known_share`: how many are about people of the register (`weights.KNOWN_…`);
    `makes_people`: whether a row may become a new person."""

    def __init__(
        self, matching: Matching, plan: ImportPlan, *, known_share: float, makes_people: bool
    ) -> None:
        self.matching, self.plan = matching, plan
        self.known_share, self.makes_people = known_share, makes_people
        self._unit_names: dict[int, str] = {}

    def pair(
        self,
        rows: Iterable[SheetRow],
        there: Callable[[SheetRow, int], There | None],
        subject: Callable[[SheetRow], Hashable] = lambda row: None,
    ) -> list[Linked]:
        """The rows that have a unit and are not left out, claims settled; all others are settled in the plan.

        `there`: where people may be found by name alone; `subject`: rows about different subjects may mean one
        person. Raises Refused("unknown_person", "bad_decision") for decisions that cannot be.
        """
        asked: list[Asked] = []
        units: list[int] = []
        for row in sorted(rows, key=lambda row: (row.sheet, row.row)):
            if (unit := self.matching.units.of_row(self.plan, row)) is not None:
                asked.append(ask(row, unit if row.unit else None, there(row, unit)))
                units.append(unit)
        linker = Linker(self.matching.register, self.matching.places, self.known_share, asked)
        linked: list[Linked] = []
        for one, unit, found in zip(asked, units, linker.find(), strict=True):
            row = one.row
            decided = self.matching.decisions.get((row.sheet, row.row), "")
            if decided == SKIP:
                self.plan.settle(row, Outcome.SKIPPED, candidates=self.candidates(found), decided=SKIP)
                continue
            if decided:
                found = self._decided(one, found, decided)
            linked.append(Linked(row, unit, found, decided, 0, one.folded, one.hashed, subject(row)))
        settle_claims(linked)
        return linked

    def _decided(self, asked: Asked, found: Found, decided: str) -> Found:
        """What a person made of a row; those whom it might have meant stay with it to be shown."""
        row, proposed = asked.row, found.possible or found.alike
        if decided == NEW:
            if not self.makes_people:
                raise _refused(row, _("danh sách này không thêm người mới."))
            if found.by_id or any("same_id" in one.reasons for one in proposed):
                raise _refused(row, _("số định danh này đã có người."))
            return Found(alike=proposed or _as_candidates(found))
        people = self._people(row, decided)
        listed = [known for known in people if any(one.known is known for one in proposed)]
        listed = listed or [known for known in people if known is found.certain]
        if len(people) == 1 and not listed and could_mean(asked, people[0]):
            listed = people
        if len(listed) != 1:
            raise _refused(row, _("người được chọn không thể là người ở dòng này."))
        return Found(
            listed[0],
            by_id=True,
            alike=proposed,
            strength=Strength.DECIDED,
            reasons=("decided",),
        )

    def _people(self, row: SheetRow, uid: str) -> list[Known]:
        people = self.matching.register.person(uid)
        if not people:
            message = _("Người được chọn cho dòng %(row)s không có trong phạm vi của tài khoản.") % {
                "row": row.row
            }
            raise Refused("unknown_person", message, [Detail(message, file=row.sheet, line=row.row)])
        return people

    # -- what is shown ---------------------------------------------------------------------------------------

    def doubt(self, link: Linked) -> None:
        """Settles a row that may mean one or several people of the register: a person must decide."""
        possible = link.found.possible
        code = "ambiguous_person" if len(possible) > 1 else "uncertain_person"
        if any("rival" in one.reasons for one in possible[:1]):
            code = "rival_rows"
        self.plan.settle(
            link.row, Outcome.AMBIGUOUS, code, candidates=self.candidates(link.found), read=len(possible)
        )

    def has_person(self, link: Linked) -> bool:
        """Whether a row has its person; where people are not made from the list, settles it if not."""
        if link.twice:
            self.twice(link)
        elif link.found.certain is not None:
            return True
        elif link.found.possible:
            self.doubt(link)
        else:
            self.plan.settle(link.row, Outcome.SKIPPED, "person_not_found")
        return False

    def twice(self, link: Linked) -> None:
        """Settles a row that says the same of the same person as another one."""
        self.plan.settle(
            link.row,
            Outcome.SKIPPED,
            "row_twice",
            candidates=self.candidates(link.found),
            decided=link.decided,
            read=link.twice,
        )

    def candidates(self, found: Found) -> list[CandidateRow]:
        """Whom a row means, may mean or resembles, as shown."""
        certain = [self.shown(one) for one in _as_candidates(found)]
        if not found.possible and not found.alike:
            return certain
        others = (*found.possible, *found.alike)
        told = [one for one in others if not certain or one.known is not found.certain]
        return [*certain, *map(self.shown, told[:LISTED])]

    def shown(self, candidate: Candidate) -> CandidateRow:
        """A candidate with the post of the day, else the last one."""
        known = candidate.known
        post = known.post_on(self.matching.ground.on)
        return CandidateRow(
            known.uid,
            known.full_name,
            known.birth,
            self._unit_name(post.unit) if post else "",
            post.title if post else "",
            candidate.probability,
            candidate.reasons,
        )

    def _unit_name(self, unit: int) -> str:
        if unit not in self._unit_names:
            version = self.matching.past.version_near(unit, self.matching.ground.on)
            self._unit_names[unit] = version.name if version else ""
        return self._unit_names[unit]


def check_decisions(decisions: Decisions, rows: Sequence[SheetRow]) -> None:
    """Raises Refused("unknown_row") for a decision about a row that the list does not have."""
    there = {(row.sheet, row.row) for row in rows} if decisions else set()
    for sheet, row in decisions:
        if (sheet, row) not in there:
            message = _("Danh sách không có dòng %(row)s ở trang «%(sheet)s».") % {"row": row, "sheet": sheet}
            raise Refused("unknown_row", message, [Detail(message, file=sheet, line=row)])


def _as_candidates(found: Found) -> tuple[Candidate, ...]:
    if found.certain is None:
        return ()
    return (Candidate(found.certain, found.probability, found.reasons),)


def _refused(row: SheetRow, why: str) -> Refused:
    message = _("Dòng %(row)s: %(why)s") % {"row": row.row, "why": why}
    return Refused("bad_decision", message, [Detail(message, file=row.sheet, line=row.row)])
