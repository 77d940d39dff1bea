"""The committed tables of acts and standing bodies (data/README.md)."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.reports.rules.content import Act, StandingBody

_FOLDER = Path(__file__).with_name("data")


@cache
def acts() -> tuple[Act, ...]:
    """Acts in the order in which a report names them."""
    return tuple(
        Act(row["number"], row["role"], row["words"], *_span(row), tuple(row["indicators"].split()))
        for row in _rows("acts.csv")
    )


@cache
def standing_bodies() -> tuple[StandingBody, ...]:
    """Who is in charge of digital transformation, by level of administration."""
    return tuple(StandingBody(row["kind"], row["name"], *_span(row)) for row in _rows("bodies.csv"))


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _span(row: dict[str, str]) -> tuple[date, date]:
    start, end = row["valid_from"], row["valid_to"]
    return date.fromisoformat(start) if start else EVER, date.fromisoformat(end) if end else ALWAYS
