"""Files and functions stay small enough to be held in mind; nothing is left for later."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import ROOT, modules

LONGEST_MODULE = 400
LONGEST_FUNCTION = 50
MADE = {
    *(".venv", "node_modules", "build", "var", ".git", ".hypothesis", "__pycache__"),
    *(".mypy_cache", ".pytest_cache", ".ruff_cache", ".import_linter_cache"),
}
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}


def test_modules_are_short() -> None:
    long = {module.name: count for module in modules() if (count := module.text.count("\n")) > LONGEST_MODULE}
    assert long == {}


def test_functions_are_short() -> None:
    long = {
        f"{module.name}:{function.name}": size
        for module in modules()
        for function in module.functions()
        if (size := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    }
    assert long == {}


def test_no_name_says_nothing() -> None:
    vague = [
        module.name
        for module in modules()
        if VAGUE & {module.path.stem, *module.path.relative_to(ROOT).parts}
    ]
    assert vague == []


def _texts(*endings: str) -> Iterator[tuple[str, str]]:
    """(name, text) of the files of the project with one of the endings; nothing that setup or tools made."""
    for folder, subfolders, names in os.walk(ROOT):
        subfolders[:] = sorted(set(subfolders) - MADE)
        for name in sorted(names):
            path = Path(folder, name)
            if name.endswith(endings) and path != Path(__file__):
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
    found = [
        f"{name}:{number}"
        for name, text in _texts(".py", ".html", ".css", ".js", ".md", ".toml", ".typ", ".po")
        for number, line in enumerate(text.splitlines(), 1)
        if later.search(line)
    ]
    assert found == []


def test_no_test_is_skipped() -> None:
    skipping = re.compile(
        r"pytest\.(?:mark\.)?(?:skip|skipif|xfail|importorskip)\b|unittest\.skip|unittest\.mock"
    )
    found = [
        module.name
        for module in modules()
        if module.name.startswith("tests/")
        and "test_sizes" not in module.name
        and skipping.search(module.text)
    ]
    assert found == []


def test_no_file_names_a_machine() -> None:
    path = re.compile(r"(?<![\w.])/(?:home|root|work|Users)/\w")
    found = [
        name
        for name, text in _texts(
            ".py", ".md", ".toml", ".lock", ".json", ".html", ".typ", "Makefile", "run", ".yaml"
        )
        if path.search(text)
    ]
    assert found == []


def test_no_lock_names_an_address() -> None:
    locks = ("requirements.lock", "requirements-dev.lock", "requirements-node.lock")
    assert [name for name in locks if "://" in (ROOT / name).read_text(encoding="utf-8")] == []
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text(encoding="utf-8")
