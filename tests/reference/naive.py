"""Every indicator counted the long way, straight from the files of a bundle.

This is the oracle of the engine's tests: it reads the definitions ("Indicators, catalogue version 1") word by
word, with loops and dictionaries, and shares no code with the product but the reading of periods. Where a
definition can be read in two ways, a comment beginning "Reading:" says which reading reproduces the published
sample figures, or was chosen where no sample tells.

    figures(load(Path("examples/bao-thang-2024")), "bao-thang", "2024-9M")
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from nhanlucso.kernel.periods import parse_period
from tests.reference.question import (
    Answer,
    PostTest,
    Question,
    civil_servant_post,
    concurrent_post,
    dedicated_post,
    distinct,
    leader_post,
    officer_post,
    share,
    staff_post,
    total,
)
from tests.reference.world import (
    ALWAYS,
    ELSEWHERE,
    EVER,
    PLACED,
    Row,
    Window,
    World,
    begins,
    carry,
    day,
    load,
    several,
    valid,
    version,
    within,
)

__all__ = ["NotPossible", "World", "children", "figures", "load"]


class NotPossible(Exception):
    """A figure that is refused; `code` is unknown_unit, unit_not_valid or tree_before_period."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


# --- what people did -----------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def attended(world: World, window: Window) -> dict[tuple[str, str], list[date]]:
    """(person, class) -> the local dates of the sessions attended in the window, ascending."""
    pairs: dict[tuple[str, str], list[date]] = {}
    for row in world.rows("attendance"):
        session = world.sessions[row["session_id"]]
        on = day(session["starts_at"])
        if row["status"] in ("present", "late") and on is not None and within(on, window):
            pairs.setdefault((row["person_id"], session["class_id"]), []).append(on)
    return {pair: sorted(days) for pair, days in pairs.items()}


@lru_cache(maxsize=8)
def completed_classes(world: World, window: Window) -> list[tuple[str, str]]:
    """(person, class): at least 80 % of all sessions of a class whose last session lies in the window."""
    done = []
    for (person, class_id), days in attended(world, (EVER, ALWAYS)).items():
        sessions = world.sessions_of[class_id]
        if within(day(sessions[-1]["starts_at"]), window) and len(days) * 100 >= 80 * len(sessions):
            done.append((person, class_id))
    return done


def passed_results(world: World, window: Window) -> list[Row]:
    return [
        row
        for row in world.rows("results")
        if row["passed"] == "true" and within(day(row["completed_at"]), window)
    ]


def learned(world: World, window: Window, counts_for: str | None = None) -> set[str]:
    """Persons who completed a class or passed a result in the window; of courses that count, if named."""

    def fits(course: str) -> bool:
        return counts_for is None or counts_for in several(world.courses[course]["counts_for"])

    # A class without a course can only be asked for in "any form and any course".
    courses = {row["id"]: row["course_id"] for row in world.rows("classes")}
    persons = set()
    for person, class_id in completed_classes(world, window):
        if counts_for is None or (courses[class_id] and fits(courses[class_id])):
            persons.add(person)
    for row in passed_results(world, window):
        if fits(row["course_id"]):
            persons.add(row["person_id"])
    return persons


def head_counts(world: World, window: Window) -> list[Row]:
    """Head counts dated in the window, of one class, unit and audience only the largest (then the first id).

    Reading: the largest is taken among the rows dated in the window, before asking for its qualifier or its
    unit's place. A row without a count says nothing. An empty cell is unknown, and what is unknown is not exact:
    a count whose qualifier is not recorded is "about".
    """
    best: dict[tuple[str, ...], Row] = {}
    for row in world.rows("headcounts"):
        if not row["count"] or not within(day(row["date"]), window):
            continue
        key = (row["class_id"], row["unit_id"], row["audience"]) if row["class_id"] else (row["id"],)
        if key not in best or (-int(row["count"]), row["id"]) < (-int(best[key]["count"]), best[key]["id"]):
            best[key] = row
    return list(best.values())


def combined(qualifiers: Iterable[str]) -> str:
    result = "exact"
    for qualifier in qualifiers:
        pair = {result, qualifier or "about"}
        if len(pair) == 1:
            continue
        if "about" in pair:
            result = "about"
        elif "exact" in pair:
            result = (pair - {"exact"}).pop()
        else:
            result = "about" if "over" in pair else "under"
    return result


# --- the indicators ----------------------------------------------------------------------------------------


def staff(question: Question, test: PostTest) -> Answer:
    return distinct(question.audience(test).items())


def concurrent_only(question: Question) -> Answer:
    dedicated = question.audience(dedicated_post)
    persons = question.audience(concurrent_post)
    return distinct((person, place) for person, place in persons.items() if person not in dedicated)


def held_classes(question: Question, forms: tuple[str, ...]) -> list[tuple[Row, str]]:
    """Classes of these forms with a session starting in the window -> where their host belongs."""
    held = []
    for class_id, row in question.world.classes.items():
        sessions = question.world.sessions_of.get(class_id, [])
        in_window = any(within(day(session["starts_at"]), question.window) for session in sessions)
        if row["form"] in forms and row["host_unit_id"] and in_window:
            held.append((row, question.host(class_id)))
    return held


def classes(question: Question, form: str) -> Answer:
    return distinct((row["id"], place) for row, place in held_classes(question, (form,)))


def rounds(question: Question) -> Answer:
    facts = []
    for row, place in held_classes(question, ("class", "conference")):
        first = day(question.world.sessions_of[row["id"]][0]["starts_at"])
        assert first is not None
        if row["round"]:
            facts.append(((row["host_unit_id"], row["round"], first.year), place))
    return distinct(facts)


def roster(question: Question) -> list[tuple[str, str, str]]:
    """(person, class, where it belongs) of every pair attended in the window."""
    return [
        (person, class_id, question.person(person, days[0]))
        for (person, class_id), days in attended(question.world, question.window).items()
    ]


def counted_heads(question: Question) -> list[tuple[Row, str]]:
    rows = head_counts(question.world, question.window)
    return [(row, question.placed(row["unit_id"], day(row["date"]) or EVER)) for row in rows]


def attendances(question: Question) -> Answer:
    heads = counted_heads(question)
    answer = total(
        [(1, place) for _person, _class, place in roster(question)]
        + [(int(row["count"]), place) for row, place in heads]
    )
    answer["qualifier"] = combined(row["qualifier"] for row, place in heads if place == PLACED)
    return answer


def persons_trained(question: Question) -> Answer:
    """Distinct persons of the rosters, with bounds that reckon with the head counts.

    Reading: `high` adds the head counts of X, placed or unallocated; adding those of all units would not give
    the sample figures. A head count without a class is a class without a roster.
    """
    pairs, heads = roster(question), counted_heads(question)
    answer = distinct((person, place) for person, _class, place in pairs)
    per_class: dict[str, int] = {}
    for _person, class_id, place in pairs:
        if place == PLACED:
            per_class[class_id] = per_class.get(class_id, 0) + 1
    for row, place in heads:
        if place == PLACED and row["qualifier"] in ("exact", "over"):
            own = row["class_id"] or "head count " + row["id"]
            per_class[own] = per_class.get(own, 0) + int(row["count"])
    answer["low"] = max([answer["value"], *per_class.values()])
    answer["high"] += sum(int(row["count"]) for row, place in heads if place != ELSEWHERE)
    if any(place == PLACED and int(row["count"]) > 0 for row, place in heads):
        answer["qualifier"] = "over"
    return answer


def person_days(question: Question) -> Answer:
    dates = {
        (person, on)
        for (person, _class), days in attended(question.world, question.window).items()
        for on in days
    }
    return distinct(((person, on), question.person(person, on)) for person, on in dates)


def self_paced(world: World) -> list[Row]:
    return [
        row for row in world.rows("results") if world.courses[row["course_id"]]["delivery"] == "self_paced"
    ]


def learners(question: Question) -> Answer:
    first: dict[str, date] = {}
    for row in self_paced(question.world):
        for on in (day(row["enrolled_at"]), day(row["completed_at"])):
            if on is not None and within(on, question.window):
                first[row["person_id"]] = min(on, first.get(row["person_id"], on))
    return distinct((person, question.person(person, on)) for person, on in first.items())


def completions(question: Question) -> Answer:
    first: dict[tuple[str, str], date] = {}
    for row in self_paced(question.world):
        on = day(row["completed_at"])
        if row["passed"] == "true" and on is not None and within(on, question.window):
            key = (row["person_id"], row["course_id"])
            first[key] = min(on, first.get(key, on))
    return distinct((key, question.person(key[0], on)) for key, on in first.items())


def coverage(question: Question, test: PostTest, counts_for: str | None) -> Answer:
    return share(question.audience(test), learned(question.world, question.window, counts_for))


def status(question: Question, test: PostTest, counts_for: str) -> Answer:
    return share(question.audience(test), learned(question.world, (EVER, question.window[1]), counts_for))


def teams(question: Question) -> list[tuple[Row, str]]:
    on = question.window[1]
    return [(row, question.team(row["id"])) for row in question.world.rows("teams") if valid(row, on)]


def team_members(question: Question) -> Answer:
    places = {row["id"]: place for row, place in teams(question)}
    return distinct(
        (row["person_id"], places[row["team_id"]])
        for row in question.world.rows("team_members")
        if row["team_id"] in places and valid(row, question.window[1])
    )


def village_coverage(question: Question) -> Answer:
    on = question.window[1]
    villages = {
        row["id"]: question.placed(row["id"], on)
        for row in question.world.rows("units")
        if row["kind"] == "village" and valid(row, on)
    }
    served = set()
    for team in question.world.rows("teams"):
        if valid(team, on):
            candidates = carry(question.world, team["unit_id"], begins(team), on)
            if len(candidates) == 1:
                served.add(candidates[0])
    return share(villages, served)


def assists(question: Question) -> Answer:
    return total(
        (int(row["people"]), question.team(row["team_id"]))
        for row in question.world.rows("assists")
        if row["people"]
        and row["outcome"] in ("alone", "helped")
        and within(day(row["date"]), question.window)
    )


def outreach(question: Question) -> Answer:
    return total(
        (int(row["count"]), question.placed(row["unit_id"], day(row["date"]) or EVER))
        for row in question.world.rows("outreach")
        if row["count"] and within(day(row["date"]), question.window)
    )


BASIC, ICT = "basic_digital_skills", "ict_standard"

INDICATORS: list[tuple[str, str, Callable[[Question], Answer]]] = [
    ("staff.headcount", "người", lambda q: staff(q, staff_post)),
    ("staff.leaders", "người", lambda q: staff(q, leader_post)),
    ("it.dedicated", "người", lambda q: staff(q, dedicated_post)),
    ("it.concurrent", "người", concurrent_only),
    ("training.rounds", "đợt", rounds),
    ("training.classes", "lớp", lambda q: classes(q, "class")),
    ("training.conferences", "hội nghị", lambda q: classes(q, "conference")),
    ("training.attendances", "lượt", attendances),
    ("training.persons", "người", persons_trained),
    ("training.person_days", "ngày-người", person_days),
    ("mooc.learners", "người", learners),
    ("mooc.completions", "lượt", completions),
    ("coverage.basic", "%", lambda q: coverage(q, staff_post, BASIC)),
    ("coverage.ict_standard", "%", lambda q: coverage(q, civil_servant_post, ICT)),
    ("status.basic", "%", lambda q: status(q, staff_post, BASIC)),
    ("status.ict_standard", "%", lambda q: status(q, civil_servant_post, ICT)),
    ("coverage.leaders", "%", lambda q: coverage(q, leader_post, None)),
    ("coverage.dt_officers", "%", lambda q: coverage(q, officer_post, None)),
    ("teams.count", "tổ", lambda q: distinct((row["id"], place) for row, place in teams(q))),
    ("teams.members", "người", team_members),
    ("teams.village_coverage", "%", village_coverage),
    ("teams.assists", "lượt", assists),
    ("outreach.items", "tin", outreach),
]


def figures(
    world: World, unit_id: str, period: str, calendar: str = "decree", tree: str = "then"
) -> list[dict[str, Any]]:
    """All figures of one unit in the order of the catalogue, without `definition_version` and `as_of`.

    Raises Refused("bad_period") as the product does, and NotPossible.
    """
    window = parse_period(period).window(calendar)
    on = window[1] if tree == "then" else date.fromisoformat(tree)
    if on < window[1]:
        raise NotPossible("tree_before_period")
    if unit_id not in world.versions:
        raise NotPossible("unknown_unit")
    if version(world, unit_id, on) is None:
        raise NotPossible("unit_not_valid")
    question = Question(world, unit_id, window, on)
    heading = {"unit_id": unit_id, "period": period, "window": [window[0].isoformat(), window[1].isoformat()]}
    return [
        {"indicator": code, **heading, "tree": on.isoformat(), **count(question), "unit": unit}
        for code, unit, count in INDICATORS
    ]


def children(world: World, unit_id: str, on: date) -> list[str]:
    """The units right below, in the tree of that day, by id."""
    return sorted(row["id"] for row in world.rows("units") if row["parent_id"] == unit_id and valid(row, on))
