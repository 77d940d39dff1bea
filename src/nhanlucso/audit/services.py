"""Recording acts, in the transaction of the act itself."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from nhanlucso.audit.models import Event, Touch

_MOST_NAMED = 500  # records of one act that are marked one by one


def record(
    *,
    verb: str,
    object_type: str,
    object_id: str,
    by: int | None,
    at: datetime,
    count: int = 1,
    facts: bool = False,
    touched: Collection[str] = (),
) -> None:
    """Inserts one audit event; with `facts`, also marks the figures as older than the records.

    `touched`: the ids of all records that an act on many changed, where it names them. Call inside the transaction of
    the write. `by` is the account id, None for the command line.
    """
    Event.objects.create(
        at=at, account_id=by, verb=verb, object_type=object_type, object_id=object_id[:300], count=count
    )
    if facts:
        ids = sorted(touched) if 0 < len(touched) <= _MOST_NAMED else [object_id]
        Touch.objects.bulk_create(Touch(at=at, verb=verb, object_id=one[:300]) for one in ids)


def settle_touches(*, up_to: list[int]) -> None:
    """Forgets the marks that a finished build has taken in."""
    Touch.objects.filter(pk__in=up_to).delete()
