"""One id for all that is done on account of one request: in the log, in its answer, in the work it started."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import uuid4

_FITS = re.compile(r"[A-Za-z0-9-]{8,64}")
_current: ContextVar[str] = ContextVar("trace", default="")


def current() -> str:
    """The id of the request at hand; empty where nobody asked."""
    return _current.get()


@contextmanager
def following(asked: str = "") -> Iterator[str]:
    """Until the end of the block `current` is `asked`, or a new id where that is none: a sender's own words, which
    may be anything, never come into the log."""
    trace = asked if _FITS.fullmatch(asked) else uuid4().hex
    token = _current.set(trace)
    try:
        yield trace
    finally:
        _current.reset(token)
