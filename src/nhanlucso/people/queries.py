"""Reading people: names by id, within a scope."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from nhanlucso.kernel.clock import today
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history, reach
from nhanlucso.people.models import Person, Post

_BATCH = 5_000  # ids in one query; databases bound the parameters of a query


@dataclass(frozen=True, slots=True)
class PersonName:
    """How a person is named in a list: with the post that says who it is ("" where there is none)."""

    person_id: int
    name: str
    title: str
    unit: str


def people_by_ids(scope: Scope, ids: Collection[int], on: date | None = None) -> dict[int, PersonName]:
    """Names of those of the persons whom the scope reaches, by id; the others are absent.

    The post is the one of the day `on` (today), the main one first, else the latest that the scope reaches.
    """
    day = on or today()
    inside = reach(scope).rows("unit", "valid_from")
    past = history()
    best: dict[int, tuple[tuple[bool, bool, date], PersonName]] = {}
    for batch in _batches(ids):
        rows = Post.objects.filter(inside, person__in=batch).values_list(
            "person_id", "person__full_name", "title", "unit_id", "is_main", "valid_from", "valid_to"
        )
        for person, name, title, unit, is_main, start, end in rows.order_by("pk"):
            rank = (start <= day <= end, is_main is True, start)
            if person not in best or rank > best[person][0]:
                version = past.version(unit, day) or past.last_version(unit)
                best[person] = (rank, PersonName(person, name, title, version.name if version else ""))
    found = {person: name for person, (_, name) in best.items()}
    if scope.everything:
        found |= _without_post([person for person in ids if person not in found])
    return found


def _without_post(ids: Collection[int]) -> dict[int, PersonName]:
    return {
        pk: PersonName(pk, name, "", "")
        for batch in _batches(ids)
        for pk, name in Person.objects.filter(pk__in=batch).values_list("pk", "full_name")
    }


def _batches(ids: Collection[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while batch := list(islice(rest, _BATCH)):
        yield batch
