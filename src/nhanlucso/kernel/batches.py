"""Long lists in pieces: databases bound the parameters of one query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

_Value = TypeVar("_Value")
_IN_ONE_QUERY = 10_000


def parts(values: Sequence[_Value]) -> Iterator[Sequence[_Value]]:
    """The values in their order, at most ten thousand at a time."""
    return (values[start : start + _IN_ONE_QUERY] for start in range(0, len(values), _IN_ONE_QUERY))
