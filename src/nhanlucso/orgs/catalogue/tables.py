"""Reads the shipped tables, once, and joins them by key."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from nhanlucso.orgs.catalogue.records import COMMUNE, DISTRICT, KINDS, Entry

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Link:
    """The entry `origin` became `target` on `day`; relation is whole or part."""

    day: date
    origin: Entry
    target: Entry
    relation: str
    document: str


@dataclass(frozen=True)
class Tables:
    """All entries by key; versions of a code in time order; children by the code of their parent."""

    entries: dict[str, Entry]
    versions: dict[str, list[Entry]]
    children: dict[str, list[Entry]]
    links_from: dict[str, list[Link]]
    links_to: dict[str, list[Link]]

    def version_on(self, code: str, day: date) -> Entry:
        """The version of a code on a day. KeyError if there is none."""
        for version in self.versions[code]:
            if version.is_valid_on(day):
                return version
        raise KeyError(f"{code} on {day}")


@cache
def tables() -> Tables:
    result = Tables({}, defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(list))
    points = {key_of(code, begin): (float(lon), float(lat)) for code, begin, lon, lat in _rows("points.csv")}
    rows = sorted(_rows("entries.csv"), key=lambda row: (KINDS.index(row[0]), row[1], row[4]))
    for row in rows:
        _add_entry(result, row, points.get(key_of(row[1], row[4])))
    for row in _rows("links.csv"):
        _add_link(result, row)
    return result


def key_of(code: str, valid_from: str) -> str:
    return f"{code}@{valid_from}"


def _rows(name: str) -> Iterator[list[str]]:
    text = files("nhanlucso.orgs.catalogue").joinpath("data", name).read_text(encoding="utf-8")
    reader = csv.reader(text.splitlines())
    next(reader)
    yield from reader


def _add_entry(result: Tables, row: list[str], point: Point | None) -> None:
    kind, code, name, parent_code, begin, end, document = row
    valid_to = _date(end)
    parent = result.version_on(parent_code, valid_to or date.max) if parent_code else None
    district, province = names_above(kind, parent)
    lon, lat = point or (None, None)
    entry = Entry(
        key=key_of(code, begin),
        code=code,
        name=name,
        kind=kind,
        parent_key=parent.key if parent else "",
        district=district,
        province=province,
        valid_from=_date(begin),
        valid_to=valid_to,
        lon=lon,
        lat=lat,
        document=document,
    )
    result.entries[entry.key] = entry
    result.versions[code].append(entry)
    result.children[parent_code].append(entry)


def names_above(kind: str, parent: Entry | None) -> tuple[str, str]:
    """(district, province) of an entry of this kind under this parent."""
    if parent is None:
        return "", ""
    if kind == COMMUNE and parent.kind == DISTRICT:
        return parent.name, parent.province
    return "", parent.name


def _add_link(result: Tables, row: list[str]) -> None:
    day = date.fromisoformat(row[0])
    origin = result.version_on(row[1], day - timedelta(days=1))
    target = result.version_on(row[2], day)
    link = Link(day, origin, target, relation=row[3], document=row[4])
    result.links_from[origin.key].append(link)
    result.links_to[target.key].append(link)


@cache
def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
