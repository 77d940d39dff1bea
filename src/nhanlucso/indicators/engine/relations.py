"""Declared indicators as relations.

A relation is SQL over the facts that yields, for a window [a, b], one row per thing that may be counted:

    key     what is counted once (distinct relations) or a row number
    anchor  where it belongs before carrying (facts `anchors`)
    amount  how much it counts
    hit     for shares: whether it is in the numerator
    person, item, day   whom, which class/team/…, and when it shows, for the passport
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhanlucso.indicators import catalogue as c
from nhanlucso.indicators.catalogue import Indicator

CONDITIONS = {
    c.STAFF: "p.staff",
    c.LEADERS: "p.staff AND p.leader",
    c.DEDICATED: "p.staff AND p.dedicated",
    c.CONCURRENT: "p.staff AND p.concurrent",
    c.CIVIL_SERVANTS: "p.civil",
    c.DT_OFFICERS: "p.staff AND (p.dedicated OR p.concurrent)",
}
TRACKS = {c.BASIC: "basic", c.ICT: "ict", c.ANY_TRAINING: "TRUE"}
DISTINCT = frozenset({"trained", "rounds", "members"})


@dataclass(frozen=True, slots=True)
class Window:
    a: date
    b: date

    @property
    def sql(self) -> str:
        return f"BETWEEN DATE '{self.a}' AND DATE '{self.b}'"


def relation(indicator: Indicator, window: Window) -> str:
    """The SQL of an indicator's relation."""
    if indicator.relation == "people":
        return people(indicator, window)
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
        "members": members,
        "villages": villages,
        "assists": assists,
        "outreach": outreach,
    }[indicator.relation](window)


def people(indicator: Indicator, window: Window) -> str:
    """Persons with a post that meets the audience's condition on the last day, by the first such post."""
    valid = f"DATE '{window.b}' BETWEEN p.valid_from AND p.valid_to"
    without = ""
    if indicator.audience == c.CONCURRENT:
        without = (
            f"AND p.person NOT IN (SELECT p.person FROM posts p WHERE {valid} AND {CONDITIONS[c.DEDICATED]})"
        )
    hit = f"h.person IN (SELECT person FROM ({qualified(indicator, window)}))" if indicator.event else "TRUE"
    return f"""SELECT h.person AS key, p.anchor, 1 AS amount, {hit} AS hit, h.person, NULL::BIGINT AS item,
      NULL::DATE AS day
    FROM (SELECT p.person, min(p.post) AS post FROM posts p
          WHERE {valid} AND {CONDITIONS[indicator.audience]} {without} GROUP BY p.person) h
    JOIN posts p ON p.post = h.post"""


def qualified(indicator: Indicator, window: Window) -> str:
    """(person, item, source, day) of everything that puts somebody in the numerator."""
    span = f"<= DATE '{window.b}'" if indicator.ever else window.sql
    track = TRACKS[indicator.event]
    return f"""SELECT person, training_class AS item, 'class' AS source, last_day AS day FROM progress
      WHERE attended * 5 >= sessions * 4 AND last_day {span} AND {track}
    UNION ALL SELECT person, course AS item, 'course' AS source, completed AS day FROM results
      WHERE passed AND completed {span} AND {track}"""


def attended(window: Window) -> str:
    """(person, class) attended in the window, at the post of the first day."""
    return f"""SELECT person, training_class, min(day) AS day, arg_min(post, day) AS post
    FROM attended WHERE day {window.sql} GROUP BY person, training_class"""


def pairs(window: Window) -> str:
    return f"""SELECT a.person AS key, p.anchor, 1 AS amount, TRUE AS hit, a.person,
      a.training_class AS item, a.day
    FROM ({attended(window)}) a JOIN posts p ON p.post = a.post"""


def trained(window: Window) -> str:
    return pairs(window)


def days(window: Window) -> str:
    return f"""SELECT a.person AS key, p.anchor, 1 AS amount, TRUE AS hit, a.person, NULL::BIGINT AS item, a.day
    FROM (SELECT DISTINCT person, day, post FROM attended WHERE day {window.sql}) a
    JOIN posts p ON p.post = a.post"""


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
    FROM (SELECT person, min(day) AS day, arg_min(post, day) AS post, arg_min(course, day) AS item FROM (
            SELECT person, course, enrolled AS day, enrolled_post AS post FROM results
              WHERE self_paced AND enrolled {window.sql}
            UNION ALL SELECT person, course, completed, completed_post FROM results
              WHERE self_paced AND completed {window.sql})
          GROUP BY person) r
    JOIN posts p ON p.post = r.post"""


def completions(window: Window) -> str:
    return f"""SELECT r.person AS key, p.anchor, 1 AS amount, TRUE AS hit, r.person, r.course AS item, r.day
    FROM (SELECT person, course, min(completed) AS day, arg_min(completed_post, completed) AS post FROM results
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


def members(window: Window) -> str:
    return f"""SELECT m.person AS key, t.anchor, 1 AS amount, TRUE AS hit, m.person, t.item, NULL::DATE AS day
    FROM ({teams(window)}) t JOIN members m ON m.team = t.item
    WHERE DATE '{window.b}' BETWEEN m.valid_from AND m.valid_to"""


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
