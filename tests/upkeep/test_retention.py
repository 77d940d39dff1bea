"""The daily work takes away what is past its time, nothing younger, and says how much."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from nhanlucso.audit.models import Event
from nhanlucso.cli.chores import swept
from nhanlucso.exchange.models import ListImport
from nhanlucso.files.services import store
from nhanlucso.journal.models import Act
from nhanlucso.kernel.clock import now
from nhanlucso.people.models import Reveal
from nhanlucso.upkeep.retention.document import privacy_document
from nhanlucso.upkeep.retention.registers import REGISTERS, keep
from nhanlucso.upkeep.retention.sweeping import is_due
from tests.factories.district import make_district

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def world(db: None) -> Any:
    return make_district()


@pytest.mark.django_db
def test_what_is_past_goes_and_the_rest_stays(world: Any, django_capture_on_commit_callbacks: Any) -> None:
    at = now()
    assert is_due(at)
    old, young = at - timedelta(days=800), at - timedelta(days=3)
    for moment, name in ((old, "old"), (young, "young")):
        for kind in ("sheet.import", "person.change", "person.merge"):
            Act.objects.create(
                uid=f"{name}-{kind}", kind=kind, title="x", permission="edit_people", at=moment
            )
        Reveal.objects.create(person=world.people["Ánh"], reason="check", at=moment)
        upload = store(file=ContentFile(name.encode()), name=f"{name}.csv", by=None, at=moment)
        ListImport.objects.create(upload=upload, unit=world.hoa, at=moment)
    with django_capture_on_commit_callbacks(execute=True):
        gone = swept(at)
    assert {code: count for code, count in gone.items() if count} == {
        "journal": 1, "changes": 1, "reveals": 1, "imports": 1,
    }  # fmt: skip
    assert not Act.objects.filter(uid="old-sheet.import").exists()
    assert Act.objects.filter(uid="old-person.merge").exists()
    assert Act.objects.filter(uid__startswith="young").count() == 3
    kept = ListImport.objects.get()
    assert default_storage.exists(kept.upload.stored_name)
    assert Event.objects.get(verb="retention.sweep", object_id="imports").count == 1
    assert not is_due(at + timedelta(hours=2))
    assert not any(swept(at + timedelta(days=1)).values())


def test_every_register_says_all_that_the_law_asks() -> None:
    for one in REGISTERS:
        assert all((one.name, one.whose, one.data, one.purpose, one.basis, one.kept)), one.code
    assert keep("imports") > timedelta(days=30)


def test_the_document_is_what_is_declared() -> None:
    assert (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8") == privacy_document()
