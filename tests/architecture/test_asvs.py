"""The table of application security names tests that are there, and every requirement once."""

from __future__ import annotations

import re

from tests.architecture.source import ROOT

TABLE = (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (V[\d.]+) \| ([12]) \| (.+) \|$", TABLE, re.MULTILINE)
LEVELS = {"1": 70, "2": 183}


def test_all_requirements_of_both_levels_stand_there_once() -> None:
    assert len({number for number, _, _ in ROWS}) == len(ROWS)
    assert {level: sum(one == level for _, one, _ in ROWS) for level in LEVELS} == LEVELS


def test_the_tests_that_it_names_are_there() -> None:
    missing = set()
    for path, name in re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", TABLE):
        file = ROOT / path
        if not file.exists() or (name and f"def {name}(" not in file.read_text(encoding="utf-8")):
            missing.add(f"{path}::{name}")
    assert missing == set()


def test_documents_that_it_names_are_there() -> None:
    assert [path for path in re.findall(r"docs/[\w/.-]+\.md", TABLE) if not (ROOT / path).exists()] == []
