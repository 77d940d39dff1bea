"""Writes client.py from the OpenAPI document of an installation.

    python make_client.py https://may.chu/api/v1/openapi.json > client.py
    python make_client.py openapi.json > client.py

The document says everything: each operation becomes a method, lists become methods that go through all pages.
"""

from __future__ import annotations

import json
import keyword
import re
import sys
import urllib.request
from pathlib import Path
from typing import Any

HEAD = Path(__file__).with_name("head.py.txt")
_KINDS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "object": "dict[str, Any]"}
_LINE = 110


def written(document: dict[str, Any]) -> str:
    """The source of the client."""
    parts = [HEAD.read_text(encoding="utf-8").rstrip("\n")]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            parts.append(_method(path, method.upper(), operation))
    return "\n\n".join(parts) + "\n"


def _method(path: str, method: str, operation: dict[str, Any]) -> str:
    parameters = operation.get("parameters", [])
    in_path = [p["name"] for p in parameters if p["in"] == "path"]
    queries = [p for p in parameters if p["in"] == "query" and p["name"] != "cursor"]
    headers = {p["name"]: p["required"] for p in parameters if p["in"] == "header"}
    body = operation.get("requestBody", {}).get("content", {})
    named = [f"{name}: str" for name in in_path]
    named += ["body: dict[str, Any]"] if "application/json" in body else []
    named += ["fields: dict[str, str]", "file: bytes"] if "multipart/form-data" in body else []
    extra = [_argument(p) for p in sorted(queries, key=lambda p: not p["required"])]
    extra += ["key: str | None = None"] if headers.get("Idempotency-Key") else []
    extra += ["match: str"] if headers.get("If-Match") else []
    paged = any(p["name"] == "cursor" for p in parameters)
    answer = "Iterator[dict[str, Any]]" if paged else "Answer"
    signature = _signature(operation["operationId"], [*named, *(["*", *extra] if extra else [])], answer)
    address = re.sub(r"{(\w+)}", r"{_quoted(\1)}", path)
    words = ", ".join(f'"{p["name"]}": {_safe(p["name"])}' for p in queries)
    call = [f'"{method}"', f'f"{address}"' if in_path else f'"{address}"']
    call += [f"{{{words}}}"] if words else []
    call += ["body=body"] if "application/json" in body else []
    call += ["form=(fields, file)"] if "multipart/form-data" in body else []
    call += ["key=key or new_key()"] if headers.get("Idempotency-Key") else []
    call += ["match=match"] if headers.get("If-Match") else []
    if paged:
        call = call[1:]
    asked = f"self.{'pages' if paged else 'ask'}({', '.join(call)})"
    return f'{signature}\n        """{operation["summary"]}"""\n{_wrapped(asked)}'


def _argument(parameter: dict[str, Any]) -> str:
    kind = _kind(parameter["schema"])
    name = _safe(parameter["name"])
    return f"{name}: {kind}" if parameter["required"] else f"{name}: {kind} | None = None"


def _kind(schema: dict[str, Any]) -> str:
    if schema.get("type") == "array":
        return f"list[{_kind(schema['items'])}]"
    return _KINDS.get(schema.get("type", "string"), "str")


def _safe(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) else name


def _signature(name: str, arguments: list[str], answer: str) -> str:
    line = f"    def {name}({', '.join(['self', *arguments])}) -> {answer}:"
    if len(line) <= _LINE:
        return line
    return f"    def {name}(\n        {', '.join(['self', *arguments])}\n    ) -> {answer}:"


def _wrapped(call: str) -> str:
    line = f"        return {call}"
    if len(line) <= _LINE:
        return line
    name, _bracket, rest = call.partition("(")
    return f"        return {name}(\n            {rest[:-1]}\n        )"


def _document(source: str) -> dict[str, Any]:
    if source.startswith(("https://", "http://")):
        with urllib.request.urlopen(source, timeout=30) as answer:
            return dict(json.load(answer))
    return dict(json.loads(Path(source).read_text(encoding="utf-8")))


if __name__ == "__main__":
    sys.stdout.write(written(_document(sys.argv[1])))
