"""Long work that may be stopped in the middle: its loops ask every some hundred rows whether they are to go on.

Who starts the work says how that is found out; loops know nothing of it, and in work that nobody can stop they ask
nothing. What is raised goes out through every transaction around, so nothing of it is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")
EVERY = 500  # rows between two questions

_ask: ContextVar[Callable[[], None] | None] = ContextVar("ask", default=None)


@contextmanager
def stoppable(ask: Callable[[], None]) -> Iterator[None]:
    """Work that ends early where `ask` raises."""
    token = _ask.set(ask)
    try:
        yield
    finally:
        _ask.reset(token)


def go_on() -> None:
    """Asks whether the work around is to go on; raises what stops it."""
    if (ask := _ask.get()) is not None:
        ask()


def steadily(rows: Iterable[T]) -> Iterator[T]:
    """The rows; every some hundred of them it is asked whether the work is to go on."""
    return iter(rows) if _ask.get() is None else _asking(rows)


def _asking(rows: Iterable[T]) -> Iterator[T]:
    for number, row in enumerate(rows):
        if number % EVERY == 0:
            go_on()
        yield row
