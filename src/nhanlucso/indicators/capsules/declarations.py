"""Indicators as data: what a capsule counts by stands in it, whatever the catalogue says later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from django.utils.functional import Promise
from django.utils.translation import override

from nhanlucso.indicators.catalogue import Indicator

COURSES = "courses"


def as_data(indicator: Indicator, courses: Mapping[int, int]) -> dict[str, Any]:
    """A declaration as JSON values, texts in Vietnamese, courses by their number in the capsule."""
    with override("vi"):
        data: dict[str, Any] = _written(indicator)
    if data.get("event") and isinstance(data["event"], dict):
        data["event"][COURSES] = sorted(courses[course] for course in data["event"].get(COURSES, ()))
    return data


def named_courses(indicator: Indicator) -> tuple[int, ...]:
    """The courses (primary keys) that a declaration names."""
    return tuple(getattr(indicator.event, COURSES, ()))


def from_data(data: object) -> Indicator:
    """The declaration again. Raises ValueError for what is none."""
    made: Indicator = _read(Indicator, data)
    return made


def _written(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {part.name: _written(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, (tuple, list)):
        return [_written(item) for item in value]
    return str(value) if isinstance(value, Promise) else value


def _read(kind: Any, value: Any) -> Any:
    """A value of the kind that a declaration asks for."""
    if get_origin(kind) in (Union, UnionType):
        return _read_one_of([option for option in get_args(kind) if option is not Promise], value)
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise ValueError(value)
        return tuple(_read(get_args(kind)[0], item) for item in value)
    if is_dataclass(kind):
        return _read_parts(kind, value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if type(value) is not kind:
        raise ValueError(value)
    return value


def _read_one_of(options: list[Any], value: Any) -> Any:
    if value is None and type(None) in options:
        return None
    (kind,) = [option for option in options if option is not type(None)]
    return _read(kind, value)


def _read_parts(kind: Any, value: Any) -> Any:
    hints = get_type_hints(kind)
    names = {part.name for part in fields(kind)}
    if not isinstance(value, dict) or not set(value) <= names:
        raise ValueError(value)
    try:
        return kind(**{name: _read(hints[name], item) for name, item in value.items()})
    except TypeError:
        raise ValueError(value) from None


def is_personal(indicator: Indicator) -> bool:
    """Whether a declaration asks for sex or year of birth."""
    return bool(getattr(indicator.audience, "is_personal", False))
