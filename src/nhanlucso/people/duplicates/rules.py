"""Which pairs of records are worth comparing, and how likely each is one person; plain values."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from nhanlucso.people.linkage import Likelihood, Rarity, Traits, likelihood

WORTH_ASKING = 0.3  # from this probability on a pair is proposed
_CROWD = 60  # a telephone or a birthday that so many records share tells nothing apart; their names still do


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records (primary keys, the smaller one first) that may be one person."""

    one: int
    other: int
    likelihood: Likelihood


def rarity_of(people: Iterable[Traits]) -> Rarity:
    """How common names and telephones are among these records."""
    names: Counter[str] = Counter()
    phones: Counter[str] = Counter()
    for traits in people:
        names[traits.folded] += 1
        if traits.phone:
            phones[traits.phone] += 1
    return Rarity(names.total(), names, phones)


def likely_pairs(people: Mapping[int, Traits], rarity: Rarity) -> list[Pair]:
    """The pairs worth asking about, the most likely first. Only records that share something are compared: a number,
    telephone, mail, a name with a year or a unit, a birthday."""
    found: list[Pair] = []
    for one, other in _candidates(people):
        judged = likelihood(people[one], people[other], rarity)
        if judged.probability >= WORTH_ASKING:
            found.append(Pair(one, other, judged))
    return sorted(found, key=lambda pair: (-pair.likelihood.probability, pair.one, pair.other))


def pairs_with(person: int, people: Mapping[int, Traits], rarity: Rarity) -> list[Pair]:
    """As `likely_pairs`, for one of the records with every other one."""
    judged = (
        Pair(min(person, other), max(person, other), likelihood(people[person], traits, rarity))
        for other, traits in people.items()
        if other != person
    )
    asked = [pair for pair in judged if pair.likelihood.probability >= WORTH_ASKING]
    return sorted(asked, key=lambda pair: (-pair.likelihood.probability, pair.one, pair.other))


def fingerprint(one: Traits, other: Traits) -> str:
    """What stays the same as long as neither record changes; units aside, since who looks sees more or fewer."""
    said = repr([traits._replace(units=frozenset()) for traits in (one, other)])
    return hashlib.sha256(said.encode()).hexdigest()


def _candidates(people: Mapping[int, Traits]) -> set[tuple[int, int]]:
    blocks: dict[tuple[object, ...], list[int]] = {}
    for person, traits in people.items():
        for key in _keys(traits):
            blocks.setdefault(key, []).append(person)
    found: set[tuple[int, int]] = set()
    for key, block in blocks.items():
        if len(block) > 1:
            found.update(_pairs(key, block, people))
    return found


def _keys(traits: Traits) -> Iterator[tuple[object, ...]]:
    if traits.id_hash:
        yield ("id", traits.id_hash)
    if traits.email:
        yield ("email", traits.email.casefold())
    if traits.phone:
        yield ("phone", traits.phone)
    if traits.birth:
        yield ("year", traits.folded, traits.birth[:4])
        if traits.birth[4:] not in ("", "-01-01"):
            yield ("day", traits.birth)
    for unit in traits.units:
        yield ("unit", traits.folded, unit)


def _pairs(
    key: tuple[object, ...], block: Sequence[int], people: Mapping[int, Traits]
) -> Iterator[tuple[int, int]]:
    """The pairs of a block. Of those born on one day only names that have a word in common are compared."""
    if len(block) > _CROWD and key[0] in ("phone", "day"):
        return
    ordered = sorted(block)
    if key[0] != "day":
        yield from combinations(ordered, 2)
        return
    words = {person: frozenset(people[person].folded.split()) for person in ordered}
    for one, other in combinations(ordered, 2):
        if len(words[one] & words[other]) > 1 or people[one].folded == people[other].folded:
            yield one, other
