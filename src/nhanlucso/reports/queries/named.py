"""The persons and things that a note of differences speaks of, by name as far as a scope may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from nhanlucso.courses.models import Course
from nhanlucso.kernel.batches import parts
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history
from nhanlucso.outreach.models import OutreachItem
from nhanlucso.people.queries import PersonName, people_by_ids
from nhanlucso.teams.models import Team
from nhanlucso.teams.queries import team_people
from nhanlucso.training.models import TrainingClass

_TITLED = {"class": (TrainingClass, "title"), "course": (Course, "title"), "team": (Team, "name"),
           "outreach": (OutreachItem, "title")}  # fmt: skip
Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Named:
    """Names of persons in the scope by key; titles of classes, courses, teams, villages, entries by kind and key."""

    people: Mapping[int, PersonName]
    titles: Mapping[tuple[str, int], str]


def named(scope: Scope, moves: Iterable[Entry], on: date) -> Named:
    """What some moves of a note are called. Persons outside the scope, and those who are gone, have no name."""
    people: set[int] = set()
    items: dict[str, set[int]] = {}
    for move in moves:
        for said in (move, *move["why"]):
            if said.get("person"):
                people.add(said["person"])
            if said.get("item") and said.get("kind"):
                items.setdefault(said["kind"], set()).add(said["item"])
    names = people_by_ids(scope, sorted(people), on)
    names |= team_people(scope, sorted(people - names.keys()))
    return Named(
        names, {pair: title for kind, keys in items.items() for pair, title in _titles(kind, keys, on)}
    )


def _titles(kind: str, keys: set[int], on: date) -> Iterable[tuple[tuple[str, int], str]]:
    if kind == "village":
        past = history()
        for unit in keys:
            yield (kind, unit), past.name(unit, on)
        return
    model, field = _TITLED[kind]
    for wanted in parts(sorted(keys)):
        rows = model._default_manager.filter(pk__in=wanted).values_list("pk", field)
        for pk, title in rows:
            yield (kind, pk), title
