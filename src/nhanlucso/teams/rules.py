"""What may be said and taken back of a team's help; plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from nhanlucso.kernel.language import mark as _

TAKEN_BACK_WITHIN = timedelta(days=7)
MOST_PEOPLE = 999  # in one entry; more is a slip of the finger
COUNTED = ("alone", "helped")  # outcomes that count as help


def team_name(unit_name: str) -> str:
    """«Tổ công nghệ số cộng đồng Thôn Phú Hải 1»: stored, so in the language of the trade, whoever's page made it."""
    return _("Tổ công nghệ số cộng đồng %(unit)s") % {"unit": unit_name}


def own_and_fresh(
    recorded_by: int | None, recorded_at: datetime | None, account: int | None, at: datetime
) -> bool:
    """Whether an account may still change what it logged itself; later only who keeps the team may."""
    if account is None or recorded_by != account or recorded_at is None:
        return False
    return at - recorded_at <= TAKEN_BACK_WITHIN


class Sum(NamedTuple):
    """Attendances of help under one heading, by outcome."""

    key: str
    alone: int
    helped: int
    not_done: int

    @property
    def counted(self) -> int:
        return self.alone + self.helped


@dataclass(frozen=True, slots=True)
class Tally:
    """Help of some days: in all, and under headings (field or month) in the order given."""

    total: Sum
    lines: tuple[Sum, ...]


def tally(entries: Iterable[tuple[str, str, int]], order: Iterable[str]) -> Tally:
    """Adds up (heading, outcome, attendances). Headings without any entry are left out; entries whose outcome is
    unknown count nowhere."""
    sums: dict[str, dict[str, int]] = {}
    for heading, outcome, people in entries:
        line = sums.setdefault(heading, {})
        line[outcome] = line.get(outcome, 0) + people
    known = {key: place for place, key in enumerate(order)}
    lines = [
        Sum(key, found.get("alone", 0), found.get("helped", 0), found.get("not_done", 0))
        for key, found in sorted(sums.items(), key=lambda item: (known.get(item[0], len(known)), item[0]))
    ]
    return Tally(
        Sum(
            "",
            sum(line.alone for line in lines),
            sum(line.helped for line in lines),
            sum(line.not_done for line in lines),
        ),
        tuple(lines),
    )
