"""Beside the long work of a worker: every few seconds other systems are told what happened. Several may do so."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from django.db import DatabaseError, close_old_connections, connection

from nhanlucso.hooks.sending import pump
from nhanlucso.kernel.clock import now

log = logging.getLogger(__name__)
EVERY = 5.0  # seconds


@contextmanager
def telling() -> Iterator[None]:
    """Sends notices for as long as the block lasts."""
    ended = Event()

    def tell() -> None:
        while not ended.wait(EVERY):
            close_old_connections()
            try:
                pump(now())
            except DatabaseError as problem:  # busy, or away: the next round comes
                log.warning("notices wait: %s", problem)
        connection.close()

    thread = Thread(target=tell, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(timeout=EVERY)
