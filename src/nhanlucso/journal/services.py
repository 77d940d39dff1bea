"""Keeping what acts change, and taking acts back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.journal.conflicts import Conflict, Held, conflicts_of, held_rows
from nhanlucso.journal.models import Act
from nhanlucso.journal.recorder import Recorder
from nhanlucso.journal.rows import cut, where
from nhanlucso.kernel.errors import Detail, Refused
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.numbers import vi_number
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope

_TITLE = 300
_TOLD = 50  # conflicts in a refusal


@dataclass(frozen=True, slots=True)
class Undone:
    """How many rows are as they were before the act; `already`: somebody had taken it back before."""

    act: Act
    rows: int
    already: bool = False


@contextmanager
def recording(
    *, kind: str, subject: str, title: str, permission: Permission, by: Scope, at: datetime
) -> Iterator[Recorder]:
    """Keeps what is written meanwhile to the rows that the recorder is told to watch, in one transaction.

    kind: «sheet.import»; subject: primary key, as text, of the record it is done to; permission: what one must be
    allowed to take the act back. An act that changed nothing leaves no trace: the recorder's uid stays "".
    """
    with transaction.atomic():
        recorder = Recorder()
        yield recorder
        recorder.keep(
            Act(
                uid=new_uid("act"),
                kind=kind,
                subject=subject,
                title=title[:_TITLE],
                permission=permission.value,
                account_id=by.account_id,
                at=at,
            )
        )


def undo(*, act: Act, by: Scope, at: datetime) -> Undone:
    """Every row that the act changed is as it was before: same keys, same values, same times.

    Undone already, nothing happens. Whether `by` reaches the subject is for the caller to ask. Raises
    Refused("not_allowed"), Refused("undo_conflict") with the rows that are no longer as the act left them; nothing
    is written then.
    """
    by = by.require(Permission(act.permission))
    with transaction.atomic():
        found = Act.objects.select_for_update().get(pk=act.pk)
        tables = [] if found.undone_at is not None else held_rows(found, lock=True)
        count = sum(len(held.changes) for held in tables)
        if found.undone_at is not None:
            return Undone(found, count, already=True)
        if conflicts := conflicts_of(found, tables):
            raise _refusal(conflicts)
        _restore(tables)
        found.undone_at, found.undone_by = at, by.account_id
        found.save(update_fields=["undone_at", "undone_by"])
        record(
            verb="act.undo",
            object_type="act",
            object_id=found.uid,
            by=by.account_id,
            at=at,
            count=count,
            facts=True,
        )
    return Undone(found, count)


def _restore(tables: Sequence[Held]) -> None:
    """All rows of the act go, then those that were there before come back: so no two ever stand in each other's way.

    Rows that refer to each other may come in any order: both databases look at references when all is written.
    """
    try:
        with transaction.atomic():
            for held in tables:
                for rows in where(held.model, "pk", list(held.changes)):
                    rows._raw_delete(rows.db)
            for held in tables:
                for some in cut(held.before().values()):
                    held.model._base_manager.bulk_create([held.model(**row) for row in some])
    except IntegrityError as error:
        raise _refusal([]) from error


def _refusal(conflicts: Sequence[Conflict]) -> Refused:
    details = [Detail(conflict.words) for conflict in conflicts[:_TOLD]]
    message = _("Chưa hoàn tác được: %(count)s dòng đã thay đổi sau đó. Sửa các dòng ấy trước, rồi làm lại.")
    return Refused("undo_conflict", message % {"count": vi_number(len(conflicts) or 1)}, details)
