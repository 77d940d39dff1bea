"""What acts change of the facts: by the verbs of the marks that they leave (`audit.Touch`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# The groups of tables that are read together.
PEOPLE, CLASSES, COURSES, HEADS, TEAMS, OUTREACH, RESULTS = (
    "people", "classes", "courses", "heads", "teams", "outreach", "results",
)  # fmt: skip
_MARKS = "attendance.record"
_GROUPS = {
    "person.add": PEOPLE,
    "person.change": PEOPLE,
    "post.add": PEOPLE,
    "post.change": PEOPLE,
    "post.end": PEOPLE,
    "class.create": CLASSES,
    "class.change": CLASSES,
    "class.remove": CLASSES,
    "session.add": CLASSES,
    "session.change": CLASSES,
    "session.remove": CLASSES,
    "course.add": COURSES,
    "course.change": COURSES,
    "head_count.add": HEADS,
    "head_count.change": HEADS,
    "head_count.remove": HEADS,
    "team.add": TEAMS,
    "team.change": TEAMS,
    "team.end": TEAMS,
    "team.seat": TEAMS,
    "team.seat_change": TEAMS,
    "team.seat_remove": TEAMS,
    "assist.log": TEAMS,
    "assist.change": TEAMS,
    "assist.remove": TEAMS,
    "outreach.add": OUTREACH,
    "outreach.change": OUTREACH,
    "outreach.remove": OUTREACH,
    "result.record": RESULTS,
    "result.change": RESULTS,
    "result.remove": RESULTS,
}
_NOTHING = {"sheet.import"}  # made of acts that leave marks of their own


@dataclass(frozen=True, slots=True)
class Changes:
    """`groups` to be read anew, and the ids of sessions whose attendance is."""

    groups: frozenset[str]
    sessions: frozenset[str]


def changes_of(marks: Iterable[tuple[str, str]]) -> Changes | None:
    """What marks (verb, id of the record) say; None if they do not tell: then everything may have changed."""
    groups, sessions = set(), set()
    for verb, record in marks:
        if verb in _GROUPS:
            groups.add(_GROUPS[verb])
        elif verb == _MARKS and record:
            sessions.add(record)
        elif verb not in _NOTHING:
            return None
    return Changes(frozenset(groups), frozenset(sessions))
