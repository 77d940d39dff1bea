"""`nhanlucso quality`: what the rules found in a unit, with ids only; the rules as a document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from nhanlucso.cli.main import run
from nhanlucso.cli.quality import document
from nhanlucso.indicators.quality.declared import RULES

WRITTEN = Path(__file__).parents[2] / "docs" / "quality.md"


@pytest.fixture
def world(db: None) -> Any:
    from tests.factories.district import make_district

    return make_district()


def ask(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    assert run(["quality", *words, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_counts_and_findings_bear_ids_only(world: Any, capsys: pytest.CaptureFixture[str]) -> None:
    said = ask(capsys, "--unit", "tinh")
    assert said["counts"]["class.head_count_far"] == {"open": 1, "accepted": 0}
    far = next(one for one in said["findings"] if one["rule"] == "class.head_count_far")
    assert far == {
        "rule": "class.head_count_far",
        "rule_version": 1,
        "severity": "medium",
        "unit_id": "tinh",
        "date": "2024-03-04",
        "facts": {"training_class": world.training_class.uid, "heads": 30, "roster": 2},
        "accepted": False,
    }
    text = json.dumps(said, ensure_ascii=False)
    assert not any(person.full_name in text for person in world.people.values())


def test_a_unit_below_has_its_own_alone(world: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert set(ask(capsys, "--unit", "loc")["counts"]) == {"unit.no_record"}


def test_every_rule_is_printed_with_its_numbers(world: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["quality", "--unit", "tinh"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert [line.split()[2] for line in printed] == list(RULES)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--unit", "khong-co"), "unknown_unit"),
        (("--unit", "an"), "unit_not_valid"),
        ((), "bad_arguments"),
        (("--unit", "tinh", "--rules"), "bad_arguments"),
        (("--rules",), "bad_arguments"),
    ],
)
def test_refusals(world: Any, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: str) -> None:
    assert ask(capsys, *words, code=2)["error"]["code"] == code


def test_the_rules_are_documented_as_declared() -> None:
    with override("en"):
        printed = document()
    assert WRITTEN.read_text(encoding="utf-8") == printed, "nhanlucso quality --rules > docs/quality.md"
