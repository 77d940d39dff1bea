"""The people of a subtree as an import meets them: found by what a row says, certain or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from nhanlucso.exchange.sheets.rows import SheetRow
from nhanlucso.kernel.clock import EVER
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import fold, name_key
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import Reach, reach, reach_below
from nhanlucso.people.identity import match_hash
from nhanlucso.people.models import Person, Post


@dataclass(frozen=True, slots=True)
class KnownPost:
    pk: int
    unit: int
    title: str
    category: str
    valid_from: date
    valid_to: date

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_to


@dataclass(slots=True)
class Known:
    """A person of the register, as far as matching needs."""

    pk: int
    uid: str
    full_name: str
    birth: str
    sex: str
    id_hash: str
    phone: str
    email: str
    inside: bool = False  # holds or held a post in the subtree of the import
    posts: list[KnownPost] = field(default_factory=list)

    def posts_on(self, day: date) -> list[KnownPost]:
        return [post for post in self.posts if post.valid_on(day)]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person whom a row may mean: how probably (0–1), and why (codes of `reasons.WORDS`)."""

    known: Known
    probability: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a row means: `certain`, or the `possible` ones among whom it does not decide, the likeliest first. Both
    empty: nobody known."""

    certain: Known | None = None
    possible: tuple[Candidate, ...] = ()
    by_id: bool = False


class Register:
    """All persons whom the scope reaches, by identity number; those of the subtree also by name."""

    def __init__(self, scope: Scope, unit: Unit, on: date) -> None:
        below, all_of_scope = reach_below(scope, unit.pk, on), reach(scope)
        self._people: dict[int, Known] = {}
        self._by_name: dict[str, list[Known]] = defaultdict(list)
        self._by_id: dict[str, list[Known]] = defaultdict(list)
        self._load_posts(below, all_of_scope)
        self._load_people(scope)

    def _load_posts(self, below: Reach, all_of_scope: Reach) -> None:
        rows = Post.objects.values_list(
            "person_id", "pk", "unit_id", "title", "category", "valid_from", "valid_to"
        )
        self._posts: dict[int, list[KnownPost]] = defaultdict(list)
        self._inside: set[int] = set()
        for person, pk, unit, title, category, first, last in rows.iterator(chunk_size=5_000):
            post = KnownPost(pk, unit, title, category, first, last)
            if _reaches(all_of_scope, post):
                self._posts[person].append(post)
                if _reaches(below, post):
                    self._inside.add(person)

    def _load_people(self, scope: Scope) -> None:
        rows = Person.objects.values_list(
            "name_folded", "pk", "uid", "full_name", "birth", "sex", "national_id_hash", "phone", "email"
        )
        for name_folded, pk, uid, name, birth, sex, id_hash, phone, email in rows.iterator(chunk_size=5_000):
            known = Known(pk, uid, name, birth, sex, id_hash, phone, email)
            known.posts = self._posts.get(pk, [])
            known.inside = pk in self._inside
            if not known.posts and not scope.everything:
                continue
            self._people[known.pk] = known
            if known.inside:
                self._by_name[name_folded].append(known)
            if known.id_hash:
                self._by_id[known.id_hash].append(known)

    # -- finding ---------------------------------------------------------------------------------------------

    def find(self, row: SheetRow, *, units: frozenset[int] | None = None, on: date | None = None) -> Found:
        """The person of a row.

        Certain are: an equal identity number; an equal name and an equal birth date; an equal name and an equal
        birth year, phone or mail if only one has it. With `units` (attendance, results) also: the name as written,
        if only one person with it holds a post in those units on the day. All else is possible at most.
        """
        hashed = match_hash(row.national_id) if row.national_id else ""
        if hashed and (same := self._by_id.get(hashed)):
            return (
                Found(same[0], by_id=True) if len(same) == 1 else Found(possible=_candidates(same, "same_id"))
            )
        named = self._named(row)
        for agrees in (_same_day, _same_contact, _same_year):
            agreeing = [known for known in named if agrees(row, known)]
            if len(agreeing) == 1:
                # Another number may be that of an older card: told, not decided.
                other_id = bool(hashed and agreeing[0].id_hash)
                return Found(possible=_candidates(agreeing, "same_name")) if other_id else Found(agreeing[0])
            if agreeing:
                named = agreeing
                break
        named = [known for known in named if not (hashed and known.id_hash)]
        if units is not None and (only := self._only_there(row, named, units, on)):
            return Found(only)
        return Found(possible=_candidates(named, "same_name"))

    def _named(self, row: SheetRow) -> list[Known]:
        """Those of the subtree with the name, whom nothing in the row contradicts."""
        if not row.full_name:
            return self._by_mail(row)
        named = self._by_name.get(fold(row.full_name), [])
        return [
            known
            for known in named
            if not births_differ(row.birth_date, known.birth)
            and not (row.sex and known.sex and row.sex != known.sex)
        ]

    def _by_mail(self, row: SheetRow) -> list[Known]:
        mail = (row.email or "").casefold()
        return [
            known
            for known in self._people.values()
            if mail and known.inside and known.email.casefold() == mail
        ]

    def _only_there(
        self, row: SheetRow, named: Iterable[Known], units: frozenset[int], on: date | None
    ) -> Known | None:
        there = [
            known
            for known in named
            if any(post.unit in units and (on is None or post.valid_on(on)) for post in known.posts)
        ]
        if len(there) > 1:
            there = [known for known in there if same_name(row.full_name, known.full_name)]
        if len(there) != 1 or not may_be_name(row.full_name, there[0].full_name):
            return None
        return there[0]


def _candidates(people: Sequence[Known], reason: str) -> tuple[Candidate, ...]:
    return tuple(Candidate(known, 1 / (len(people) + 1), (reason,)) for known in people)


def births_differ(one: str | None, other: str) -> bool:
    """Whether two births (dates or years) cannot be the same."""
    if not one or not other:
        return False
    return one != other if len(one) == len(other) == 10 else one[:4] != other[:4]


def same_name(one: str | None, other: str) -> bool:
    """Equal letter by letter and tone by tone; where the tone stands, and capitals, do not matter."""
    return one is not None and name_key(one) == name_key(other)


def may_be_name(one: str | None, other: str) -> bool:
    """As `same_name`, or one of the two is typed without any marks."""
    return one is not None and (one.isascii() or other.isascii() or same_name(one, other))


def _same_day(row: SheetRow, known: Known) -> bool:
    return bool(row.birth_date) and len(row.birth_date or "") == 10 and row.birth_date == known.birth


def _same_year(row: SheetRow, known: Known) -> bool:
    return bool(row.birth_date and known.birth) and (row.birth_date or "")[:4] == known.birth[:4]


def _same_contact(row: SheetRow, known: Known) -> bool:
    same_mail = bool(row.email) and (row.email or "").casefold() == known.email.casefold()
    return same_mail or (bool(row.phone) and row.phone == known.phone)


def _reaches(within: Reach, post: KnownPost) -> bool:
    if within.since is None:
        return True
    since = within.since.get(post.unit)
    return since is not None and (since == EVER or post.valid_from >= since)
