"""What a search brings: groups of hits."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its name, its address, and what tells it from others of that name."""

    label: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind. `more`: there is more than stands here; `room`: the list of the room itself."""

    key: str
    label: str | Promise
    hits: list[Hit]
    more: bool
    room: str = ""
