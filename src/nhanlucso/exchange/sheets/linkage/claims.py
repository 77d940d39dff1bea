"""The rows of one list against each other: no two become one person without being told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from nhanlucso.exchange.sheets.linkage import weights
from nhanlucso.exchange.sheets.linkage.births import births_differ
from nhanlucso.exchange.sheets.linkage.people import Candidate, Found
from nhanlucso.exchange.sheets.linkage.weights import Strength
from nhanlucso.exchange.sheets.rows import SheetRow
from nhanlucso.kernel.text import fold


@dataclass(slots=True)
class Linked:
    """A row with the unit that it names, whom it was found to mean, what a person decided of it (empty: nothing), and
    the row of the list that says the same of the same person before it (0: none)."""

    row: SheetRow
    unit: int
    found: Found
    decided: str = ""
    twice: int = 0
    folded: str = ""  # the name
    hashed: str = ""  # the identity number
    subject: Hashable = None  # rows about different subjects (courses) may mean one person


def settle_claims(linked: Sequence[Linked]) -> None:
    """Where several rows have one person for certain, the surest keeps him or her. A row that repeats it is told as
    such; one that says otherwise becomes doubtful, and so do all where none is surer. What a person decided is surest.
    The order of the rows decides nothing but which of two equal rows counts as the second."""
    claims: dict[tuple[int, Hashable], list[Linked]] = defaultdict(list)
    for link in linked:
        if link.found.certain is not None:
            claims[link.found.certain.pk, link.subject].append(link)
    for rivals in claims.values():
        if len(rivals) > 1:
            _settle(sorted(rivals, key=_place))
    _tell_rivals(linked)


def _settle(rivals: Sequence[Linked]) -> None:
    strongest = max(link.found.strength for link in rivals)
    first = next(link for link in rivals if link.found.strength == strongest)
    repeated = [link for link in rivals if link is first or _repeats(link, first)]
    others = [link for link in rivals if not any(link is one for one in repeated)]
    contested = any(link.found.strength == strongest for link in others)
    for link in rivals:
        if link is first and not contested:
            continue
        if any(link is one for one in repeated) and not contested:
            link.twice = first.row.row
        else:
            link.found = _doubtful(link.found)


def _repeats(link: Linked, first: Linked) -> bool:
    """Whether a row is the same person again, not somebody else taken for the same."""
    one, other = link.row, first.row
    if link.found.strength == first.found.strength == Strength.DECIDED:
        return True
    if births_differ(one.birth_date, other.birth_date or "") or _differ(one.national_id, other.national_id):
        return False
    if min(link.found.strength, first.found.strength) >= Strength.CONTACT:
        return True
    return _said(one) == _said(other)


def _differ(one: str | None, other: str | None) -> bool:
    return bool(one and other and one != other)


def _said(row: SheetRow) -> tuple[object, ...]:
    """All that a row says of a person."""
    return (
        *(fold(row.full_name or ""), row.birth_date, row.sex, row.phone, row.email, row.national_id),
        *(row.unit, tuple(sorted(row.marks.items()))),
    )


def _doubtful(found: Found) -> Found:
    assert found.certain is not None
    candidate = Candidate(found.certain, 0.5, (*found.reasons, "rival"))
    return Found(possible=(candidate,))


def _tell_rivals(linked: Sequence[Linked]) -> None:
    """Proposals of a person whom another row has, or for whom other rows stand as well, say so."""
    if not any(link.found.possible for link in linked):
        return
    taken = {
        (link.found.certain.pk, link.subject)
        for link in linked
        if link.found.certain is not None and not link.twice
    }
    wanted = Counter(
        (link.found.possible[0].known.pk, link.subject) for link in linked if link.found.possible
    )
    for link in linked:
        if link.found.possible:
            candidates = [_told(one, link.subject, taken, wanted) for one in link.found.possible]
            candidates.sort(key=lambda one: (-one.probability, one.known.pk))
            link.found = link.found._replace(possible=tuple(candidates))


def _told(
    one: Candidate,
    subject: Hashable,
    taken: set[tuple[int, Hashable]],
    wanted: Counter[tuple[int, Hashable]],
) -> Candidate:
    key = (one.known.pk, subject)
    if key in taken:
        return Candidate(one.known, one.probability * weights.TAKEN, (*one.reasons, "taken"))
    if wanted[key] > 1 and one.probability >= 0.5 and "rival" not in one.reasons:
        return Candidate(one.known, one.probability, (*one.reasons, "rival"))
    return one


def _place(link: Linked) -> tuple[str, int]:
    return link.row.sheet, link.row.row
