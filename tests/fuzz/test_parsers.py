"""Files that came broken on the way or were broken on purpose: every reader gives what it read, or a refusal in
words. Sheets have tests of their own (`tests/exchange/sheets/test_damage.py`)."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhanlucso.exchange.bundle.importing import import_bundle
from nhanlucso.exchange.oneroster.package import read_package
from nhanlucso.indicators.capsules.reading import read_capsule
from nhanlucso.kernel.errors import Refused
from nhanlucso.papers.forms import read_form
from tests.architecture.source import ROOT
from tests.factories.forms import document_form, workbook_form

AT = datetime(2026, 3, 2, tzinfo=UTC)
EXAMPLES = 2_000 if os.environ.get("NHANLUCSO_CAMPAIGN") == "1" else 20
HOSTILE = [b"\0", b"\xff\xfe", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>", b"9" * 400, b"=cmd|'/c'!A0",
           b"-1", b"\xe1\xbb", b'"', b",,,,", b"../../x", b"<", b"{", b"[" * 2_000, b"1e999", b"NaN"]  # fmt: skip


@lru_cache
def bundle() -> bytes:
    """The smaller example, packed; long files cut short."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted((ROOT / "examples" / "tuyen-quang-2023").iterdir()):
            if path.is_file():
                lines = path.read_bytes().splitlines(keepends=True)
                archive.writestr(path.name, b"".join(lines[:20] if path.suffix == ".csv" else lines))
    return target.getvalue()


@lru_cache
def roster() -> bytes:
    """A package with a manifest and two lists."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(
            "manifest.csv",
            "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.orgs,bulk\n",
        )
        archive.writestr(
            "orgs.csv",
            "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n1,,,A,school,,\n",
        )
    return target.getvalue()


@st.composite
def broken(draw: st.DrawFn, make: Callable[[], bytes]) -> bytes:
    """The file with some bytes of it, or of a member inside it, changed, cut out, doubled or put in."""
    whole = make()
    if draw(st.booleans()):
        return _hurt(draw, whole)
    target, hurt = io.BytesIO(), draw(st.integers(0, 10**6))
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(target, "w") as archive:
        names = source.namelist()
        for number, name in enumerate(names):
            body = source.read(name)
            if number == hurt % len(names):
                body = _hurt(draw, body)
            archive.writestr(name, body)
    return target.getvalue()


def _hurt(draw: st.DrawFn, body: bytes) -> bytes:
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(body)))
        length = draw(st.integers(0, 60))
        put = draw(
            st.one_of(st.binary(max_size=20), st.sampled_from(HOSTILE), st.just(body[at : at + length]))
        )
        body = body[:at] + put + body[at + length :]
    return body


def taken(read: Callable[[], Any]) -> None:
    try:
        read()
    except Refused as refusal:
        assert refusal.code
        assert refusal.message


def on_disk(body: bytes, read: Callable[[Path], Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tep.zip"
        path.write_bytes(body)
        taken(lambda: read(path))


@pytest.mark.django_db
@settings(max_examples=EXAMPLES)
@given(body=broken(bundle))
def test_bundles(body: bytes) -> None:
    on_disk(body, lambda path: import_bundle(path, dry_run=True, by=None, at=AT))


@settings(max_examples=EXAMPLES)
@given(body=broken(roster))
def test_rosters(body: bytes) -> None:
    on_disk(body, read_package)


@settings(max_examples=EXAMPLES)
@given(body=st.one_of(broken(bundle), st.binary(max_size=200)))
def test_capsules(body: bytes) -> None:
    taken(lambda: read_capsule(body))


@settings(max_examples=EXAMPLES)
@given(body=st.one_of(broken(lru_cache(workbook_form)), broken(lru_cache(document_form))))
def test_forms(body: bytes) -> None:
    taken(lambda: read_form(body))
