"""Imports of lists: begun, corrected, decided, written, undone, given up. Each step may be sent twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks.base import Task

from nhanlucso.audit.services import record
from nhanlucso.exchange.enums import ImportState
from nhanlucso.exchange.lists.kept import Kept, keep_only
from nhanlucso.exchange.lists.queries import open_imports, own_import, own_imports, reading_of
from nhanlucso.exchange.lists.rules import NEW, SKIP, Key, decided, with_decision
from nhanlucso.exchange.lists.stating import counted_of, file_of, said_of
from nhanlucso.exchange.lists.work import READ, UNDO, WRITE, run_read, run_undo, run_write
from nhanlucso.exchange.models import ListImport, ListShape
from nhanlucso.exchange.sheets.commenting import commented
from nhanlucso.exchange.sheets.meanings import Field
from nhanlucso.exchange.sheets.problems import Problem
from nhanlucso.exchange.sheets.reading import KINDS
from nhanlucso.exchange.sheets.understanding import STAFF
from nhanlucso.files.services import discard, store
from nhanlucso.jobs.models import Job
from nhanlucso.jobs.services import cancel, start
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import reach, visible_unit
from nhanlucso.people.enums import Category
from nhanlucso.training.models import TrainingClass
from nhanlucso.training.queries.classes import hosted_class


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a list as a whole: its kind, what its columns mean (heading -> field, "" for none), the
    category where titles tell none, since when new people hold their posts, the class that marks belong to."""

    kind: str
    corrections: Mapping[str, str]
    category: str = ""
    since: date | None = None
    training_class: TrainingClass | None = None


def begin(*, file: UploadedFile, unit: Unit, by: Scope, at: datetime) -> ListImport:
    """Keeps a file and begins to read it. The same bytes for the same unit, not yet written, are gone on with."""
    by = by.require(Permission.IMPORT_LISTS)
    visible_unit(by, unit.pk)
    with transaction.atomic():
        upload = store(file=file, name=file.name or "", by=by.account_id, at=at)
        again = open_imports(by).filter(upload__sha256=upload.sha256, unit=unit).first()
        if again is not None:
            upload.delete()  # the bytes stay: the earlier upload has the same
            return again
        item = ListImport.objects.create(upload=upload, unit=unit, account_id=by.account_id, at=at)
        _start(item, READ, by, at)
    return item


def read_again(*, uid: UUID, by: Scope, at: datetime) -> ListImport:
    """Reads the list once more, with all that has been said; work that is under way gives way."""
    with transaction.atomic():
        item = _changing(uid, by)
        _start(item, READ, by, at)
    return item


def correct(*, uid: UUID, said: Said, by: Scope, at: datetime) -> ListImport:
    """Notes what was said of the whole list, and reads it again if that is anything new. Raises Refused("bad_said")."""
    with transaction.atomic():
        item = _changing(uid, by)
        _check(said, by)
        before = said_of(item)
        item.kind, item.corrections = said.kind, dict(said.corrections)
        item.category, item.since, item.training_class = said.category, said.since, said.training_class
        if said_of(item) == before:
            return item
        item.state = ImportState.WRITTEN if item.state == ImportState.WRITTEN else ImportState.READ
        item.save()
        _start(item, READ, by, at)
    return item


def _check(said: Said, by: Scope) -> None:
    fields = {"", *Field}
    known = said.kind in KINDS and said.category in ("", *Category.values)
    if not known or any(meaning not in fields for meaning in said.corrections.values()):
        raise Refused("bad_said", _("Lựa chọn không còn hợp lệ. Tải lại trang rồi chọn lại."))
    if said.training_class is not None:
        hosted_class(by, said.training_class.pk)


def confirm(*, uid: UUID, by: Scope, at: datetime) -> ListImport:
    """The list is understood rightly: what was corrected is remembered for the next one of its shape."""
    with transaction.atomic():
        item = _changing(uid, by)
        _remember(item, by, at)
        if item.state == ImportState.READ:
            item.state = ImportState.ASKED
            item.save(update_fields=["state"])
    return item


def _remember(item: ListImport, by: Scope, at: datetime) -> None:
    known = ListShape.objects.filter(shape=item.shape).first()
    if not item.shape or not item.corrections or (known and known.corrections == item.corrections):
        return
    said = {"corrections": item.corrections, "account_id": by.account_id, "at": at}
    ListShape.objects.update_or_create(shape=item.shape, defaults=said)
    record(verb="list.remember", object_type="shape", object_id=item.shape, by=by.account_id, at=at)


def forget(*, uid: UUID, by: Scope, at: datetime) -> ListImport:
    """Forgets what is remembered of lists of this shape, and reads this one afresh."""
    with transaction.atomic():
        item = _changing(uid, by)
        if ListShape.objects.filter(shape=item.shape).delete()[0]:
            record(verb="list.forget", object_type="shape", object_id=item.shape, by=by.account_id, at=at)
        item.corrections, item.remembers = {}, False
        item.save(update_fields=["corrections", "remembers"])
        _start(item, READ, by, at)
    return item


def decide(*, uid: UUID, key: Key, choice: str, by: Scope, at: datetime) -> ListImport:
    """Notes whom a row means: a candidate, NEW or SKIP; empty takes the decision back. Raises Refused("no_doubt",
    "no_candidate")."""
    with transaction.atomic():
        item = _changing(uid, by)
        _check_choice(_reading(item, by), key, choice)
        item.decisions = with_decision(item.decisions, key, choice)
        item.save(update_fields=["decisions"])
        _decided(item, by, at)
    return item


def _decided(item: ListImport, by: Scope, at: datetime) -> None:
    record(verb="list.decide", object_type="list", object_id=str(item.pk), by=by.account_id, at=at)


def _check_choice(reading: Kept, key: Key, choice: str) -> None:
    """Only what the page offers may be chosen: nobody is reached whom matching has not found in the scope."""
    if list(key) not in reading.summary["doubts"]:
        raise Refused("no_doubt", _("Dòng này không còn cần quyết định. Tải lại trang."))
    doubt = reading.entry("doubts", reading.summary["doubts"].index(list(key)))
    allowed = {"", SKIP, *(candidate["uid"] for candidate in doubt["candidates"])}
    if choice not in allowed | ({NEW} if reading.summary["kind"] == STAFF else set()):
        raise Refused("no_candidate", _("Người được chọn không còn trong danh sách gợi ý. Tải lại trang."))


def take_back(*, uid: UUID, by: Scope, at: datetime) -> Key | None:
    """Takes back the last decision that still stands to be changed; gives its row."""
    with transaction.atomic():
        item = _changing(uid, by)
        open_rows = {(sheet, row) for sheet, row in _reading(item, by).summary["doubts"]}
        last = next((key for key in reversed(decided(item.decisions)) if key in open_rows), None)
        if last is not None:
            item.decisions = with_decision(item.decisions, last, "")
            item.save(update_fields=["decisions"])
            _decided(item, by, at)
    return last


def decide_units(*, uid: UUID, units: Mapping[str, str], by: Scope, at: datetime) -> ListImport:
    """Notes which units names mean (uid, SKIP, or empty to ask again), and matches the list anew.

    Raises Refused("unknown_unit") for a unit out of reach.
    """
    with transaction.atomic():
        item = _changing(uid, by)
        uids = {choice for choice in units.values() if choice not in ("", SKIP)}
        found = dict(Unit.objects.filter(uid__in=uids).values_list("uid", "pk"))
        inside = reach(by.to(Permission.IMPORT_LISTS))
        if any(unit not in found or not inside.holds(found[unit]) for unit in uids):
            raise Refused("unknown_unit", _("Đơn vị được chọn nằm ngoài phạm vi nhập của tài khoản."))
        merged = {name: choice for name, choice in {**item.units, **units}.items() if choice}
        if merged != item.units:
            item.units = merged
            item.save(update_fields=["units"])
            _start(item, READ, by, at)
    return item


def recount(*, uid: UUID, by: Scope, at: datetime) -> ListImport:
    """Works out what will be written, if decisions were made since that was done."""
    with transaction.atomic():
        item = _changing(uid, by)
        reading = reading_of(by, item)
        if reading is None or reading.summary["counted"] != counted_of(item):
            _start(item, READ, by, at)
    return item


def write(*, uid: UUID, by: Scope, at: datetime) -> ListImport:
    """Begins to write the list; sent twice, it is written once."""
    with transaction.atomic():
        item = _own(uid, by)
        if _busy(item, WRITE) or (item.state == ImportState.WRITTEN and not item.left):
            return item
        reading = _reading(item, by)
        if reading.summary["counted"] != counted_of(item):
            raise Refused("changed_since", _("Có quyết định mới sau lần tính trước. Xem lại rồi ghi."))
        _start(item, WRITE, by, at)
    return item


def undo(*, uid: UUID, by: Scope, at: datetime) -> ListImport:
    """Begins to undo all that this import wrote; sent twice, it is done once."""
    with transaction.atomic():
        item = _own(uid, by)
        if item.state == ImportState.WRITTEN and not _busy(item, UNDO):
            _start(item, UNDO, by, at)
    return item


def comment(*, uid: UUID, by: Scope, at: datetime) -> Path:
    """The file as it was uploaded, with a comment in each cell that something is wrong with: a new temporary file,
    for the caller to remove. Raises Refused("not_read", "file_gone"), and as `commented` does."""
    item = own_import(by.require(Permission.IMPORT_LISTS), uid)
    reading = _reading(item, by)
    problems = [Problem(**kept) for kept in reading.every("problems")]
    path = commented(file_of(item), item.upload.name, problems)
    with transaction.atomic():
        record(verb="list.comment", object_type="list", object_id=str(uid), by=by.account_id, at=at)
    return path


def stop(*, uid: UUID, by: Scope, at: datetime) -> ListImport:
    """Asks the work under way to stop; nothing of it is kept."""
    with transaction.atomic():
        item = _own(uid, by)
        if item.job is not None and item.job.is_open:
            cancel(job=item.job, by=by.account_id, at=at)
    return item


def give_up(*, uid: UUID, by: Scope, at: datetime) -> None:
    """Forgets an import that has written nothing, with its file and all that was understood of it."""
    with transaction.atomic():
        item = _changing(uid, by)
        if item.acts:
            raise Refused("already_written", _("Danh sách này đã ghi. Hoàn tác trước rồi mới bỏ được."))
        if item.job is not None and item.job.is_open:
            cancel(job=item.job, by=by.account_id, at=at)
        upload = item.upload
        item.delete()
        discard(upload=upload, by=by.account_id, at=at)
        transaction.on_commit(lambda: keep_only(uid, ""))


def _own(uid: UUID, by: Scope) -> ListImport:
    """The import, held until the end of the transaction. Raises ListImport.DoesNotExist outside the scope."""
    by.require(Permission.IMPORT_LISTS)
    return own_imports(by).select_for_update(of=("self",)).get(uid=uid)


def _changing(uid: UUID, by: Scope) -> ListImport:
    """As `_own`. Raises Refused("already_written") where nothing is left to decide, Refused("busy") while writing."""
    item = _own(uid, by)
    if item.state == ImportState.WRITTEN and not item.left:
        raise Refused("already_written", _("Danh sách này đã ghi xong. Muốn sửa, hãy hoàn tác trước."))
    if _busy(item, WRITE) or _busy(item, UNDO):
        raise Refused("busy", _("Danh sách này đang được ghi. Chờ xong rồi tải lại trang."))
    return item


def _busy(item: ListImport, kind: str) -> bool:
    return item.job is not None and item.job.is_open and item.job.kind == kind


def _reading(item: ListImport, by: Scope) -> Kept:
    found = reading_of(by, item)
    if found is None:
        raise Refused("not_read", _("Danh sách này chưa đọc xong. Chờ đọc xong rồi thử lại."))
    return found


def _start(item: ListImport, kind: str, by: Scope, at: datetime) -> Job:
    """Queues work on an import; what else is under way gives way."""
    if item.job is not None and item.job.is_open:
        cancel(job=item.job, by=by.account_id, at=at)
    tasks: dict[str, tuple[Task[[str], None], str]] = {
        READ: (run_read, _("Đọc %(name)s")),
        WRITE: (run_write, _("Ghi %(name)s")),
        UNDO: (run_undo, _("Hoàn tác %(name)s")),
    }
    task, title = tasks[kind]
    item.job = start(
        kind=kind,
        title=title % {"name": item.upload.name},
        task=task,
        arguments={"list": str(item.uid)},
        by=by.account_id,
        at=at,
    )
    item.save(update_fields=["job"])
    return item.job
