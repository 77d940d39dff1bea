"""Rows of any table as plain JSON values and back, without loss."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import Model, QuerySet

from nhanlucso.kernel.stopping import go_on

T = TypeVar("T")
Row = dict[str, Any]  # column (attname) → value
BATCH = 1_000  # rows in one statement


def label_of(model: type[Model]) -> str:
    """«people.person»: how the journal names a table."""
    return model._meta.label_lower


def model_of(table: str) -> type[Model]:
    return apps.get_model(table)


def columns_of(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def values_of(row: Model) -> Row:
    """The columns of a row as Python values."""
    return {name: getattr(row, name) for name in columns_of(type(row))}


def stored(values: Row) -> Row:
    """Values as JSON can hold them; `restored` gives them back exactly."""
    return {name: _plain(value) for name, value in values.items()}


def restored(model: type[Model], kept: Row) -> Row:
    """Python values of what was kept of a row, for the columns that the table still has."""
    return {
        field.attname: None if kept[field.attname] is None else field.to_python(kept[field.attname])
        for field in model._meta.concrete_fields
        if field.attname in kept
    }


def key_of(model: type[Model], text: str) -> Any:
    """The primary key that the journal keeps as text."""
    return model._meta.pk.to_python(text)


def where(model: type[Model], column: str, values: Collection[Any]) -> Iterator[QuerySet[Model]]:
    """The rows whose column has one of the values, in as many questions as the database needs."""
    for some in cut(values):
        yield model._base_manager.filter(**{f"{column}__in": some})


def cut(items: Iterable[T]) -> Iterator[list[T]]:
    """The items in lists that fit one statement."""
    rest = iter(items)
    while some := list(islice(rest, BATCH)):
        go_on()
        yield some


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
        case Decimal() | uuid.UUID():
            return str(value)
        case _:
            return value
