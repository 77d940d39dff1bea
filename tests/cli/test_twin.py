"""`nhanlucso twin`: then and now as data and as words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nhanlucso.cli.main import run

pytestmark = pytest.mark.django_db
WORDS = ("--indicator", "coverage.basic", "--unit", "hoa", "--before", "2024-9M", "--period", "2025")


@pytest.fixture
def world(db: None) -> Any:
    from tests.factories.district import make_district

    return make_district()


def test_then_carried_later(world: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["twin", *WORDS, "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert [(p["unit_id"], p["whole"], p["lead"]) for p in found["predecessors"]] == [
        ("an", True, True),
        ("binh", False, False),
    ]
    assert (found["carried"]["value"], found["carried"]["high"]) == (25, 40)
    assert found["boundary"] == {"value": 0, "low": 0, "high": 15}
    assert run(["twin", *WORDS]) == 0
    assert "địa giới 0 (từ 0 đến 15)" in capsys.readouterr().out


def test_refusals(world: Any, capsys: pytest.CaptureFixture[str]) -> None:
    for changed, code in (("an", "unit_not_valid"), ("nowhere", "unknown_unit")):
        assert run(["twin", *(changed if word == "hoa" else word for word in WORDS), "--json"]) == 2
        assert json.loads(capsys.readouterr().out)["error"]["code"] == code
