"""Settings that cannot be used are refused with what to write instead."""

from __future__ import annotations

import logging
from ipaddress import ip_network
from pathlib import Path

import pytest

from nhanlucso.config import env
from nhanlucso.config.logs import Lines


def test_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "127.0.0.1, 10.0.0.0/8,::1")
    assert env.networks("X", "") == tuple(map(ip_network, ("127.0.0.1", "10.0.0.0/8", "::1")))
    monkeypatch.setenv("X", "proxy.example")
    with pytest.raises(env.BadSetting, match="X must hold addresses"):
        env.networks("X", "")


def test_the_shape_of_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.log_shape() == "json"
    monkeypatch.setenv("NHANLUCSO_DEBUG", "1")
    assert env.log_shape() == "line"
    monkeypatch.setenv("NHANLUCSO_LOG_SHAPE", "xml")
    with pytest.raises(env.BadSetting, match="json, line"):
        env.log_shape()


def test_lines_for_eyes_name_what_is_told() -> None:
    record = logging.LogRecord("x", logging.INFO, "", 0, "request", (), None)
    record.told = {"route": "home", "ms": 3}
    assert Lines("%(message)s").format(record) == "request route=home ms=3"


def test_a_key_is_whole_and_never_made_twice(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "a.key").touch()  # by somebody who was killed right then
    made = env.make_keys(tmp_path, ("a.key", "b.key"))
    texts = {path.name: path.read_text() for path in (tmp_path / "keys").iterdir()}
    assert [path.name for path in made] == sorted(texts) == ["a.key", "b.key"]
    assert all(len(text) >= 48 for text in texts.values())
    assert env.make_keys(tmp_path, ("a.key", "b.key")) == []
