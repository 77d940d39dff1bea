"""Imports of long ago: their files and readings go; what they wrote stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import ProtectedError

from nhanlucso.exchange.lists.kept import drop_others, keep_only
from nhanlucso.exchange.models import ListImport
from nhanlucso.files.services import discard

_A_DAY = timedelta(days=1)  # a younger one may belong to a transaction that is still under way


def forget_old(before: datetime, at: datetime) -> int:
    """Removes imports older than `before` with their files; how many. Work under way is left alone."""
    count = 0
    for item in ListImport.objects.filter(at__lt=before).select_related("upload", "job").order_by("pk"):
        if item.job is None or not item.job.is_open:
            count += _forgotten(item, at)
    return count


def drop_lost(at: datetime) -> int:
    """Removes what is kept of imports that are gone: a process may be killed between forgetting the one and the other.
    How many."""
    return drop_others({str(uid) for uid in ListImport.objects.values_list("uid", flat=True)}, at - _A_DAY)


def _forgotten(item: ListImport, at: datetime) -> bool:
    """Whether the import went; its file stays where something else refers to it."""
    uid, upload = item.uid, item.upload
    with transaction.atomic():
        item.delete()
        try:
            with transaction.atomic():
                discard(upload=upload, by=None, at=at)
        except ProtectedError:
            pass
        transaction.on_commit(lambda: keep_only(uid, ""))
    return True
