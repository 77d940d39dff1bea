"""Files that no record knows: their transaction failed after the bytes were written, or its process was killed."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nhanlucso.files.drafts import drafts_folder
from nhanlucso.files.models import Upload
from nhanlucso.upkeep.places import uploads_folder

OLD = timedelta(days=1)  # a younger one may belong to a transaction that is still under way


def orphans(at: datetime) -> list[Path]:
    """Files below the uploads older than a day that no upload is stored in."""
    folder = uploads_folder()
    old = [path for path in folder.rglob("*") if path.is_file() and _age(path, at) > OLD]
    if not old:
        return []
    known = {folder / upload.stored_name for upload in Upload.objects.only("name", "sha256").iterator()}
    return sorted(path for path in old if path not in known)


def sweep(at: datetime) -> int:
    """Removes them and old drafts of files; how many went. One that was brought again meanwhile is young, and stays."""
    gone = _sweep_drafts(at)
    for path in orphans(at):
        with suppress(FileNotFoundError):
            if _age(path, at) > OLD:
                path.unlink()
                gone += 1
    return gone


def _sweep_drafts(at: datetime) -> int:
    """Nothing is a draft for a whole day."""
    folder, gone = drafts_folder(), 0
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_file() and _age(path, at) > OLD:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _age(path: Path, at: datetime) -> timedelta:
    try:
        return at - datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return timedelta(0)
