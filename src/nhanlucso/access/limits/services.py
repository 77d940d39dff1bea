"""How often somebody may come: counted in the database, so that all processes and machines count together."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.db import InternalError, OperationalError, connection
from django.utils.translation import gettext as _

from nhanlucso.access.enums import Limited
from nhanlucso.access.models import VisitCount
from nhanlucso.kernel.disk import trouble_of
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import Scope

MINUTE = 60  # seconds
_SHORT_WAIT = (
    200  # milliseconds that a count waits for a long write of others; longer than that it is left out
)
_SWEEP_ONE_IN = 1_000  # visits


class TooMany(Refused):
    """More than is allowed in a minute; `wait`: seconds until the next one is."""

    def __init__(self, wait: int) -> None:
        words = _("Quá nhiều lần trong một phút. Chờ %(seconds)s giây rồi làm lại.")
        super().__init__("too_many", words % {"seconds": wait})
        self.wait = wait


def count_visit(*, limited: Limited, who: str, by: Scope, at: datetime) -> None:
    """Counts one visit of somebody (an account, an address, a token: any text that tells them apart; only its keyed
    hash is kept) and refuses it beyond `settings.LIMITS[limited]` in one minute by the clock.

    One statement, outside of what the page itself does: a refused page counts, too. Raises TooMany.
    """
    minute, second = divmod(int(at.timestamp()), MINUTE)
    number = _counted(_key(limited, who), minute)
    if number > settings.LIMITS[limited]:
        raise TooMany(MINUTE - second)


def _key(limited: Limited, who: str) -> str:
    digest = hmac.new(settings.SECRET_KEY.encode(), f"{limited}\0{who}".encode(), hashlib.sha256)
    return digest.hexdigest()


def _counted(key: str, minute: int) -> int:
    """The number of this visit in its minute; 0 where a long write of somebody else would have to be waited for, or
    nothing can be written: neither may hold up those who only read. Now and then it forgets who came in other
    minutes."""
    table = connection.ops.quote_name(VisitCount._meta.db_table)
    statement = (
        f"INSERT INTO {table} (key, minute, visits) VALUES (%s, %s, 1) ON CONFLICT (key) DO UPDATE SET "
        f"visits = CASE WHEN {table}.minute = excluded.minute THEN {table}.visits + 1 ELSE 1 END, "
        "minute = excluded.minute RETURNING visits"
    )
    try:
        with connection.cursor() as cursor, _in_a_hurry():
            cursor.execute(statement, [key, minute])
            number: int = cursor.fetchone()[0]
            if secrets.randbelow(_SWEEP_ONE_IN) == 0:
                cursor.execute(f"DELETE FROM {table} WHERE minute < %s", [minute])
    except (OperationalError, InternalError) as problem:
        if isinstance(problem, InternalError) and trouble_of(problem) is None:
            raise
        return 0
    return number


@contextmanager
def _in_a_hurry() -> Iterator[None]:
    """On SQLite a write waits only for a moment in here; on PostgreSQL nobody waits for others' rows."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    patience = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {_SHORT_WAIT}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
