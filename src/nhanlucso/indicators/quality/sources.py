"""Which units have records of a kind in a window: what has none is unknown, not nought."""

from __future__ import annotations

from nhanlucso.indicators.catalogue import Indicator
from nhanlucso.indicators.engine.relations import Window
from nhanlucso.indicators.quality.enums import Source
from nhanlucso.indicators.quality.rule import Search

_TRAINING = frozenset({"pairs", "trained", "days", "rounds", "classes", "conferences"})
_OF_RELATION = {
    "learners": Source.RESULTS,
    "completions": Source.RESULTS,
    "teams": Source.TEAMS,
    "members": Source.TEAMS,
    "assists": Source.ASSISTS,
    "outreach": Source.OUTREACH,
}


def sources_of(indicator: Indicator) -> tuple[Source, ...]:
    """What a figure is made of besides its denominator; none where being nought is always known."""
    if indicator.relation in _TRAINING:
        return (Source.TRAINING, Source.CLASSES, Source.HEADS)
    if indicator.relation in _OF_RELATION:
        return (_OF_RELATION[indicator.relation],)
    if indicator.relation == "villages":
        return ()
    if indicator.event is not None:
        return (Source.TRAINING, Source.RESULTS)
    return (Source.POSTS,)


def recorded(search: Search, source: Source, window: Window) -> set[int]:
    """The units of today's tree to which some record of the window belongs, if only perhaps."""
    sql = f"""SELECT DISTINCT l.x FROM (SELECT DISTINCT anchor FROM ({_anchors(source, window)})) r
      JOIN {search.places} l USING (anchor)"""
    return {unit for (unit,) in search.rows(sql)}


def _anchors(source: Source, window: Window) -> str:
    held = f"valid_from <= DATE '{window.b}' AND valid_to >= DATE '{window.b}'"
    return {
        Source.POSTS: f"SELECT anchor FROM posts WHERE staff AND {held}",
        Source.TRAINING: f"SELECT p.anchor FROM attended t JOIN posts p USING (post) WHERE t.day {window.sql}",
        Source.RESULTS: f"""SELECT p.anchor FROM results r
          JOIN posts p ON p.post IN (r.enrolled_post, r.completed_post)
          WHERE r.enrolled {window.sql} OR r.completed {window.sql}""",
        Source.CLASSES: f"""SELECT c.anchor FROM classes c JOIN class_days d USING (training_class)
          WHERE d.day {window.sql}""",
        Source.HEADS: f"SELECT anchor FROM heads WHERE day {window.sql}",
        Source.TEAMS: f"SELECT anchor FROM teams WHERE {held}",
        Source.ASSISTS: f"""SELECT t.anchor FROM assists a JOIN teams t USING (team)
          WHERE a.day {window.sql}""",
        Source.OUTREACH: f"SELECT anchor FROM outreach WHERE day {window.sql}",
    }[source]
