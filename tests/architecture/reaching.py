"""Which functions lead to which: calls followed through the product by what modules import."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

from tests.architecture.source import PACKAGE, Function, Module, product


def dotted(module: Module) -> str:
    """`nhanlucso.audit.services` for its file."""
    parts = module.path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def calls() -> dict[str, frozenset[str]]:
    """Dotted name of every function, method and class → what it names: functions handed on count as called."""
    found: dict[str, frozenset[str]] = {}
    for module in product():
        known = _names(module)
        for node in module.tree.body:
            for name, body in _bodies(node):
                found[f"{dotted(module)}.{name}"] = frozenset(_named(body, known))
    return found


def leads_to(start: str, goal: str) -> bool:
    """Whether following what `start` names comes to `goal`."""
    seen, open_ = {start}, [start]
    while open_:
        for target in calls().get(open_.pop(), frozenset()):
            if target == goal:
                return True
            if target not in seen:
                seen.add(target)
                open_.append(target)
    return False


def _bodies(node: ast.stmt) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node, Function | ast.ClassDef):
        yield node.name, node
    elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            if isinstance(target, ast.Name):
                yield target.id, node.value


def _names(module: Module) -> dict[str, str]:
    """What a name at the top of the module stands for."""
    known = {name: f"{dotted(module)}.{name}" for node in module.tree.body for name, _body in _bodies(node)}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            known |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return known


def _named(body: ast.AST, known: dict[str, str]) -> Iterator[str]:
    for node in ast.walk(body):
        if isinstance(node, ast.Name) and node.id in known:
            yield known[node.id]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in known:
            yield f"{known[node.value.id]}.{node.attr}"
