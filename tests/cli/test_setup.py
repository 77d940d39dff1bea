"""What every command makes sure of before it works."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.installation import Installation


def test_lost_keys_are_never_replaced_beside_a_database(installation: Installation) -> None:
    installation.must("init")
    key = installation.folder / "keys" / "field.key"
    kept = key.read_text()
    key.unlink()
    outcome = installation.run("figures", "--unit", "p", "--period", "2024", "--json")
    error: dict[str, Any] = json.loads(outcome.out)["error"]
    assert (outcome.code, error["code"]) == (2, "keys_missing")
    assert "field.key" in error["message"]
    assert not key.exists()
    key.write_text(kept)
    assert installation.run("init").code == 0


def test_init_is_idempotent(installation: Installation) -> None:
    installation.must("init")
    keys = {path.name: path.read_text() for path in (installation.folder / "keys").iterdir()}
    installation.must("init")
    assert {path.name: path.read_text() for path in (installation.folder / "keys").iterdir()} == keys


def test_first_commands_at_once_make_one_installation(installation: Installation) -> None:
    with ThreadPoolExecutor(4) as several:
        outcomes = list(several.map(installation.run, ["init"] * 4))
    assert [(outcome.code, outcome.err) for outcome in outcomes] == [(0, "")] * 4
    assert installation.must("doctor").code == 0
