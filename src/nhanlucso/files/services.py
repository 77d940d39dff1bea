"""Keeping uploads."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from nhanlucso.audit.services import record
from nhanlucso.files.drafts import drafts_folder
from nhanlucso.files.models import Upload
from nhanlucso.kernel.text import clean

_MODE = 0o644


def store(*, file: File[bytes], name: str, by: int | None, at: datetime) -> Upload:
    """Stores the bytes below the data folder, named by their hash, and who gave them under which name. A file of that
    name is whole, whatever happens meanwhile. Raises OSError where the disk takes nothing."""
    with _draft(file) as (draft, digest, size):
        upload = Upload(name=clean(name)[-255:], sha256=digest, size=size, account_id=by, at=at)
        place = Path(default_storage.path(upload.stored_name))
        if _holds(place, digest):
            place.touch()  # young again: no orphan, see upkeep/orphans.py
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            draft.replace(place)
            _kept(place.parent)
    with transaction.atomic():
        upload.save()
        record(verb="file.store", object_type="upload", object_id=upload.sha256, by=by, at=at)
    return upload


@contextmanager
def _draft(file: File[bytes]) -> Iterator[tuple[Path, str, int]]:
    """The bytes as a file of their own, safely on disk: where, SHA-256, size. Gone at the end unless it was moved."""
    drafts_folder().mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix="upload-", dir=drafts_folder())
    draft, digest, size = Path(name), hashlib.sha256(), 0
    try:
        with os.fdopen(handle, "wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
                digest.update(chunk)
                size += len(chunk)
            target.flush()
            os.fsync(target.fileno())
            os.fchmod(target.fileno(), _MODE)
        yield draft, digest.hexdigest(), size
    finally:
        draft.unlink(missing_ok=True)


def _holds(place: Path, wanted: str) -> bool:
    """Whether the file is there with these bytes; one that lost some is stored anew."""
    try:
        with place.open("rb") as found:
            return hashlib.file_digest(found, "sha256").hexdigest() == wanted
    except FileNotFoundError:
        return False


def _kept(folder: Path) -> None:
    """The new name stays, also when the power fails."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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
