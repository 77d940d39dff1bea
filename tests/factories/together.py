"""Several who act at the same moment, each with a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from nhanlucso.kernel.errors import Refused


def at_once(count: int, act: Callable[[int], Any]) -> list[str]:
    """What each of several threads came to: "done", or the code of the refusal."""
    together = Barrier(count)

    def run(number: int) -> str:
        together.wait(20)
        try:
            act(number)
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count)))
