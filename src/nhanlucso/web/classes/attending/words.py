"""Sheets and rosters in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhanlucso.kernel.clock import local_date
from nhanlucso.kernel.text import fold
from nhanlucso.people.queries import PersonName
from nhanlucso.training.enums import Mark
from nhanlucso.training.models import ClassSession
from nhanlucso.training.roster.queries.sheets import LastChange, Sheet, SheetRow
from nhanlucso.training.roster.rules import Standing, Tally
from nhanlucso.web.kit import wording

NOON = 12
UNRECORDED = "…"
SIGNS = {Mark.PRESENT: "x", Mark.LATE: "m", Mark.EXCUSED: "p", Mark.ABSENT: "k"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A mark that may be set: `value` for the form, `word` on the button, the key that sets it."""

    value: str
    word: str
    key: str


@dataclass(frozen=True, slots=True)
class Crossing:
    """Two marks for one person: the one that stands, by whom, and the one that was not written."""

    stands: str
    sent: str
    who: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A mark in one of the sessions; `now`: of the session of the sheet."""

    sign: str
    word: str
    now: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the sheet. `find`: the name as the box above the list looks for it."""

    person_id: int
    name: str
    find: str
    post: str
    mark: str
    said: str
    cells: list[Cell]
    standing: str
    crossing: Crossing | None


@dataclass(frozen=True, slots=True)
class Column:
    """A session at the head of the sheet."""

    pk: int
    number: int
    when: str
    now: bool


def choices() -> list[Choice]:
    """The four marks in the order of their buttons."""
    short = {
        Mark.PRESENT: _("Có mặt"),
        Mark.LATE: _("Muộn"),
        Mark.EXCUSED: _("Có phép"),
        Mark.ABSENT: _("Vắng"),
    }
    return [Choice(mark.value, word, SIGNS[mark]) for mark, word in short.items()]


def mark_word(mark: str) -> str:
    """The mark in a word; «chưa ghi» for none."""
    return str(Mark(mark).label) if mark else _("chưa ghi")


def post_of(person: PersonName) -> str:
    """Post and unit in one line."""
    return ", ".join(filter(None, (person.title, person.unit)))


def standing_words(held: Standing) -> str:
    """«Dự 4/5 buổi: hoàn thành»."""
    came = {"attended": wording.number(held.attended), "sessions": wording.number(held.sessions)}
    if held.completed:
        return _("Dự %(attended)s/%(sessions)s buổi: hoàn thành") % came
    if not held.possible:
        return _("Dự %(attended)s/%(sessions)s buổi: không đủ để hoàn thành") % came
    return _("Dự %(attended)s/%(sessions)s buổi: cần thêm %(short)s") % {
        **came,
        "short": wording.number(held.short),
    }


def tally_words(held: Tally) -> list[str]:
    """«đã ghi 23/25», «có mặt 20», «vắng 3», «chưa ghi 2»."""
    number = wording.number
    present = _("có mặt %(count)s") % {"count": number(held.present)}
    away = _("vắng %(count)s") % {"count": number(held.away)}
    if held.late:
        present += " " + _("(muộn %(count)s)") % {"count": number(held.late)}
    if held.excused:
        away += " " + _("(có phép %(count)s)") % {"count": number(held.excused)}
    marked = _("đã ghi %(marked)s/%(total)s") % {
        "marked": number(held.marked),
        "total": number(held.total),
    }
    return [marked, present, away, _("chưa ghi %(count)s") % {"count": number(held.missing)}]


def undo_words(sheet: Sheet) -> str:
    """What taking back the last act would take back."""
    last = sheet.last_act
    if last is None:
        return ""
    if last.people > 1:
        words = ngettext("%(count)s người: %(mark)s", "%(count)s người: %(mark)s", last.people)
        return words % {"count": wording.number(last.people), "mark": mark_word(last.mark).lower()}
    name = next((row.person.name for row in sheet.rows if row.person.person_id == last.person_id), "")
    return f"{name}: {mark_word(last.mark).lower()}"


def session_words(session: ClassSession) -> str:
    """«08:00–11:00 04/03/2024»."""
    if session.ends_at is None or local_date(session.ends_at) != local_date(session.starts_at):
        return wording.moment(session.starts_at)
    start, end = wording.moment(session.starts_at), wording.moment(session.ends_at)
    return f"{start.split(' ', 1)[0]}–{end}"


def columns(sheet: Sheet) -> list[Column]:
    """The sessions of the class, in order."""
    return [
        Column(session.pk, number, session_words(session), session.pk == sheet.session.pk)
        for number, session in enumerate(sheet.sessions, 1)
    ]


def day_heads(sheet: Sheet) -> list[str]:
    """«15/05/2024 sáng»: the sessions as the headings of a list, which the import understands. One that reaches over
    noon bears the day alone."""
    heads = []
    for session in sheet.sessions:
        start, end = localtime(session.starts_at), localtime(session.ends_at or session.starts_at)
        words = _("%(day)s sáng") if start.hour < NOON else _("%(day)s chiều")
        over_noon = start.hour < NOON < end.hour or start.date() != end.date()
        heads.append(("%(day)s" if over_noon else words) % {"day": wording.day(start.date())})
    return heads


def list_signs(sheet: Sheet) -> list[list[str]]:
    """The marks of every person for a list. Nothing recorded of somebody is told from an absence by dots; a session
    in which nobody is recorded stays empty, to be filled in by hand."""
    begun = [any(row.marks[at] for row in sheet.rows) for at in range(len(sheet.sessions))]
    return [
        [
            SIGNS[Mark(mark)] if mark else (UNRECORDED if some else "")
            for mark, some in zip(row.marks, begun, strict=True)
        ]
        for row in sheet.rows
    ]


def rows(
    sheet: Sheet,
    only: Collection[int] | None = None,
    crossed: Mapping[int, str] | None = None,
    changes: Mapping[int, LastChange] | None = None,
) -> list[Row]:
    """The rows in words, of these people alone if any are named. `crossed`: what was chosen
    and not written, in words."""
    found = [row for row in sheet.rows if only is None or row.person.person_id in only]
    return [_row(sheet, row, crossed or {}, changes or {}) for row in found]


def _row(sheet: Sheet, row: SheetRow, crossed: Mapping[int, str], changes: Mapping[int, LastChange]) -> Row:
    person, pk = row.person, row.person.person_id
    return Row(
        person_id=pk,
        name=person.name,
        find=fold(person.name),
        post=post_of(person),
        mark=row.mark,
        said=mark_word(row.mark),
        cells=[
            Cell(SIGNS[Mark(mark)] if mark else "", mark_word(mark), session.pk == sheet.session.pk)
            for session, mark in zip(sheet.sessions, row.marks, strict=True)
        ],
        standing=standing_words(row.standing),
        crossing=_crossing(row.mark, crossed[pk], changes.get(pk)) if pk in crossed else None,
    )


def _crossing(stands: str, sent: str, change: LastChange | None) -> Crossing:
    known = change if change and change.mark == stands else None
    return Crossing(mark_word(stands), sent, known.who if known else "", known.at if known else None)
