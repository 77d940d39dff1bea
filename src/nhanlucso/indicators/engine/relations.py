"""Declared indicators as relations.

A relation is SQL over the facts that yields, for a window [a, b], one row per thing that may be counted:

    key     what is counted once (distinct relations) or a row number
    anchor  where it belongs before carrying (facts `anchors`)
    amount  how much it counts
    hit     for shares: whether it is in the numerator
    person, item, day   whom, which class/team/…, and when it shows, for the passport
"""

from __future__ import annotations

from datetime import date

from nhanlucso.indicators.catalogue import STAFF, Indicator
from nhanlucso.indicators.engine import conditions
from nhanlucso.indicators.engine.conditions import Window
from nhanlucso.indicators.enums import Measure
from nhanlucso.indicators.parts import Audience

__all__ = ["DISTINCT", "Window", "members", "people", "qualified", "relation", "whole"]

DISTINCT = frozenset({"trained", "rounds", "members"})
ROSTERS = frozenset({"pairs", "trained"})
OF_PEOPLE = frozenset({*ROSTERS, "days", "learners", "completions", "people", "members"})


def relation(indicator: Indicator, window: Window) -> str:
    """The SQL of an indicator's relation."""
    sql = whole(indicator, window)
    return sql if indicator.event is None or indicator.is_share else f"SELECT * FROM ({sql}) WHERE hit"


def whole(indicator: Indicator, window: Window) -> str:
    """As `relation`, with those of an audience who have not done what the indicator asks for, too."""
    if indicator.relation == "people":
        return people(indicator, window)
    if indicator.relation == "members":
        return members(indicator, window)
    if indicator.relation in ("classes", "conferences"):
        return classes(window, ("class",) if indicator.relation == "classes" else ("conference",))
    return {
        "rounds": rounds,
        "pairs": pairs,
        "trained": trained,
        "days": days,
        "learners": learners,
        "completions": completions,
        "teams": teams,
        "villages": villages,
        "assists": assists,
        "outreach": outreach,
    }[indicator.relation](window)


def people(indicator: Indicator, window: Window) -> str:
    """Persons with a post that meets the audience's condition on the last day, by the first such post."""
    audience = indicator.audience or STAFF
    held = f"""SELECT p.person, p.anchor, NULL::BIGINT AS item FROM posts p
      WHERE p.post IN (SELECT min(p.post) FROM posts p WHERE {conditions.post(audience, window.b)} GROUP BY p.person)"""
    return _composed(indicator, audience, held, window)


def members(indicator: Indicator, window: Window) -> str:
    """Members of the teams valid on the last day, at each of their teams."""
    held = f"""SELECT m.person, t.anchor, t.item FROM ({teams(window)}) t JOIN members m ON m.team = t.item
      WHERE {conditions.valid("m", window.b)}"""
    return _composed(indicator, indicator.audience or Audience(members=True), held, window)


def _composed(indicator: Indicator, audience: Audience, held: str, window: Window) -> str:
    """The rows of an audience with what they did. Persons of whom a condition is not known stand at the anchor's
    twin, where nothing is certain (`Store.places_for`)."""
    anchor, known = "h.anchor", ""
    if audience.is_personal:
        asked = conditions.person(audience, window.b)
        anchor = f"CASE WHEN {asked} THEN h.anchor ELSE -1 - h.anchor END"
        known = f"JOIN persons n ON n.person = h.person WHERE {asked} IS DISTINCT FROM FALSE"
    hit, amount, joined = "TRUE", "1", ""
    if indicator.event is not None:
        joined = f"""LEFT JOIN (SELECT person, count(*) AS times FROM ({conditions.done(indicator.event, window)})
          GROUP BY person) d ON d.person = h.person"""
        hit = "d.person IS NULL" if indicator.event.none else "d.person IS NOT NULL"
        amount = "coalesce(d.times, 0)" if indicator.measure == Measure.ATTENDANCES else "1"
    return f"""SELECT h.person AS key, {anchor} AS anchor, {amount} AS amount, {hit} AS hit, h.person, h.item,
      NULL::DATE AS day FROM ({held}) h {joined} {known}"""


def qualified(indicator: Indicator, window: Window) -> str:
    """(person, item, source, day) of everything that meets the event of an indicator that has one."""
    if indicator.event is None:
        raise ValueError(indicator.code)
    return conditions.done(indicator.event, window)


def pairs(window: Window) -> str:
    """(person, class) attended in the window, where the first of its days in the window belongs."""
    return f"""SELECT person AS key, anchor, 1 AS amount, TRUE AS hit, person, training_class AS item, day
    FROM attended
    WHERE day {window.sql} AND (before IS NULL OR before < DATE '{window.a}') AND anchor IS NOT NULL"""


def trained(window: Window) -> str:
    return pairs(window)


def days(window: Window) -> str:
    return f"""SELECT DISTINCT person AS key, anchor, 1 AS amount, TRUE AS hit, person, NULL::BIGINT AS item, day
    FROM attended WHERE day {window.sql} AND anchor IS NOT NULL"""


def heads(window: Window) -> str:
    """Head counts of the window; of those with one class, unit and audience only the largest."""
    return f"""SELECT head AS key, anchor, people AS amount, TRUE AS hit, NULL::BIGINT AS person,
      training_class AS item, day, qualifier
    FROM (SELECT *, row_number() OVER (
            PARTITION BY training_class, unit, audience ORDER BY people DESC, head) AS place
          FROM heads WHERE day {window.sql})
    WHERE place = 1 OR training_class IS NULL"""


def learners(window: Window) -> str:
    return f"""SELECT r.person AS key, p.anchor, 1 AS amount, TRUE AS hit, r.person, r.item, r.day
    FROM (SELECT person, min(day) AS day, min_by(post, day) AS post, min_by(course, day) AS item FROM (
            SELECT person, course, enrolled AS day, enrolled_post AS post FROM results
              WHERE self_paced AND enrolled {window.sql}
            UNION ALL SELECT person, course, completed, completed_post FROM results
              WHERE self_paced AND completed {window.sql})
          GROUP BY person) r
    JOIN posts p ON p.post = r.post"""


def completions(window: Window) -> str:
    return f"""SELECT r.person AS key, p.anchor, 1 AS amount, TRUE AS hit, r.person, r.course AS item, r.day
    FROM (SELECT person, course, min(completed) AS day, min_by(completed_post, completed) AS post FROM results
          WHERE self_paced AND passed AND completed {window.sql} GROUP BY person, course) r
    JOIN posts p ON p.post = r.post"""


def classes(window: Window, forms: tuple[str, ...]) -> str:
    wanted = ", ".join(f"'{form}'" for form in forms)
    return f"""SELECT training_class AS key, anchor, 1 AS amount, TRUE AS hit, NULL::BIGINT AS person,
      training_class AS item, first_day AS day
    FROM classes WHERE form IN ({wanted}) AND anchor IS NOT NULL
      AND training_class IN (SELECT training_class FROM class_days WHERE day {window.sql})"""


def rounds(window: Window) -> str:
    held = classes(window, ("class", "conference"))
    return f"""SELECT dense_rank() OVER (ORDER BY k.host_unit, k.round, year(k.first_day)) AS key,
      c.anchor, 1 AS amount, TRUE AS hit, NULL::BIGINT AS person, c.item, c.day
    FROM ({held}) c JOIN classes k ON k.training_class = c.item WHERE k.round <> ''"""


def teams(window: Window) -> str:
    return f"""SELECT team AS key, anchor, 1 AS amount, TRUE AS hit, NULL::BIGINT AS person, team AS item,
      NULL::DATE AS day
    FROM teams WHERE DATE '{window.b}' BETWEEN valid_from AND valid_to"""


def villages(window: Window) -> str:
    """Villages valid on the last day; their anchors are made for the day (engine.store)."""
    return f"""SELECT village AS key, anchor, 1 AS amount, has_team AS hit, NULL::BIGINT AS person,
      village AS item, NULL::DATE AS day
    FROM {village_table(window.b)}"""


def village_table(day: date) -> str:
    return f"villages_{day:%Y%m%d}"


def assists(window: Window) -> str:
    return f"""SELECT assist AS key, t.anchor, people AS amount, TRUE AS hit, NULL::BIGINT AS person,
      a.team AS item, a.day
    FROM assists a JOIN teams t USING (team)
    WHERE a.day {window.sql} AND a.outcome IN ('alone', 'helped')"""


def outreach(window: Window) -> str:
    return f"""SELECT item AS key, anchor, items AS amount, TRUE AS hit, NULL::BIGINT AS person, item, day
    FROM outreach WHERE day {window.sql}"""
