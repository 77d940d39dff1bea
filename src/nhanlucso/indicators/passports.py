"""The rows behind a figure, with names: what a passport shows on a page and on the command line."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from nhanlucso.courses.models import Course
from nhanlucso.indicators.engine.passport import HEADS, Passport, Reason, Row
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Sourced, Unit
from nhanlucso.orgs.queries import history, record_references
from nhanlucso.orgs.rules import History
from nhanlucso.outreach.models import OutreachItem
from nhanlucso.people.models import Person
from nhanlucso.people.queries import PersonName, people_by_ids
from nhanlucso.teams.models import Team
from nhanlucso.teams.queries import team_people
from nhanlucso.training.models import TrainingClass

CLASS, COURSE, TEAM, VILLAGE, OUTREACH = "class", "course", "team", "village", "outreach"
_ITEMS = {
    "pairs": CLASS,
    "trained": CLASS,
    "rounds": CLASS,
    "classes": CLASS,
    "conferences": CLASS,
    "learners": COURSE,
    "completions": COURSE,
    "teams": TEAM,
    "members": TEAM,
    "assists": TEAM,
    "villages": VILLAGE,
    "outreach": OUTREACH,
}
_MODELS: dict[str, type[Sourced]] = {
    "person": Person,
    CLASS: TrainingClass,
    COURSE: Course,
    TEAM: Team,
    VILLAGE: Unit,
    OUTREACH: OutreachItem,
}
_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Item:
    """What a row hangs on: a class, course, team, village (a unit) or entry of the communications log."""

    kind: str
    id: int
    title: str


@dataclass(frozen=True, slots=True)
class Why:
    """Something a person did that bears on a share: sessions attended of a class, a course passed or not.

    `counts` tells whether it puts the person into the numerator.
    """

    item: Item
    day: date | None
    attended: int
    sessions: int
    passed: bool
    counts: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One row behind a figure. `name` is None for a person whom the scope does not reach."""

    group: str
    person_id: int | None
    name: PersonName | None
    item: Item | None
    day: date | None
    amount: int
    qualifier: str
    reasons: tuple[Why, ...]


def passport_lines(
    scope: Scope, held: Passport, group: str, offset: int = 0, limit: int | None = None
) -> list[Line]:
    """Rows of a group of a passport that `queries.passport` gave for the same scope, people by name.

    Titles of classes and courses are those behind the rows of the unit, which its scope may see.
    """
    rows = held.rows(group, offset, limit)
    people = list(dict.fromkeys(row.person for row in rows if row.person is not None))
    reasons: dict[int, list[Reason]] = {}
    for reason in held.reasons(people):
        reasons.setdefault(reason.person, []).append(reason)
    relation = held.indicator.relation
    names = _names(scope, people, held)
    items = _items(rows, reasons, held)
    return [_line(row, names, items, reasons, relation) for row in rows]


def _line(
    row: Row,
    names: dict[int, PersonName],
    items: dict[tuple[str, int], Item],
    reasons: dict[int, list[Reason]],
    relation: str,
) -> Line:
    person = row.person
    return Line(
        group=row.group,
        person_id=person,
        name=None if person is None else names.get(person),
        item=None if row.item is None else items.get((_kind(row, relation), row.item)),
        day=row.day,
        amount=row.amount,
        qualifier=row.qualifier,
        reasons=tuple(
            Why(items[r.source, r.item], r.day, r.attended, r.sessions, r.passed, r.counts)
            for r in reasons.get(person or 0, ())
            if (r.source, r.item) in items
        ),
    )


def _names(scope: Scope, people: Collection[int], held: Passport) -> dict[int, PersonName]:
    """Names with the posts of the last day of the window, not those of today."""
    names = people_by_ids(scope, people, held.last_day)
    if held.indicator.relation == "members":
        names |= team_people(scope, [person for person in people if person not in names])
    return names


def _kind(row: Row, relation: str) -> str:
    return CLASS if row.group == HEADS else _ITEMS.get(relation, "")


def _items(
    rows: Sequence[Row], reasons: dict[int, list[Reason]], held: Passport
) -> dict[tuple[str, int], Item]:
    wanted: dict[str, set[int]] = {}
    for row in rows:
        if row.item is not None:
            wanted.setdefault(_kind(row, held.indicator.relation), set()).add(row.item)
    for of_person in reasons.values():
        for reason in of_person:
            wanted.setdefault(reason.source, set()).add(reason.item)
    return {
        (item.kind, item.id): item
        for kind, ids in wanted.items()
        for item in _titled(kind, sorted(ids), held.last_day)
    }


def _titled(kind: str, ids: Sequence[int], on: date) -> list[Item]:
    if kind == VILLAGE:
        past = history()
        return [Item(kind, unit, _village(past, unit, on)) for unit in ids]
    named = _MODELS[kind]._default_manager.values_list("pk", "name" if kind == TEAM else "title")
    found: list[Item] = []
    for start in range(0, len(ids), _BATCH):
        batch = named.filter(pk__in=ids[start : start + _BATCH])
        found.extend(Item(kind, pk, title) for pk, title in batch)
    return found


def _village(past: History, unit: int, on: date) -> str:
    """A village with the unit it belongs to: many bear one name."""
    version = past.version(unit, on) or past.last_version(unit)
    above = (
        version and version.parent and (past.version(version.parent, on) or past.last_version(version.parent))
    )
    return ", ".join(v.name for v in (version, above) if v)


def line_json(line: Line, ids: dict[tuple[str, int], str]) -> dict[str, object]:
    """A line as data; `ids` are the ids of persons ("person") and items as `line_ids` gives them.

    Persons outside the scope are null; so are items that do not exist for the indicator.
    """
    person = line.name
    return {
        "person_id": ids.get(("person", person.person_id)) if person else None,
        "name": person.name if person else None,
        "unit": person.unit if person else None,
        "item": _item_json(line.item, ids),
        "date": line.day.isoformat() if line.day else None,
        "amount": line.amount,
        "qualifier": line.qualifier or None,
        "reasons": [
            {
                "item": _item_json(why.item, ids),
                "date": why.day.isoformat() if why.day else None,
                "attended": why.attended if why.item.kind == CLASS else None,
                "sessions": why.sessions if why.item.kind == CLASS else None,
                "passed": why.passed if why.item.kind == COURSE else None,
                "counts": why.counts,
            }
            for why in line.reasons
        ],
    }


def _item_json(item: Item | None, ids: dict[tuple[str, int], str]) -> dict[str, object] | None:
    return {"kind": item.kind, "id": ids.get((item.kind, item.id)), "title": item.title} if item else None


def line_ids(lines: Sequence[Line]) -> dict[tuple[str, int], str]:
    """The ids by which the exchange bundle knows what lines name: plain where unique, else `source:ID`."""
    wanted: dict[str, set[int]] = {}
    for line in lines:
        if line.name is not None:
            wanted.setdefault("person", set()).add(line.name.person_id)
        for item in (line.item, *(why.item for why in line.reasons)):
            if item is not None:
                wanted.setdefault(item.kind, set()).add(item.id)
    return {
        (kind, pk): name
        for kind, ids in wanted.items()
        for pk, name in record_references(_MODELS[kind], sorted(ids)).items()
    }
