"""The long work on a list: understanding it, writing it, undoing that. One job each; only the last one counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from nhanlucso.access.queries import scope_of
from nhanlucso.exchange.enums import ImportState
from nhanlucso.exchange.lists.keeping import Read, Stated, keep
from nhanlucso.exchange.lists.kept import keep_only
from nhanlucso.exchange.lists.rules import Key
from nhanlucso.exchange.lists.stating import counted_of, file_of, left_of, reach_of, request_of, said_of
from nhanlucso.exchange.models import ListImport, ListShape
from nhanlucso.exchange.sheets.applying import apply_reading
from nhanlucso.exchange.sheets.grids import Grid
from nhanlucso.exchange.sheets.matching import plan_import
from nhanlucso.exchange.sheets.plan import ImportPlan
from nhanlucso.exchange.sheets.reading import SheetReading, open_sheets, read_grids
from nhanlucso.exchange.sheets.undoing import undo_import
from nhanlucso.jobs.models import Job
from nhanlucso.jobs.services import Say, run_job, start
from nhanlucso.journal.queries import act_named
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.stopping import go_on

READ, WRITE, UNDO = "import.read", "import.write", "import.undo"
_STEPS = 4


@task()
def run_read(job_id: str) -> None:
    """Task: reads and matches a list, keeps what was understood."""
    run_job(job_id=job_id, work=_read)


@task()
def run_write(job_id: str) -> None:
    """Task: writes a list as decided."""
    run_job(job_id=job_id, work=_write)


@task()
def run_undo(job_id: str) -> None:
    """Task: takes back all that an import wrote."""
    run_job(job_id=job_id, work=_undo)


def _read(job: Job, say: Say) -> dict[str, Any]:
    item, scope = _item(job)
    say(0, _STEPS, _("Đọc tệp"))
    grids = open_sheets(file_of(item))
    reading = _reading(item, grids)
    say(1, _STEPS, _("Đối chiếu với danh sách đã có"))
    rows = _keys(reading)
    plan = plan_import(scope, reading, request_of(item, scope, rows, decided=False))
    outcome = plan
    if item.decisions:
        say(2, _STEPS, _("Tính theo các quyết định"))
        outcome = plan_import(scope, reading, request_of(item, scope, rows, decided=True))
    say(3, _STEPS, _("Xếp kết quả"))
    _keep(item, job, scope, Read(grids, reading, plan, outcome, _passed(item, rows)))
    with transaction.atomic():
        locked = _locked(item, job)
        locked.reading, locked.shape, locked.corrections = str(job.pk), reading.shape, item.corrections
        locked.save(update_fields=["reading", "shape", "corrections"])
    keep_only(item.uid, str(job.pk))
    return {"list": str(item.uid), "rows": len(reading.rows)}


def _reading(item: ListImport, grids: Sequence[Grid]) -> SheetReading:
    """The list, with what was said of its columns: now, or else before of a list alike."""
    reading = read_grids(grids, item.kind, corrections=item.corrections)
    if item.corrections or not item.remembers:
        return reading
    before = ListShape.objects.filter(shape=reading.shape).first()
    if before is None or not before.corrections:
        return reading
    item.corrections = before.corrections
    return read_grids(grids, item.kind, corrections=item.corrections)


def _keep(item: ListImport, job: Job, scope: Scope, read: Read, *, written: bool = False) -> None:
    stated = Stated(said_of(item), counted_of(item), reach_of(scope), written)
    keep(item.uid, str(job.pk), file_of(item).stem, read, stated, item.corrections)


def _write(job: Job, say: Say) -> dict[str, Any]:
    item, scope = _item(job)
    if item.state == ImportState.WRITTEN and item.reading == str(
        job.pk
    ):  # by a process killed right afterwards
        return {"list": str(item.uid)}
    say(0, _STEPS, _("Đọc tệp"))
    grids = open_sheets(file_of(item))
    reading = read_grids(grids, item.kind, corrections=item.corrections)
    at = now()
    with transaction.atomic():
        item = _locked(item, job)
        say(1, _STEPS, _("Đối chiếu và ghi"))
        rows = _keys(reading)
        request, passed = request_of(item, scope, rows, decided=True), _passed(item, rows)
        plan = apply_reading(reading=reading, request=request, by=scope, at=at)
        say(2, _STEPS, _("Xếp kết quả"))
        _written(item, plan, job, at)
        _keep(item, job, scope, Read(grids, reading, plan, plan, passed), written=True)
        go_on()  # the last moment at which stopping leaves nothing written
    keep_only(item.uid, str(job.pk))
    return {"list": str(item.uid)}


def _written(item: ListImport, plan: ImportPlan, job: Job, at: datetime) -> None:
    waiting = {(row.sheet, row.row) for row in plan.doubts}
    waiting.update(key for unit in plan.unknown_units for key in unit.rows)
    item.left = [list(key) for key in sorted(waiting)]
    item.acts = [*item.acts, plan.act] if plan.act else item.acts
    item.state, item.written_at, item.reading = ImportState.WRITTEN, at, str(job.pk)
    item.save(update_fields=["left", "acts", "state", "written_at", "reading"])


def _undo(job: Job, say: Say) -> dict[str, Any]:
    """Takes back the acts of an import, the last one first; its decisions stay, and its questions are asked anew by
    work that follows: stopping that one leaves what was undone undone."""
    item, scope = _item(job)
    if item.state == ImportState.UNDONE:  # by a process that was killed right afterwards
        return {"list": str(item.uid)}
    at = now()
    with transaction.atomic():
        item = _locked(item, job)
        for number, uid in enumerate(reversed(item.acts)):
            say(number, len(item.acts), _("Kiểm tra rồi trả lại như cũ"))
            undo_import(act=act_named(scope, uid), by=scope, at=at)
        item.acts, item.left, item.state, item.reading = [], [], ImportState.UNDONE, ""
        item.job = start(
            kind=READ,
            title=_("Đọc %(name)s") % {"name": item.upload.name},
            task=run_read,
            arguments={"list": str(item.uid)},
            by=item.account_id,
            at=at,
        )
        item.save(update_fields=["acts", "left", "state", "reading", "job"])
    return {"list": str(item.uid)}


def _item(job: Job) -> tuple[ListImport, Scope]:
    """The import of a job, and what its account may do now: what was entrusted may have been taken back since."""
    item = ListImport.objects.select_related("upload", "unit").get(uid=job.arguments["list"])
    if job.account is None or item.account_id != job.account_id:
        raise Refused("not_allowed", _("Tài khoản giao việc này không còn."))
    return item, scope_of(job.account).require(Permission.IMPORT_LISTS)


def _locked(item: ListImport, job: Job) -> ListImport:
    """The import, held until the end of the transaction. Raises Refused("superseded") if other work took its place."""
    held = ListImport.objects.select_for_update(of=("self",)).select_related("upload", "unit")
    locked = held.get(pk=item.pk)
    if locked.job_id != job.pk:
        raise Refused("superseded", _("Đã có lần làm mới hơn cho danh sách này; lần này bỏ."))
    return locked


def _passed(item: ListImport, rows: Iterable[Key]) -> frozenset[Key]:
    """The rows that an earlier writing has settled."""
    left = left_of(item)
    return frozenset(key for key in rows if key not in left) if left else frozenset()


def _keys(reading: SheetReading) -> list[tuple[str, int]]:
    return [(row.sheet, row.row) for row in reading.rows]
