"""A paper as JSON and back: what is kept of a paper renders to the same bytes years later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from nhanlucso.papers import paper as p

_KIND, _VALUE = "$", "is"
_MADE: Mapping[str, type[Any]] = {
    kind.__name__: kind
    for kind in vars(p).values()
    if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == p.__name__
}


def kept(value: Any) -> Any:
    """A paper, or a part of one, as JSON values. Raises TypeError for what no paper holds."""
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, tuple):
        return [kept(item) for item in value]
    if is_dataclass(value) and type(value).__name__ in _MADE:
        return {_KIND: type(value).__name__} | {f.name: kept(getattr(value, f.name)) for f in fields(value)}
    for name, kind, write, _read in _PLAIN:
        if isinstance(value, kind):
            return {_KIND: name, _VALUE: write(value)}
    raise TypeError(f"No paper holds a {type(value).__name__}.")


def paper_of(data: Any) -> Any:
    """What `kept` was given."""
    if isinstance(data, list):
        return tuple(paper_of(item) for item in data)
    if not isinstance(data, dict):
        return data
    for name, _kind, _write, read in _PLAIN:
        if data[_KIND] == name:
            return read(data[_VALUE])
    return _MADE[data[_KIND]](**{name: paper_of(value) for name, value in data.items() if name != _KIND})


_PLAIN: tuple[tuple[str, type[Any], Any, Any], ...] = (
    ("moment", datetime, datetime.isoformat, datetime.fromisoformat),  # before day: a moment is a day, too
    ("day", date, date.isoformat, date.fromisoformat),
    ("decimal", Decimal, str, Decimal),
    ("bytes", bytes, bytes.hex, bytes.fromhex),
)
