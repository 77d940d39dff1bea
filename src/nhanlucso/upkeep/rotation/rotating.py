"""New keys, and everything sealed anew with them, portion by portion.

The new key stands in the file before the first row is sealed with it, and every process reads the file again when it
changes; the old keys stay behind it and open what is still theirs. So the work may stop anywhere and go on later, and
nothing is ever sealed with a key that is not kept. Old keys leave a day after nothing needs them: by then no
transaction is left that began before.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Model

from nhanlucso.audit.services import record
from nhanlucso.jobs.enums import JobState
from nhanlucso.jobs.models import Job
from nhanlucso.journal.models import RowChange
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.locks import alone
from nhanlucso.kernel.sealing import FIELD, MATCH, Key, Undecipherable, new_key, ring
from nhanlucso.upkeep.keys import keys_folder, write_private
from nhanlucso.upkeep.places import data_folder
from nhanlucso.upkeep.rotation.columns import Sealed, sealed_columns

AT_ONCE = 500
STAY = timedelta(days=1)
Say = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Rotated:
    """`fresh`: whether new keys were made, or an earlier change went on; rows sealed anew; rows that no key opens."""

    fresh: bool
    rows: int
    lost: int


def rotate(*, by: int | None, at: datetime, say: Say = lambda rows: None) -> Rotated:
    """Changes both keys, or goes on where an earlier change stopped. Raises Refused("jobs_running", "keys_missing")."""
    if Job.objects.filter(state=JobState.RUNNING).exists():
        raise Refused("jobs_running", "Có việc đang chạy (nhập danh sách…). Đợi xong rồi đổi khóa.")
    with alone(keys_folder(data_folder())):
        for name in (FIELD, MATCH):
            if not (keys_folder(data_folder()) / name).is_file():
                raise Refused("keys_missing", f"Không có khóa «{name}» trong «{keys_folder(data_folder())}».")
        fresh = not _pending()
        if fresh:
            for name in (FIELD, MATCH):
                write_ring(name, [new_key(), *ring(name)])
            with transaction.atomic():
                record(verb="keys.rotate", object_type="installation", object_id="", by=by, at=at)
        rows = lost = 0
        for column in sealed_columns():
            for done, unopened in chain(_tables(column), _copies(column)):
                rows, lost = rows + done, lost + unopened
                say(rows)
    return Rotated(fresh, rows, lost)


def retire_old_keys(*, by: int | None, at: datetime) -> bool:
    """Forgets old keys once nothing is sealed with them and a day has passed; whether any went."""
    paths = [keys_folder(data_folder()) / name for name in (FIELD, MATCH)]
    if all(len(ring(path.name)) < 2 for path in paths if path.is_file()) or not all(map(Path.is_file, paths)):
        return False
    changed = max(datetime.fromtimestamp(path.stat().st_mtime, UTC) for path in paths)
    if at - changed < STAY or _pending():
        return False
    with alone(keys_folder(data_folder())):
        for path in paths:
            write_ring(path.name, ring(path.name)[:1])
        with transaction.atomic():
            record(verb="keys.retire", object_type="installation", object_id="", by=by, at=at)
    return True


def write_ring(name: str, keys: Sequence[Key]) -> None:
    """Puts a key file in the place of the old one, whole."""
    path = keys_folder(data_folder()) / name
    draft = path.with_name(f".{name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    write_private(draft, "\n".join(key.line for key in keys))
    draft.replace(path)


def _pending() -> bool:
    """Whether anything is under an older key: a change that stopped half way."""
    return any(True for column in sealed_columns() for _row in chain(_old_rows(column), _old_copies(column)))


def _old_rows(column: Sealed) -> Iterator[Model]:
    held = column.model._base_manager.exclude(**{column.cipher: ""}).order_by("pk")
    for row in held.iterator(chunk_size=AT_ONCE):
        if not column.is_current(row.__dict__) and _opens(column, row.__dict__):
            yield row


def _old_copies(column: Sealed) -> Iterator[RowChange]:
    for change in RowChange.objects.filter(table=column.table).order_by("pk").iterator(chunk_size=AT_ONCE):
        if any(
            kept and not column.is_current(kept) and _opens(column, kept)
            for kept in (change.before, change.after)
        ):
            yield change


def _opens(column: Sealed, values: dict[str, Any]) -> bool:
    try:
        column.anew(values)
    except Undecipherable:
        return False
    return True


def _tables(column: Sealed) -> Iterator[tuple[int, int]]:
    """Rows sealed anew and rows that no key opens, portion by portion, each in a transaction."""
    last: Any = None
    while True:
        with transaction.atomic():
            rows = (
                column.model._base_manager.exclude(**{column.cipher: ""}).order_by("pk").select_for_update()
            )
            some = list((rows if last is None else rows.filter(pk__gt=last))[:AT_ONCE])
            done = lost = 0
            for row in some:
                if column.is_current(row.__dict__):
                    continue
                try:
                    told = column.anew(row.__dict__)
                except Undecipherable:
                    lost += 1
                    continue
                column.model._base_manager.filter(pk=row.pk).update(**told)
                done += 1
        if not some:
            return
        last = some[-1].pk
        yield done, lost


def _copies(column: Sealed) -> Iterator[tuple[int, int]]:
    """The same for what the journal keeps of the rows of a table."""
    last = 0
    while True:
        with transaction.atomic():
            rows = (
                RowChange.objects.filter(table=column.table, pk__gt=last).order_by("pk").select_for_update()
            )
            some = list(rows[:AT_ONCE])
            changed = [change for change in some if _renewed(column, change)]
            RowChange.objects.bulk_update(changed, ["before", "after"])
        if not some:
            return
        last = some[-1].pk
        yield len(changed), 0


def _renewed(column: Sealed, change: RowChange) -> bool:
    """Whether a copy was under an older key, and is not any more."""
    found = False
    for kept in (change.before, change.after):
        if kept and not column.is_current(kept) and _opens(column, kept):
            kept.update(column.anew(kept))
            found = True
    return found
