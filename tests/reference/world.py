"""A bundle read into dictionaries, its trees, and the carrying of units: the naive reference's ground floor.

Read word by word from the definitions ("Exchange bundle" and "Periods, trees"), with no code of the product.
A comment beginning "Reading:" says which of two possible readings was taken, and why.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
EVER, ALWAYS = date.min, date.max  # an empty valid_from, an empty valid_to

Row = dict[str, str]
Window = tuple[date, date]
PLACED, UNALLOCATED, ELSEWHERE = "placed", "unallocated", "elsewhere"


# --- cells ---------------------------------------------------------------------------------------------


@cache
def day(text: str) -> date | None:
    """The local date of a cell that holds a date or a time with offset; None for an empty cell."""
    if not text:
        return None
    if "T" in text:
        return datetime.fromisoformat(text).astimezone(ZONE).date()
    return date.fromisoformat(text)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def begins(row: Row) -> date:
    return day(row["valid_from"]) or EVER


def ends(row: Row) -> date:
    return day(row["valid_to"]) or ALWAYS


def valid(row: Row, on: date) -> bool:
    return begins(row) <= on <= ends(row)


def within(on: date | None, window: Window) -> bool:
    return on is not None and window[0] <= on <= window[1]


def several(text: str) -> list[str]:
    return [part for part in text.split(";") if part]


# --- the world -----------------------------------------------------------------------------------------


class World:
    """The tables of one bundle (file name without .csv -> rows of text) with a few dictionaries over them."""

    def __init__(self, tables: dict[str, list[Row]]) -> None:
        self.tables = tables
        self.versions: dict[str, list[Row]] = group(self.rows("units"), "id")
        self.posts: dict[str, list[Row]] = group(self.rows("posts"), "person_id")
        self.classes: dict[str, Row] = {row["id"]: row for row in self.rows("classes")}
        self.courses: dict[str, Row] = {row["id"]: row for row in self.rows("courses")}
        self.teams: dict[str, Row] = {row["id"]: row for row in self.rows("teams")}
        self.sessions: dict[str, Row] = {row["id"]: row for row in self.rows("sessions")}
        self.sessions_of: dict[str, list[Row]] = group(self.rows("sessions"), "class_id")
        events = group(self.rows("unit_changes"), "id")
        self.events = sorted(events.values(), key=lambda rows: (rows[0]["date"], rows[0]["id"]))
        for sessions in self.sessions_of.values():
            sessions.sort(key=lambda row: (moment(row["starts_at"]), row["id"]))

    def rows(self, name: str) -> list[Row]:
        return self.tables.get(name, [])


def group(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups


def load(path: Path) -> World:
    """Reads the folder of a bundle; every file is optional."""
    tables = {}
    for file in sorted(path.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            tables[file.stem] = list(csv.DictReader(stream))
    return World(tables)


# --- trees and carrying ----------------------------------------------------------------------------------


def version(world: World, unit: str, on: date) -> Row | None:
    for row in world.versions.get(unit, []):
        if valid(row, on):
            return row
    return None


def inside(world: World, unit: str, top: str, on: date) -> bool:
    """Whether `unit` is `top` or lies under it in that day's tree; a unit not valid then lies nowhere."""
    row = version(world, unit, on)
    while row is not None:
        if row["id"] == top:
            return True
        row = version(world, row["parent_id"], on) if row["parent_id"] else None
    return False


def carry(world: World, unit: str, start: date, tree: date, person: str | None = None) -> list[str]:
    """The candidates at `tree` of a unit as it was on `start`, for a person or for none."""
    last = max((ends(row) for row in world.versions[unit]), default=ALWAYS)
    start = min(start, last)
    members = [unit]
    for rows in world.events:
        on = day(rows[0]["date"])
        assert on is not None
        if start < on <= tree:
            members = after_event(world, members, rows, on, person)
    return members


def after_event(world: World, members: list[str], rows: list[Row], on: date, person: str | None) -> list[str]:
    became: list[str] = []
    for member in members:
        leaving = [row for row in rows if row["from_id"] == member]
        if not leaving:
            became.append(member)
            continue
        successors = [row["to_id"] for row in leaving if row["to_id"]]  # an empty to_id drops the member
        if len(set(successors)) > 1 and person is not None:
            successors = chosen(world, successors, on, person)
        became.extend(successors)
    return list(dict.fromkeys(became))  # each once


def chosen(world: World, successors: list[str], on: date, person: str) -> list[str]:
    """The one successor in which the person's posts of that day lie, else all of them.

    Reading: posts of any category count (staff posts alone would not give the sample figures). A post that
    lies in none of the successors says nothing (the samples do not tell).
    """
    held = [post["unit_id"] for post in world.posts.get(person, []) if valid(post, on)]
    hit = [top for top in successors if any(inside(world, unit, top, on) for unit in held)]
    return hit if len(set(hit)) == 1 else successors


def standing(world: World, candidates: list[str], top: str, tree: date) -> str:
    """Whether all, some or none of the candidates lie inside `top`."""
    hits = [inside(world, unit, top, tree) for unit in candidates]
    if hits and all(hits):
        return PLACED
    return UNALLOCATED if any(hits) else ELSEWHERE
