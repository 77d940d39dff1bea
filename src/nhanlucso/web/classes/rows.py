"""Classes as their pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from nhanlucso.kernel.clock import local_date
from nhanlucso.orgs.queries import history
from nhanlucso.orgs.rules import History
from nhanlucso.training.enums import Mark
from nhanlucso.training.models import ClassSession, HeadCount, TrainingClass
from nhanlucso.training.queries.classes import ClassView
from nhanlucso.web.kit import wording

_SIGNS = {Mark.PRESENT: "x", Mark.LATE: "m", Mark.EXCUSED: "P", Mark.ABSENT: "K"}


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One class in the list."""

    pk: int
    title: str
    form: str
    host: str
    first_day: date | None
    invited: int
    people: int


@dataclass(frozen=True, slots=True)
class PersonMarks:
    """One line of the roster: (sign, word) for every session, and how many were attended."""

    person_id: int
    name: str
    post: str
    marks: list[tuple[str, str]]
    attended: int


@dataclass(frozen=True, slots=True)
class CountRow:
    """A head count: it says how many were there, never who."""

    unit: str
    audience: str
    said: str
    day: date


@dataclass(frozen=True, slots=True)
class ClassPage:
    """A class in words. `all_roster` and `all_invited` also count those whom the reader may not see."""

    title: str
    form: str
    mode: str
    host: str
    course: str
    round: str
    when: str
    sessions: list[tuple[str, str]]
    roster: list[PersonMarks]
    counts: list[CountRow]
    hidden_roster: int
    hidden_invited: int


def class_rows(classes: Iterable[TrainingClass]) -> list[ClassRow]:
    """The rows of the list, from `training.queries.classes.visible_classes`."""
    past = history()
    return [
        ClassRow(
            row.pk,
            row.title,
            _form(row),
            _unit_name(past, row.host_unit_id, getattr(row, "first_day", None)),
            getattr(row, "first_day", None),
            getattr(row, "invited", 0),
            getattr(row, "people", 0),
        )
        for row in classes
    ]


def class_page(held: ClassView) -> ClassPage:
    """What the page of a class shows."""
    row, past = held.training_class, history()
    first = local_date(held.sessions[0].starts_at) if held.sessions else None
    sessions = [(_session(session), session.place) for session in held.sessions]
    return ClassPage(
        title=row.title,
        form=_form(row),
        mode=row.get_mode_display() if row.mode else "",
        host=_unit_name(past, row.host_unit_id, first),
        course=row.course.title if row.course else "",
        round=row.round,
        when="; ".join(" ".join(filter(None, part)) for part in sessions[:3]),
        sessions=sessions,
        roster=_roster(held),
        counts=[_count(past, count) for count in held.head_counts],
        hidden_roster=held.roster_size - len(held.roster),
        hidden_invited=held.invited_size - len(held.invited),
    )


def _roster(held: ClassView) -> list[PersonMarks]:
    return [
        PersonMarks(
            line.person.person_id,
            line.person.name,
            ", ".join(filter(None, (line.person.title, line.person.unit))),
            [(_SIGNS.get(Mark(m), ""), str(Mark(m).label)) if m else ("", _("chưa ghi")) for m in line.marks],
            sum(mark in (Mark.PRESENT, Mark.LATE) for mark in line.marks),
        )
        for line in held.roster
    ]


def _form(row: TrainingClass) -> str:
    return row.get_form_display() if row.form else ""


def _unit_name(past: History, unit: int | None, on: date | None) -> str:
    if unit is None:
        return ""
    version = (past.version(unit, on) if on else None) or past.last_version(unit)
    return version.name if version else ""


def _session(session: ClassSession) -> str:
    if session.ends_at is None or local_date(session.ends_at) != local_date(session.starts_at):
        return wording.moment(session.starts_at)
    start, end = wording.moment(session.starts_at), wording.moment(session.ends_at)
    return f"{start.split(' ', 1)[0]}–{end}"


def _count(past: History, count: HeadCount) -> CountRow:
    said = wording.number(count.count) if count.count is not None else _("chưa rõ")
    word = wording.qualifier_word(count.qualifier)
    return CountRow(
        _unit_name(past, count.unit_id, count.date), count.audience, f"{word} {said}".strip(), count.date
    )
