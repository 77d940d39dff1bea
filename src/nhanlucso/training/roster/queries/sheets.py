"""The sheet of a session: everybody on the roster of its class, with their marks in all its sessions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from nhanlucso.kernel.clock import local_date, now
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import SYSTEM, Scope
from nhanlucso.kernel.text import name_key
from nhanlucso.people.queries import PersonName, people_by_ids
from nhanlucso.training.models import ClassSession, MarkChange, TrainingClass
from nhanlucso.training.queries.classes import hosted_classes, visible_classes
from nhanlucso.training.roster.records import invited_to, marks_of
from nhanlucso.training.roster.rules import Standing, Tally, standing, tally
from nhanlucso.training.rules import is_early


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One person: the mark in the session of the sheet ("" is not recorded) and those in all sessions, in order."""

    person: PersonName
    mark: str
    marks: tuple[str, ...]
    standing: Standing


@dataclass(frozen=True, slots=True)
class LastAct:
    """What an account marked last in a session and may take back: one person, or several at once."""

    act: str
    people: int
    person_id: int
    mark: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A session with its roster as a scope sees it, people by given name.

    `hosted`: the scope reaches a host, so everybody is there; else its own people alone. `early`: its
    day is still to come, nothing is marked yet. `may_mark`, `may_add`:
    whether the scope may record here, and put people on the roster. `hidden`: how many it does not see.
    """

    training_class: TrainingClass
    session: ClassSession
    sessions: list[ClassSession]
    rows: list[SheetRow]
    tally: Tally
    hosted: bool
    early: bool
    may_mark: bool
    may_add: bool
    hidden: int
    last_act: LastAct | None


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who set the mark that stands, when ("" for the system or an account that is gone)."""

    person_id: int
    mark: str
    who: str
    at: datetime


def attendance_sheet(scope: Scope, class_id: int, session_id: int) -> Sheet:
    """The sheet of a session. Raises TrainingClass.DoesNotExist, ClassSession.DoesNotExist outside the scope."""
    found = visible_classes(scope).get(pk=class_id)
    sessions = list(found.sessions.order_by("starts_at", "pk"))
    session = next((one for one in sessions if one.pk == session_id), None)
    if session is None:
        raise ClassSession.DoesNotExist
    hosted = _hosts(scope, class_id)
    marks = marks_of(class_id)
    everyone = set(marks) | invited_to(class_id)
    # Hosts see everyone who is on their roster, wherever they work.
    names = people_by_ids(SYSTEM if hosted else scope, everyone, local_date(sessions[0].starts_at))
    rows = [
        _row(names[person], marks.get(person, {}), session_id, sessions)
        for person in sorted(names, key=lambda person: (name_key(names[person].name), person))
    ]
    early = is_early(session.starts_at, now())
    may_mark = hosted and not early and _may(scope, Permission.RECORD_ATTENDANCE, class_id)
    return Sheet(
        training_class=found,
        session=session,
        sessions=sessions,
        rows=rows,
        tally=tally(row.mark for row in rows),
        hosted=hosted,
        early=early,
        may_mark=may_mark,
        may_add=hosted and _may(scope, Permission.EDIT_CLASSES, class_id),
        hidden=len(everyone) - len(rows),
        last_act=_last_act(scope, session_id) if may_mark else None,
    )


def last_changes(scope: Scope, session_id: int, people: Collection[int]) -> dict[int, LastChange]:
    """Who last marked these people in a session of a class that the scope hosts."""
    if not hosted_classes(scope).filter(sessions=session_id).exists():
        return {}
    rows = MarkChange.objects.filter(session=session_id, person__in=people).select_related("account")
    return {
        row.person_id: LastChange(
            row.person_id, row.after, row.account.get_full_name() if row.account else "", row.at
        )
        for row in rows.order_by("pk")
    }


def _row(
    person: PersonName, marks: dict[int, str], session_id: int, sessions: list[ClassSession]
) -> SheetRow:
    row = tuple(marks.get(session.pk, "") for session in sessions)
    return SheetRow(person, marks.get(session_id, ""), row, standing(row))


def _hosts(scope: Scope, class_id: int) -> bool:
    return hosted_classes(scope).filter(pk=class_id).exists()


def _may(scope: Scope, permission: Permission, class_id: int) -> bool:
    narrowed = scope.to(permission)
    return scope.may(permission) and (narrowed == scope or _hosts(narrowed, class_id))


def _last_act(scope: Scope, session_id: int) -> LastAct | None:
    """The last act of the account in the session that it has not taken back."""
    mine = MarkChange.objects.filter(session=session_id, account=scope.account_id, undone=False)
    last = mine.order_by("-pk").first()
    if last is None:
        return None
    together = mine.filter(act=last.act).count()
    return LastAct(last.act, together, last.person_id, last.after)
