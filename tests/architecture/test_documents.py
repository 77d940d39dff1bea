"""The documents say what is there: every command, setting, indicator, table, room."""

from __future__ import annotations

import argparse
import ast
import contextlib
import io
import re
from importlib import import_module

import pytest
from django.apps import apps
from django.db.models import Model

from nhanlucso.cli.main import COMMANDS, run
from nhanlucso.indicators.catalogue import INDICATORS
from tests.architecture.source import ROOT, floors, product

RUNBOOK = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
SETTING = re.compile(r"NHANLUCSO_[A-Z_]+|DATABASE_URL")
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
LONGEST_RECORD = 60
NOT_WORTH_NAMING = {"--help", "--json"}


def _documents() -> list[str]:
    paths = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return sorted(path.relative_to(ROOT).as_posix() for path in paths)


def _row(command: str) -> str:
    """The line of the runbook's table on a command."""
    return next((line for line in RUNBOOK.splitlines() if line.startswith(f"| `nhanlucso {command}`")), "")


def _options(command: str) -> set[str]:
    parser = argparse.ArgumentParser()
    import_module(f"nhanlucso.cli.{COMMANDS[command].module}").arguments(parser)
    return {name for action in parser._actions for name in action.option_strings if name.startswith("--")}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_stands_in_the_runbook_with_its_options(command: str) -> None:
    row = _row(command)
    assert row, f"docs/runbook.md says nothing of nhanlucso {command}"
    same_as_figures = _options("figures") if "as figures" in row else set()
    undocumented = {
        name for name in _options(command) - NOT_WORTH_NAMING - same_as_figures if f"`{name}`" not in row
    }
    assert undocumented == set()


def test_the_runbook_names_no_command_that_is_not_there() -> None:
    named = set(re.findall(r"^\| `nhanlucso ([a-z ]+)`", RUNBOOK, re.MULTILINE))
    assert named == set(COMMANDS)


def test_every_setting_stands_in_the_runbook() -> None:
    read = {
        node.value
        for module in product()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SETTING.fullmatch(node.value)
    }
    described = set(re.findall(r"^\| `([A-Z_]+)` \|", RUNBOOK, re.MULTILINE))
    assert described == read


def test_indicators_are_documented_as_declared() -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        assert run(["indicators"]) == 0
    written = (ROOT / "docs" / "indicators.md").read_text(encoding="utf-8")
    assert written == printed.getvalue(), "nhanlucso indicators > docs/indicators.md"
    assert [code for code in INDICATORS if f"\n## {code}\n" not in written] == []


def _glossary() -> list[list[str]]:
    """Rows of the glossary: English, Vietnamese, in the code, meaning."""
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row] for row in rows if row[0].strip() != "English"]


def _names_in_code() -> set[str]:
    names = set()
    for module in product():
        names.add(module.path.stem)
        names.update(module.path.parent.parts)
        for node in ast.walk(module.tree):
            match node:
                case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                    names.add(name)
                case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                    names.add(name)
    return names


def test_terms_of_the_glossary_are_those_of_the_code() -> None:
    names = _names_in_code()
    assert [row for row in _glossary() if row[2].strip("`") not in names] == []


def test_every_table_is_in_the_glossary() -> None:
    terms = {row[2].strip("`") for row in _glossary()}
    models: list[type[Model]] = [m for m in apps.get_models() if m.__module__.startswith("nhanlucso.")]
    assert {model.__name__ for model in models} - terms == set()


def test_every_room_is_in_the_plan_of_the_house() -> None:
    plan = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split("```")[1]
    drawn = [re.findall(r"\b([a-z]+)/", line.split("   ")[0]) for line in plan.strip().splitlines()]
    stack = sorted({level for level in floors().values()}, reverse=True)
    assert [set(rooms) for rooms in drawn] == [
        {r for r, at in floors().items() if at == level} for level in stack
    ]


@pytest.mark.parametrize("name", _documents())
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    local = [target for target in LINK.findall(text) if "://" not in target]
    assert [target for target in local if not ((ROOT / name).parent / target).exists()] == []


def test_decision_records_are_short_numbered_and_whole() -> None:
    records = sorted((ROOT / "docs" / "adr").glob("*.md"))
    for number, path in enumerate(records, 1):
        text = path.read_text(encoding="utf-8")
        assert path.name.startswith(f"{number:04d}-")
        assert text.startswith(f"# {number}. ")
        assert text.count("\n") <= LONGEST_RECORD
        for part in ("**Context.**", "**Decision.**", "**Consequences.**", "**Rejected.**"):
            assert part in text, f"{path.name} lacks {part}"


def test_make_says_what_its_targets_do() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):(.*)$", text, re.MULTILINE)
    assert [name for name, rest in targets if "##" not in rest] == []
    assert {"setup", "run", "test", "check", "bench"} <= {name for name, _ in targets}
