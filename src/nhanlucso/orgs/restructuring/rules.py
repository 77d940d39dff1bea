"""What a change of many units consists of, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Ref = int | str  # a unit that is there (primary key), or a new one by a key of its own


@dataclass(frozen=True, slots=True)
class Opening:
    """The version of a unit that begins on the day; `until` is its last day, None as long as may be."""

    unit: Ref
    name: str
    kind: str
    code: str
    parent: Ref | None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Rows of one event: what becomes of what. None: it was made, or ended without an heir."""

    kind: str
    rows: tuple[tuple[int | None, Ref | None], ...]


@dataclass(frozen=True, slots=True)
class Restructuring:
    """Everything that changes on `day`, the first day of the new state.

    `ending`: units whose version ends the day before, others than those that `opening` goes on with. `keys`: entries
    of the catalogue that units bear from then on. Events are read by carrying in this order; `name` begins their ids.
    """

    day: date
    document: str
    name: str
    ending: frozenset[int]
    opening: tuple[Opening, ...]
    events: tuple[Event, ...]
    keys: tuple[tuple[Ref, str], ...] = ()
