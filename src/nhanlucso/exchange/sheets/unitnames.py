"""Names of units as lists write them, found among the units of a subtree."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from nhanlucso.kernel.text import fold
from nhanlucso.orgs.rules import Version

_BODY_WORDS = re.compile(
    r"^(ubnd|uy ban nhan dan|uy ban|hdnd va ubnd|dang uy hdnd ubnd|hdnd ubnd|hdnd|hoi dong nhan dan|dang uy|"
    r"(van phong|vp) ubnd)\s+"
)
_KIND_WORDS = re.compile(
    r"^(xa|phuong|thi tran|tt|dac khu|huyen|thi xa|tx|thanh pho|tp|tinh|thon|ban|to dan pho|tdp|khu pho|ap)\.?\s+(?=\S)"
)
_SHORT_FORMS = (
    (re.compile(r"^p\.\s*(?=[a-z])"), "phong "),
    (re.compile(r"^tt\.?\s+(?=\S)"), "thi tran "),
    (re.compile(r"^tp\.?\s*(?=\S)"), "thanh pho "),
    (re.compile(r"^tx\.?\s+(?=\S)"), "thi xa "),
    (re.compile(r"^tdp\.?\s+(?=\S)"), "to dan pho "),
    (re.compile(r"^vp\.?\s+(?=\S)"), "van phong "),
)
_PUNCTUATION = re.compile(r"[^\w\s]+")
_VILLAGE = "village"


class UnitNames:
    """Finds a unit by its name, from the strictest reading to the loosest; the first that finds any decides."""

    def __init__(self, versions: Iterable[Version], above: Iterable[str]) -> None:
        """`versions`: the units that may be meant; `above`: names of the units over them, which may follow a name."""
        self._exact: dict[str, set[int]] = defaultdict(set)
        self._bare: dict[str, set[int]] = defaultdict(set)
        self._bare_village: dict[str, set[int]] = defaultdict(set)
        self._above = tuple(plain(name) for name in above)
        for version in versions:
            name = plain(version.name)
            self._exact[name].add(version.unit)
            bare = self._bare_village if version.kind == _VILLAGE else self._bare
            bare[without_kind(name)].add(version.unit)

    def find(self, text: str) -> set[int]:
        """Primary keys of the units that the text may mean: one if it is certain, none if unknown."""
        for reading in self._readings(text):
            if found := self._exact.get(reading):
                return found
        for reading in self._readings(text):
            bare = without_kind(reading)
            had_kind = bare != reading
            if not had_kind and (found := self._bare.get(bare) or self._bare_village.get(bare)):
                return found
        return set()

    def _readings(self, text: str) -> list[str]:
        """The name as it stands, without the body that heads the unit, and without the units over it."""
        whole = plain(text)
        readings = [whole]
        for part in (plain(re.split(r"[,;(]| - ", text)[0]), *self._without_above(whole)):
            readings.append(part)
        readings += [plain(_BODY_WORDS.sub("", reading)) for reading in readings]
        return list(dict.fromkeys(reading for reading in readings if reading))

    def _without_above(self, name: str) -> list[str]:
        return [name.removesuffix(" " + above) for above in self._above if name.endswith(" " + above)]


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Folded, short forms written out, without punctuation."""
    name = fold(text)
    for short, full in _SHORT_FORMS:
        name = short.sub(full, name)
    return " ".join(_PUNCTUATION.sub(" ", name).split())


def without_kind(name: str) -> str:
    """«xa phu nhuan» → «phu nhuan»."""
    return _KIND_WORDS.sub("", name)
