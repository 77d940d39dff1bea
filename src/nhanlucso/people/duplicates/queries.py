"""Pairs of records that may be one person, among the people whom a scope reaches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import reach
from nhanlucso.people.cuts import Cut
from nhanlucso.people.duplicates.rules import Pair, fingerprint, likely_pairs, pairs_with, rarity_of
from nhanlucso.people.linkage import Likelihood, Rarity, Traits, likelihood
from nhanlucso.people.models import DistinctPair, Person, Post
from nhanlucso.people.queries import PersonLine, lines, visible_people

_BATCH = 5_000
SMALL = 3_000  # so many people are compared while somebody waits for another page


@dataclass(frozen=True, slots=True)
class Proposed:
    """Two people who may be one, with their posts of today; `distinct`: who said when that they are two."""

    one: PersonLine
    other: PersonLine
    likelihood: Likelihood
    distinct: DistinctPair | None = None


class ProposedPairs(Cut[Proposed]):
    """Proposed pairs, the most likely first; counted and cut like a list."""

    def __init__(self, scope: Scope, pairs: Sequence[Pair]) -> None:
        self._scope, self._pairs = scope, pairs

    @property
    def pairs(self) -> Sequence[Pair]:
        """The pairs themselves: keys, and how likely each is."""
        return self._pairs

    def __len__(self) -> int:
        return len(self._pairs)

    def read(self, span: slice) -> list[Proposed]:
        pairs = self._pairs[span]
        people = _lines(self._scope, {pk for pair in pairs for pk in (pair.one, pair.other)})
        return [Proposed(people[pair.one], people[pair.other], pair.likelihood) for pair in pairs]

    def __iter__(self) -> Iterator[Proposed]:
        for start in range(0, len(self._pairs), _BATCH // 2):
            yield from self.read(slice(start, start + _BATCH // 2))


def proposed_pairs(scope: Scope) -> ProposedPairs:
    """Who may stand twice among the people that the scope reaches; without those of whom somebody said that they are
    two, as long as neither changes. Nobody is merged by themselves."""
    people = _traits(scope, visible_people(scope))
    return ProposedPairs(scope, _undecided(people, likely_pairs(people, rarity_of(people.values()))))


def waiting_pairs(scope: Scope) -> int | None:
    """How many pairs are proposed to who may merge them; None where finding out would take too long for a page that
    is about something else."""
    scope = scope.to(Permission.MERGE_PEOPLE)
    if scope.is_empty or visible_people(scope)[: SMALL + 1].count() > SMALL:
        return None
    return len(proposed_pairs(scope))


def pairs_of(scope: Scope, person: Person) -> list[Proposed]:
    """The proposed pairs that one person stands in, among the people that the scope reaches."""
    near = Q(name_folded=person.name_folded)
    for field in ("national_id_hash", "phone", "email"):
        if value := getattr(person, field):
            near |= Q(**{field: value})
    if len(person.birth) > 4:
        near |= Q(birth=person.birth)
    reached = visible_people(scope)
    people = _traits(scope, reached.filter(near))
    if person.pk not in people:
        return []
    near_by = rarity_of(people.values())
    rarity = Rarity(reached.count(), near_by.names, near_by.phones)
    return ProposedPairs(scope, _undecided(people, pairs_with(person.pk, people, rarity)))[:]


def proposed_pair(scope: Scope, one: int, other: int) -> Proposed:
    """What speaks for and against two people being one, however little. Raises Person.DoesNotExist if the scope does
    not reach both."""
    reached = visible_people(scope)
    people = _traits(scope, reached.filter(pk__in=(one, other)))
    if one == other or len(people) < 2:
        raise Person.DoesNotExist
    names = {people[pk].folded for pk in (one, other)}
    phones = {people[pk].phone for pk in (one, other)} - {""}
    bearers, users = (_counted(reached, "name_folded", names), _counted(reached, "phone", phones))
    judged = likelihood(people[one], people[other], Rarity(reached.count(), bearers, users))
    found = _lines(scope, (one, other))
    said = DistinctPair.objects.filter(one=min(one, other), other=max(one, other)).select_related("account")
    return Proposed(found[one], found[other], judged, said.first())


def may_merge(scope: Scope, one: int, other: int) -> bool:
    """Whether the scope may make these two one, or say that they are two."""
    return visible_people(scope.to(Permission.MERGE_PEOPLE)).filter(pk__in=(one, other)).count() == 2


def traits_of(scope: Scope, one: int, other: int) -> tuple[Traits, Traits]:
    """What is known of two people, the smaller key first; raises Person.DoesNotExist if the scope does not reach
    both."""
    people = _traits(scope, visible_people(scope).filter(pk__in=(one, other)))
    if one == other or len(people) < 2:
        raise Person.DoesNotExist
    return people[min(one, other)], people[max(one, other)]


def _undecided(people: dict[int, Traits], pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs of which nobody has said that they are two, or that have changed since."""
    rows = DistinctPair.objects.all()
    if len(pairs) < _BATCH:
        rows = rows.filter(one__in={pair.one for pair in pairs})
    said = {(one, other): mark for one, other, mark in rows.values_list("one_id", "other_id", "fingerprint")}
    return [
        pair
        for pair in pairs
        if (mark := said.get((pair.one, pair.other))) is None
        or mark != fingerprint(people[pair.one], people[pair.other])
    ]


def _traits(scope: Scope, people: QuerySet[Person]) -> dict[int, Traits]:
    """What is known of people, with the units of those of their posts that the scope reaches."""
    found = {
        pk: Traits(name, folded, birth, sex, number, phone, email)
        for pk, name, folded, birth, sex, number, phone, email in people.values_list(
            "pk", "full_name", "name_folded", "birth", "sex", "national_id_hash", "phone", "email"
        ).iterator(chunk_size=_BATCH)
    }
    units: dict[int, set[int]] = defaultdict(set)
    posts = Post.objects.filter(reach(scope.to(Permission.SEE_PEOPLE)).rows("unit", "valid_from"))
    if len(found) < _BATCH:
        posts = posts.filter(person__in=list(found))
    for person, unit in posts.values_list("person_id", "unit_id").iterator(chunk_size=_BATCH):
        units[person].add(unit)
    return {pk: traits._replace(units=frozenset(units.get(pk, ()))) for pk, traits in found.items()}


def _counted(people: QuerySet[Person], column: str, values: Collection[str]) -> dict[str, int]:
    return {value: people.filter(**{column: value}).count() for value in values}


def _lines(scope: Scope, people: Collection[int]) -> dict[int, PersonLine]:
    rows = Person.objects.filter(pk__in=people)
    return {line.person.pk: line for line in lines(scope, rows, today())}
