"""`verify`: a capsule judged in a folder of another machine, without a database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nhanlucso.cli.main import run
from nhanlucso.indicators.capsules import read_capsule
from nhanlucso.indicators.capsules.marks import mark_of
from tests.indicators.capsules import spoiling
from tests.indicators.capsules.conftest import district  # noqa: F401
from tests.installation import Installation

pytestmark = pytest.mark.django_db  # the capsule is made of records


@pytest.fixture
def elsewhere(tmp_path: Path) -> Installation:
    """Another machine: nothing was ever made in its folder."""
    return Installation(tmp_path / "elsewhere")


@pytest.fixture
def file(tmp_path: Path, district: bytes) -> Path:  # noqa: F811
    path = tmp_path / "bao-thang.nls.zip"
    path.write_bytes(district)
    return path


def test_a_capsule_is_judged_where_there_is_nothing(elsewhere: Installation, file: Path) -> None:
    manifest = read_capsule(file).manifest
    told = elsewhere.must("verify", file)
    assert f"{23 * len(manifest.units)} / {23 * len(manifest.units)} số liệu khớp" in told.out
    assert "Bảo Thắng" in told.out and manifest.as_of in told.out
    found = elsewhere.must(
        "verify", file, "--key", manifest.fingerprint, "--paper", mark_of(manifest).text, "--json"
    )
    assert found.json["agreeing"] == found.json["figures"] == 23 * len(manifest.units)
    assert found.json["signer"] == {
        "fingerprint": manifest.fingerprint,
        "public_key": manifest.public_key,
        "this_installation": None,
    }
    assert not elsewhere.folder.exists()


def test_what_is_not_true_is_refused(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manifest = read_capsule(file).manifest
    forged = tmp_path / "forged.nls.zip"
    forged.write_bytes(spoiling.resigned(file.read_bytes()))
    pinned = tmp_path / "province.key"
    pinned.write_text(f"Dấu vân tay  ...\nKhóa công khai  {manifest.public_key}\n", encoding="utf-8")
    garbage = tmp_path / "garbage"
    garbage.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 10)
    other_paper = mark_of(manifest).text.replace(manifest.digest[:32].upper(), "0" * 32)
    for words, code in (
        ((forged, "--key", pinned), "other_signer"),
        ((file, "--key", "abc"), "bad_key"),
        ((file, "--key", garbage), "bad_key"),
        ((file, "--paper", other_paper), "other_paper"),
        ((file, "--paper", "hello"), "not_a_mark"),
        ((garbage,), "capsule_damaged"),
        ((tmp_path / "none",), "cannot_read"),
        ((tmp_path,), "cannot_read"),
        ((), "bad_arguments"),
        (("--key-of-this",), "no_key"),
    ):
        assert run(["verify", *map(str, words), "--json"]) == 2
        said = capsys.readouterr()
        assert (json.loads(said.out)["error"]["code"], said.err) == (code, ""), words
        assert run(["verify", *map(str, words)]) == 2
        said = capsys.readouterr()
        assert said.err and not said.out
    assert run(["verify", str(file), "--key", str(pinned), "--json"]) == 0


def test_an_installation_tells_its_key(installation: Installation) -> None:
    installation.must("init")
    told = installation.must("verify", "--key-of-this", "--json").json
    assert len(told["fingerprint"]) == 32 and len(told["public_key"]) == 64
    assert told["public_key"] in installation.must("verify", "--key-of-this").out
    assert installation.must("verify", "--key-of-this", "--json").json == told
