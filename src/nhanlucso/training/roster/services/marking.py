"""Marking by hand: one person or many, seen by whoever marks at the same time, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.people.models import Person
from nhanlucso.training.enums import Mark
from nhanlucso.training.models import Attendance, ClassSession, MarkChange
from nhanlucso.training.roster.records import invited_to, marks_of
from nhanlucso.training.roster.rules import Verdict, judge_mark
from nhanlucso.training.sessions import check_begun, locked_sessions

_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class MarkSent:
    """What somebody marks a person (id) with: a value of `Mark`, "" to clear; `seen`: the mark that their page
    showed, None if they marked without looking."""

    person: int
    mark: str
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """What became of the marks, by person. `crossed`: somebody else had marked otherwise; not written."""

    written: tuple[int, ...]
    same: tuple[int, ...]
    crossed: tuple[int, ...]


def set_marks(
    *, session_id: int, sent: Sequence[MarkSent], together: bool = False, by: Scope, at: datetime
) -> Marked:
    """Writes marks of people on the roster of a session that `by` hosts; marks sent twice change nothing.

    Whoever marks the same session at once waits for the other. `together`: one act, taken back as one. Raises
    Refused("not_allowed", "bad_value", "not_yet"), ClassSession.DoesNotExist outside the scope, Person.DoesNotExist
    for who is not on the roster.
    """
    by = by.require(Permission.RECORD_ATTENDANCE)
    if any(one.mark and one.mark not in Mark.values for one in sent):
        raise Refused("bad_value", _("Không có dấu điểm danh này."))
    with transaction.atomic():
        session = locked_sessions({session_id}, by).get()
        if any(one.mark for one in sent):
            check_begun(session, at)
        roster = marks_of(session.training_class_id)
        stands = {person: marks.get(session_id, "") for person, marks in roster.items()}
        stands |= dict.fromkeys(invited_to(session.training_class_id) - stands.keys(), "")
        if any(one.person not in stands for one in sent):
            raise Person.DoesNotExist
        judged = {one.person: judge_mark(stands[one.person], one.mark, one.seen) for one in sent}
        fresh = [one for one in {o.person: o for o in sent}.values() if judged[one.person] is Verdict.WRITE]
        act = new_uid()
        changes = [
            MarkChange(
                session=session, person_id=one.person, act=act if together else new_uid(),
                before=stands[one.person], after=one.mark, account_id=by.account_id, at=at,
            )
            for one in fresh
        ]  # fmt: skip
        _store(session, changes, by, at)
    return Marked(*(tuple(p for p, verdict in judged.items() if verdict is wanted) for wanted in Verdict))


def take_back(*, session_id: int, act: str, by: Scope, at: datetime) -> Marked:
    """Takes back an act of one's own; a mark that somebody has changed since then stays (`crossed`). An act that was
    taken back already changes nothing.

    Raises Refused("not_allowed"), ClassSession.DoesNotExist outside the scope, MarkChange.DoesNotExist.
    """
    by = by.require(Permission.RECORD_ATTENDANCE)
    with transaction.atomic():
        session = locked_sessions({session_id}, by).get()
        mine = list(MarkChange.objects.filter(session=session, act=act, account=by.account_id).order_by("pk"))
        if not mine:
            raise MarkChange.DoesNotExist
        if mine[0].undone:
            return Marked((), tuple(change.person_id for change in mine), ())
        rows = Attendance.objects.filter(session=session, person__in=[change.person_id for change in mine])
        stands = dict(rows.values_list("person_id", "status"))
        back = [change for change in mine if stands.get(change.person_id, "") == change.after]
        changes = [
            MarkChange(
                session=session, person_id=change.person_id, act=act, before=change.after,
                after=change.before, account_id=by.account_id, at=at, undone=True,
            )
            for change in back
        ]  # fmt: skip
        MarkChange.objects.filter(pk__in=[change.pk for change in mine]).update(undone=True)
        _store(session, changes, by, at)
    kept = {change.person_id for change in back}
    return Marked(tuple(kept), (), tuple(c.person_id for c in mine if c.person_id not in kept))


def _store(session: ClassSession, changes: list[MarkChange], by: Scope, at: datetime) -> None:
    if not changes:
        return
    Attendance.objects.bulk_create(
        [
            Attendance(session=session, person_id=change.person_id, status=change.after, recorded_at=at)
            for change in changes
        ],
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["session", "person"],
        update_fields=["status", "recorded_at"],
    )
    MarkChange.objects.bulk_create(changes, batch_size=_BATCH)
    record(
        verb="attendance.record",
        object_type="class_session",
        object_id=session.uid,
        by=by.account_id,
        at=at,
        count=len(changes),
        facts=True,
    )
