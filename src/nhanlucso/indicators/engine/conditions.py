"""Audiences and events as SQL: every condition of the parts that indicators are composed of.

Names: p a post, n a person, c a class, r a result. Values of parts are checked where indicators are composed, and
quoted here all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nhanlucso.indicators.parts import CLASS_DEEDS, RESULT_DEEDS, Audience, Deed, Event
from nhanlucso.kernel.text import fold

_DUTIES = {
    "dt_dedicated": "p.dedicated",
    "dt_concurrent": "p.concurrent",
    "dt_lead": "p.lead",
    "one_stop": "p.one_stop",
    "records": "p.records",
}
_SKILLS = {"basic_digital_skills": "basic", "ict_standard": "ict"}
_COMPLETED = "g.attended * 5 >= g.sessions * 4"


@dataclass(frozen=True, slots=True)
class Window:
    a: date
    b: date

    @property
    def sql(self) -> str:
        return f"BETWEEN DATE '{self.a}' AND DATE '{self.b}'"


def span(event: Event, window: Window) -> str:
    """The days on which an event counts."""
    since = event.since(window.a, window.b)
    return f"<= DATE '{window.b}'" if since is None else Window(since, window.b).sql


# --- audiences ---------------------------------------------------------------------------------------------


def valid(alias: str, day: date) -> str:
    return f"DATE '{day}' BETWEEN {alias}.valid_from AND {alias}.valid_to"


def post(audience: Audience, day: date) -> str:
    """What a post valid on the day must meet."""
    wanted = [valid("p", day), *_any("p.category", audience.categories)]
    if audience.leader:
        wanted.append("p.leader")
    if audience.duties:
        wanted.append(f"({' OR '.join(_DUTIES[duty] for duty in audience.duties)})")
    if audience.kinds:
        wanted.append(f"p.unit IN ({_of_kind(audience.kinds, day)})")
    if audience.without:
        out = Audience(audience.categories, duties=audience.without)
        wanted.append(f"p.person NOT IN (SELECT p.person FROM posts p WHERE {post(out, day)})")
    return " AND ".join(wanted)


def _of_kind(kinds: Iterable[str], day: date) -> str:
    """Units that were of a kind on the day; ended ones as they last were, later ones as they first are."""
    return f"""SELECT unit FROM (
      SELECT unit, coalesce(max_by(kind, valid_from) FILTER (WHERE valid_from <= DATE '{day}'),
        min_by(kind, valid_from)) AS kind FROM unit_kinds GROUP BY unit) WHERE kind IN ({_texts(kinds)})"""


def person(audience: Audience, day: date) -> str:
    """What a person must meet: true, false, or NULL where it is not known of them."""
    age = f"({day.year} - n.born)"
    wanted = ["TRUE"]
    if audience.sex:
        wanted.append(f"n.sex = {_texts([audience.sex])}")
    if audience.age_from is not None:
        wanted.append(f"{age} >= {int(audience.age_from)}")
    if audience.age_to is not None:
        wanted.append(f"{age} <= {int(audience.age_to)}")
    return f"({' AND '.join(wanted)})"


# --- events ------------------------------------------------------------------------------------------------


def done(event: Event, window: Window) -> str:
    """(person, item, source, day) of everything that meets an event, each class and course once."""
    parts = []
    if event.deed == Deed.ATTENDED:
        parts.append(
            f"""SELECT g.person, g.training_class AS item, 'class' AS source, min(g.day) AS day
            FROM attended g JOIN classes c USING (training_class)
            WHERE g.day {span(event, window)} AND {_class(event)} GROUP BY g.person, g.training_class"""
        )
    elif event.deed in CLASS_DEEDS:
        parts.append(
            f"""SELECT g.person, g.training_class AS item, 'class' AS source, g.last_day AS day
            FROM progress g JOIN classes c USING (training_class)
            WHERE {_COMPLETED} AND g.last_day {span(event, window)} AND {_class(event)}"""
        )
    if event.deed in RESULT_DEEDS:
        parts.append(
            f"""SELECT r.person, r.course AS item, 'course' AS source, min(r.completed) AS day FROM results r
            WHERE r.passed AND r.completed {span(event, window)} AND {_result(event)}
            GROUP BY r.person, r.course"""
        )
    return " UNION ALL ".join(parts)


def reasons(event: Event, window: Window, who: str) -> str:
    """Everything people did that bears on an event (fields of `passport.Reason`); `who`: a condition on `person`."""
    days = span(event, window)
    counts = f"{_COMPLETED} AND g.last_day {days}"
    if event.deed == Deed.ATTENDED:
        counts = f"""(g.person, g.training_class) IN (
          SELECT (d.person, d.training_class) FROM attended d WHERE d.day {days})"""
    parts = []
    if event.deed in CLASS_DEEDS:
        parts.append(
            f"""SELECT g.person, 'class', g.training_class, g.last_day, g.attended, g.sessions, TRUE, {counts}
            FROM progress g JOIN classes c USING (training_class) WHERE {_class(event)} AND g.{who}"""
        )
    if event.deed in RESULT_DEEDS:
        parts.append(
            f"""SELECT r.person, 'course', r.course, coalesce(r.completed, r.enrolled), 0, 0,
              coalesce(r.passed, FALSE), coalesce(r.passed AND r.completed {days}, FALSE)
            FROM results r WHERE {_result(event)} AND r.{who}"""
        )
    return f"{' UNION ALL '.join(parts)} ORDER BY 1, 8 DESC, 4 DESC NULLS LAST, 3"


def _class(event: Event) -> str:
    return " AND ".join(
        ["TRUE", *_any("c.form", event.forms), *_any("c.mode", event.modes), *_course("c", event)]
    )


def _result(event: Event) -> str:
    paced = ["r.self_paced"] if event.self_paced else []
    return " AND ".join(["TRUE", *paced, *_course("r", event)])


def _course(alias: str, event: Event) -> list[str]:
    wanted = []
    if event.courses:
        wanted.append(f"{alias}.course IN ({', '.join(str(int(course)) for course in event.courses)})")
    if event.topics:
        topics = _texts(fold(topic) for topic in event.topics)
        wanted.append(f"{alias}.course IN (SELECT course FROM topics WHERE topic IN ({topics}))")
    if event.skills:
        wanted.append(f"({' OR '.join(f'{alias}.{_SKILLS[skill]}' for skill in event.skills)})")
    return wanted


def _any(column: str, values: Iterable[str]) -> list[str]:
    held = _texts(values)
    return [f"{column} IN ({held})"] if held else []


def _texts(values: Iterable[str]) -> str:
    return ", ".join("'" + value.replace("'", "''") + "'" for value in values)
