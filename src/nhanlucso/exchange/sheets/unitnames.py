"""Names of units as lists write them, found among the units of a subtree, of the day and of other days."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from nhanlucso.kernel.text import fold
from nhanlucso.orgs.rules import Version

_BODY_WORDS = re.compile(
    r"^(ubnd|uy ban nhan dan|uy ban|hdnd va ubnd|dang uy hdnd ubnd|hdnd ubnd|hdnd|hoi dong nhan dan|dang uy|"
    r"(van phong|vp) ubnd)\s+"
)
_KIND_WORDS = re.compile(
    r"^(xa|phuong|thi tran|tt|dac khu|huyen|quan|thi xa|tx|thanh pho|tp|tinh|thon|ban|to dan pho|tdp|khu pho|ap)"
    r"\.?\s+(?=\S)"
)
_SHORT_FORMS = (
    (re.compile(r"^p\.\s*(?=[a-z])"), "phong "),
    (re.compile(r"^x\.\s*(?=[a-z])"), "xa "),
    (re.compile(r"^h\.\s*(?=[a-z])"), "huyen "),
    (re.compile(r"^t\.\s*(?=[a-z])"), "tinh "),
    (re.compile(r"^tt\.?\s+(?=\S)"), "thi tran "),
    (re.compile(r"^tp\.?\s*(?=\S)"), "thanh pho "),
    (re.compile(r"^tx\.?\s+(?=\S)"), "thi xa "),
    (re.compile(r"^tdp\.?\s+(?=\S)"), "to dan pho "),
    (re.compile(r"^vp\.?\s+(?=\S)"), "van phong "),
)
_PUNCTUATION = re.compile(r"[^\w\s]+")
_PARTS = re.compile(r"[,;()]| [-–] ")
_VILLAGE = "village"


@dataclass(frozen=True, slots=True)
class Meant:
    """The units (primary keys) that a name may mean: one if it is certain, none if unknown. `former`: by a name of
    another day."""

    units: frozenset[int] = frozenset()
    former: bool = False


_NOTHING = Meant()


class _Index:
    """Units by their whole names, and by what stands behind the word for their kind."""

    def __init__(self, versions: Iterable[Version]) -> None:
        self.exact: dict[str, set[int]] = defaultdict(set)
        self.bare: dict[str, set[int]] = defaultdict(set)
        self.villages: dict[str, set[int]] = defaultdict(set)
        for version in versions:
            name = plain(version.name)
            self.exact[name].add(version.unit)
            bare = self.villages if version.kind == _VILLAGE else self.bare
            bare[without_kind(name)].add(version.unit)


class UnitNames:
    """Finds a unit by its name, from the strictest reading to the loosest; the first that finds any decides.

    A name of the day goes before a name of another day. What is written behind a name («…, huyện Bảo Thắng») tells
    units of one name apart, and refuses a unit that never lay there.
    """

    def __init__(
        self,
        versions: Iterable[Version],
        above: Iterable[str],
        former: Iterable[Version] = (),
        lines: Mapping[int, frozenset[str]] | None = None,
    ) -> None:
        """`versions`: the units that may be meant; `above`: names of the units over them, which may follow a name;
        `former`: their versions of other days, and units of other days; `lines`: for every unit the plain names of
        all that ever stood above it."""
        self._now, self._former = _Index(versions), _Index(former)
        self._above = tuple(plain(name) for name in above)
        self._lines = lines or {}
        self._known = frozenset(self._now.exact) | frozenset(self._former.exact) | frozenset(self._above)
        self._known |= frozenset(name for line in self._lines.values() for name in line)

    def find(self, text: str) -> set[int]:
        """Primary keys of the units that the text may mean: one if it is certain, none if unknown."""
        return set(self.meant(text).units)

    def meant(self, text: str) -> Meant:
        """As `find`, and whether by a name of another day."""
        readings = list(self._readings(text))
        for index, former in ((self._now, False), (self._former, True)):
            tried = (*self._exact(index, readings), *self._bare(index, readings, former=former))
            for found, rest in tried:
                if standing := self._standing(found, rest):
                    return Meant(standing, former)
        return _NOTHING

    def _exact(
        self, index: _Index, readings: Iterable[tuple[str, str]]
    ) -> Iterator[tuple[frozenset[int], str]]:
        for name, rest in readings:
            if found := index.exact.get(name):
                yield frozenset(found), rest

    def _bare(
        self, index: _Index, readings: Iterable[tuple[str, str]], *, former: bool
    ) -> Iterator[tuple[frozenset[int], str]]:
        """Without the word for the kind, if the text has none. A village of the day is no better than a commune of
        another day: both may be meant."""
        for name, rest in readings:
            if without_kind(name) != name:
                continue
            found = frozenset(index.bare.get(name, ()))
            if former:
                found |= frozenset(self._now.villages.get(name, ()))
                found = found or frozenset(index.villages.get(name, ()))
            elif not found and name not in self._former.bare:
                found = frozenset(index.villages.get(name, ()))
            if found:
                yield found, rest

    def readings(self, text: str) -> list[str]:
        """The text as names that it may hold, the whole first."""
        return [name for name, _ in self._readings(text)]

    def _readings(self, text: str) -> Iterator[tuple[str, str]]:
        """The name as it stands, without the body that heads the unit, and without the units over it; each with what
        was written behind it."""
        whole = plain(text)
        first, rest = _PARTS.split(text, 1) if _PARTS.search(text) else (text, "")
        readings = [(whole, ""), (plain(first), rest)]
        readings += [(name, above) for name, above in self._without_above(whole)]
        readings += [(plain(_BODY_WORDS.sub("", name)), rest) for name, rest in readings]
        yield from dict.fromkeys(reading for reading in readings if reading[0])

    def _without_above(self, name: str) -> list[tuple[str, str]]:
        return [
            (name.removesuffix(" " + above), above) for above in self._above if name.endswith(" " + above)
        ]

    def _standing(self, units: frozenset[int], rest: str) -> frozenset[int]:
        """Those of the units that lie, or ever lay, where the text says."""
        places = [_place(part) for part in _PARTS.split(rest) if plain(part)]
        if not places or not self._lines:
            return units
        within = frozenset(
            unit
            for unit in units
            if any(_lies(self._lines.get(unit, frozenset()), place) for place in places)
        )
        if within:
            return within
        elsewhere = any(place in self._known for place in places)
        return frozenset() if elsewhere else units


def _place(text: str) -> str:
    name = plain(text)
    return _BODY_WORDS.sub("", name)


def _lies(line: frozenset[str], place: str) -> bool:
    """Whether one of the units of a line bears the name; without a word for the kind, whatever the kind."""
    return place in line or any(without_kind(name) == place for name in line)


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Folded, short forms written out, without punctuation."""
    name = fold(text)
    for short, full in _SHORT_FORMS:
        name = short.sub(full, name)
    return " ".join(_PUNCTUATION.sub(" ", name).split())


@lru_cache(maxsize=50_000)
def without_kind(name: str) -> str:
    """«xa phu nhuan» → «phu nhuan»."""
    return _KIND_WORDS.sub("", name)
