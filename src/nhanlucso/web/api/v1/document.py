"""The OpenAPI 3.1 document of version 1, written from the declared operations: it cannot say what is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern
from django.utils.translation import gettext as _

from nhanlucso.web.api.v1.operations import KEY, LONGEST_KEY, MATCH, Operation, Param
from nhanlucso.web.api.v1.paging import PAGED
from nhanlucso.web.api.v1.shapes import schema_of

PREFIX = "/api/v1/"
_WORD = re.compile(r"<(?:\w+:)?(\w+)>")
_ERROR = {
    "type": "object",
    "description": "A refusal: nothing was written.",
    "properties": {
        "error": {
            "type": "object",
            "properties": {
                "code": {"type": "string", "description": "Stable, for programs."},
                "message": {"type": "string", "description": "For people."},
                "details": {"type": "array", "items": {"type": "object"}},
            },
            "required": ["code", "message", "details"],
        }
    },
    "required": ["error"],
}
# Codes of refusal by status, as docs/api.md tells them.
REFUSALS = {
    400: "bad_parameter, bad_body, …",
    401: "sign_in, wrong",
    403: "not_allowed",
    404: "not_found",
    412: "changed",
    413: "too_large",
    415: "bad_type",
    422: "key_reused",
    428: "key_needed, match_needed",
    429: "too_many, locked",
    503: "busy",
}
_READING = (400, 401, 403, 404, 429, 503)


def document(patterns: list[Any], version: str) -> dict[str, Any]:
    """The document of the addresses that these patterns serve below `PREFIX`."""
    named: dict[str, Any] = {"Error": _ERROR}
    paths: dict[str, dict[str, Any]] = {}
    for template, method, declared in operations(patterns):
        paths.setdefault(template, {})[method.lower()] = _operation(template, declared, named)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("Nhân lực số"),
            "version": version,
            "description": _(
                "Đọc và ghi trong phạm vi của mã truy cập; danh sách chia trang, mỗi lần ghi mang một khóa riêng."
            ),
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}, {"account": []}],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(named.items())),
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "account": {"type": "http", "scheme": "basic"},
            },
        },
    }


def operations(patterns: list[Any]) -> Iterator[tuple[str, str, Operation]]:
    """Every declared operation with its path template and method."""
    for pattern in patterns:
        if not isinstance(pattern, URLPattern):
            continue
        template = PREFIX + _WORD.sub(r"{\1}", str(pattern.pattern))
        for method, declared in getattr(pattern.callback, "operations", {}).items():
            yield template, method, declared


def _operation(template: str, declared: Operation, named: dict[str, Any]) -> dict[str, Any]:
    names = re.findall(r"{(\w+)}", template)
    parameters = [_in_path(name) for name in names]
    parameters += [_parameter(param, named) for param in declared.params]
    made: dict[str, Any] = {
        "operationId": declared.name,
        "tags": [declared.tag],
        "summary": str(declared.summary),
        "x-permissions": [str(permission) for permission in declared.permissions],
    }
    if declared.keyed:
        parameters.append(
            _header(KEY, {"type": "string", "pattern": "^[!-~]+$", "maxLength": LONGEST_KEY}, True)
        )
    if declared.body is not None:
        parameters.append(_header(MATCH, {"type": "string"}, declared.matched))
        content = {"application/json": {"schema": schema_of(declared.body, named)}}
        made["requestBody"] = {"required": True, "content": content}
    else:
        parameters.append(_header("If-None-Match", {"type": "string"}, False))
    return made | {"parameters": parameters, "responses": _responses(declared, named)} | dict(declared.raw)


def _in_path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def _parameter(param: Param, named: dict[str, Any]) -> dict[str, Any]:
    schema = schema_of(param.kind, named)
    schema.pop("description", None)
    if param.many:
        schema = {"type": "array", "items": schema}
    return {
        "name": param.name,
        "in": "query",
        "required": param.required,
        "description": str(param.text),
        "schema": schema,
    }


def _header(name: str, schema: dict[str, Any], required: bool) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": required, "schema": schema}


def _responses(declared: Operation, named: dict[str, Any]) -> dict[str, Any]:
    schema = schema_of(declared.answer, named)
    if set(PAGED) <= set(declared.params):
        schema = {
            "type": "object",
            "properties": {
                "items": {"type": "array", "items": schema},
                "next": {"type": ["string", "null"]},
            },
            "required": ["items", "next"],
        }
    found: dict[str, Any] = {
        "200": {"description": "OK", "content": {"application/json": {"schema": schema}}}
    }
    if declared.body is None:
        found["200"]["headers"] = {"ETag": {"schema": {"type": "string"}}}
        found["304"] = {"description": "If-None-Match: nothing changed."}
    statuses = _READING if declared.body is None else tuple(REFUSALS)
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    found |= {str(status): {"description": REFUSALS[status], "content": error} for status in statuses}
    return found
