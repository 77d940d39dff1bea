"""Reading and matching make hundreds of thousands of objects that stay: looking for rings among them finds none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """The search for rings of objects rests meanwhile; what nobody holds is freed all the same."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()
