"""`nhanlucso extract …` and `nhanlucso rollup`: from an installation to the country and back to the same figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nhanlucso.cli.main import run
from nhanlucso.exchange.bundle.importing import import_bundle
from nhanlucso.kernel.clock import now

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PERIOD = ("--period", "2024-9M")


@pytest.mark.django_db
def test_an_installation_publishes_and_is_rolled_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import_bundle(EXAMPLES / "bao-thang-2024", dry_run=False, by=None, at=now())
    shelf, keys = str(tmp_path / "shelf"), str(tmp_path / "keys.txt")
    (tmp_path / "shelf").mkdir()
    published = _said(capsys, "extract", "publish", shelf, "--source", "lao-cai")
    assert published["written"]
    assert not _said(capsys, "extract", "publish", shelf, "--source", "lao-cai")["written"]
    Path(keys).write_text(f"lao-cai {published['signer']['public_key']}\n")
    [verified] = _said(capsys, "extract", "verify", shelf, "--keys", keys)["sources"]
    assert (verified["source"], verified["build"]) == ("lao-cai", published["build"])

    rolled = _said(capsys, "rollup", shelf, "--keys", keys, "--unit", "lao-cai:bao-thang", *PERIOD)
    local = _said(capsys, "figures", "--unit", "bao-thang", *PERIOD)
    assert rolled == [row | {"unit_id": "lao-cai:bao-thang"} for row in local]
    country = _said(
        capsys, "rollup", shelf, "--keys", keys, "--by-child", "--indicator", "mooc.learners", *PERIOD
    )
    assert [(row["unit_id"], row["value"]) for row in country] == [("country", 273), ("lao-cai", 273)]


@pytest.mark.django_db
def test_refusals(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import_bundle(EXAMPLES / "bao-thang-2024", dry_run=False, by=None, at=now())
    monkeypatch.setenv("PATH", str(tmp_path))  # no Java there, with pyspark or without
    monkeypatch.delenv("JAVA_HOME", raising=False)
    (tmp_path / "keys.txt").write_text("nothing\n")
    keys = ("--keys", str(tmp_path / "keys.txt"))
    for words, code in (
        (("figures", "--unit", "bao-thang", *PERIOD, "--engine", "spark"), "engine_missing"),
        (("rollup", str(tmp_path), *keys, *PERIOD), "bad_keys"),
        (("rollup", str(tmp_path), *keys, *PERIOD, "--indicator", "x.y"), "unknown_indicator"),
        (("extract", "verify", "gopher://x", *keys), "bad_address"),
        (("extract", "verify", str(tmp_path), "--keys", "nowhere.txt"), "cannot_read"),
    ):
        assert run([*words, "--json"]) == 2
        assert json.loads(capsys.readouterr().out)["error"]["code"] == code


def _said(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert run([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)
