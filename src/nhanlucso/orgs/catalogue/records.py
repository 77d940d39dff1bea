"""What the catalogue is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

PROVINCE, DISTRICT, COMMUNE = "province", "district", "commune"
KINDS = (PROVINCE, DISTRICT, COMMUNE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of a unit. Both ends of its validity are included.

    `valid_from` None: not traced further back; `valid_to` None: still valid. `name` has its kind word ("Xã
    Phú Nhuận"). `parent_key`, `district`, `province` (names, "" at and above their own level) are those of
    its last day, or of the date that was asked for. `lon`, `lat`: WGS 84 degrees, approximate, None for
    all but the communes since July 2025. `document`: the act that made this version, "" where it is not traced.
    """

    key: str
    code: str
    name: str
    kind: str
    parent_key: str
    district: str
    province: str
    valid_from: date | None
    valid_to: date | None
    lon: float | None
    lat: float | None
    document: str

    def is_valid_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Successor:
    """What an ended entry became: all of it ("whole") or one of several ("part"), named as on that day."""

    code: str
    name: str
    relation: str
    key: str


@dataclass(frozen=True, slots=True)
class Change:
    """One line of an event: on `date`, the first day of the new state, `from_key` became `to_key`.

    `kind`: split (the old unit went to several), merge (others went there too, or it was there before),
    rename, move (only the parent changed), create (`from_key` ""), abolish (`to_key` "").
    """

    date: date
    kind: str
    from_key: str
    to_key: str
    document: str
