"""The code as these tests see it: modules with their syntax trees, and the floors of the house."""

from __future__ import annotations

import ast
import configparser
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "nhanlucso"
_OURS = ("src", "tests", "scripts", "benchmarks", "examples")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """A Python file; `name` is its path from the root of the project."""

    path: Path
    name: str
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """`orgs` for src/nhanlucso/orgs/queries.py; empty outside the product."""
        parts = self.path.relative_to(PACKAGE).parts if self.path.is_relative_to(PACKAGE) else ()
        return parts[0] if len(parts) > 1 else ""

    def functions(self) -> Iterator[Function]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def public_functions(self) -> Iterator[Function]:
        """Functions of the module itself, not methods, without a leading underscore."""
        for node in self.tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
                yield node


@cache
def modules() -> tuple[Module, ...]:
    """All Python files of the project but migrations, which Django writes."""
    found = []
    for folder in _OURS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            text = path.read_text(encoding="utf-8")
            found.append(Module(path, path.relative_to(ROOT).as_posix(), text, ast.parse(text)))
    return tuple(found)


def product() -> tuple[Module, ...]:
    """The modules of the package itself."""
    return tuple(module for module in modules() if module.path.is_relative_to(PACKAGE))


def role(name: str) -> tuple[Module, ...]:
    """Modules in the role `queries`, `services`, …: a file of that name, or the files of a folder of that name."""
    return tuple(
        module
        for module in product()
        if module.path.stem == name or (module.path.parent.name == name and module.path.stem != "__init__")
    )


@cache
def floors() -> dict[str, int]:
    """Room → its floor, 0 at the bottom, as the linter of imports knows them."""
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter", encoding="utf-8")
    lines = config["importlinter:contract:floors"]["layers"].split("\n")
    stack = [line for line in lines if line.strip()]
    return {room.strip(): level for level, line in enumerate(reversed(stack)) for room in line.split("|")}
