"""Stored files are whole, whatever happened to those before them."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from nhanlucso.files.drafts import drafts_folder
from nhanlucso.files.models import Upload
from nhanlucso.files.reading import whole
from nhanlucso.files.services import store
from nhanlucso.kernel.clock import now
from nhanlucso.upkeep.orphans import sweep

pytestmark = pytest.mark.django_db

CONTENT = "Danh sách lớp".encode()


def kept(content: bytes = CONTENT) -> Upload:
    return store(file=ContentFile(content), name="lớp.csv", by=None, at=now())


def test_the_bytes_come_back_and_nothing_else_is_left(data_folder: Path) -> None:
    upload = kept()
    assert (whole(upload), upload.size) == (CONTENT, len(CONTENT))
    assert [path.name for path in data_folder.rglob("*") if path.is_file()] == [f"{upload.sha256}.csv"]


def test_a_file_that_lost_its_end_is_stored_anew(data_folder: Path) -> None:
    upload = kept()
    place = data_folder / "uploads" / upload.stored_name
    place.write_bytes(CONTENT[:5])
    assert whole(kept()) == CONTENT


class Broken(ContentFile):  # type: ignore[type-arg]
    """A file whose second half never arrives."""

    def chunks(self, chunk_size: int | None = None) -> object:  # type: ignore[override]
        yield CONTENT[:5]
        raise OSError("gone")


def test_half_a_file_is_none(data_folder: Path) -> None:
    with pytest.raises(OSError, match="gone"):
        store(file=Broken(CONTENT), name="lớp.csv", by=None, at=now())
    assert [path for path in data_folder.rglob("*") if path.is_file()] == []
    assert not Upload.objects.exists()


def test_drafts_of_killed_processes_go_after_a_day(data_folder: Path) -> None:
    drafts_folder().mkdir(parents=True)
    young, old = drafts_folder() / "upload-young", drafts_folder() / "upload-old"
    for path in (young, old):
        path.write_bytes(CONTENT)
    os.utime(old, ((now() - timedelta(days=2)).timestamp(),) * 2)
    assert sweep(now()) == 1
    assert list(drafts_folder().iterdir()) == [young]
