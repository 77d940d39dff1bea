"""Chaining events afterwards: each seal holds the digest of the one before.

Ids do not come in the order of commits: a transaction that began early may commit late, with ids below those that are
sealed already, and one that was rolled back leaves a gap. So a seal lists its ids; what comes late, within a day of the
newest seal, goes into a later seal; a gap that stays is no fault.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from nhanlucso.audit import rules
from nhanlucso.audit.models import Event, Seal
from nhanlucso.kernel.signing import public_key, sign


@dataclass(frozen=True, slots=True)
class Window:
    """Ids up to `top` are sealed but for those that came late; up to `closed` nothing comes any more. `recent`: the
    seals above `closed`."""

    closed: int
    top: int
    recent: tuple[Seal, ...]

    def late(self) -> list[int]:
        """Events that came after their neighbours were sealed."""
        within = Event.objects.filter(pk__gt=self.closed, pk__lte=self.top)
        if within.count() == sum(seal.count for seal in self.recent):
            return []
        sealed = {one for seal in self.recent for one in rules.ids_of(seal.ids)}
        return sorted(set(within.values_list("pk", flat=True)) - sealed)


def window() -> Window:
    newest = Seal.objects.order_by("-number").only("at").first()
    if newest is None:
        return Window(0, 0, ())
    old = Seal.objects.filter(at__lt=newest.at - rules.LATE)
    top = Seal.objects.aggregate(top=Max("last"))["top"]
    if connection.vendor == "sqlite":  # one writer at a time, and no id is used twice: nothing comes late
        return Window(top, top, ())
    closed = old.aggregate(top=Max("last"))["top"] or 0
    return Window(closed, top, tuple(Seal.objects.filter(last__gt=closed).defer("marks")))


def unsealed() -> int:
    """How many events no seal holds yet."""
    open_ = window()
    return len(open_.late()) + Event.objects.filter(pk__gt=open_.top).count()


def seal_all(at: datetime) -> int:
    """Seals every event that can be seen when it begins; how many. What others write meanwhile is for the next time:
    it would never end while they do. Where somebody else seals at the same time, that is enough."""
    count, newest = 0, Event.objects.aggregate(newest=Max("pk"))["newest"] or 0
    try:
        while sealed := _seal_some(at, newest):
            count += sealed
    except IntegrityError:
        pass
    return count


def _seal_some(at: datetime, newest: int) -> int:
    with transaction.atomic():
        open_ = window()
        ids = [one for one in open_.late() if one <= newest]
        fresh = (
            Event.objects.filter(pk__gt=open_.top, pk__lte=newest).order_by("pk").values_list("pk", flat=True)
        )
        ids = [*ids, *fresh[: rules.MOST_SEALED]][: rules.MOST_SEALED]
        if ids:
            _seal(ids, at)
    return len(ids)


def _seal(ids: list[int], at: datetime) -> None:
    newest = Seal.objects.order_by("-number").only("number", "digest").first()
    number, previous = (newest.number + 1, newest.digest) if newest else (1, "")
    rows = Event.objects.filter(pk__gte=ids[0], pk__lte=ids[-1]).order_by("pk").values_list(*rules.COLUMNS)
    wanted = set(ids)
    hashes = [rules.event_hash(row) for row in rows if row[0] in wanted]
    spans = rules.as_spans(ids)
    digest = rules.chain_digest(number, previous, spans, hashes)
    Seal.objects.create(
        number=number,
        at=at,
        first=ids[0],
        last=ids[-1],
        count=len(ids),
        ids=spans,
        marks=b"".join(one[: rules.MARK] for one in hashes),
        previous=previous,
        digest=digest,
        signature=sign(rules.signed_bytes(number, at, digest)).hex(),
        key=public_key().hex(),
    )
