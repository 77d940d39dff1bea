"""A resolution as plain values, and what becomes of it. Units that are there are primary keys, new ones are keys of
their own («#7»)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from nhanlucso.orgs.restructuring.rules import Event, Opening, Ref

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit that is to be made, below a unit that is there or another new one."""

    key: str
    name: str
    kind: str
    code: str = ""
    parent: Ref | None = None
    catalogue_key: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """`origin` becomes `target`; of a rename or move, what is new. `key`: the row in the store, or its line."""

    key: int
    kind: str
    origin: int | None = None
    target: Ref | None = None
    name: str = ""
    code: str = ""
    parent: Ref | None = None
    catalogue_key: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is asked for from the day `day` on."""

    day: date
    units: tuple[NewUnit, ...]
    rows: tuple[Row, ...]

    @property
    def last(self) -> date:
        """The last day of the old state."""
        return self.day - ONE_DAY


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a resolution cannot be carried out: a code, the row or new unit it is said of, and the names in its words."""

    code: str
    row: int | None = None
    unit: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What carrying out a resolution writes. Nothing but problems where there are any.

    `ended`: units that end the day before; `brought`: units that follow the one heir of what they stood below;
    `waiting`: what stood below a unit that was split, with those of which one will have it: they end, too, and their
    past lies between these until somebody says where they went.
    """

    problems: tuple[Problem, ...] = ()
    ended: frozenset[int] = frozenset()
    changed: frozenset[int] = frozenset()
    brought: Mapping[int, Ref] = field(default_factory=dict)
    waiting: Mapping[int, tuple[Ref, ...]] = field(default_factory=dict)
    opening: tuple[Opening, ...] = ()
    events: tuple[Event, ...] = ()
