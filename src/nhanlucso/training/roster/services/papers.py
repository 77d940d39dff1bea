"""Keeping photographed lists until they are typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.files.services import discard, store
from nhanlucso.kernel.errors import Detail, Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean
from nhanlucso.training.enums import PaperKind
from nhanlucso.training.models import ClassSession, PaperList
from nhanlucso.training.queries.classes import hosted_classes
from nhanlucso.training.roster.queries.papers import visible_paper
from nhanlucso.training.roster.rules import paper_kind

LARGEST = 15 * 1024 * 1024
MOST_AT_ONCE = 20
_HEAD = 16
_SUFFIX = {PaperKind.JPEG: "jpg", PaperKind.PNG: "png", PaperKind.WEBP: "webp", PaperKind.PDF: "pdf"}


def add_papers(*, session_id: int, files: Sequence[File[bytes]], by: Scope, at: datetime) -> list[PaperList]:
    """Keeps pictures or PDFs of the signed list of a session that `by` hosts; one that is there already stays once.

    Raises Refused("not_allowed", "no_file", "too_many_files", "file_too_large", "bad_file"): all are taken or
    none. ClassSession.DoesNotExist outside the scope.
    """
    by = by.require(Permission.RECORD_ATTENDANCE)
    hosted = hosted_classes(by).order_by().values("pk")
    session = ClassSession.objects.get(pk=session_id, training_class__in=hosted)
    if not files:
        raise Refused("no_file", _("Chưa chọn ảnh nào."))
    if len(files) > MOST_AT_ONCE:
        raise Refused("too_many_files", _("Mỗi lần gửi nhiều nhất %(most)s tệp.") % {"most": MOST_AT_ONCE})
    kinds = [_checked(file) for file in files]
    added = []
    with transaction.atomic():
        # Who sends the same pictures at the same moment waits here, and then finds them kept.
        ClassSession.objects.select_for_update().get(pk=session.pk)
        for number, (file, kind) in enumerate(zip(files, kinds, strict=True), 1):
            name = f"{session.uid}-{number}.{_SUFFIX[kind]}"
            upload = store(file=file, name=name, by=by.account_id, at=at)
            known = PaperList.objects.filter(session=session, upload__sha256=upload.sha256).first()
            if known is not None:
                upload.delete()
                continue
            added.append(
                PaperList.objects.create(
                    session=session, upload=upload, kind=kind, added_by_id=by.account_id, added_at=at
                )
            )
        if added:
            _told("paper.add", session, by, at, len(added))
    return added


def show_paper(*, paper_id: int, by: Scope, at: datetime) -> PaperList:
    """The paper, for who looks at it: it holds the names of everybody, so each look is put on record.

    Raises PaperList.DoesNotExist outside the scope.
    """
    with transaction.atomic():
        paper = visible_paper(by, paper_id)
        _told("paper.view", paper.session, by, at)
    return paper


def paper_typed(*, paper_id: int, by: Scope, at: datetime) -> PaperList:
    """Says that a paper of a class that `by` hosts is typed; once is enough.

    Raises Refused("not_allowed"), PaperList.DoesNotExist outside the scope.
    """
    by = by.require(Permission.RECORD_ATTENDANCE)
    with transaction.atomic():
        visible_paper(by, paper_id)
        paper = PaperList.objects.select_for_update().get(pk=paper_id)
        if paper.typed_at is None:
            paper.typed_at, paper.typed_by_id = at, by.account_id
            paper.save(update_fields=["typed_at", "typed_by"])
            _told("paper.typed", paper.session, by, at)
    return paper


def remove_paper(*, paper_id: int, reason: str, by: Scope, at: datetime) -> PaperList:
    """Takes a paper away and its file with it; who did so, when and why stays.

    For who hosts the class. Raises Refused("not_allowed", "reason_missing"), PaperList.DoesNotExist.
    """
    by = by.require(Permission.RECORD_ATTENDANCE)
    why = clean(reason)
    if not why:
        raise Refused("reason_missing", _("Hãy ghi lý do bỏ ảnh này."))
    with transaction.atomic():
        visible_paper(by, paper_id)
        paper = PaperList.objects.select_for_update().get(pk=paper_id)
        upload = paper.upload
        if upload is None:  # another was quicker
            raise PaperList.DoesNotExist
        paper.upload, paper.removed_at, paper.removed_by_id, paper.reason = None, at, by.account_id, why[:300]
        paper.save(update_fields=["upload", "removed_at", "removed_by", "reason"])
        discard(upload=upload, by=by.account_id, at=at)
        _told("paper.remove", paper.session, by, at)
    return paper


def _checked(file: File[bytes]) -> PaperKind:
    if (file.size or 0) > LARGEST:
        raise Refused(
            "file_too_large",
            _("Tệp lớn hơn 15 MB. Chụp lại với độ phân giải thấp hơn, hoặc tách tệp PDF."),
            [Detail(_("Lớn hơn 15 MB."), file=clean(file.name or ""))],
        )
    file.seek(0)
    kind = paper_kind(file.read(_HEAD))
    file.seek(0)
    if kind is None:
        raise Refused(
            "bad_file",
            _("Chỉ nhận ảnh JPEG, PNG, WebP và tệp PDF. Ảnh HEIC: đổi sang JPEG trong phần cài đặt máy ảnh."),
            [Detail(_("Không phải ảnh hoặc PDF."), file=clean(file.name or ""))],
        )
    return kind


def _told(verb: str, session: ClassSession, by: Scope, at: datetime, count: int = 1) -> None:
    record(
        verb=verb,
        object_type="class_session",
        object_id=session.uid,
        by=by.account_id,
        at=at,
        count=count,
    )
