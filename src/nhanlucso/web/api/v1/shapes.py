"""What goes in and out, declared once as dataclasses: their JSON Schema, and reading what was sent against it.

Known kinds: str, int, float, bool, date, datetime, Literal, `X | None`, `list[X]`, `dict[str, X]`, dataclasses,
`X | Y` of plain kinds, and `Annotated[X, Says]`.
"""

from __future__ import annotations

import dataclasses
import math
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from nhanlucso.kernel.clock import day_of
from nhanlucso.kernel.errors import Detail, Refused

LARGEST = 2**53 - 1  # whole numbers that every program reads alike
_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}


@dataclass(frozen=True, slots=True)
class Says:
    """What a field means, and its bounds: `least`/`most` of numbers, of letters in a text, of members in a list."""

    text: str | Promise = ""
    least: int | None = None
    most: int | None = None


class Wrong(Exception):
    """A value that does not fit; `where` is its place in the document."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(message)
        self.where, self.message = where, message


def schema_of(kind: Any, named: dict[str, Any]) -> dict[str, Any]:
    """The JSON Schema of a kind; dataclasses are put into `named` and referred to."""
    inner, says = _unpacked(kind)
    if isinstance(inner, type) and dataclasses.is_dataclass(inner):
        _name(inner, named)
        return {"$ref": f"#/components/schemas/{inner.__name__}"}
    found = _schema(inner, named)
    if says is not None:
        found |= _bounds(inner, says)
        if says.text:
            found["description"] = str(says.text)
    return found


def _schema(kind: Any, named: dict[str, Any]) -> dict[str, Any]:
    if kind is Any:
        return {}
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Literal:
        return {"type": "string", "enum": list(inside)}
    if origin is list:
        return {"type": "array", "items": schema_of(inside[0], named)}
    if origin is dict:
        return {"type": "object", "additionalProperties": schema_of(inside[1], named)}
    if type(None) not in inside:
        return {"type": [_PLAIN[one]["type"] for one in inside]}
    one = schema_of(_known(kind), named)
    if "$ref" in one or "enum" in one:
        return {"anyOf": [one, {"type": "null"}]}
    return one | {"type": [one["type"], "null"]}


def _bounds(kind: Any, says: Says) -> dict[str, Any]:
    kind = _known(kind)
    names = ("minimum", "maximum") if kind in (int, float) else ("minLength", "maxLength")
    if typing.get_origin(kind) is list:
        names = ("minItems", "maxItems")
    return {n: v for n, v in zip(names, (says.least, says.most), strict=True) if v is not None}


def _name(kind: Any, named: dict[str, Any]) -> None:
    if kind.__name__ in named:
        return
    named[kind.__name__] = {}  # stands while its own fields are read
    hints = hints_of(kind)
    named[kind.__name__] = {
        "type": "object",
        "description": " ".join((kind.__doc__ or "").split()),
        "properties": {field.name: schema_of(hints[field.name], named) for field in dataclasses.fields(kind)},
        "required": [field.name for field in dataclasses.fields(kind) if _is_needed(field)],
        "additionalProperties": False,
    }


@lru_cache(maxsize=200)
def hints_of(kind: Any) -> dict[str, Any]:
    """The kinds of the fields of a dataclass."""
    return typing.get_type_hints(kind, include_extras=True)


def _is_needed(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _unpacked(kind: Any) -> tuple[Any, Says | None]:
    if typing.get_origin(kind) is typing.Annotated:
        inner, *extras = typing.get_args(kind)
        return inner, next((one for one in extras if isinstance(one, Says)), None)
    return kind, None


def _known(kind: Any) -> Any:
    """X of `X | None`."""
    if typing.get_origin(kind) in (typing.Union, types.UnionType) and type(None) in typing.get_args(kind):
        return next(one for one in typing.get_args(kind) if one is not type(None))
    return kind


def read(kind: Any, value: object) -> Any:
    """What was sent, as the kind it should be. Raises Refused("bad_body") that names the place."""
    try:
        return _read(kind, value, "")
    except Wrong as wrong:
        message = _("Nội dung gửi lên không đúng khuôn.")
        raise Refused(
            "bad_body", message, [Detail(wrong.message, column=wrong.where or _("(gốc)"))]
        ) from None


def _read(kind: Any, value: object, where: str) -> Any:
    inner, says = _unpacked(kind)
    if _known(inner) is not inner:
        if value is None:
            return None
        inner = _known(inner)
    found = _of_kind(inner, value, where)
    if says is not None:
        _within(found, says, where)
    return found


def _of_kind(kind: Any, value: object, where: str) -> Any:
    if dataclasses.is_dataclass(kind):
        return _object(kind, value, where)
    if typing.get_origin(kind) is list:
        if not isinstance(value, list):
            raise Wrong(where, _("phải là một danh sách"))
        inside = typing.get_args(kind)[0]
        return [_read(inside, one, f"{where}[{number}]") for number, one in enumerate(value)]
    if typing.get_origin(kind) is typing.Literal:
        return _one_of(typing.get_args(kind), value, where)
    return _READERS[kind](value, where)


def _object(kind: Any, value: object, where: str) -> Any:
    if not isinstance(value, Mapping):
        raise Wrong(where, _("phải là một đối tượng"))
    fields = {field.name: field for field in dataclasses.fields(kind)}
    if unknown := sorted(set(value) - set(fields)):
        raise Wrong(f"{where}.{unknown[0]}".lstrip("."), _("không có mục này"))
    hints, found = hints_of(kind), {}
    for name, field in fields.items():
        if name in value:
            found[name] = _read(hints[name], value[name], f"{where}.{name}".lstrip("."))
        elif _is_needed(field):
            raise Wrong(f"{where}.{name}".lstrip("."), _("còn thiếu"))
    return kind(**found)


def _one_of(allowed: tuple[Any, ...], value: object, where: str) -> object:
    if not isinstance(value, str) or value not in allowed:
        raise Wrong(where, _("chỉ nhận: %(known)s") % {"known": ", ".join(map(str, allowed))})
    return value


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise Wrong(where, _("phải là chữ"))
    if not is_clean(value):
        raise Wrong(where, _("có ký tự không dùng được"))
    return value


def is_clean(text: str) -> bool:
    """Whether a text can be stored: no zero letter, no half of a pair."""
    return "\0" not in text and not any(0xD800 <= ord(letter) <= 0xDFFF for letter in text)


def _whole(value: object, where: str) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > LARGEST:
        raise Wrong(where, _("phải là số nguyên"))
    return value


def _number(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > LARGEST:
        raise Wrong(where, _("phải là số"))
    if not math.isfinite(value):
        raise Wrong(where, _("phải là số"))
    return float(value)


def _yes_or_no(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise Wrong(where, _("phải là true hoặc false"))
    return value


def _day(value: object, where: str) -> date:
    found = day_of(value) if isinstance(value, str) else None
    if found is None:
        raise Wrong(where, _("phải là ngày, như 2024-09-14"))
    return found


def _moment(value: object, where: str) -> datetime:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise Wrong(where, _("phải là thời điểm có múi giờ, như 2024-09-14T08:00:00+07:00"))
    return found


_READERS: dict[Any, Any] = {
    str: _text,
    int: _whole,
    float: _number,
    bool: _yes_or_no,
    date: _day,
    datetime: _moment,
}


def _within(value: Any, says: Says, where: str) -> None:
    size = value if isinstance(value, int | float) else len(value) if isinstance(value, str | list) else None
    if size is None:
        return
    if (says.least is not None and size < says.least) or (says.most is not None and size > says.most):
        bounds = {"least": says.least if says.least is not None else 0, "most": says.most or "∞"}
        raise Wrong(where, _("phải từ %(least)s đến %(most)s") % bounds)


def from_text(kind: Any, text: str, where: str) -> Any:
    """A parameter of an address as the kind it should be. Raises Refused("bad_parameter")."""
    inner = _known(_unpacked(kind)[0])
    value: object = text
    if inner is int and (text.isascii() and text.removeprefix("-").isdecimal()) and len(text) < 18:
        value = int(text)
    elif inner is bool and text in ("true", "false", "1", "0"):
        value = text in ("true", "1")
    try:
        return _read(kind, value, where)
    except Wrong as wrong:
        message = _("Tham số «%(name)s» %(why)s.") % {"name": where, "why": wrong.message}
        raise Refused("bad_parameter", message) from None
