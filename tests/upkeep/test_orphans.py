"""Stored files of transactions that failed."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from nhanlucso.kernel.clock import now

pytestmark = pytest.mark.django_db


class Failed(Exception):
    """Something after the storing went wrong."""


def store(content: bytes, fails: bool = False) -> Any:
    from nhanlucso.files.services import store

    try:
        with transaction.atomic():
            made = store(file=ContentFile(content), name="danh-sach.png", by=None, at=now())
            if fails:
                raise Failed
    except Failed:
        return None
    return made


def made_old(folder: Path) -> None:
    week_ago = (now() - timedelta(days=7)).timestamp()
    for path in folder.rglob("*.png"):
        os.utime(path, (week_ago, week_ago))


def test_what_no_record_knows_goes_after_a_day(data_folder: Path) -> None:
    from nhanlucso.upkeep.orphans import orphans, sweep

    kept = store(b"kept")
    assert store(b"lost", fails=True) is None
    assert orphans(now()) == []  # its transaction may still be under way
    made_old(data_folder)
    (lost,) = orphans(now())
    assert lost.read_bytes() == b"lost"
    assert sweep(now()) == 1
    assert not lost.exists()
    assert (data_folder / "uploads" / kept.stored_name).read_bytes() == b"kept"


def test_what_is_brought_again_is_young(data_folder: Path) -> None:
    from nhanlucso.upkeep.orphans import sweep

    store(b"lost", fails=True)
    made_old(data_folder)
    store(b"lost", fails=True)
    assert sweep(now()) == 0


def test_the_doctor_tells(data_folder: Path) -> None:
    from nhanlucso.upkeep.health.folder import loose_files

    assert loose_files(now()).state == "ok"
    store(b"lost", fails=True)
    made_old(data_folder)
    found = loose_files(now())
    assert (found.state, found.count) == ("warn", 1)
