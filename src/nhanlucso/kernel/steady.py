"""Things that stay the same while one page is drawn: asked for once, and told alike in all its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

_Value = TypeVar("_Value")
_held: ContextVar[dict[str, Any] | None] = ContextVar("steady", default=None)


@contextmanager
def steady() -> Iterator[None]:
    """Until the end of the block `once` makes each thing at most once. For reading only: whoever writes must see
    what others have written."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


def once(name: str, make: Callable[[], _Value]) -> _Value:
    """The thing of that name: made anew outside of a `steady` block, else as it was made first."""
    held = _held.get()
    if held is None:
        return make()
    if name not in held:
        held[name] = make()
    value: _Value = held[name]
    return value


def forget(name: str) -> None:
    """The next `once` makes the thing anew."""
    if (held := _held.get()) is not None:
        held.pop(name, None)
