"""What is opened as a bundle, and what is not."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nhanlucso.exchange.bundle import package
from nhanlucso.kernel.errors import Refused
from tests.exchange.bundle.world import Bundle

pytestmark = pytest.mark.django_db

MANIFESTS: dict[str, bytes] = {
    "no json": b"{",
    "not utf-8": b"\xff\xfe",
    "a list": b"[]",
    "another format": b'{"format": "other", "version": 1, "source": ""}',
    "another version": b'{"format": "nhanlucso-bundle", "version": 2, "source": ""}',
    "a version that is true": b'{"format": "nhanlucso-bundle", "version": true, "source": ""}',
    "a source that is no text": b'{"format": "nhanlucso-bundle", "version": 1, "source": 5}',
    "a source too long": json.dumps(
        {"format": "nhanlucso-bundle", "version": 1, "source": "x" * 101}
    ).encode(),
    "sources that are no list": b'{"format": "nhanlucso-bundle", "version": 1, "qualified_sources": "a"}',
    "deep nesting": b"[" * 100_000,
}


def refused(take: Any, path: Path) -> Refused:
    with pytest.raises(Refused) as caught:
        take(path)
    assert "bundle.json" in caught.value.message  # it says what a bundle is
    return caught.value


def test_a_zip_is_a_bundle(take: Any, tmp_path: Path) -> None:
    assert take(Bundle().zip(tmp_path / "a.zip")).created > 0
    assert take(Bundle().folder(tmp_path / "a")).created == 0


def test_a_zipped_folder_is_a_bundle_too(take: Any, tmp_path: Path) -> None:
    path = Bundle().zip(tmp_path / "a.zip", prefix="du-lieu/2024/")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("__MACOSX/du-lieu/2024/._units.csv", "x")
    report = take(path)
    assert report.created > 0
    assert report.warnings == []


@pytest.mark.parametrize("what", MANIFESTS)
def test_a_bad_manifest_is_refused(take: Any, counts: Any, tmp_path: Path, what: str) -> None:
    path = Bundle().folder(tmp_path / "a")
    (path / "bundle.json").write_bytes(MANIFESTS[what])
    before = counts()
    assert refused(take, path).code == "not_a_bundle"
    assert counts() == before


def test_a_manifest_may_bear_a_byte_order_mark(take: Any, tmp_path: Path) -> None:
    path = Bundle().folder(tmp_path / "a")
    manifest = path / "bundle.json"
    manifest.write_bytes(b"\xef\xbb\xbf" + manifest.read_bytes())
    assert take(path).source == "nguon"


def _nothing(path: Path) -> Path:
    return path


def _empty_folder(path: Path) -> Path:
    path.mkdir()
    return path


def _text(path: Path) -> Path:
    path.write_text("id,name")
    return path


def _truncated(path: Path) -> Path:
    Bundle().zip(path)
    path.write_bytes(path.read_bytes()[:-300])
    return path


def _damaged(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in Bundle().files().items():
            archive.writestr(name, content)
    data = bytearray(path.read_bytes())
    at = data.index(b"units.csv") + 20
    data[at : at + 200] = bytes(200)
    path.write_bytes(data)
    return path


def _climbing(path: Path) -> Path:
    Bundle().zip(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../units.csv", "id\n")
    return path


def _absolute(path: Path) -> Path:
    Bundle().zip(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("/tmp/units.csv", "id\n")
    return path


def _twice(path: Path) -> Path:
    Bundle().zip(path)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("units.csv", "id\n")
    return path


def _locked(path: Path) -> Path:
    Bundle().zip(path)
    data = path.read_bytes().replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01")
    path.write_bytes(data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"))
    return path


def _directory_in_place_of_a_file(path: Path) -> Path:
    Bundle().folder(path)
    (path / "units.csv").unlink()
    (path / "units.csv").mkdir()
    return path


@pytest.mark.parametrize(
    "make",
    [
        _nothing,
        _empty_folder,
        _text,
        _truncated,
        _damaged,
        _climbing,
        _absolute,
        _twice,
        _locked,
        _directory_in_place_of_a_file,
    ],
)
def test_what_is_no_bundle_is_refused(
    take: Any, counts: Any, tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    path = make(tmp_path / "a.zip")
    before = counts()
    assert refused(take, path).code == "not_a_bundle"
    assert counts() == before


def test_more_than_fits_is_refused_before_it_is_unpacked(take: Any, tmp_path: Path, monkeypatch: Any) -> None:
    path = tmp_path / "bomb.zip"
    Bundle().zip(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("attendance2.csv", bytes(10_000_000))
    monkeypatch.setattr(package, "LARGEST_BUNDLE", 9_000_000)
    assert "2 GB" in refused(take, path).message


def test_one_endless_line_does_not_fill_the_memory(take: Any, tmp_path: Path) -> None:
    path = Bundle().folder(tmp_path / "a")
    (path / "courses.csv").write_bytes(b"id,title\n" + b"x" * 3_000_000)
    with pytest.raises(Refused) as caught:
        take(path)
    assert caught.value.code == "bad_row"
