"""Classes as their pages show them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nhanlucso.kernel.clock import local_date, today
from nhanlucso.orgs.enums import UnitKind
from nhanlucso.orgs.queries import history
from nhanlucso.orgs.rules import History
from nhanlucso.training.enums import Form, Mark
from nhanlucso.training.models import ClassSession, HeadCount, TrainingClass
from nhanlucso.training.queries.class_view import ClassView, Participant
from nhanlucso.training.rules import SessionState, session_due
from nhanlucso.web.kit import wording

SHOWN_SESSIONS = 6  # up to so many sessions each has a column of signs
_SIGNS = {Mark.PRESENT: "x", Mark.LATE: "m", Mark.EXCUSED: "p", Mark.ABSENT: "k"}
_FORMS: dict[str, Callable[[int], str]] = {
    Form.CLASS: lambda n: ngettext("%(n)s lớp tập huấn", "%(n)s lớp tập huấn", n),
    Form.CONFERENCE: lambda n: ngettext("%(n)s hội nghị", "%(n)s hội nghị", n),
    Form.SEMINAR: lambda n: ngettext("%(n)s hội thảo", "%(n)s hội thảo", n),
    Form.MENTORING: lambda n: ngettext("%(n)s lần cầm tay chỉ việc", "%(n)s lần cầm tay chỉ việc", n),
    Form.CONTEST: lambda n: ngettext("%(n)s hội thi", "%(n)s hội thi", n),
}

GROUPS: dict[str, tuple[object, Callable[[Participant], bool]]] = {
    "": (gettext_lazy("Tất cả"), lambda one: True),
    "invited": (gettext_lazy("Được mời"), lambda one: one.invited),
    "came": (gettext_lazy("Đã dự"), lambda one: one.came),
    "completed": (gettext_lazy("Hoàn thành"), lambda one: one.standing.completed),
    "missing": (gettext_lazy("Mời, chưa dự"), lambda one: one.missing),
}


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One class in the list. `waiting`: its first day is here and nothing is recorded."""

    pk: int
    title: str
    form: str
    host: str
    first_day: date | None
    last_day: date | None
    held: int
    invited: int
    came: int
    waiting: bool


@dataclass(frozen=True, slots=True)
class UnitLink:
    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session in words: `said` is when, `recorded` for how many people something is, `past` whether it has begun."""

    pk: int
    number: int
    said: str
    place: str
    recorded: int
    past: bool


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of a class: (sign, word) for every session, how many were attended, how that stands."""

    person_id: int
    name: str
    post: str
    invited: bool
    marks: list[tuple[str, str]]
    attended: int
    completed: bool
    missing: bool


@dataclass(frozen=True, slots=True)
class CountRow:
    """A head count: it says how many were there, never who."""

    pk: int
    unit: str
    audience: str
    said: str
    day: date


@dataclass(frozen=True, slots=True)
class GroupTab:
    """A group of the people of a class: of those whom the reader sees, how many."""

    key: str
    label: object
    size: int
    now: bool


@dataclass(frozen=True, slots=True)
class ClassPage:
    """A class in words. `due`: the session (primary key) to be recorded next."""

    form: str
    mode: str
    host: UnitLink | None
    co_hosts: list[UnitLink]
    sessions: list[SessionRow]
    signs: bool
    due: int | None
    tabs: list[GroupTab]
    people: list[PersonRow]
    counts: list[CountRow]


def said_forms(forms: Mapping[str, int]) -> str:
    """«12 lớp tập huấn, 3 hội nghị» from numbers by form."""
    parts = [say(n) % {"n": wording.number(n)} for form, say in _FORMS.items() if (n := forms.get(form, 0))]
    if other := sum(n for form, n in forms.items() if form not in _FORMS):
        parts.append(ngettext("%(n)s lớp khác", "%(n)s lớp khác", other) % {"n": wording.number(other)})
    return ", ".join(parts)


def class_rows(classes: Iterable[TrainingClass]) -> list[ClassRow]:
    """The rows of the list, from `training.queries.listing.class_list`."""
    past, on = history(), today()
    return [_class_row(row, past, on) for row in classes]


def _class_row(row: TrainingClass, past: History, on: date) -> ClassRow:
    first: date | None = getattr(row, "first_day", None)
    return ClassRow(
        row.pk,
        row.title or _("Lớp chưa có tên"),
        form_words(row),
        unit_name(past, row.host_unit_id, first),
        first,
        getattr(row, "last_day", None),
        getattr(row, "held", 0),
        getattr(row, "invited", 0),
        getattr(row, "came", 0),
        first is not None and first <= on and not getattr(row, "recorded", False),
    )


def class_page(held: ClassView, group: str) -> ClassPage:
    """What the page of a class shows, with the people of one group."""
    row, past = held.training_class, history()
    first = local_date(held.sessions[0].starts_at) if held.sessions else None
    states = [SessionState(s.pk, local_date(s.starts_at), held.recorded.get(s.pk, 0)) for s in held.sessions]
    inside = GROUPS[group][1]
    host = row.host_unit_id
    return ClassPage(
        form=form_words(row),
        mode=str(row.get_mode_display()) if row.mode else "",
        host=UnitLink(host, unit_name(past, host, first)) if host is not None else None,
        co_hosts=[UnitLink(unit, unit_name(past, unit, first)) for unit in held.co_hosts],
        sessions=session_rows(held.sessions, held.recorded),
        signs=len(held.sessions) <= SHOWN_SESSIONS,
        due=session_due(states, today()),
        tabs=[
            GroupTab(key, label, sum(map(test, held.people)), key == group)
            for key, (label, test) in GROUPS.items()
        ],
        people=[_person(one, bool(held.recorded)) for one in held.people if inside(one)],
        counts=[count_row(past, count) for count in held.head_counts],
    )


def session_rows(sessions: Iterable[ClassSession], recorded: Mapping[int, int]) -> list[SessionRow]:
    """The sessions of a class in their order."""
    on = today()
    return [
        SessionRow(
            one.pk,
            number,
            said_session(one),
            one.place,
            recorded.get(one.pk, 0),
            local_date(one.starts_at) <= on,
        )
        for number, one in enumerate(sessions, 1)
    ]


def post_of(one: Participant) -> str:
    return ", ".join(filter(None, (one.person.title, one.person.unit)))


def _person(one: Participant, recorded: bool) -> PersonRow:
    return PersonRow(
        one.person.person_id,
        one.person.name,
        post_of(one),
        one.invited,
        [(_SIGNS.get(Mark(m), ""), str(Mark(m).label)) if m else ("", _("chưa ghi")) for m in one.marks],
        one.standing.attended,
        one.standing.completed,
        one.missing and recorded,
    )


def form_words(row: TrainingClass) -> str:
    return str(row.get_form_display()) if row.form else ""


def unit_name(past: History, unit: int | None, on: date | None) -> str:
    """The name of a unit on a day, or its last one; a division with what it is a division of."""
    if unit is None:
        return ""
    version = (past.version(unit, on) if on else None) or past.last_version(unit)
    if version is None:
        return ""
    above = (
        past.version_near(version.parent, max(on or version.valid_from, version.valid_from))
        if version.parent
        else None
    )
    return f"{version.name}, {above.name}" if above and version.kind == UnitKind.DIVISION else version.name


def said_session(session: ClassSession) -> str:
    """«08:00–11:30 ngày 15/05/2024»."""
    if session.ends_at is None or local_date(session.ends_at) != local_date(session.starts_at):
        return wording.moment(session.starts_at)
    start, end = wording.moment(session.starts_at), wording.moment(session.ends_at)
    return f"{start.split(' ', 1)[0]}–{end}"


def count_row(past: History, count: HeadCount) -> CountRow:
    """A head count with its qualifier."""
    said = wording.number(count.count) if count.count is not None else _("chưa rõ")
    word = wording.qualifier_word(count.qualifier)
    return CountRow(
        count.pk,
        unit_name(past, count.unit_id, count.date),
        count.audience,
        f"{word} {said}".strip(),
        count.date,
    )
