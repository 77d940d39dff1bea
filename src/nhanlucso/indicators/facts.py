"""Reading the records into columns: what the engine builds facts from.

Ids, dates and categories only, never a name. Rows are read in one snapshot of the database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, NamedTuple

import pyarrow as pa
from django.db.models import QuerySet

from nhanlucso.courses.models import Course
from nhanlucso.courses.rules import topic_keys
from nhanlucso.indicators.changes import (
    CLASSES,
    COURSES,
    HEADS,
    OUTREACH,
    PEOPLE,
    RESULTS,
    TEAMS,
    Changes,
)
from nhanlucso.kernel.clock import local_date
from nhanlucso.learning.models import CourseResult
from nhanlucso.orgs.rules import NO_EXIT, History, Version
from nhanlucso.outreach.models import OutreachItem
from nhanlucso.people.enums import STAFF, Category
from nhanlucso.people.models import Person, Post
from nhanlucso.teams.models import Assist, Team, TeamMember
from nhanlucso.training.enums import ATTENDED
from nhanlucso.training.models import Attendance, ClassSession, HeadCount, TrainingClass

CHUNK = 50_000
_POSTS_EACH = 1 << 16  # more than any person holds
INT, DAY, FLAG, TEXT = pa.int64(), pa.date32(), pa.bool_(), pa.string()
Columns = dict[str, pa.DataType]
Tables = dict[str, pa.Table]


class Changed(NamedTuple):
    """Tables read anew, and the sessions (primary keys) whose attendance is in them."""

    tables: Tables
    sessions: tuple[int, ...]


class Anchors:
    """Numbers for «this unit from this day on (as this person)», shared by all facts that hang there."""

    def __init__(self, history: History, known: Sequence[tuple[int, int, date, int | None]] = ()) -> None:
        """`known`: rows of an earlier build with the same history, in order; their numbers stay."""
        self._history = history
        self.rows = list(known)
        self._numbers = {
            (unit, history.first_exit(unit, since), -1 if person is None else person): number
            for number, unit, since, person in known
        }

    def number(self, unit: int, since: date, person: int | None = None) -> int:
        """The anchor of a unit from a day on; a person matters only where a split lies ahead."""
        way_out = self._history.first_exit(unit, since)
        if person is not None and (way_out == NO_EXIT or not self._history.meets_split(unit, way_out)):
            person = None
        key = (unit, way_out, -1 if person is None else person)
        if key not in self._numbers:
            self._numbers[key] = len(self.rows)
            self.rows.append((len(self.rows), unit, since, person))
        return self._numbers[key]

    def number_along_the_tree(self) -> None:
        """Gives units numbers in the order of the newest tree, those that have ended next to what they became, so that
        what lies in one unit lies close together in the files."""
        versions = [v for of_unit in self._history.versions.values() for v in of_unit]
        newest = max((v.valid_from for v in versions), default=date.min)
        paths = {unit: line[::-1] for unit, line in self._history.closure(newest).items()}

        def place(version: Version) -> tuple[int, ...]:
            heirs = self._history.carry(version.unit, version.valid_from, newest)
            return min((paths[heir] for heir in heirs if heir in paths), default=())

        for version in sorted(versions, key=place):
            self.number(version.unit, version.valid_from)


def read_tables(history: History) -> Tables:
    """All raw tables, by name. Call inside `snapshot()`; `history` must come from the same snapshot."""
    anchors = Anchors(history)
    anchors.number_along_the_tree()
    tables = {name: made for reader in _READERS.values() for name, made in reader(anchors).items()}
    tables["attendance"] = _attendance(Attendance.objects.all())
    return tables | {"anchors": _anchors(anchors)}


def read_changed(
    history: History, known: Sequence[tuple[int, int, date, int | None]], changes: Changes
) -> Changed:
    """The raw tables that acts changed; of attendance the rows of their sessions. Call as `read_tables`.

    `known`: the anchors of the build before. Raises LookupError where the acts do not tell enough.
    """
    anchors = Anchors(history, known)
    tables = {
        name: made for group in sorted(changes.groups) for name, made in _READERS[group](anchors).items()
    }
    sessions = dict(ClassSession.objects.filter(uid__in=changes.sessions).values_list("pk", "uid"))
    if set(sessions.values()) != changes.sessions:
        raise LookupError
    if sessions:
        tables["attendance"] = _attendance(Attendance.objects.filter(session__in=list(sessions)))
    if len(anchors.rows) > len(known):
        tables["anchors"] = _anchors(anchors)
    return Changed(tables, tuple(sessions))


def _anchors(anchors: Anchors) -> pa.Table:
    return table({"anchor": INT, "unit": INT, "since": DAY, "person": INT}, anchors.rows)


def table(columns: Columns, rows: list[tuple[Any, ...]]) -> pa.Table:
    """A columnar table from rows."""
    data = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    return pa.table(
        {name: pa.array(values, kind) for (name, kind), values in zip(columns.items(), data, strict=True)}
    )


def stream(columns: Columns, query: QuerySet[Any, tuple[Any, ...]]) -> pa.Table:
    """A columnar table from a query, in bounded memory."""
    rows = query.iterator(CHUNK)
    chunks = []
    while batch := list(islice(rows, CHUNK)):
        chunks.append(table(columns, batch))
    return pa.concat_tables(chunks) if chunks else table(columns, [])


def _persons() -> pa.Table:
    """Persons in the order in which lists show them; the order is kept, the name is not. Sex and year of birth, where
    known, are what audiences may ask for."""
    rows = Person.objects.order_by("name_key", "pk").values_list("pk", "sex", "birth").iterator(CHUNK)
    return table(
        {"person": INT, "place": INT, "sex": TEXT, "born": INT},
        [
            (pk, place, sex or None, int(birth[:4]) if birth else None)
            for place, (pk, sex, birth) in enumerate(rows)
        ],
    )


def _posts(anchors: Anchors) -> pa.Table:
    """Posts numbered so that of several of a person valid on a day the main one has the smallest number.

    Main first, then the earliest start, then the smallest id by code point. The number tells the person and the place
    among the posts of the person, so that a change of one person leaves the numbers of all others.
    """
    rows = list(
        Post.objects.values_list(
            "uid", "origin", "pk", "person_id", "unit_id", "category", "is_leader", "is_main", "dt_dedicated",
            "dt_concurrent", "valid_from", "valid_to", "dt_lead", "one_stop", "records",
        )
    )  # fmt: skip
    rows.sort(key=lambda r: (r[3], r[7] is not True, r[10], r[0], r[1]))
    places: Counter[int] = Counter()
    numbers = []
    for row in rows:
        numbers.append(row[3] * _POSTS_EACH + places[row[3]])
        places[row[3]] += 1
    return table(
        {
            "post": INT, "record": INT, "person": INT, "unit": INT, "anchor": INT, "valid_from": DAY,
            "valid_to": DAY, "staff": FLAG, "leader": FLAG, "civil": FLAG, "dedicated": FLAG, "concurrent": FLAG,
            "category": TEXT, "lead": FLAG, "one_stop": FLAG, "records": FLAG,
        },
        [
            (
                number, r[2], r[3], r[4], anchors.number(r[4], r[10], r[3]), r[10], r[11], r[5] in STAFF,
                r[6] is True, r[5] == Category.CIVIL_SERVANT, r[8], r[9], r[5], *r[12:15],
            )
            for number, r in zip(numbers, rows, strict=True)
        ],
    )  # fmt: skip


def _training(anchors: Anchors) -> Tables:
    sessions = [
        (pk, class_id, local_date(starts), int(starts.timestamp()), int(ends.timestamp()) if ends else None)
        for pk, class_id, starts, ends in ClassSession.objects.order_by("starts_at").values_list(
            "pk", "training_class_id", "starts_at", "ends_at"
        )
    ]
    first: dict[int, date] = {}
    for _, class_id, day, *_ in sessions:
        first.setdefault(class_id, day)
    return {
        # Starts and ends in seconds since 1970, the end empty where it is unknown.
        "sessions": table(
            {"session": INT, "training_class": INT, "day": DAY, "starts": INT, "ends": INT}, sessions
        ),
        "classes": _classes(anchors, first),
    }


def _attendance(rows: QuerySet[Attendance]) -> pa.Table:
    attended = rows.filter(status__in=ATTENDED)
    return stream({"session": INT, "person": INT}, attended.values_list("session_id", "person_id"))


def _classes(anchors: Anchors, first: dict[int, date]) -> pa.Table:
    tracks = {pk: (basic, ict) for pk, basic, ict in _tracks()}
    rows = TrainingClass.objects.values_list(
        "pk", "form", "host_unit_id", "round", "course_id", "capacity", "mode"
    )
    return table(
        {
            "training_class": INT, "form": TEXT, "host_unit": INT, "anchor": INT, "round": TEXT,
            "first_day": DAY, "basic": FLAG, "ict": FLAG, "capacity": INT, "mode": TEXT, "course": INT,
        },
        [
            (
                pk, form, host, anchors.number(host, first[pk]) if host and pk in first else None, round_,
                first.get(pk), *tracks.get(course, (False, False)), capacity, mode, course,
            )
            for pk, form, host, round_, course, capacity, mode in rows
        ],
    )  # fmt: skip


def _tracks() -> QuerySet[Course, tuple[int, bool, bool]]:
    return Course.objects.values_list("pk", "counts_basic_digital_skills", "counts_ict_standard")


def _heads(anchors: Anchors) -> pa.Table:
    """Head counts numbered in the order of their id; an unknown count is no count."""
    rows = sorted(
        HeadCount.objects.filter(count__isnull=False).values_list(
            "uid", "origin", "training_class_id", "unit_id", "audience", "count", "qualifier", "date", "pk"
        )
    )
    return table(
        {
            "head": INT, "training_class": INT, "unit": INT, "audience": TEXT, "people": INT, "qualifier": TEXT,
            "day": DAY, "anchor": INT, "record": INT,
        },
        [
            (number, r[2], r[3], r[4], r[5], r[6] or "about", r[7], anchors.number(r[3], r[7]), r[8])
            for number, r in enumerate(rows)
        ],
    )  # fmt: skip


def _teams(anchors: Anchors) -> Tables:
    teams = Team.objects.values_list("pk", "unit_id", "valid_from", "valid_to")
    return {
        "teams": table(
            {"team": INT, "unit": INT, "valid_from": DAY, "valid_to": DAY, "anchor": INT},
            [(pk, unit, start, end, anchors.number(unit, start)) for pk, unit, start, end in teams],
        ),
        "members": stream(
            {"team": INT, "person": INT, "valid_from": DAY, "valid_to": DAY},
            TeamMember.objects.values_list("team_id", "person_id", "valid_from", "valid_to"),
        ),
        "assists": stream(
            {"assist": INT, "team": INT, "day": DAY, "people": INT, "outcome": TEXT},
            Assist.objects.filter(people__isnull=False).values_list(
                "pk", "team_id", "date", "people", "outcome"
            ),
        ),
    }


def _topics() -> pa.Table:
    """What courses are about: each of their topics by its matching key."""
    rows = Course.objects.exclude(topics="").values_list("pk", "topics")
    return table(
        {"course": INT, "topic": TEXT}, [(pk, key) for pk, topics in rows for key in topic_keys(topics)]
    )


def _results() -> pa.Table:
    return stream(
        {
            "result": INT, "person": INT, "course": INT, "enrolled": DAY, "completed": DAY, "passed": FLAG,
            "self_paced": TEXT, "basic": FLAG, "ict": FLAG,
        },
        CourseResult.objects.values_list(
            "pk", "person_id", "course_id", "enrolled_at", "completed_at", "passed", "course__delivery",
            "course__counts_basic_digital_skills", "course__counts_ict_standard",
        ),
    )  # fmt: skip


def _outreach(anchors: Anchors) -> pa.Table:
    rows = OutreachItem.objects.filter(count__isnull=False).values_list("pk", "unit_id", "date", "count")
    return table(
        {"item": INT, "day": DAY, "items": INT, "anchor": INT},
        [(pk, day, count, anchors.number(unit, day)) for pk, unit, day, count in rows],
    )


# What acts change together (`changes`): a course bears on its classes and results, a post on the results of its person.
_READERS: dict[str, Callable[[Anchors], Tables]] = {
    PEOPLE: lambda anchors: {"persons": _persons(), "posts": _posts(anchors), "results": _results()},
    CLASSES: _training,
    COURSES: lambda anchors: {"topics": _topics(), "results": _results(), **_training(anchors)},
    HEADS: lambda anchors: {"heads": _heads(anchors)},
    TEAMS: _teams,
    OUTREACH: lambda anchors: {"outreach": _outreach(anchors)},
    RESULTS: lambda anchors: {"results": _results()},
}


def as_of(moment: datetime) -> str:
    """How the time of a build is printed: UTC, to the second."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
