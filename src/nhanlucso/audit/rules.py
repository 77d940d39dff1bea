"""The bytes of events and seals, and ids written as spans."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

MARK = 8  # bytes of an event's hash kept in its seal
MOST_SEALED = 1_000  # events of one seal
LATE = timedelta(days=1)  # no transaction takes longer: whatever it wrote is there by then
COLUMNS = ("id", "at", "account_id", "verb", "object_type", "object_id", "count")
_SEAL = b"nhanlucso audit seal v1\0"

EventRow = tuple[int, datetime, int | None, str, str, str, int]
Span = tuple[int, int]  # both ends included


def event_hash(row: EventRow) -> bytes:
    """32 bytes that any change of an event changes; `row` in the order of COLUMNS."""
    key, at, *others = row
    text = json.dumps(
        [key, at.astimezone(UTC).isoformat(timespec="microseconds"), *others], ensure_ascii=False
    )
    return hashlib.sha256(text.encode()).digest()


def chain_digest(number: int, previous: str, ids: str, hashes: Iterable[bytes]) -> str:
    """The digest of a seal, as 64 hexadecimal digits."""
    digest = hashlib.sha256(_SEAL + f"{number}\n{previous}\n{ids}\n".encode())
    for one in hashes:
        digest.update(one)
    return digest.hexdigest()


def signed_bytes(number: int, at: datetime, digest: str) -> bytes:
    """What the installation signs of a seal."""
    return _SEAL + f"{number}\n{at.astimezone(UTC).isoformat(timespec='microseconds')}\n{digest}\n".encode()


def as_spans(ids: Sequence[int]) -> str:
    """Sorted ids as text: «1-40 43»."""
    starts = [ids[0], *(later for earlier, later in pairwise(ids) if later != earlier + 1)]
    ends = [*(earlier for earlier, later in pairwise(ids) if later != earlier + 1), ids[-1]]
    return " ".join(f"{a}-{b}" if a != b else f"{a}" for a, b in zip(starts, ends, strict=True))


def spans_of(text: str) -> list[Span]:
    """What `as_spans` wrote. Raises ValueError for other text."""
    ends = [[int(end) for end in word.split("-")] for word in text.split()]
    return [(end[0], end[-1]) for end in ends]


def ids_of(text: str) -> list[int]:
    return [one for first, last in spans_of(text) for one in range(first, last + 1)]


def outside(ids: Iterable[int], spans: Sequence[Span]) -> Iterator[int]:
    """Those of the sorted ids that lie in none of the sorted spans."""
    place = 0
    for one in ids:
        while place < len(spans) and spans[place][1] < one:
            place += 1
        if place == len(spans) or one < spans[place][0]:
            yield one
