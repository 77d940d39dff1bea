"""Keeping uploads."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from nhanlucso.audit.services import record
from nhanlucso.files.models import Upload
from nhanlucso.kernel.text import clean


def store(*, file: File[bytes], name: str, by: int | None, at: datetime) -> Upload:
    """Stores the bytes below the data folder, named by their hash, and who gave them under which name."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    upload = Upload(
        name=clean(name)[-255:],
        sha256=digest.hexdigest(),
        size=file.size or 0,
        account_id=by,
        at=at,
    )
    if default_storage.exists(upload.stored_name):
        Path(
            default_storage.path(upload.stored_name)
        ).touch()  # young again: no orphan, see upkeep/orphans.py
    else:
        file.seek(0)
        default_storage.save(upload.stored_name, file)
    with transaction.atomic():
        upload.save()
        record(verb="file.store", object_type="upload", object_id=upload.sha256, by=by, at=at)
    return upload


def discard(*, upload: Upload, by: int | None, at: datetime) -> None:
    """Forgets an upload that nothing refers to any more; the bytes go after the transaction, unless another upload
    brought the same ones. Call inside the transaction that lets go of it."""
    stored, digest = upload.stored_name, upload.sha256
    upload.delete()
    record(verb="file.discard", object_type="upload", object_id=digest, by=by, at=at)

    def remove_bytes() -> None:
        if not any(other.stored_name == stored for other in Upload.objects.filter(sha256=digest)):
            default_storage.delete(stored)

    transaction.on_commit(remove_bytes)
