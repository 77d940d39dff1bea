"""The life of one person here as one line, and what it proves: for whoever looks at them, and for themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from nhanlucso.courses.enums import CountsFor
from nhanlucso.courses.rules import CLASS, RESULT, Proof, Skill, skills
from nhanlucso.kernel.clock import EVER, today
from nhanlucso.learning.enums import ResultState
from nhanlucso.learning.models import CourseResult
from nhanlucso.people.enums import Category
from nhanlucso.people.queries import PostLine
from nhanlucso.plans.queries import BoardSeat
from nhanlucso.teams.queries import Seat
from nhanlucso.training.queries.attended import Attended

_SIGNS = {"post": "people", "class": "class", "result": "learn", "seat": "team", "board": "plan"}


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing on the line. `kind`: post, class, result, seat, board; `last`: the day it stands under, None if that
    is not known; `now`: it still lasts."""

    kind: str
    record: PostLine | Attended | CourseResult | Seat | BoardSeat
    first: date | None
    last: date | None
    now: bool

    @property
    def sign(self) -> str:
        """The icon of its kind."""
        return _SIGNS[self.kind]


@dataclass(frozen=True, slots=True)
class Chapter:
    """What stands under one heading: now, a year, or days that are not known."""

    heading: str
    moments: list[Moment]


@dataclass(frozen=True, slots=True)
class State:
    """A skill as it is told: its name, and the skill with its proofs."""

    name: str
    skill: Skill


@dataclass(frozen=True, slots=True)
class Records:
    """All that is known of one person here, as far as somebody may see it."""

    posts: Sequence[PostLine]
    classes: Sequence[Attended]
    results: Sequence[CourseResult]
    seats: Sequence[Seat]
    boards: Sequence[BoardSeat]


def lifeline(records: Records) -> list[Chapter]:
    """The line by years, newest first; what lasts stands on top, what has no day at the end."""
    moments = sorted(_moments(records), key=_place, reverse=True)
    chapters: dict[str, list[Moment]] = {}
    for moment in moments:
        chapters.setdefault(_heading(moment), []).append(moment)
    return [Chapter(heading, held) for heading, held in chapters.items()]


def states(records: Records) -> list[State]:
    """The skills that are asked of the person, and those they have anyway: basic skills of everybody, the standard
    of civil servants."""
    day = today()
    asked = {CountsFor.BASIC_DIGITAL_SKILLS}
    if any(line.current and line.post.category == Category.CIVIL_SERVANT for line in records.posts):
        asked.add(CountsFor.ICT_STANDARD)
    found = skills(_proofs(records), CountsFor.values, day)
    return [
        State(str(CountsFor(skill.counts_for).label), skill)
        for skill in found
        if skill.proofs or skill.counts_for in asked
    ]


def _proofs(records: Records) -> Iterable[Proof]:
    for row in records.classes:
        course = row.training_class.course
        if row.completed and course is not None:
            title = row.training_class.title or course.title
            yield Proof(course.counts_for, CLASS, row.training_class.pk, title, row.last_day)
    for result in records.results:
        if result.state == ResultState.PASSED and result.completed_at is not None:
            yield Proof(result.course.counts_for, RESULT, result.pk, result.course.title, result.completed_at)


def _moments(records: Records) -> Iterable[Moment]:
    day = today()
    for line in records.posts:
        yield Moment("post", line, line.post.valid_from, line.post.valid_to, line.current)
    for seat in records.seats:
        yield Moment("seat", seat, seat.member.valid_from, seat.member.valid_to, seat.current)
    for place in records.boards:
        yield Moment("board", place, place.member.valid_from, place.member.valid_to, place.current)
    for row in records.classes:
        yield Moment("class", row, row.first_day, row.last_day, row.last_day > day)
    for result in records.results:
        told = result.completed_at or result.enrolled_at
        yield Moment("result", result, told, told, False)


def _place(moment: Moment) -> tuple[int, date, date]:
    """Sorts upwards: days not known, years, now, to come."""
    rank = 2 if moment.now else 3 if moment.first is not None and moment.first > today() else 1
    return (rank if moment.last else 0, moment.last or EVER, moment.first or EVER)


def _heading(moment: Moment) -> str:
    if moment.now:
        return _("Hiện nay")
    if moment.last is None:
        return _("Không rõ ngày")
    if moment.first is not None and moment.first > today():
        return _("Sắp tới")
    return str(moment.last.year)
