"""Looking at the whole chain of seals: whether one event was changed, taken away or put in, and which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from nhanlucso.audit import rules
from nhanlucso.audit.models import Event, Seal
from nhanlucso.audit.sealing import window
from nhanlucso.kernel.signing import is_signed, public_key

_AT_ONCE = 500


class Harm(StrEnum):
    """What was done to the log."""

    CHANGED = "changed"  # an event is not what was sealed
    REMOVED = "removed"  # a sealed event is not there
    INSERTED = "inserted"  # an event stands among sealed ones and was never sealed
    SEAL_GONE = "seal_gone"  # a link of the chain is not there
    SEAL_CHANGED = "seal_changed"  # a link is not what was signed
    FOREIGN_KEY = "foreign_key"  # a link is signed by another installation


@dataclass(frozen=True, slots=True)
class Fault:
    """`id`: of the event, or the number of the seal."""

    harm: Harm
    id: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """What to keep elsewhere: whoever holds it can tell later that nothing before it was changed."""

    number: int
    digest: str

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"


@dataclass(frozen=True, slots=True)
class Chain:
    """The state of the log: seals, events in them, what is wrong; `anchor`: the newest seal."""

    seals: int
    events: int
    anchor: Anchor | None
    faults: tuple[Fault, ...]


def newest_anchor() -> Anchor | None:
    newest = Seal.objects.order_by("-number").values_list("number", "digest").first()
    return Anchor(*newest) if newest else None


def holds(anchor: Anchor) -> bool:
    """Whether a digest that was kept elsewhere is still that of its seal."""
    return Seal.objects.filter(number=anchor.number, digest=anchor.digest).exists()


def examine_chain() -> Chain:
    """Reads every sealed event once."""
    faults: list[Fault] = []
    spans: list[rules.Span] = []
    number, previous, events, anchor = 0, "", 0, None
    for seal in Seal.objects.order_by("number").iterator(chunk_size=50):
        faults += [Fault(Harm.SEAL_GONE, gone) for gone in range(number + 1, seal.number)]
        faults += _faults_of(seal, previous if seal.number == number + 1 else seal.previous)
        number, previous, events = seal.number, seal.digest, events + seal.count
        spans += _spans(seal)
        anchor = Anchor(seal.number, seal.digest)
    faults += [Fault(Harm.INSERTED, one) for one in _inserted(sorted(spans))]
    return Chain(number, events, anchor, tuple(faults))


def _faults_of(seal: Seal, previous: str) -> Iterator[Fault]:
    """What is wrong with one seal and its events. The rows tell which; the digest, signed, tells whether."""
    yield from _signature_faults(seal, previous)
    try:
        ids = rules.ids_of(seal.ids)
    except ValueError:
        yield Fault(Harm.SEAL_CHANGED, seal.number)
        return
    hashes = _hashes(ids)
    marks = bytes(seal.marks)
    found = False
    for place, one in enumerate(ids):
        mark = marks[place * rules.MARK : (place + 1) * rules.MARK]
        if one not in hashes:
            found = True
            yield Fault(Harm.REMOVED, one)
        elif hashes[one][: rules.MARK] != mark:
            found = True
            yield Fault(Harm.CHANGED, one)
    told = (hashes.get(one, b"") for one in ids)
    if not found and rules.chain_digest(seal.number, seal.previous, seal.ids, told) != seal.digest:
        yield Fault(Harm.SEAL_CHANGED, seal.number)


def _signature_faults(seal: Seal, previous: str) -> Iterator[Fault]:
    signed = rules.signed_bytes(seal.number, seal.at, seal.digest)
    try:
        right = is_signed(signed, bytes.fromhex(seal.signature), bytes.fromhex(seal.key))
    except ValueError:
        right = False
    if not right or seal.previous != previous:
        yield Fault(Harm.SEAL_CHANGED, seal.number)
    elif seal.key != public_key().hex():
        yield Fault(Harm.FOREIGN_KEY, seal.number)


def _hashes(ids: list[int]) -> dict[int, bytes]:
    found = {}
    for start in range(0, len(ids), _AT_ONCE):
        rows = Event.objects.filter(pk__in=ids[start : start + _AT_ONCE]).values_list(*rules.COLUMNS)
        found.update({row[0]: rules.event_hash(row) for row in rows})
    return found


def _spans(seal: Seal) -> list[rules.Span]:
    try:
        return rules.spans_of(seal.ids)
    except ValueError:
        return []


def _inserted(spans: list[rules.Span]) -> Iterator[int]:
    """Events below where anything may still come, in no seal."""
    closed = window().closed
    ids = Event.objects.filter(pk__lte=closed).order_by("pk").values_list("pk", flat=True)
    return rules.outside(ids.iterator(), spans)
