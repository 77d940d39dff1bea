"""Recording acts, in the transaction of the act itself."""

from __future__ import annotations

from datetime import datetime

from nhanlucso.audit.models import Event, Touch


def record(
    *,
    verb: str,
    object_type: str,
    object_id: str,
    by: int | None,
    at: datetime,
    count: int = 1,
    facts: bool = False,
) -> None:
    """Inserts one audit event; with `facts`, also marks the figures as older than the records.

    Call inside the transaction of the write. `by` is the account id, None for the command line.
    """
    Event.objects.create(
        at=at, account_id=by, verb=verb, object_type=object_type, object_id=object_id[:300], count=count
    )
    if facts:
        Touch.objects.create(at=at)


def settle_touches(*, up_to: list[int]) -> None:
    """Forgets the marks that a finished build has taken in."""
    Touch.objects.filter(pk__in=up_to).delete()
