"""Publishing: once for a build, all or nothing, logged, without names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from pyarrow import fs

from nhanlucso.audit.models import Event
from nhanlucso.indicators.rollup.extracts import trusted
from nhanlucso.indicators.rollup.format import COLUMNS, member, schema
from nhanlucso.indicators.rollup.publishing import publish
from nhanlucso.indicators.rollup.shelf import SIGNATURE, Shelf, shelf
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from tests.factories.scopes import viewer_of

pytestmark = pytest.mark.django_db


def test_a_build_is_published_once_and_logged(tmp_path: Path) -> None:
    where = shelf(str(tmp_path))
    page, written = publish(shelf=where, source="lao-cai", by=SYSTEM, at=now())
    assert (written, publish(shelf=where, source="lao-cai", by=SYSTEM, at=now())) == (True, (page, False))
    [event] = Event.objects.filter(verb="extract.publish")
    assert event.object_id == f"lao-cai/{page.build}"
    assert [path.name for path in (tmp_path / "lao-cai").iterdir()] == [page.build]
    assert [e.page for e in trusted(where, {"lao-cai": page.fingerprint})[0]] == [page]


def test_extracts_hold_the_columns_of_the_format_and_nothing_else(published: Any) -> None:
    [folder, _] = sorted(Path(published.shelf.root).glob("*/*"))
    for name in COLUMNS:
        found = pq.read_schema(folder / member(name))
        assert {field.name: field.type for field in found} == schema(name)
    people = pq.read_table(folder / member("persons"))
    assert people["person"].to_pylist() == list(range(people.num_rows))
    assert {len(name) for name in people["pseudonym"].to_pylist()} == {32}


def test_in_an_object_store_the_signature_comes_last() -> None:
    store = fs._MockFileSystem()
    store.create_dir("bucket")
    where = Shelf(store, "bucket", "mock://bucket")
    page, _ = publish(shelf=where, source="lao-cai", by=SYSTEM, at=now())
    assert where.builds() == {"lao-cai": [page.build]}
    store.delete_file(f"bucket/lao-cai/{page.build}/{SIGNATURE}")
    assert where.builds() == {}


@pytest.mark.parametrize("name", ["", "Lào Cai", "../etc", "-a", "a" * 41])
def test_names_that_are_no_folder_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused) as refusal:
        publish(shelf=shelf(str(tmp_path)), source=name, by=SYSTEM, at=now())
    assert refusal.value.code == "bad_source"


def test_who_may_not_operate_may_not_publish(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        publish(shelf=shelf(str(tmp_path)), source="lao-cai", by=viewer_of(), at=now())
    assert refusal.value.code == "not_allowed"
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_refused_and_not_logged(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused) as refusal:
        publish(shelf=shelf(str(tmp_path / "file")), source="lao-cai", by=SYSTEM, at=now())
    assert refusal.value.code == "cannot_write"
    assert not Event.objects.filter(verb="extract.publish").exists()
