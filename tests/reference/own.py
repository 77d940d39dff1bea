"""Own indicators counted the long way, from the words of their definitions.

A definition is a dictionary: `measure` ("%", "người", "lượt"); `audience` with categories, leader, duties, kinds,
members, sex, age_from, age_to; `event` (or None) with deed, forms, modes, courses, topics, skills, self_paced, none,
within, months. Empty means: any.

- The audience is who holds, on the last day, one post that meets all conditions of posts; or the members of teams.
- Sex and age are of the person; who may meet them, but is not known to, is undecided wherever they belong.
- An event counts from the first day of its window to the last day of the period.
- A share is of the audience; persons are those of the audience who did it (or did not); attendances are the classes
  and courses that they did it in.
"""

from __future__ import annotations

import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from tests.reference.naive import attended, completed_classes, passed_results
from tests.reference.question import Answer, Question, number, share
from tests.reference.world import (
    ELSEWHERE,
    EVER,
    PLACED,
    UNALLOCATED,
    Row,
    Window,
    World,
    day,
    ends,
    several,
    valid,
)

Definition = dict[str, Any]


def own_figure(question: Question, definition: Definition) -> Answer:
    """The figure of a definition for one unit, window and tree."""
    places = audience(question, definition["audience"])
    event = definition["event"]
    if event is None:
        return _persons(places, dict.fromkeys(places, 1))
    times = {person: len(things) for person, things in done(question.world, event, question.window).items()}
    good = {person for person in places if (person in times) != event["none"]}
    if definition["measure"] == "%":
        return share(places, good)
    if definition["measure"] == "người":
        return _persons(places, dict.fromkeys(good, 1))
    return _persons(places, {person: times[person] for person in good})


def _persons(places: dict[str, str], amounts: dict[str, int]) -> Answer:
    sure = sum(n for person, n in amounts.items() if places[person] == PLACED)
    maybe = sum(n for person, n in amounts.items() if places[person] == UNALLOCATED)
    return number(sure, maybe)


# --- who ---------------------------------------------------------------------------------------------------


def audience(question: Question, wanted: Definition) -> dict[str, str]:
    """Each person of the audience -> where they belong; the undecided belong nowhere for sure."""
    world, on = question.world, question.window[1]
    found: dict[str, list[str]] = {}
    if wanted["members"]:
        for row in world.rows("team_members"):
            if valid(row, on) and valid(world.teams[row["team_id"]], on):
                found.setdefault(row["person_id"], []).append(question.team(row["team_id"]))
    else:
        found = {
            p: [place]
            for p, place in question.audience(lambda post: post_fits(world, post, wanted, on)).items()
        }
    people = {row["id"]: row for row in world.rows("people")}
    places = {}
    for person, held in found.items():
        fits = person_fits(people[person], wanted, on)
        best = PLACED if PLACED in held else UNALLOCATED if UNALLOCATED in held else ELSEWHERE
        if fits is not False:
            places[person] = UNALLOCATED if fits is None and best == PLACED else best
    return places


def post_fits(world: World, post: Row, wanted: Definition, on: date) -> bool:
    return (
        (not wanted["categories"] or post["category"] in wanted["categories"])
        and (not wanted["leader"] or post["is_leader"] == "true")
        and (not wanted["duties"] or any(duty in wanted["duties"] for duty in several(post["duties"])))
        and (not wanted["kinds"] or kind_of(world, post["unit_id"], on) in wanted["kinds"])
    )


def kind_of(world: World, unit: str, on: date) -> str:
    """The kind of a unit on a day; of one that has ended its last, of one that is to come its first."""
    versions = sorted(world.versions[unit], key=lambda row: day(row["valid_from"]) or EVER)
    begun = [row for row in versions if (day(row["valid_from"]) or EVER) <= on]
    assert all(ends(row) for row in versions)
    return (begun[-1] if begun else versions[0])["kind"]


def person_fits(person: Row, wanted: Definition, on: date) -> bool | None:
    """True, False, or None where it cannot be told."""
    answers: list[bool | None] = []
    if wanted["sex"]:
        answers.append(person["sex"] == wanted["sex"] if person["sex"] else None)
    age = on.year - int(person["birth_date"][:4]) if person["birth_date"] else None
    if wanted["age_from"] is not None:
        answers.append(None if age is None else age >= wanted["age_from"])
    if wanted["age_to"] is not None:
        answers.append(None if age is None else age <= wanted["age_to"])
    if False in answers:
        return False
    return None if None in answers else True


# --- what --------------------------------------------------------------------------------------------------


def done(world: World, event: Definition, window: Window) -> dict[str, set[tuple[str, str]]]:
    """Each person -> the classes and courses that they did it in."""
    days = (since(event, window), window[1])
    found: dict[str, set[tuple[str, str]]] = {}
    things: list[tuple[str, str, str]] = []
    if event["deed"] == "attended":
        things += [(person, "class", name) for person, name in attended(world, days)]
    if event["deed"] in ("completed", "learned"):
        things += [(person, "class", name) for person, name in completed_classes(world, days)]
    things = [thing for thing in things if class_fits(world, world.classes[thing[2]], event)]
    if event["deed"] in ("passed", "learned"):
        for row in passed_results(world, days):
            paced = world.courses[row["course_id"]]["delivery"] == "self_paced"
            if course_fits(world, row["course_id"], event) and (paced or not event["self_paced"]):
                things.append((row["person_id"], "course", row["course_id"]))
    for person, kind, name in things:
        found.setdefault(person, set()).add((kind, name))
    return found


def since(event: Definition, window: Window) -> date:
    """«12 months before 14/12/2024» begin on 15/12/2023: the day after the same day of that month, or its last."""
    if event["within"] != "months":
        return EVER if event["within"] == "ever" else window[0]
    year, month = window[1].year, window[1].month
    for _ in range(event["months"]):
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    return date(year, month, min(window[1].day, monthrange(year, month)[1])) + timedelta(days=1)


def class_fits(world: World, row: Row, event: Definition) -> bool:
    if event["forms"] and row["form"] not in event["forms"]:
        return False
    if event["modes"] and row["mode"] not in event["modes"]:
        return False
    asked = event["courses"] or event["topics"] or event["skills"]
    return course_fits(world, row["course_id"], event) if row["course_id"] else not asked


def course_fits(world: World, course: str, event: Definition) -> bool:
    row = world.courses[course]
    topics = {bare(topic) for topic in several(row["topics"])}
    return (
        (not event["courses"] or course in event["courses"])
        and (not event["topics"] or any(bare(topic) in topics for topic in event["topics"]))
        and (not event["skills"] or any(skill in several(row["counts_for"]) for skill in event["skills"]))
    )


def bare(text: str) -> str:
    """Without marks and capitals."""
    letters = unicodedata.normalize("NFD", text.strip().lower())
    return "".join(c for c in letters if unicodedata.category(c) != "Mn").replace("đ", "d")
