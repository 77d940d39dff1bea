"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass

OK, WARN, BAD = "ok", "warn", "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """`name` is stable, for programs; `state` is ok, warn or bad; `found` and `do` are for people.

    `count` is how many records, files or days are concerned.
    """

    name: str
    state: str
    found: str
    do: str = ""
    count: int = 0

    def as_json(self) -> dict[str, object]:
        return {
            "name": self.name,
            "state": self.state,
            "found": self.found,
            "do": self.do,
            "count": self.count,
        }


def judged(name: str, count: int, state: str, found: str, do: str, fine: str) -> Finding:
    """`fine` if nothing was counted, else `found` (which may hold {count}) with `state` and what to do."""
    if not count:
        return Finding(name, OK, fine)
    return Finding(name, state, found.format(count=count), do, count)
